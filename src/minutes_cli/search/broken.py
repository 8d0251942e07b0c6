"""Whether a literal may stand in a text that is broken by line ends, pages, events and slips.

One regular expression goes over the text: it stops where the literal stands, with slips, or where a beginning of it
stands before a break. From there a walk looks for the rest, through everything that :mod:`minutes_cli.parse` leaves
out between two pieces of a sentence: blanks, page marks, running headers, rules, tags, lines that are events, events
inside a line, cells before the speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from minutes_cli.patterns import lazy
from minutes_cli.search.written import NUMBER, Place, fixing, places

#: Behind a piece of a sentence stands a blank, a line end or an event.
_BREAK = r"(?=[\s（(〔])"
_BLANKS = lazy(r"\s*")
_LINE_END = lazy(r"[\n\r\f]|\Z")
_CLOSING = lazy(r"[）)〕]")
#: Cells of the columns before the speech, and the name of the speaker there (as in parse/turns.py, or wider).
_CELL = lazy(
    r"(?:[0-9０-９]{1,2}[：:][0-9０-９]{2}|[開閉散]\s?会|休\s?憩|再\s?開)[ 　]+"
    r"|(?:\S{1,4}[ 　]+)?[（(][^（()）\n]{1,20}[)）][ 　]*"
)

_RULE = frozenset("─━―—…‥=＝*＊_＿~～・◇◆○●☆★-－‐ー╌┄┈–‑‒−□■△▽〇◎※ 　\t")
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_TAGS_AND_BRACKETS = frozenset("<{!（(〔［[【「｢")
_TIMES = frozenset("午正暫休再開散閉延") | _DIGITS | frozenset("PpＰ")
_MARKED = frozenset("○〇◯≪《＜=")
#: A page mark or a time has at most so many characters without blanks.
_SHORT = 48
#: A running header has fewer characters and comes back; so many of them stand between two pieces.
_HEADER, _COMES_BACK, _HEADERS = 60, 3, 6
#: A text for which this many steps do not suffice may hold anything.
_STEPS = 20_000
#: Slides end fewer of their lines with a full stop (the parser's bound is half of it).
_SENTENCES = 0.3


class Wanted(NamedTuple):
    """A literal made ready: ``search`` finds it or a beginning, ``rest[i]`` the same from its character *i* on.

    Where a match ends before a break, its ``lastindex`` names the character that is next, by way of ``next``.
    ``characters``: of each one must stand somewhere.
    """

    search: re.Pattern[str]
    next: tuple[int, ...]
    rest: tuple[tuple[re.Pattern[str], tuple[int, ...]], ...]
    goes: tuple[bool, ...]  # of each character: whether one like it may have been taken out
    characters: tuple[str, ...]

    def reached(self, count: int, least: int) -> Iterator[int]:
        """*count*, and what would be next if the last characters before the break had been taken out there."""
        yield count
        while count > least and self.goes[count - 1]:
            count -= 1
            yield count


class Text:
    """A text that literals are looked for in, and what was found out about it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._steps = _STEPS
        self._slides: bool | None = None

    def may_hold(self, literal: str, fix: str = "safe", *, folded: bool = False) -> bool:
        """Whether the literal may stand in a passage of the record, as corrected with *fix*. False is certain."""
        if literal in self.text:
            return True
        wanted = _wanted(literal, fix, folded)
        if wanted is None:
            return True
        text = self.text
        for characters in wanted.characters:  # ten times as quick as the search, and mostly enough
            if not any(character in text for character in characters):
                return False
        search = wanted.search.search
        match = search(self.text)
        while match is not None:
            if match.lastindex is None:
                return True
            reached = wanted.reached(wanted.next[match.lastindex - 1], 1)
            if any(self._goes_on(wanted, match.end(), count) for count in reached):
                return True
            match = search(self.text, match.start() + 1)
        return False

    def _goes_on(self, wanted: Wanted, at: int, count: int) -> bool:
        """Whether the rest of the literal, from its character *count* on, follows the break at *at*."""
        todo = [(at, count, 0)]  # where to go on, from which character, behind how many running headers
        seen = set(todo)
        while todo:
            at, count, headers = todo.pop()
            self._steps -= 1
            if self._steps < 0:
                return True
            steps = self._step(wanted, at, count, headers)
            if steps is None:
                return True
            for step in steps:
                if step not in seen:
                    seen.add(step)
                    todo.append(step)
        return False

    def _step(self, wanted: Wanted, at: int, count: int, headers: int) -> list[tuple[int, int, int]] | None:
        """Where to go on from a break; None where the literal is found, or nothing can be told."""
        text = self.text
        start = _matched(_BLANKS, text, at)
        if start == len(text):
            return []
        new_line = any(end in text[max(0, at - 1) : start] for end in "\n\r\f")
        pattern, following = wanted.rest[count]
        steps: list[tuple[int, int, int]] = []
        for begin in (start, *(_behind_cells(text, start) if new_line else ())):
            match = pattern.match(text, begin)
            if match is not None:
                if match.lastindex is None:
                    return None
                reached = wanted.reached(following[match.lastindex - 1], count)
                steps += ((match.end(), i, 0) for i in reached)
        end_of_line = _LINE_END.search(text, start)
        end = end_of_line.start() if end_of_line else len(text)
        if text[start] in "（(〔":
            steps += [(bracket.end(), count, headers) for bracket in _CLOSING.finditer(text, start, end)]
        if new_line:
            header = self._left_out(text[start:end].strip())
            if header is not None and not (header and headers == _HEADERS):
                steps.append((end, count, headers + 1 if header else 0))
            elif self._may_be_slides():  # there, pages that come back are left out
                return None
        return steps

    def _left_out(self, line: str) -> bool | None:
        """Whether a line may be left out: None if not, True only as a running header."""
        first = line[0]
        size = len(line)
        if first in _TAGS_AND_BRACKETS or size <= 3 or "".join(line.split()) == "記":
            return False
        if first in _TIMES and len("".join(line.split())) <= _SHORT:
            return False
        if first in _MARKED and "午" in line:
            return False
        if first in _RULE and all(c in _RULE or c in _DIGITS for c in line):
            return False
        if size >= _HEADER:
            return None
        self._steps -= len(self.text) // _STEPS  # counting takes its time in a long text
        return True if self.text.count(line) >= _COMES_BACK else None

    def _may_be_slides(self) -> bool:
        if self._slides is None:
            self._slides = slides = ("\t" in self.text or "<" in self.text) and self._few_sentences()
            return slides
        return self._slides

    def _few_sentences(self) -> bool:
        rows: list[str] = re.split(r"[\n\r\f]", self.text)
        lines = [line for row in rows if (line := row.strip()) and line[0] not in "<{!"]
        sentences = sum(line.endswith(("。", ".", "．")) for line in lines)
        return sentences < _SENTENCES * len(lines) + 1


