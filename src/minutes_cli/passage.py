"""A record ready to be searched: the types that parse makes, search reads and the store keeps.

A passage is a stretch of the record in one hand: what one turn says, a heading, an item of a petition. Its text has
wraps and page breaks joined and slips corrected, and every character of it leads back to the original.
"""

from bisect import bisect_left, bisect_right
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from minutes_cli.model import Meeting, Place, Section, Span, Speaker

#: What joins two pieces of a text; none begins with it.
JOINTS = (" ", "\n")


class PassageKind(StrEnum):
    """What a passage is."""

    SPEECH = "speech"  # what a turn says
    HEADING = "heading"
    ITEM = "item"  # a demand of a petition
    FRONT = "front"  # before the meeting begins: title, date, attendance, agenda
    BACK = "back"  # after it ends: signatures, appendices
    TEXT = "text"  # what nobody is known to say: slides, unknown records, text before the first label
    EVENT = "event"  # interjection, stage direction, vote, time


class Run(NamedTuple):
    """A stretch of a passage that stands letter by letter in one line of the original.

    It begins at ``at`` in the passage and at ``start`` in the original (code points), which is ``line`` and
    ``column`` for people (1-based), and reaches to the next run or slip, or to the end of its paragraph.
    """

    at: int
    start: int
    line: int
    column: int


class Slip(NamedTuple):
    """A correction inside a passage: ``text[start:end]`` is read for ``before``, which stands at ``span``."""

    start: int
    end: int
    span: Span
    before: str


class Passage(NamedTuple):
    r"""A stretch of a record in one hand. ``text``: corrected, a line (``\n``) per paragraph, without events.

    ``runs`` are in the order of the text; the first one begins at 0, and one begins behind every slip. ``turn``,
    ``speaker`` and ``section`` are ids; ``exchange`` numbers (from 1) the questions with their answers.
    """

    kind: PassageKind
    text: str
    runs: tuple[Run, ...]
    slips: tuple[Slip, ...] = ()
    turn: str | None = None
    speaker: str | None = None
    section: str | None = None
    exchange: int | None = None

    def span(self, start: int, end: int) -> Span:
        """The part of the original behind ``text[start:end]``, widened to whole corrections."""
        inside = self.slips_in(start, end)
        low, high = self._origin(start), self._origin(max(start, end - 1)) + (end > start)
        if inside:
            low = inside[0].span.start if inside[0].start <= start else low
            high = inside[-1].span.end if inside[-1].end >= end else high
        return Span(low, high)

    def stretches(self, start: int, end: int) -> list[Span]:
        """The parts of the original that ``text[start:end]`` is joined of, in order, whole corrections included.

        They leave out what stands between them: line ends, indents, page marks, events. End to end they are
        :meth:`original`, but for the line ends and blanks that joining put in.
        """
        slips, runs = self.slips_in(start, end), self._runs(start + 1, end)
        if not (slips or runs):
            return [self.span(start, end)]
        edges = {start, end, *[run.at for run in runs]}
        edges.update([edge for slip in slips for edge in (slip.start, slip.end) if start < edge < end])
        ordered = sorted(edges)
        spans = [slip.span for slip in slips]
        for low, high in pairwise(ordered):
            said = self.text[low:high] if high == end else self.text[low:high].rstrip("".join(JOINTS))
            spans.append(self.span(low, low + (len(said) or high - low)))
        found: list[Span] = []
        for span in sorted(spans):
            if found and span.start <= found[-1].end:
                found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
            else:
                found.append(span)
        return found

    def place(self, at: int) -> Place:
        """Line and column of the original where ``text[at]`` stands."""
        inside = self.slips_in(at, at + 1)
        run = self._run(inside[0].start if inside else at)
        return Place(run.line, run.column + (inside[0].start if inside else at) - run.at)

    def slips_in(self, start: int, end: int) -> tuple[Slip, ...]:
        """The corrections that ``text[start:end]`` meets."""
        if not self.slips:
            return ()
        first = bisect_right(self.slips, start, key=lambda s: s.end)
        last = bisect_left(self.slips, end, key=lambda s: s.start)
        return self.slips[first:last]

    def original(self, start: int, end: int) -> str:
        """``text[start:end]`` as it stands in the record, with wraps joined; whole corrections at the edges."""
        parts, at, shown = [], start, None
        for slip in self.slips_in(start, end):
            parts.append(self.text[at : slip.start])
            if slip.span != shown:  # one that reaches over a wrap stands here twice
                parts.append(slip.before)
            at, shown = slip.end, slip.span
        parts.append(self.text[at:end])
        return "".join(parts)

    def _runs(self, start: int, end: int) -> tuple[Run, ...]:
        """The runs that begin inside ``text[start:end]``."""
        first = bisect_left(self.runs, start, key=lambda r: r.at)
        return self.runs[first : bisect_left(self.runs, end, key=lambda r: r.at)]

    def _run(self, at: int) -> Run:
        return self.runs[max(0, bisect_right(self.runs, at, key=lambda r: r.at) - 1)]

    def _origin(self, at: int) -> int:
        inside = self.slips_in(at, at + 1)
        if inside:
            return inside[0].span.start
        run = self._run(at)
        return run.start + at - run.at


class Record(NamedTuple):
    """A record ready to be searched. ``pages``: printed number of each page and where it starts in the original."""

    path: str
    kind: str
    meeting: Meeting
    speakers: tuple[Speaker, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    pages: tuple[tuple[int, int], ...] = ()

    def page(self, offset: int) -> int | None:
        """The printed page on which the code point *offset* of the original stands."""
        at = bisect_right(self.pages, offset, key=lambda p: p[1]) - 1
        return self.pages[at][0] if at >= 0 else None
