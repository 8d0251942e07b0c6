"""What a record holds as plain tables, for formats that keep them side by side (xlsx, sqlite).

A row names others by their ids, which are unique in their record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from minutes_cli.export.columns import Type, Value, chosen, rows_of, values
from minutes_cli.model import Document, Edit, Span

__all__ = ["TABLES", "Field", "Table"]


class Field(NamedTuple):
    """A column of a table; ``to`` is the table that its ids belong to."""

    name: str
    type: Type
    about: str
    to: str | None = None


class Table(NamedTuple):
    """A table: what it is called, what it says, and the rows that a document gives.

    ``key`` is the name of a number for each row, for formats whose ids must be unique among all records.
    """

    name: str
    key: str
    about: str
    fields: tuple[Field, ...]
    rows: Callable[[Document], Iterator[tuple[Value, ...]]]


_TEXT, _INT, _FLOAT, _DATE, _TEXTS = Type.TEXT, Type.INT, Type.FLOAT, Type.DATE, Type.TEXTS
_ID = Field("id", _TEXT, "unique in its record")
_PLACE = (
    Field("line", _INT, "line of the original where it begins, from 1"),
    Field("place", _TEXT, "where it begins in a file that is no plain text (page 3, paragraph 12)"),
    Field("span_from", _INT, "first character in the original, from 0"),
    Field("span_to", _INT, "character behind the last one"),
)


def _place(document: Document, span: Span) -> tuple[Value, ...]:
    source = document.view.source
    return source.place(span.start).line, source.where(span.start), *span


_RECORD = (
    Field("path", _TEXT, "file, as it was given"),
    Field("sha256", _TEXT, "SHA-256 of the bytes of that file"),
    Field("media_type", _TEXT, "what sort of file it is"),
    Field("encoding", _TEXT, "how its bytes were read"),
    Field("kind", _TEXT, "what sort of record it is: verbatim, summary, outline, petition, slides or unknown"),
    Field("title", _TEXT, "title of the meeting or of the letter"),
    Field("body", _TEXT, "council or committee that meets"),
    Field("session", _TEXT, "which of its meetings"),
    Field("date", _DATE, "day of the meeting"),
    Field("start", _TEXT, "when it begins, 24 h (17:17)"),
    Field("end", _TEXT, "when it ends, 24 h (18:23)"),
    Field("venue", _TEXT, "where it is held"),
    Field("addressee", _TEXT, "of a petition: to whom"),
    Field("sender", _TEXT, "of a petition: from whom"),
    Field("convention", _TEXT, "how the record marks its speakers, as inferred"),
    Field("score", _FLOAT, "how well that fits, 0 to 1"),
    Field("turns", _INT, "number of turns"),
    Field("characters", _INT, "length of the original"),
    Field("pages", _INT, "number of pages, where it has any"),
)


def _records(document: Document) -> Iterator[tuple[Value, ...]]:
    source, layout = document.view.source, document.layout
    yield (
        *(source.name, source.sha256, source.media_type, source.encoding, document.kind.value),
        *document.meeting,
        *(layout.convention, layout.score, len(document.turns), len(source.text), len(document.pages) or None),
    )


_SPEAKER = (
    _ID,
    Field("label", _TEXT, "as the record prints it most often"),
    Field("labels", _TEXTS, "all labels that the record uses"),
    Field("name", _TEXT, "name, without honorifics"),
    Field("role", _TEXT, "office in the meeting"),
    Field("title", _TEXT, "office outside of it"),
    Field("affiliation", _TEXT, "group or body"),
    Field("candidates", _TEXTS, "full names that fit equally well"),
    Field("turns", _INT, "number of turns"),
    Field("characters", _INT, "length of what is said"),
)


def _speakers(document: Document) -> Iterator[tuple[Value, ...]]:
    for s in document.speakers:
        yield s.id, s.label, s.labels, s.name, s.role, s.title, s.affiliation, s.candidates, s.turns, s.characters


_SECTION = (
    _ID,
    Field("heading", _TEXT, "as the record prints it"),
    Field("level", _INT, "1 is the highest"),
    Field("number", _TEXT, "its number, as the record prints it"),
    Field("parent", _TEXT, "section that it is part of", "sections"),
    *_PLACE,
)


def _sections(document: Document) -> Iterator[tuple[Value, ...]]:
    for s in document.sections:
        yield s.id, s.heading, s.level, s.number, s.parent, *_place(document, s.span)


_TURN = chosen(
    (
        *("id", "order", "kind", "speaker", "label", "section", "page", "place", "line_from", "line_to"),
        *("span_from", "span_to", "characters", "event_count", "text"),
    )
)
_REFERENCES = {"speaker": "speakers", "section": "sections"}


def _turns(document: Document) -> Iterator[tuple[Value, ...]]:
    return (tuple(values(row, _TURN)) for row in rows_of(document))


_EVENT = (
    Field("turn", _TEXT, "turn in which it happens", "turns"),
    Field("kind", _TEXT, "interjection, applause, vote, time or stage"),
    Field("text", _TEXT, "as the record prints it"),
    *_PLACE,
)


def _events(document: Document) -> Iterator[tuple[Value, ...]]:
    inside = [(event, turn.id) for turn in document.turns for event in turn.events]
    between = [(event, None) for event in document.events]
    for event, turn in sorted([*inside, *between], key=lambda pair: pair[0].span):
        yield turn, event.kind.value, event.text, *_place(document, event.span)


_ITEM = (
    _ID,
    Field("number", _TEXT, "its number, as the record prints it"),
    Field("heading", _TEXT, "its first line"),
    Field("text", _TEXT, "what is demanded"),
    Field("parent", _TEXT, "item that it is part of", "items"),
    *_PLACE,
)


def _items(document: Document) -> Iterator[tuple[Value, ...]]:
    for i in document.items:
        yield i.id, i.number, i.heading, i.text, i.parent, *_place(document, i.span)


_ATTENDEE = (
    Field("group", _TEXT, "heading of the list (出席委員, 説明員 …)"),
    Field("name", _TEXT, "as in the list"),
    Field("role", _TEXT, "office"),
    *_PLACE,
)


def _attendance(document: Document) -> Iterator[tuple[Value, ...]]:
    for a in document.attendance:
        yield a.group, a.name, a.role, *_place(document, a.span)


_EDIT = (
    Field("rule", _TEXT, "which rule asked for it"),
    Field("before", _TEXT, "as in the original"),
    Field("after", _TEXT, "as in the text of the turns"),
    Field("safety", _TEXT, "safe: applied by itself; ask: only with --fix all"),
    Field("confidence", _FLOAT, "0 to 1"),
    Field("reason", _TEXT, "why"),
    *_PLACE,
)


def _edit(edit: Edit) -> tuple[Value, ...]:
    return edit.rule, edit.before, edit.after, edit.safety.value, edit.confidence, edit.reason


def _edits(document: Document) -> Iterator[tuple[Value, ...]]:
    return ((*_edit(edit), *_place(document, edit.span)) for edit in document.view.edits)


_FINDING = (
    Field("rule", _TEXT, "which rule found it"),
    Field("severity", _TEXT, "error, warning or info"),
    Field("message", _TEXT, "what a reader should know"),
    Field("before", _TEXT, "where there is a proposal: as in the original"),
    Field("after", _TEXT, "what is proposed in its place"),
    *_PLACE,
)


def _findings(document: Document) -> Iterator[tuple[Value, ...]]:
    for f in document.findings:
        before, after = (f.fix.before, f.fix.after) if f.fix else (None, None)
        yield f.rule, f.severity.value, f.message, before, after, *_place(document, f.span)


TABLES: tuple[Table, ...] = (
    Table("records", "record", "One row per record: the file and the meeting", _RECORD, _records),
    Table("speakers", "speaker", "Who speaks, by record", _SPEAKER, _speakers),
    Table("sections", "section", "The headings", _SECTION, _sections),
    Table(
        "turns",
        "turn",
        "One row per speech",
        tuple(Field(c.name, c.type, c.about, _REFERENCES.get(c.name)) for c in _TURN),
        _turns,
    ),
    Table("events", "event", "What happened besides speech: interjections, votes, recesses", _EVENT, _events),
    Table("items", "item", "The numbered demands of petitions", _ITEM, _items),
    Table("attendance", "attendee", "The lists of those present", _ATTENDEE, _attendance),
    Table("edits", "edit", "The corrections: what stands in the original and what in the text", _EDIT, _edits),
    Table("findings", "finding", "What a reader should know of the record", _FINDING, _findings),
)
"""In an order in which each names only those before it, or itself."""
