"""The columns of a table with one row per turn: what there is to choose from with ``--columns``.

The names are those of the JSON lines (:mod:`minutes_cli.export.jsonl`) where it has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from minutes_cli.export.said import said
from minutes_cli.model import Document, Event, Section, Speaker, Turn

__all__ = ["COLUMNS", "DEFAULT", "NAMES", "Column", "Type", "Value", "chosen", "flat", "rows_of", "values"]

Value = str | int | float | tuple[str, ...] | tuple[Event, ...] | None
"""What stands in a cell."""


class Type(StrEnum):
    """What a column holds; where the record does not say, None."""

    TEXT = "text"
    INT = "int"
    FLOAT = "float"
    DATE = "date"  # a str, as in 2023-11-22
    TEXTS = "texts"  # several texts
    EVENTS = "events"  # several events


class Row(NamedTuple):
    """A turn with all that can be said about it."""

    document: Document
    turn: Turn
    speaker: Speaker | None
    section: Section | None


class Column(NamedTuple):
    """One column: what it is called, what it holds, in words what it says, and how that is had.

    ``of_record``: it says the same of all turns of a record.
    """

    name: str
    type: Type
    about: str
    get: Callable[[Row], Value]
    of_record: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("path", Type.TEXT, "file of the record, as it was given", lambda r: r.document.view.source.name, True),
    Column("sha256", Type.TEXT, "SHA-256 of the bytes of that file", lambda r: r.document.view.source.sha256, True),
    Column(
        "record_kind",
        Type.TEXT,
        "what sort of record it is: verbatim, summary …",
        lambda r: r.document.kind.value,
        True,
    ),
    Column("meeting", Type.TEXT, "title of the meeting", lambda r: r.document.meeting.title, True),
    Column("body", Type.TEXT, "council or committee that meets", lambda r: r.document.meeting.body, True),
    Column("session", Type.TEXT, "which of its meetings", lambda r: r.document.meeting.session, True),
    Column("date", Type.DATE, "day of the meeting", lambda r: r.document.meeting.date, True),
    Column("start", Type.TEXT, "when it begins, 24 h (17:17)", lambda r: r.document.meeting.start, True),
    Column("end", Type.TEXT, "when it ends, 24 h (18:23)", lambda r: r.document.meeting.end, True),
    Column("venue", Type.TEXT, "where it is held", lambda r: r.document.meeting.place, True),
    Column("id", Type.TEXT, "turn, unique in its record", lambda r: r.turn.id),
    Column("order", Type.INT, "number of the turn in its record, from 1", lambda r: r.turn.order),
    Column("kind", Type.TEXT, "speech, question, answer, report or statement", lambda r: r.turn.kind.value),
    Column("speaker", Type.TEXT, "speaker, unique in its record", lambda r: r.turn.speaker),
    Column("label", Type.TEXT, "who speaks, as the record prints it", lambda r: r.turn.label),
    Column("name", Type.TEXT, "name of the speaker", lambda r: r.speaker and r.speaker.name),
    Column("role", Type.TEXT, "office in the meeting", lambda r: r.speaker and r.speaker.role),
    Column("title", Type.TEXT, "office outside of it", lambda r: r.speaker and r.speaker.title),
    Column("affiliation", Type.TEXT, "group or body of the speaker", lambda r: r.speaker and r.speaker.affiliation),
    Column("section", Type.TEXT, "section, unique in its record", lambda r: r.turn.section),
    Column("heading", Type.TEXT, "heading of the section", lambda r: r.section and r.section.heading),
    Column("page", Type.INT, "printed page where the turn begins", lambda r: r.turn.page),
    Column(
        "place",
        Type.TEXT,
        "where it begins in a file that is no plain text (page 3, paragraph 12)",
        lambda r: r.document.view.source.where(r.turn.span.start),
    ),
    Column("line_from", Type.INT, "first line in the original, from 1", lambda r: r.turn.lines[0]),
    Column("line_to", Type.INT, "last line in the original", lambda r: r.turn.lines[1]),
    Column("span_from", Type.INT, "first character in the original, from 0", lambda r: r.turn.span.start),
    Column("span_to", Type.INT, "character behind the last one", lambda r: r.turn.span.end),
    Column("characters", Type.INT, "length of the text, without line ends", lambda r: sum(map(len, r.turn.paragraphs))),
    Column("event_count", Type.INT, "how many events happened during the turn", lambda r: len(r.turn.events)),
    Column("events", Type.EVENTS, "the events, as the record prints them", lambda r: r.turn.events),
    Column("paragraphs", Type.TEXTS, "what is said, by paragraph", lambda r: r.turn.paragraphs),
    Column("text", Type.TEXT, "what is said, a line per paragraph, without events", lambda r: r.turn.text),
)

NAMES = tuple(column.name for column in COLUMNS)

DEFAULT = (
    *("path", "meeting", "date", "id", "order", "kind", "label", "name", "role", "title", "affiliation", "heading"),
    *("page", "place", "line_from", "line_to", "text"),
)
"""The columns of a table for people, who ask for the others when they want them."""


def chosen(names: Sequence[str], default: Sequence[str] = DEFAULT) -> tuple[Column, ...]:
    """The columns *names*, in that order; of none *default*. Raises KeyError for a name that is not in NAMES."""
    by_name = {column.name: column for column in COLUMNS}
    return tuple(by_name[name] for name in names or default)


def rows_of(document: Document) -> Iterator[Row]:
    """The turns of *document*."""
    return (Row(document, *row) for row in said(document))


def values(row: Row, columns: Iterable[Column]) -> list[Value]:
    """The cells of *row*."""
    return [column.get(row) for column in columns]


def flat(value: Value) -> str | int | float | None:
    """*value* for a cell that holds one thing: several texts or events stand on a line each."""
    if not isinstance(value, tuple):
        return value
    return "\n".join(part if isinstance(part, str) else part.text for part in value)
