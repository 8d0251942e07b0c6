"""Documents as JSON lines: one turn per line, complete in itself, for tables, notebooks and jq."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minutes_cli.export.json import dumps, turn_to_dict
from minutes_cli.export.model import Options
from minutes_cli.export.said import said
from minutes_cli.model import Document


def write_jsonl(documents: Iterable[Document], options: Options) -> Iterator[bytes]:
    """The turns of *documents*, one JSON object per line; no line for a record without turns.

    ``speaker`` and ``section`` stay the ids of the JSON; ``name`` … ``affiliation`` and ``heading`` say who
    and under what, ``meeting`` and ``date`` in which meeting.
    """
    for document in documents:
        source, meeting = document.view.source, document.meeting
        for turn, speaker, section in said(document):
            yield dumps(
                {
                    "path": source.name,
                    "meeting": meeting.title,
                    "date": meeting.date,
                    "heading": section.heading if section else None,
                    "name": speaker.name if speaker else None,
                    "role": speaker.role if speaker else None,
                    "title": speaker.title if speaker else None,
                    "affiliation": speaker.affiliation if speaker else None,
                    **turn_to_dict(turn, source),
                }
            )
