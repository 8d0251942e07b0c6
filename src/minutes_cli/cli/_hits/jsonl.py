"""Hits for programs, one per match with all that is known of it: JSON lines and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from minutes_cli.cli._hits.hit import Hit, Options, hits
from minutes_cli.cli._hits.table import as_csv, as_json
from minutes_cli.model import Section, Speaker
from minutes_cli.passage import Record
from minutes_cli.search.model import Match, Result

SPEAKER = ("id", "label", "name", "role", "title", "affiliation")
"""What is said of a speaker."""


COLUMNS = (
    *("path", "line", "column", "start", "end", "page", "kind", "turn"),
    *(f"speaker_{name}" for name in SPEAKER),
    *("section", "section_id", "exchange", "date", "meeting", "record_kind"),
    *("before", "match", "after", "original", "pattern", "pattern_text", "term"),
)
"""The head of the table. ``start`` and ``end`` are the ``span`` of the JSON."""


def json_lines(results: Iterable[Result], options: Options) -> Iterator[str]:
    """One object per match, in the order of the records. A piece of text per record with hits."""
    for result in results:
        if result.found:
            yield "".join(as_json(row, options) for row in objects(result, options))


def csv_lines(results: Iterable[Result], options: Options) -> Iterator[str]:
    """One row per match under :data:`COLUMNS`, in the order of the records."""
    rows = (_row(match) for result in results for match in objects(result, options))
    return as_csv(COLUMNS, rows, options)


def objects(result: Result, options: Options) -> Iterator[dict[str, Any]]:
    """The matches of one record.

    ``before``, ``match`` and ``after`` are the corrected text of the sentence, ``original`` is the match as it stands
    in the record (wraps joined). ``line``, ``column`` and ``pattern`` count from 1; ``span`` is half-open, from 0, in
    code points of the original.
    """
    record = result.record
    speakers = {s.id: s for s in record.speakers}
    sections = {s.id: s for s in record.sections}
    for hit in hits(result, options.most):
        speaker = speakers.get(hit.passage.speaker or "")
        section = sections.get(hit.passage.section or "")
        for match in hit.matches:
            yield _object(record, hit, match, speaker, section, options)


def _object(
    record: Record, hit: Hit, match: Match, speaker: Speaker | None, section: Section | None, options: Options
) -> dict[str, Any]:
    passage, text = hit.passage, hit.passage.text
    span = passage.span(match.start, match.end)
    place = passage.place(match.start)
    return {
        "path": record.path,
        "line": place.line,
        "column": place.column,
        "span": [span.start, span.end],
        "page": record.page(span.start),
        "kind": passage.kind.value,
        "turn": passage.turn,
        "speaker": {name: getattr(speaker, name) for name in SPEAKER} if speaker else None,
        "section": section.heading if section else None,
        "section_id": passage.section,
        "exchange": passage.exchange,
        "date": record.meeting.date,
        "meeting": record.meeting.title,
        "record_kind": record.kind,
        "before": text[hit.start : match.start],
        "match": text[match.start : match.end],
        "after": text[match.end : hit.end],
        "original": passage.original(match.start, match.end),
        "pattern": match.pattern + 1,
        "pattern_text": options.patterns[match.pattern] if match.pattern < len(options.patterns) else None,
        "term": match.term,
    }


def _row(match: dict[str, Any]) -> list[object]:
    start, end = match["span"]
    speaker = match["speaker"] or {}
    known = {**match, "start": start, "end": end} | {f"speaker_{name}": speaker.get(name) for name in SPEAKER}
    return [known[name] for name in COLUMNS]
