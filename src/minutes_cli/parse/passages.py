"""From a document to what can be searched: passages in which every character leads back to the original."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from minutes_cli.model import Block, BlockKind, Document, Kind, View
from minutes_cli.parse import no_collection
from minutes_cli.parse.layout import LineKind, Row, rows
from minutes_cli.parse.prose import begins_paragraph, join, without_bullet
from minutes_cli.parse.sheet import Flow, is_furniture, read_sheet
from minutes_cli.passage import JOINTS, Passage, PassageKind, Record, Run, Slip
from minutes_cli.patterns import lazy

__all__ = ["searchable"]

_KINDS = {
    BlockKind.PARAGRAPH: PassageKind.TEXT,
    BlockKind.BULLET: PassageKind.TEXT,
    BlockKind.TABLE: PassageKind.TEXT,
    BlockKind.UNKNOWN: PassageKind.TEXT,
    BlockKind.HEADING: PassageKind.HEADING,
    BlockKind.EVENT: PassageKind.EVENT,
    BlockKind.FRONT: PassageKind.FRONT,
    BlockKind.BACK: PassageKind.BACK,
}
_SPEECH = frozenset((BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.TABLE))
_PETITION = {**_KINDS, **dict.fromkeys((BlockKind.HEADING, *_SPEECH), PassageKind.ITEM)}
_ENTRIES = (BlockKind.HEADING, BlockKind.BULLET)
_LISTS = (PassageKind.FRONT, PassageKind.BACK)
_COLUMNS = lazy(r"[ 　]{2}|\t")
#: How a record is wrapped shows in so many of its first characters.
_SAMPLE = 30_000
#: A line of this part of the full width may be one that a wrap or a page has cut.
_NEARLY_FULL = 0.7
#: Where lines are not wrapped, none is full; one this long may still be cut by the end of a page.
_NEVER_FULL, _LONG = 1_000_000, 30
#: A demand goes on with the next line, blank lines or not, unless it ends in a stop or is as short as a title.
_STOPS, _SHORT = "。．！？!?", 15
_LISTED = (LineKind.BULLET, LineKind.TABLE, LineKind.MARKED)

_Piece = tuple[int, int]
"""Where a stretch of one line begins and ends in the corrected text."""


class _Stretch(NamedTuple):
    """Text that no turn says. ``kind`` None is what nobody says at all: labels and furniture."""

    kind: PassageKind | None
    block: Block
    start: int
    end: int


class _Line(NamedTuple):
    """A row outside the turns; ``gap``: something stands between it and the row before, ``page``: a page ends there."""

    row: Row
    gap: bool
    page: bool


def searchable(document: Document, path: str | None = None, *, numbered: bool = True) -> Record:
    """The passages of *document*, in its order: what the turns say, and all else but labels and page furniture.

    A turn gives one passage with its text as it is. A heading, an event, a demand of a petition, the front and the
    back matter are a passage each; other text is cut where blank lines stand. There, wraps and page breaks are joined
    as in speech, while lines that a list is made of stay apart. *path* is what the record is called, by default the
    name of its source. Unless it is *numbered*, no passage says which exchange it is part of.
    """
    view = document.view
    reader = _Reader(view)
    numbers = _exchanges(document) if numbered else [None] * len(document.turns)
    with no_collection():
        found = [*_speeches(document, reader, numbers), *_others(document, reader, numbers)]
    found.sort(key=itemgetter(0))
    return Record(
        view.source.name if path is None else path,
        document.kind.value,
        document.meeting,
        document.speakers,
        document.sections,
        tuple([passage for _, passage in found]),
        tuple([(page.number, reader.source(page.start)) for page in document.pages]),
    )


class _Reader:
    """Leads places of the corrected text back to the original."""

    def __init__(self, view: View) -> None:
        self.view, self.text, self.lines = view, view.text, view.source.line_starts

    def source(self, at: int) -> int:
        """Where in the original ``text[at]`` stands."""
        return self.view.to_source(at, at).start

    def say(self, kind: PassageKind, paragraphs: Iterable[Sequence[_Piece]]) -> Passage:
        """A passage of *kind* out of the pieces of its paragraphs."""
        paragraphs = list(paragraphs)
        text = "\n".join([join([self.text[start:end] for start, end in pieces]) for pieces in paragraphs])
        places = [place for pieces in paragraphs for piece in pieces for place in piece]
        return Passage(kind, text, *self.lead(places, text))

    def lead(self, places: Sequence[int], text: str) -> tuple[tuple[Run, ...], tuple[Slip, ...]]:
        """The runs and slips of *text*, joined of the pieces that stand at *places*: start, end, start, end …"""
        runs: list[Run] = []
        slips: list[Slip] = []
        at, place = 0, iter(places)
        if self.view.edits:
            for start, end in zip(place, place, strict=True):
                self._correct(at, start, end, runs, slips)
                at = _behind(text, at + end - start)
            return tuple(runs), tuple(slips)
        lines, new, line = self.lines, tuple.__new__, 0
        for start, end in zip(place, place, strict=True):  # once per line of a record, hence so plain
            line = bisect_right(lines, start, line)
            runs.append(new(Run, (at, start, line, start - lines[line - 1] + 1)))
            at += end - start
            if text[at : at + 1] in JOINTS:
                at += 1
        return tuple(runs), ()

    def _correct(self, at: int, start: int, end: int, runs: list[Run], slips: list[Slip]) -> None:
        """Lead ``text[start:end]``, which stands at *at* in its passage, back through the corrections that it meets."""
        edits, starts, ends = self.view.edits, self.view.starts, self.view.ends
        i = bisect_right(ends, start)  # the first edit that reaches behind the beginning
        if i < len(edits) and starts[i] <= start:
            self._run(runs, at, edits[i].span.start)
        else:
            self._run(runs, at, start if i == 0 else start - ends[i - 1] + edits[i - 1].span.end)
        while i < len(edits) and starts[i] < end:
            behind = at + min(ends[i], end) - start
            slips.append(Slip(at + max(starts[i], start) - start, behind, edits[i].span, edits[i].before))
            self._run(runs, behind, edits[i].span.end)
            i += 1

    def _run(self, runs: list[Run], at: int, start: int) -> None:
        if runs and runs[-1].at == at:  # it began behind a correction and came to nothing
            runs.pop()
        line = bisect_right(self.lines, start)
        runs.append(Run(at, start, line, start - self.lines[line - 1] + 1))


def _behind(text: str, at: int) -> int:
    """*at*, behind what joins two pieces there."""
    return at + (text[at : at + 1] in JOINTS)


def _exchanges(document: Document) -> Sequence[int | None]:
    from minutes_cli.parse.exchanges import exchanges  # its patterns are a tenth of what searching a record takes

    return exchanges(document)


def _speeches(document: Document, reader: _Reader, numbers: Sequence[int | None]) -> Iterator[tuple[int, Passage]]:
    for turn, places, number in zip(document.turns, document.spoken, numbers, strict=True):
        if places:
            text = turn.text
            runs, slips = reader.lead(places, text)
            said = Passage(PassageKind.SPEECH, text, runs, slips, turn.id, turn.speaker, turn.section, number)
            yield places[0], said


def _others(document: Document, reader: _Reader, numbers: Sequence[int | None]) -> Iterator[tuple[int, Passage]]:
    """What no turn says; each passage with its place, its section and, for events, the turn that it happens in."""
    begins = [section.span.start for section in document.sections]
    turns = [turn.span.start for turn in document.turns]
    for kind, paragraphs in _paragraphs(document):
        first = paragraphs[0][0][0]
        place = reader.source(first)
        passage = reader.say(kind, paragraphs)
        at = bisect_right(begins, place) - 1
        if at >= 0:
            passage = passage._replace(section=document.sections[at].id)
        at = bisect_right(turns, place) - 1
        if kind is PassageKind.EVENT and at >= 0 and place < document.turns[at].span.end:
            turn = document.turns[at]
            passage = passage._replace(turn=turn.id, speaker=turn.speaker, exchange=numbers[at])
        yield first, passage


def _paragraphs(document: Document) -> Iterator[tuple[PassageKind, list[list[_Piece]]]]:
    """The passages outside the turns, each as the pieces of its paragraphs."""
    text, petition = document.view.text, document.kind is Kind.PETITION
    unknown = document.kind is Kind.UNKNOWN
    sheet = read_sheet(text if unknown else text[:_SAMPLE])
    lines: list[_Line] = []
    gathered: PassageKind | None = None
    gap = page = False
    for stretch in _outside(document):
        kind, start, end = stretch.kind, stretch.start, stretch.end
        if stretch.block.kind is BlockKind.FURNITURE:
            if lines:
                gap, page = True, page or _ends_page(text[start:end])
            continue
        if lines and (kind is not gathered or (petition and stretch.block.kind in _ENTRIES)):
            yield from _passages(gathered, lines, sheet.flow, petition)
            lines = []
        gathered = kind
        if kind is PassageKind.HEADING:
            yield kind, [_whole(text, start, end)]
        elif kind is PassageKind.EVENT:
            yield from ((kind, [[piece]]) for piece in _whole(text, start, end))
        elif kind is not None:
            for row in sheet.rows if unknown else _rows(text, start, end):
                if row.kind is LineKind.BLANK:
                    gap = True
                elif unknown and is_furniture(row):
                    gap, page = True, page or row.kind is LineKind.PAGE
                    yield kind, [[(row.body, row.end)]]
                else:
                    lines.append(_Line(row, gap, page))
                    gap = page = False
            continue
        gap = page = False
    if lines:
        yield from _passages(gathered, lines, sheet.flow, petition)


def _outside(document: Document) -> Iterator[_Stretch]:
    """What no turn says, block by block; of the blocks of speech only what stands outside the turns."""
    text = document.view.text
    kinds = _PETITION if document.kind is Kind.PETITION else _KINDS
    extents = iter([(places[0], places[-1]) for places in document.spoken if places])
    nowhere = (len(text), len(text))
    said, told = next(extents, nowhere)  # where the speech of the next turn begins and ends
    quiet = False  # what stands between two labels need not be told twice
    for block in document.blocks:
        name, at, stop = block
        if name in _SPEECH:
            while at < stop:
                end = min(said, stop)
                if at < end and without_bullet(text[at:end].strip()):  # a bullet alone says nothing
                    yield _Stretch(kinds[name], block, at, end)
                    quiet = False
                if end == stop:
                    break
                if not quiet:
                    yield _Stretch(None, block, end, end)
                    quiet = True
                at = told
                if told <= stop:
                    said, told = next(extents, nowhere)
        elif name is not BlockKind.LABEL or not quiet:
            yield _Stretch(kinds.get(name), block, at, stop)
            quiet = name is BlockKind.LABEL


def _ends_page(furniture: str) -> bool:
    """Whether *furniture* is more than rules and markup: page numbers, running headers."""
    return any(row.kind not in (LineKind.BLANK, LineKind.RULE, LineKind.MARKUP) for row in rows(furniture))


def _whole(text: str, start: int, end: int) -> list[_Piece]:
    """The lines of a block."""
    return [(row.body, row.end) for row in _rows(text, start, end) if row.text]


def _rows(text: str, start: int, end: int) -> Iterator[Row]:
    for kind, first, body, last, stop, bare in rows(text[start:end]):
        yield Row(kind, start + first, start + body, start + last, start + stop, bare)


def _passages(
    kind: PassageKind | None, lines: Sequence[_Line], flow: Flow, petition: bool
) -> Iterator[tuple[PassageKind, list[list[_Piece]]]]:
    """Lines of one kind as paragraphs; text that is neither front, back nor item is a passage between blank lines."""
    assert kind is not None
    listed = kind in _LISTS and not petition
    paragraphs: list[list[_Piece]] = []
    before: Row | None = None
    for row, gap, page in lines:
        if before is None or (listed and _in_columns(before, row)) or _begins(before, row, flow, gap, page, kind):
            if gap and paragraphs and kind is PassageKind.TEXT:
                yield kind, paragraphs
                paragraphs = []
            paragraphs.append([])
        paragraphs[-1].append((row.body, row.end))
        before = row
    yield kind, paragraphs


def _in_columns(before: Row, row: Row) -> bool:
    return bool(_COLUMNS.search(before.text) or _COLUMNS.search(row.text))


def _begins(before: Row, row: Row, flow: Flow, gap: bool, page: bool, kind: PassageKind) -> bool:
    """As :func:`begins_paragraph`, but slower to join: outside the turns short lines are entries of lists.

    In a demand it is quicker: a line in its middle that begins with a number does not begin another one.
    """
    if kind is PassageKind.ITEM:
        if before.text[-1] in _STOPS or row.kind in _LISTED:
            return True
        if len(before.text) > (_SHORT if page else max(_SHORT, flow.width / 2)):
            return False
    if gap and len(before.text) < (flow.width * _NEARLY_FULL if flow.wrapped else _LONG):
        return True
    if not flow.wrapped:
        flow, gap = Flow(True, _NEVER_FULL, flow.indented), False
    return begins_paragraph(before, row, flow, gap, page)
