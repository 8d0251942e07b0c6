"""Where sentences of Japanese text begin and end, in one pass over stops and brackets."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.patterns import lazy

#: Brackets inside which a stop ends no sentence; full-width and half-width ones close each other.
_OPENING = {"「": 0, "｢": 0, "『": 1, "（": 2, "(": 2}
_CLOSING = {"」": 0, "｣": 0, "』": 1, "）": 2, ")": 2}
_CLOSE = "".join(_CLOSING)
_BRACKET = lazy(rf"[{''.join(_OPENING)}{_CLOSE}]")

#: The end of a sentence: further stops and the brackets that close behind them belong to it. Some stops also stand
#: in names, numbers and addresses: ASCII ``.`` counts only behind a Latin letter and before a blank or the end,
#: ``!`` and ``?`` not before a Latin letter or digit, ``．`` not in numbers (３．５) nor behind those of lists (ア．).
_END = lazy(
    r"[。！？｡!?．.]"  # first of all, as re looks for one of a set quickly
    r"(?:(?<=[。！？｡])|(?<=[!?])(?![0-9A-Za-z&=/_%#-])|(?<=．)(?<![0-9０-９]．)(?<!^.．)"
    rf"|(?:(?<=．)|(?<=[A-Za-zＡ-Ｚａ-ｚ]\.))(?=[{_CLOSE}]*(?:\s|$)))"
    rf"[。！？｡!?．{_CLOSE}]*"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of *text* as half-open spans in its order, none of them empty.

    A sentence ends at 。 ！ ？ ． (half-width ones too), with the closing brackets behind it, and at a line end. Stops
    inside brackets that are closed on their line do not count: 「はい。」と答えた。 is one sentence. Together the spans
    hold all but the blanks and line ends around sentences. Takes time in proportion to the length of the text.
    """
    found: list[tuple[int, int]] = []
    first = 0  # where the line begins
    for line in text.split("\n"):
        at = 0
        plain = "「" not in line and "（" not in line and "(" not in line and "『" not in line and "｢" not in line
        for end in [match.end() for match in _END.finditer(line)] if plain else _ends(line):
            if line[at].isspace() or line[end - 1].isspace():
                _add(found, line, first, at, end)
            else:
                found.append((first + at, first + end))
            at = end
        if at < len(line):
            _add(found, line, first, at, len(line))
        first += len(line) + 1
    return found


def _add(found: list[tuple[int, int]], line: str, first: int, start: int, end: int) -> None:
    """Add ``line[start:end]`` without the blanks around it, where anything is left; *line* begins at *first*."""
    part = line[start:end]
    bare = part.strip()
    if bare:
        start += len(part) - len(part.lstrip())
        found.append((first + start, first + start + len(bare)))


def _ends(line: str) -> Iterator[int]:
    """Where sentences end in a line with brackets."""
    pairs = iter(_pairs(line))
    opened, closed = next(pairs, (len(line), len(line)))
    match = _END.search(line)
    while match:
        while closed < match.start():
            opened, closed = next(pairs, (len(line), len(line)))
        if opened < match.start():
            match = _END.search(line, closed)
        else:
            yield match.end()
            match = _END.search(line, match.end())


def _pairs(line: str) -> list[tuple[int, int]]:
    """The outermost brackets of *line* that are opened and closed, in order."""
    found: list[tuple[int, int]] = []
    waiting: list[tuple[int, int]] = []  # (shape, place) of the brackets not yet closed
    count = [0, 0, 0]  # how many of each shape wait
    for match in _BRACKET.finditer(line):
        at, bracket = match.start(), match.group()
        if bracket in _OPENING:
            shape = _OPENING[bracket]
            count[shape] += 1
            waiting.append((shape, at))
            continue
        shape = _CLOSING[bracket]
        if not count[shape]:
            continue
        while True:  # what was opened inside and never closed does not count
            last, opened = waiting.pop()
            count[last] -= 1
            if last == shape:
                break
        while found and found[-1][0] > opened:
            found.pop()
        found.append((opened, at))
    return found
