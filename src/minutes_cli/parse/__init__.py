"""From the text of a record to a document: ``parse`` is the whole way, a plain function without side effects."""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from minutes_cli.copy_marks import declared_kind
from minutes_cli.edits import view as read_through
from minutes_cli.model import (
    Block,
    BlockKind,
    Document,
    Event,
    Finding,
    Kind,
    Layout,
    Meeting,
    Page,
    Severity,
    Source,
    Span,
    Turn,
    View,
)
from minutes_cli.parse.attendance import read_attendance
from minutes_cli.parse.conventions import BY_NAME, labels_inside
from minutes_cli.parse.detect import Reading, detect
from minutes_cli.parse.drafts import Draft, Walked
from minutes_cli.parse.header import read_meeting
from minutes_cli.parse.kinds import infer_kind
from minutes_cli.parse.layout import Row
from minutes_cli.parse.markup import settle_markup
from minutes_cli.parse.people import identify
from minutes_cli.parse.prose import Piece
from minutes_cli.parse.reading_copy import plain, read_copy
from minutes_cli.parse.sections import build_sections
from minutes_cli.parse.sheet import Sheet, is_furniture, read_view
from minutes_cli.parse.turns import walk

__all__ = ["parse"]

_new = tuple.__new__  # for what there is one of for every turn: the plain constructor would cost twice as much
#: Below this score a layout is doubtful, and so it is when another one comes as close as this.
_DOUBTFUL, _CLOSE = 0.3, 0.9


def parse(
    source: Source | View, *, kind: Kind | None = None, convention: str | None = None, header: bool = True
) -> Document:
    """Understand a record: its layout, meeting, speakers, sections, turns, items, events and blocks.

    *kind* and *convention* (a name from :data:`minutes_cli.parse.conventions.CONVENTIONS`) override what would
    be inferred. Any text parses; what is not understood is kept in blocks and reported in ``findings``. Who does not
    ask for the *header* may get a document that says nothing of the meeting.
    """
    seen = source if isinstance(source, View) else read_through(source)
    with no_collection():
        document = _parse(seen, kind, convention, header)
    reported = seen.source.findings
    return document._replace(findings=(*document.findings, *reported)) if reported else document


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep the cycle collector out: it would walk over all the rows again and again, and none of them is in a cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _parse(seen: View, kind: Kind | None, convention: str | None, header: bool) -> Document:
    sheet = read_view(seen)
    if kind is None and convention is None and (declared := declared_kind(seen.text)):
        if declared not in (Kind.PETITION, Kind.SLIDES):
            return _copy(seen, sheet, declared)
        sheet, kind = plain(sheet), declared
    if seen.source.is_text:
        sheet = settle_markup(sheet, markdown=seen.source.media_type == "text/markdown")
    reading = detect(sheet, convention)
    found = kind or infer_kind(sheet, reading)
    if found is Kind.PETITION:
        return _petition(seen, sheet, reading)
    if found is Kind.SLIDES:
        return _slides(seen, sheet, reading)
    if found is Kind.UNKNOWN:
        return _unknown(seen, sheet, reading)
    return _meeting(seen, sheet, reading, found, header)


def _copy(seen: View, sheet: Sheet, kind: Kind) -> Document:
    """A reading copy that ``export --to markdown`` wrote."""
    copy = read_copy(sheet)
    if kind is Kind.UNKNOWN and not copy.walked.turns:
        return _unknown(seen, sheet, Reading(Layout(None, 0.0), None, []))
    layout = Layout("heading-label", 1.0, ("its first line says that it is a reading copy of minutes",))
    reading = Reading(layout, BY_NAME["heading-label"], [])
    return _document(seen, sheet, reading, kind, copy.walked, copy.front, copy.back)


def _petition(seen: View, sheet: Sheet, reading: Reading) -> Document:
    from minutes_cli.parse.petition import read_petition  # few records are petitions or slides

    read = read_petition(seen, sheet.rows)
    layout = _no_speakers(reading, "a petition has items, no turns")
    return Document(
        seen, Kind.PETITION, layout, read.meeting, items=read.items, pages=sheet.pages, blocks=tuple(read.blocks)
    )


def _slides(seen: View, sheet: Sheet, reading: Reading) -> Document:
    from minutes_cli.parse.slides import read_slides

    deck = read_slides(seen, sheet.rows)
    return Document(
        seen,
        Kind.SLIDES,
        _no_speakers(reading, "a slide deck has headings, no turns"),
        read_meeting(sheet.rows[:40], (), ()),
        sections=build_sections(seen, deck.headings),
        pages=sheet.pages,
        findings=tuple(deck.findings),
        blocks=tuple(deck.blocks),
    )


def _unknown(seen: View, sheet: Sheet, reading: Reading) -> Document:
    layout = _no_speakers(reading, "no kind of meeting record fits")
    message = "no kind of meeting record fits this text; it is kept whole"
    finding = Finding("unknown-record", message, Span(0, 0), Severity.WARNING)
    blocks = (Block(BlockKind.UNKNOWN, 0, len(seen.text)),) if seen.text else ()
    return Document(seen, Kind.UNKNOWN, layout, Meeting(), pages=sheet.pages, findings=(finding,), blocks=blocks)


