"""A record from its first line to its last: what formats write that keep everything in its place.

Turns are in one piece in a document, with their events beside them. Here events and page breaks stand between the
words where they happened, and a turn that a heading cuts comes in parts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from minutes_cli.model import Document, Event, Item, Page, Section, Source, Turn
from minutes_cli.parse.passages import searchable
from minutes_cli.passage import JOINTS, Passage, PassageKind

__all__ = ["Heading", "Line", "Mark", "Other", "Paragraph", "Speech", "Step", "course", "where_in"]

Mark = Event | Page
"""What stands between words without being said."""

Paragraph = tuple[str | Mark, ...]
"""Words with the marks among them; a mark between two paragraphs stands alone in one."""


class Heading(NamedTuple):
    """A heading as printed. ``spoken``: the chair says it, so that it stands in the speech that follows, too."""

    text: str
    section: Section | None
    spoken: bool = False


class Speech(NamedTuple):
    """A turn, or one part of it: ``part`` counts from 1, ``more`` says that another one follows."""

    turn: Turn
    part: int
    more: bool
    paragraphs: tuple[Paragraph, ...]


class Line(NamedTuple):
    """A paragraph that no turn says; it begins at ``start`` (as in Span)."""

    text: str
    start: int


class Other(NamedTuple):
    """Text that no turn says: front and back matter, demands, what stands before the first label."""

    kind: PassageKind
    lines: tuple[Line, ...]


Step = Heading | Speech | Other | Event | Page

_Placed = tuple[int, Heading | Other | Event | Page]


class _Laid(NamedTuple):
    """A turn in the corrected text: from its first word to the last, or to its last event."""

    start: int
    end: int
    turn: Turn
    pieces: tuple[int, ...]


def course(document: Document) -> Iterator[Step]:
    """All of *document* in its order but labels, which are with the turns, and page furniture.

    Of a document that does not say where its words stand, as one read back from JSON lines, events follow the
    paragraphs of their turn.
    """
    if len(document.spoken) == len(document.turns) and document.blocks:
        marks, laid = _marks(document), [_laid(document, turn, at) for turn, at in _spoken(document)]
    else:
        marks, laid = _marks_unplaced(document), [_Laid(*turn.span, turn, ()) for turn in document.turns]
    at = 0
    for turn in sorted(laid, key=itemgetter(0)):
        while at < len(marks) and (marks[at][0] <= turn.start or (not turn.pieces and marks[at][0] < turn.end)):
            yield marks[at][1]
            at += 1
        inside = at
        while inside < len(marks) and marks[inside][0] < turn.end:
            inside += 1
        yield from _parts(document, turn, marks[at:inside])
        at = inside
    for _, mark in marks[at:]:
        yield mark


def _spoken(document: Document) -> Iterable[tuple[Turn, tuple[int, ...]]]:
    return zip(document.turns, document.spoken, strict=True)


def _laid(document: Document, turn: Turn, pieces: tuple[int, ...]) -> _Laid:
    place = document.view.from_source
    start = pieces[0] if pieces else place(turn.span.start)
    end = max([pieces[-1] if pieces else start, *[place(event.span.start) + 1 for event in turn.events]])
    return _Laid(start, end, turn, pieces)


def _marks(document: Document) -> list[_Placed]:
    """What stands between the words, with its place in the corrected text; without the events of turns."""
    place = document.view.from_source
    found: list[_Placed] = [(page.start, page) for page in document.pages]
    found += [(place(event.span.start), event) for event in document.events]
    happened = sorted(event.span for event in document.events_in_order())
    sections = {place(section.span.start): section for section in document.sections}
    for passage in searchable(document).passages:
        if passage.kind is PassageKind.SPEECH or not passage.text:
            continue
        start = place(passage.runs[0].start)
        if passage.kind is PassageKind.HEADING:
            at = next((at for at in range(start, start + len(passage.text)) if at in sections), None)
            found.append((start, Heading(passage.text, sections.pop(at) if at is not None else None)))
            continue
        span = passage.span(0, len(passage.text))
        i = bisect_left(happened, (span.start,))
        known = (i < len(happened) and happened[i].start < span.end) or (i > 0 and happened[i - 1].end > span.start)
        if passage.kind is not PassageKind.EVENT or not known:
            found.append((start, Other(passage.kind, tuple(_lines(passage)))))
    found += [(at, Heading(section.heading, section, spoken=True)) for at, section in sections.items()]
    return sorted(found, key=itemgetter(0))


def _marks_unplaced(document: Document) -> list[_Placed]:
    found: list[_Placed] = [(event.span.start, event) for event in document.events]
    found += [(section.span.start, Heading(section.heading, section)) for section in document.sections]
    found += [(item.span.start, Other(PassageKind.ITEM, _item(item))) for item in document.items]
    return sorted(found, key=itemgetter(0))


def _lines(passage: Passage) -> Iterator[Line]:
    at = 0
    for text in passage.text.split("\n"):
        if text.strip():
            yield Line(text, passage.span(at, at + 1).start)
        at += len(text) + 1


def _item(item: Item) -> tuple[Line, ...]:
    parts = (f"{item.number}　{item.heading}".strip("　"), *item.text.split("\n"))
    return tuple(Line(part, item.span.start) for part in parts if part)


def _parts(document: Document, laid: _Laid, marks: Sequence[_Placed]) -> Iterator[Step]:
    """The turn, cut where one of the *marks* is no part of a speech."""
    turn, text = laid.turn, laid.turn.text
    place = document.view.from_source
    own: list[_Placed] = [(place(e.span.start) if laid.pieces else laid.end, e) for e in turn.events]
    starts, ends = laid.pieces[::2], laid.pieces[1::2]
    offsets = _offsets(text, laid.pieces)
    words = _Words()
    said, part = 0, 1
    for pos, mark in sorted([*marks, *own], key=itemgetter(0)):
        k = bisect_left(starts, pos) - 1
        at = min(pos, ends[k]) - starts[k] + offsets[k] if k >= 0 else 0 if starts else len(text)
        words.say(text[said:at])
        said = max(said, at)
        if isinstance(mark, Heading | Other):
            yield Speech(turn, part, True, words.finish())
            yield mark
            part += 1
            continue
        same_line = k >= 0 and not set("\n\f\r") & set(document.view.text[ends[k] : pos])
        words.mark(mark, inside=same_line if text[at : at + 1] in ("", "\n") else True)
    words.say(text[said:])
    yield Speech(turn, part, False, words.finish())


def _offsets(text: str, pieces: tuple[int, ...]) -> list[int]:
    """Where the *pieces* of a turn begin in its *text*."""
    found, at = [], 0
    for start, end in zip(pieces[::2], pieces[1::2], strict=True):
        found.append(at)
        at += end - start
        at += text[at : at + 1] in JOINTS
    return found


class _Words:
    """Paragraphs in the making."""

    def __init__(self) -> None:
        self._done: list[Paragraph] = []
        self._at_hand: list[str | Mark] = []

    def say(self, text: str) -> None:
        """Add words; a line end ends the paragraph."""
        first, *others = text.split("\n")
        if first:
            self._at_hand.append(first)
        for line in others:
            self._end()
            if line:
                self._at_hand.append(line)

    def mark(self, mark: Mark, *, inside: bool) -> None:
        """Add *mark*: to the paragraph at hand, or by itself."""
        if inside and self._at_hand:
            self._at_hand.append(mark)
        else:
            self._end()
            self._done.append((mark,))

    def finish(self) -> tuple[Paragraph, ...]:
        """What has been added since the last time."""
        self._end()
        done, self._done = tuple(self._done), []
        return done

    def _end(self) -> None:
        if self._at_hand:
            self._done.append(tuple(self._at_hand))
            self._at_hand = []


def where_in(source: Source, start: int, end: int) -> str:
    """Where *start* to *end* (as in Span) stands, for people: ``page 3`` of a PDF, ``line 12``, ``lines 12-15``."""
    if (place := source.where(start)) is not None:
        return place
    first, last = source.place(start).line, source.place(max(start, end - 1)).line
    return f"line {first}" if first == last else f"lines {first}-{last}"