def _behind_cells(text: str, at: int) -> Iterator[int]:
    """Where the cells before the speech end in the line that begins at *at*."""
    while match := _CELL.match(text, at):
        at = match.end()
        yield at


def _matched(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where a match of *pattern* at *at* ends; *at* itself where there is none."""
    match = pattern.match(text, at)
    return match.end() if match else at


@lru_cache(maxsize=512)
def _wanted(literal: str, fix: str, folded: bool) -> Wanted | None:
    found = places(literal, fix, folded)
    if not found:
        return None
    gone = fixing(fix).gone
    search, following = _compiled(found, 0, gone)
    rest = tuple(_compiled(found, i, gone, behind_break=True) for i in range(len(found)))
    characters = tuple(place.single for place in found if place.single and not (place.optional or place.number))
    return Wanted(search, following, rest, tuple(place.goes for place in found), characters)


def _compiled(
    found: tuple[Place, ...], start: int, gone: str, *, behind_break: bool = False
) -> tuple[re.Pattern[str], tuple[int, ...]]:
    following: list[int] = []
    pattern = _from(found, start, gone, following)
    if behind_break:
        if found[start].number:  # at the head of a line a garbled number may stand for it
            end = found[start].number
            behind = _from(found, end, gone, following) if end < len(found) else ""
            pattern = f"(?:{pattern}|{NUMBER}{behind})"
        pattern = gone + pattern
    return re.compile(pattern), tuple(following)


def _from(found: tuple[Place, ...], i: int, gone: str, following: list[int]) -> str:
    """The pattern for the characters from *i* on; *following* gets what is next for each group, in their order."""
    place = found[i]
    own = f"(?:{place.pattern})?" if place.optional else place.pattern
    if i + 1 == len(found):
        return own
    following.append(i + 1)
    ways = [f"{_BREAK}()", _from(found, i + 1, gone, following)]
    after = found[i + 1]
    if after.number and after.behind_dai:
        behind = _from(found, after.number, gone, following) if after.number < len(found) else ""
        ways.append(NUMBER + behind)
    return f"{own}{gone}(?:{'|'.join(ways)})"