def _no_speakers(reading: Reading, reason: str) -> Layout:
    return Layout(None, 0.0, (reason,), reading.layout.alternatives)


def _meeting(seen: View, sheet: Sheet, reading: Reading, kind: Kind, header: bool) -> Document:
    outline = kind in (Kind.SUMMARY, Kind.OUTLINE) or reading.convention is None
    walked = walk(sheet, reading.heads, reading.convention, outline)
    front, back = _around(sheet, walked)
    return _document(seen, sheet, reading, kind, walked, front, back, header=header)


def _document(
    seen: View,
    sheet: Sheet,
    reading: Reading,
    kind: Kind,
    walked: Walked,
    front: list[Row],
    back: list[Row],
    *,
    header: bool = True,
) -> Document:
    attendance = read_attendance(seen, [*front, *back])
    speakers, ids = identify(walked.turns, attendance)
    turns = tuple(_turns(seen, sheet.pages, walked.turns, ids))
    return Document(
        seen,
        kind,
        reading.layout,
        _meeting_of(seen, walked, front, back) if header else Meeting(),
        speakers,
        build_sections(seen, walked.headings),
        turns,
        attendance=attendance,
        events=tuple(_event(seen, piece) for piece in walked.events),
        pages=sheet.pages,
        findings=_findings(seen, sheet.rows, reading),
        blocks=tuple(walked.blocks),
        spoken=tuple([tuple(draft.spoken) for draft in walked.turns]),
    )


def _meeting_of(seen: View, walked: Walked, front: list[Row], back: list[Row]) -> Meeting:
    happened = sorted([e for draft in walked.turns for e in draft.events] + walked.events, key=lambda e: e.start)
    return read_meeting(front, back, [seen.text[e.start : e.end] for e in happened])


def _around(sheet: Sheet, walked: Walked) -> tuple[list[Row], list[Row]]:
    """The rows before the first turn and those behind the last one, without page marks and what belongs to a site."""
    if not walked.turns:
        return [row for row in sheet.rows[:200] if not is_furniture(row)], []
    first, last = walked.turns[0].start, walked.turns[-1].end
    front = [row for row in sheet.rows[: bisect_right(sheet.rows, first, key=lambda r: r.start)] if row.stop <= first]
    back = [row for row in sheet.rows[bisect_right(sheet.rows, last, key=lambda r: r.start) :] if row.start >= last]
    return [row for row in front if not is_furniture(row)], [row for row in back if not is_furniture(row)]


def _turns(
    seen: View, pages: Sequence[Page], drafts: Sequence[Draft], speakers: Iterable[str | None]
) -> Iterator[Turn]:
    lines, edits = seen.source.line_starts, seen.edits
    starts = [page.start for page in pages]
    for i, (draft, speaker) in enumerate(zip(drafts, speakers, strict=True), 1):
        start, end = span = seen.to_source(draft.start, draft.end) if edits else _new(Span, (draft.start, draft.end))
        first = bisect_right(lines, start)
        last = bisect_right(lines, end - 1 if end > start else start, first - 1)
        page = bisect_right(starts, draft.start) - 1 if starts else -1
        section = f"sec{draft.section + 1}" if draft.section >= 0 else None
        number = pages[page].number if page >= 0 else None
        events = tuple([_event(seen, piece) for piece in draft.events]) if draft.events else ()
        said = tuple(draft.paragraphs)
        yield _new(
            Turn, (f"t{i}", i, draft.kind, speaker, draft.label, section, said, span, (first, last), number, events)
        )


def _event(seen: View, piece: Piece) -> Event:
    return Event(piece.kind, seen.text[piece.start : piece.end], seen.to_source(piece.start, piece.end))


def _findings(seen: View, rows: Sequence[Row], reading: Reading) -> tuple[Finding, ...]:
    whole = Span(0, 0)
    if reading.convention is None:
        return (Finding("no-speakers", "no speaker found: no convention explains this record", whole, Severity.INFO),)
    best, others = reading.layout, reading.layout.alternatives
    doubts = []
    if best.score < _DOUBTFUL:
        doubts.append(f"the layout is doubtful: {best.convention} scores {best.score:.2f} of 1")
    if others and others[0].score > best.score * _CLOSE:
        doubts.append(f"two layouts explain the record nearly as well: {best.convention} and {others[0].convention}")
    findings = [Finding("doubtful-layout", message, whole, Severity.WARNING) for message in doubts]
    convention = reading.convention
    inside = next(iter(labels_inside(convention, reading.heads, rows)), None)
    if inside is not None:
        message = (
            "labels stand inside lines: columns were read across or line ends lost; trust the labels, not the text"
        )
        findings.append(Finding("labels-inside-lines", message, seen.to_source(inside.start, inside.end)))
    return tuple(findings)
