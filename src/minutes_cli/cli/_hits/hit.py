"""What all ways of showing hits share: the options, the sentences that match, and a stretch of text made to show."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from minutes_cli.cli._hits.colour import ANSI, PLAIN, Palette
from minutes_cli.cli._text import visible
from minutes_cli.lexicon.sentences import sentences
from minutes_cli.passage import Passage, PassageKind, Record, Slip
from minutes_cli.search.model import Found, Match, Result

_LAST = float("inf")


class Options(NamedTuple):
    """How hits are shown. The defaults are those of a pipe."""

    screen: bool = False  # stdout is a terminal: grouped by record, and no control character in any format
    colour: bool = False  # not with NO_COLOR or TERM=dumb
    path: bool = True
    line: bool = True
    speaker: bool = True
    only: bool = False  # -o: the matches alone
    most: int | None = None  # -m: at most so many matching sentences a record
    before: int = 0  # -B
    after: int = 0  # -A
    turns: bool = False  # --context-unit turn
    width: int = 100  # columns of a line, where something has to fit
    context: int | None = None  # --width: columns on either side of the match with --kwic; None: what fits
    patterns: tuple[str, ...] = ()  # as the user gave them, for --json and --csv
    end: str = "\n"  # behind the paths of -l and -L

    @property
    def palette(self) -> Palette:
        """The colours to write with."""
        return ANSI if self.colour else PLAIN


class Hit(NamedTuple):
    """A sentence with the matches in it; several sentences where one match goes through them.

    ``passage.text[start:end]``; without matches it is context.
    """

    passage: Passage
    start: int
    end: int
    matches: tuple[Match, ...] = ()


class Mark(NamedTuple):
    """A match in a :class:`Stretch`: ``text[start:end]``, and how it reads when it goes through a correction."""

    start: int
    end: int
    reading: str | None = None


class Stretch(NamedTuple):
    """A part of a passage or line as it stands in the record (wraps joined, not corrected), and what matches in it."""

    text: str
    marks: tuple[Mark, ...] = ()


def hits(result: Result, most: int | None = None) -> Iterator[Hit]:
    """The first *most* matching sentences of a record, in its order."""
    found: Iterator[Hit] = (hit for one in result.found for hit in _hits(one))
    if any(one.passage.kind is PassageKind.EVENT for one in result.found):
        found = iter(sorted(found, key=origin))  # what happens inside a turn stands between its sentences
    return found if most is None else islice(found, most)


def origin(hit: Hit) -> int:
    """Where in the original *hit* begins."""
    return hit.passage.span(hit.start, hit.start + 1).start


def alone(hit: Hit) -> Iterator[Hit]:
    """The matches of *hit*, each without the sentence around it."""
    for match in hit.matches:
        yield Hit(hit.passage, match.start, match.end, (match,))


def _hits(found: Found) -> Iterator[Hit]:
    passage, matches = found
    text = passage.text
    low = high = start = end = -1
    spans: Sequence[tuple[int, int]] = ()
    inside: list[Match] = []
    for match in matches:
        if match.end > end:
            if match.end > high:
                # Sentences never cross a line end, so those of the paragraph are enough.
                low = text.rfind("\n", 0, match.start) + 1
                high = text.find("\n", match.end)
                high = len(text) if high < 0 else high
                spans = sentences(text[low:high])
            first, last = _around(spans, match.start - low, match.end - low)
            if first + low >= end:
                if inside:
                    yield Hit(passage, start, end, tuple(inside))
                    inside = []
                start = first + low
            end = last + low
        inside.append(match)
    if inside:
        yield Hit(passage, start, end, tuple(inside))


def _around(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """From the beginning of the sentence that holds *start* to the end of the one that holds *end*.

    A match between two sentences goes with the second, one behind the last with the last.
    """
    at = bisect_right(spans, (start, _LAST)) - 1
    if at < 0 or (spans[at][1] <= start and at + 1 < len(spans)):
        at += 1
    if at >= len(spans):
        return start, end
    last = at
    while last + 1 < len(spans) and spans[last + 1][0] < end:
        last += 1
    return min(start, spans[at][0]), max(end, spans[last][1])


def line_of(passage: Passage, at: int) -> int:
    """The line of the original where ``text[at]`` stands: ``passage.place(at).line``, but quicker."""
    runs = passage.runs
    # A run tells a line from its beginning, so the tuples compare by ``at`` alone; no run begins inside a slip.
    return runs[max(0, bisect_right(runs, (at, _LAST)) - 1)].line


def stretch(hit: Hit) -> Stretch:
    """*hit* as it stands in the record, with its matches; those that meet in one correction become one."""
    passage, start, end, matches = hit
    if not passage.slips:
        spans = [(m.start - start, m.end - start) for m in matches]
        return Stretch(passage.text[start:end], tuple(Mark(low, high) for low, high in merged(spans)))
    start, end = _whole(passage, start, end)
    slips = passage.slips_in(start, end)
    marks = []
    for low, high in merged([_whole(passage, m.start, m.end) for m in matches]):
        reading = passage.text[low:high] if passage.slips_in(low, high) else None
        # What was deleted right beside a match is no part of it.
        first = low - start + _growth([s for s in slips if s.end <= low])
        last = high - start + _growth([s for s in slips if s.start < high])
        marks.append(Mark(first, last, reading))
    return Stretch(passage.original(start, end), tuple(marks))


def _whole(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """``text[start:end]`` widened to whole corrections."""
    inside = passage.slips_in(start, end)
    return (min(start, inside[0].start), max(end, inside[-1].end)) if inside else (start, end)


def _growth(slips: Sequence[Slip]) -> int:
    """How many characters the original has more than the corrected text, in all *slips*."""
    return sum(len(s.before) - (s.end - s.start) for s in slips)


def merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """*spans* in order, those that overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def named(path: str, options: Options) -> str:
    """*path* to print: where no terminal reads it, so that the file can be opened by it."""
    return clean(path) if options.screen else path


