"""A record step by step as the HTML copy shows it: turns, headings, events and all else, with its corrections."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from minutes_cli.export.copies import is_matter, matter, place_of
from minutes_cli.export.course import Heading, Other, Paragraph, Speech, course
from minutes_cli.export.report.full_text import Line, Part, pieces
from minutes_cli.export.results import has_text
from minutes_cli.export.shown import shown
from minutes_cli.model import Cut, Document, Event, Page, Turn, View
from minutes_cli.parse.passages import searchable
from minutes_cli.passage import Passage, PassageKind

__all__ = ["Row", "Step", "steps"]


class Row(NamedTuple):
    """A paragraph. ``line`` is where it begins in the original, once per line; None where lines mean nothing.

    ``event``: nobody says it, it happened.
    """

    line: int | None
    parts: tuple[Part, ...]
    event: bool = False


class Step(NamedTuple):
    """A stretch of the page. ``name`` is speech, heading, or the kind of a passage; ``id`` its anchor, if it has one.

    ``sections`` are the anchors of headings that stand in it without a line of their own. ``who`` is empty where the
    record names nobody; ``place`` is where a turn stands in the original.
    """

    name: str
    rows: tuple[Row, ...]
    id: str | None = None
    sections: tuple[str, ...] = ()
    level: int = 1
    turn: Turn | None = None
    who: str = ""
    place: str = ""


def steps(document: Document) -> Iterator[Step]:
    """All of *document* in its order; without its text (read back from JSON) what is known of it."""
    found = _with_text(document) if has_text(document) and document.blocks else _without_text(document)
    seen = 0
    for step in found:
        rows = []
        for row in step.rows:
            new = row.line is not None and row.line > seen and document.view.source.is_text
            seen = row.line if new and row.line is not None else seen
            rows.append(row if new else row._replace(line=None))
        yield step._replace(rows=tuple(rows))


def _with_text(document: Document) -> Iterator[Step]:
    record = searchable(document)
    turns = {turn.id: turn for turn in document.turns}
    sections = sorted(document.sections, key=lambda section: section.span)
    at = done = 0
    for piece in pieces(record, 1, (), {}):
        index = piece.id.rpartition("-p")[2]
        turn = turns.get(piece.turn or "")
        passage = None if turn else record.passages[int(index) - 1]
        span = turn.span if turn else passage.span(0, len(passage.text)) if passage else None
        begun = done
        while span is not None and done < len(sections) and sections[done].span.start < span.end:
            done += 1
        anchors = tuple(section.id for section in sections[begun:done])
        if turn is not None:
            yield _speech(turn, document, tuple(_row(line) for line in piece.lines), anchors)
        elif piece.kind is PassageKind.HEADING:
            level = sections[done - 1].level if anchors else piece.level
            first, rest = (anchors[-1], anchors[:-1]) if anchors else (None, ())
            yield Step("heading", tuple(_row(line) for line in piece.lines), first, rest, level)
        elif passage is not None and is_matter(piece.kind):
            rows, at = _matter(passage, document, at)
            if rows:
                yield Step(piece.kind.value, rows, None, anchors)
        else:
            yield Step(piece.kind.value, tuple(_row(line) for line in piece.lines), None, anchors)


def _matter(passage: Passage, document: Document, at: int) -> tuple[tuple[Row, ...], int]:
    view = document.view
    cuts, at = matter(passage.kind, view.from_source(passage.span(0, 1).start), document, at)
    rows = (Row(view.source.place(view.to_source(*cut).start).line, tuple(_corrected(view, cut))) for cut in cuts)
    return tuple(rows), at


def _corrected(view: View, cut: Cut) -> Iterator[Part]:
    """The corrected text there, with the corrections marked."""
    at, end = cut
    for i in range(bisect_right(view.ends, at), len(view.edits)):
        if view.starts[i] >= end:
            break
        low, high = max(at, view.starts[i]), min(end, view.ends[i])
        if at < low:
            yield Part("text", shown(view.text[at:low]))
        yield Part("slip", shown(view.text[low:high]), shown(view.edits[i].before))
        at = high
    if at < end:
        yield Part("text", shown(view.text[at:end]))


def _without_text(document: Document) -> Iterator[Step]:
    seen: set[str] = set()
    for step in course(document):
        if isinstance(step, Speech):
            first = step.turn.id not in seen
            seen.add(step.turn.id)
            said = _speech(step.turn, document, tuple(_rows(step.paragraphs)), ())
            yield said if first else said._replace(id=None)
        elif isinstance(step, Heading):
            section = step.section
            level = section.level if section else 1
            yield Step("heading", (_plain(step.text),), section.id if section else None, (), level)
        elif isinstance(step, Other):
            yield Step(step.kind.value, tuple(_plain(line.text) for line in step.lines))
        elif isinstance(step, Event):
            yield Step("event", (Row(None, (Part("event", shown(step.text)),), event=True),))


def _rows(paragraphs: Iterable[Paragraph]) -> Iterator[Row]:
    for paragraph in paragraphs:
        said = [part for part in paragraph if not isinstance(part, Page)]
        parts = tuple(Part("event", shown(p.text)) if isinstance(p, Event) else Part("text", shown(p)) for p in said)
        yield Row(None, parts, event=all(isinstance(part, Event) for part in said))


def _speech(turn: Turn, document: Document, rows: Sequence[Row], sections: tuple[str, ...]) -> Step:
    place = "・".join(place_of(turn, document.view.source))
    return Step("speech", tuple(rows), turn.id, sections, turn=turn, who=shown(turn.label or ""), place=shown(place))


def _row(line: Line) -> Row:
    return Row(line.line, line.parts, line.event)


def _plain(text: str) -> Row:
    return Row(None, (Part("text", shown(text)),))
