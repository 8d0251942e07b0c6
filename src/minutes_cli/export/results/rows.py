"""Lines of ``minutes export --to jsonl`` -> the documents whose turns they are. Every field is checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minutes_cli.compare.result_fields import NoResultError
from minutes_cli.export.results.checked import Checked
from minutes_cli.export.results.fields import TURN, source_of, turn_from
from minutes_cli.model import Document, Kind, Layout, Meeting, Section, Span, Speaker, View

__all__ = ["document_from_rows"]

_PERSON = ("name", "role", "title", "affiliation")
_ROW = ("path", "meeting", "date", "heading", *_PERSON, *TURN)
_REASON = "read from lines of turns, which do not say it"


def document_from_rows(rows: Sequence[tuple[str, dict[str, Any]]]) -> Document:
    """What the rows of one record say of it, each with the words for its place. Raises NoResultError.

    Kind and layout are unknown, sections have no level but the first, and of the meeting title and date are known.
    ``Source.sha256`` is empty.
    """
    lines = [Checked(row, f"{where}: " if where else "", _ROW) for where, row in rows]
    turns = [turn_from(line) for line in lines]
    speakers: dict[str, Speaker] = {}
    sections: dict[str, Section] = {}
    first = lines[0]
    for line, turn in zip(lines, turns, strict=True):
        for name in ("meeting", "date"):
            if line.text(name) != first.text(name):
                raise NoResultError(f"{line.where}{name} is another one than before, in the same record")
        if turn.speaker is not None:
            speakers[turn.speaker] = _speaker(line, turn.speaker, speakers.get(turn.speaker))
        elif any(line.text(name) is not None for name in _PERSON):
            raise NoResultError(f"{line.where}speaker is missing, but something is said of one")
        _put_section(line, turn.section, sections)
    size = max(turn.span.end for turn in turns)
    source = source_of(first.word("path"), size, turns, [line.text("place") for line in lines])
    return Document(
        View(source, (), source.text),
        Kind.UNKNOWN,
        Layout(None, 0.0, (_REASON,)),
        Meeting(first.text("meeting"), date=first.text("date")),
        tuple(speakers.values()),
        tuple(sections.values()),
        tuple(turns),
    )


def _speaker(line: Checked, key: str, known: Speaker | None) -> Speaker:
    name, role, title, affiliation = (line.text(field) for field in _PERSON)
    label = line.text("label")
    if known is None:
        known = Speaker(key, label or "", (), name, role, title, affiliation)
    elif (known.name, known.role, known.title, known.affiliation) != (name, role, title, affiliation):
        raise NoResultError(f"{line.where}speaker {key!r} is somebody else than before, in the same record")
    labels = known.labels if label is None or label in known.labels else (*known.labels, label)
    size = sum(map(len, line.texts("paragraphs")))
    return known._replace(labels=labels, turns=known.turns + 1, characters=known.characters + size)


def _put_section(line: Checked, key: str | None, sections: dict[str, Section]) -> None:
    heading = line.text("heading")
    if (key is None) != (heading is None):
        raise NoResultError(f"{line.where}section and heading go together")
    if key is None or heading is None:
        return
    if sections.setdefault(key, Section(key, heading, 1, None, None, Span(0, 0))).heading != heading:
        raise NoResultError(f"{line.where}section {key!r} has another heading than before, in the same record")