def counted(path: str, number: int, options: Options) -> str:
    """A line of -c."""
    palette = options.palette
    return f"{palette.path}{named(path, options)}{palette.off}:{number}\n" if options.path else f"{number}\n"


def listed(path: str, options: Options) -> str:
    """A line of -l and -L."""
    return f"{options.palette.path}{named(path, options)}{options.palette.off}{options.end}"


def clean(text: str) -> str:
    """*text* as ``_text.visible`` makes it, but quick where there is nothing to do."""
    return text if text.isprintable() else visible(text)


def shown(hit: Hit, palette: Palette) -> str:
    """*hit* for a screen or a pipe: matches coloured, behind those that were corrected the reading 〔→…〕."""
    if palette is PLAIN and not hit.passage.slips:
        return clean(hit.passage.text[hit.start : hit.end])
    return written(stretch(hit), palette)


def written(part: Stretch, palette: Palette) -> str:
    """*part* as :func:`shown` gives it."""
    text, marks = part
    parts, at = [], 0
    for mark in marks:
        parts += [clean(text[at : mark.start]), palette.match, clean(text[mark.start : mark.end]), palette.off]
        if mark.reading is not None:
            parts += [palette.reading, reading(mark), palette.off]
        at = mark.end
    parts.append(clean(text[at:]))
    return "".join(parts)


def reading(mark: Mark) -> str:
    """How a match reads when it goes through a correction, in its brackets; else nothing."""
    return "" if mark.reading is None else f"〔→{clean(mark.reading)}〕"


def labels(record: Record) -> dict[str, str]:
    """Speaker id -> the label, as the record prints it: what may be quoted beside the words."""
    return {speaker.id: clean(speaker.label) for speaker in record.speakers}


def names(record: Record) -> dict[str, str]:
    """Speaker id -> who that is, also under other labels: the name with the role, else the label.

    As in the overview of ``minutes parse``, two people of one name go by their labels.
    """
    uses = Counter(speaker.name for speaker in record.speakers)
    called = {}
    for s in record.speakers:
        role = s.role or s.title or s.affiliation
        short = f"{s.name}（{role}）" if role else s.name
        called[s.id] = clean(short if s.name and short and uses[s.name] == 1 else s.label)
    return called


def who(passage: Passage, called: Mapping[str, str]) -> str:
    """Whose *passage* is; for what nobody says its kind in brackets, such as [heading]."""
    return called.get(passage.speaker or "") or f"[{passage.kind.value}]"
