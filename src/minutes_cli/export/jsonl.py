"""A Document as JSON lines: one turn per line, complete in itself, for tables, notebooks and jq."""

from __future__ import annotations

from minutes_cli.export.json import dumps, turn_to_dict
from minutes_cli.model import Document


def write_jsonl(document: Document) -> bytes:
    """The turns of *document*, one JSON object per line; no line for a record without turns.

    ``speaker`` and ``section`` stay the ids of the JSON; ``name`` … ``affiliation`` and ``heading`` say who
    and under what, ``meeting`` and ``date`` in which meeting.
    """
    speakers = {s.id: s for s in document.speakers}
    headings = {s.id: s.heading for s in document.sections}
    lines = []
    for turn in document.turns:
        speaker = speakers.get(turn.speaker or "")
        row = {
            "path": document.view.source.name,
            "meeting": document.meeting.title,
            "date": document.meeting.date,
            "heading": headings.get(turn.section or ""),
            "name": speaker.name if speaker else None,
            "role": speaker.role if speaker else None,
            "title": speaker.title if speaker else None,
            "affiliation": speaker.affiliation if speaker else None,
            **turn_to_dict(turn),
        }
        lines.append(dumps(row))
    return b"".join(lines)
