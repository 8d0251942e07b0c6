"""A Document as the JSON object of format minutes/1. Its schema is schema.json beside this file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from minutes_cli import __version__
from minutes_cli.errors import UsageError
from minutes_cli.export.model import Options
from minutes_cli.model import Attendee, Document, Edit, Event, Finding, Item, Layout, Section, Source, Speaker, Turn

FORMAT = "minutes/1"
"""Raised whenever a field is renamed or changes its meaning."""

#: A record has many lines: indented JSON has their beginnings on one line. No text can hold this, its quotes escaped.
_LINE_STARTS = re.compile(rb'(?<!\\)"line_starts": \[[\s0-9,]*\]')


def write_json(document: Document, *, pretty: bool = False) -> bytes:
    """*document* as one JSON object in UTF-8, on one line or indented, with a final line break."""
    data = dumps(document_to_dict(document), pretty=pretty)
    return _LINE_STARTS.sub(_on_one_line, data, count=1) if pretty else data


def _on_one_line(match: re.Match[bytes]) -> bytes:
    return b" ".join(match[0].split()).replace(b"[ ", b"[").replace(b" ]", b"]")


def write_json_lines(documents: Iterable[Document], options: Options) -> Iterator[bytes]:
    """*documents*, one JSON object a line. Raises UsageError for one of which only the turns are known."""
    for document in documents:
        if not document.view.source.sha256:
            raise UsageError(
                f"{document.view.source.name}: read from lines of turns, which are not all that json holds; "
                "name the record"
            )
        yield write_json(document)


def dumps(value: object, *, pretty: bool = False) -> bytes:
    """*value* as UTF-8 JSON with a final line break."""
    options = orjson.OPT_APPEND_NEWLINE | (orjson.OPT_INDENT_2 if pretty else 0)
    try:
        return orjson.dumps(value, option=options)
    except orjson.JSONEncodeError:
        # A file name that is not UTF-8 reaches us with lone surrogates, which JSON cannot hold.
        return orjson.dumps(escape_surrogates(value), option=options)


def escape_surrogates(value: Any) -> Any:
    r"""*value* with every lone surrogate in its strings written out, as in ``\udce3``."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {escape_surrogates(k): escape_surrogates(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [escape_surrogates(v) for v in value]
    return value


def document_to_dict(document: Document) -> dict[str, Any]:
    """The fields of minutes/1, in their order; nothing but dicts, lists, strings, numbers and None."""
    source, back = document.view.source, document.view.to_source
    return {
        "format": FORMAT,
        "generator": {"name": "minutes-cli", "version": __version__, "tokenizer": None},
        "source": {
            "path": source.name,
            "sha256": source.sha256,
            "media_type": source.media_type,
            "encoding": source.encoding,
            "characters": len(source.text),
            "pages": len(document.pages) or None,
            "page_starts": [[page.number, back(page.start, page.start).start] for page in document.pages],
            "line_starts": source.line_starts,
            "anchors": [list(anchor) for anchor in source.anchors],
        },
        "kind": document.kind.value,
        "layout": _layout(document.layout),
        "meeting": {name: getattr(document.meeting, name) for name in MEETING},
        "speakers": [_speaker(s) for s in document.speakers],
        "sections": [_section(s) for s in document.sections],
        "turns": [turn_to_dict(turn, source) for turn in document.turns],
        "items": [_item(i) for i in document.items],
        "attendance": [_attendee(a) for a in document.attendance],
        "events": [_event(e) for e in document.events],
        "edits": [_edit(e) for e in document.view.edits],
        "findings": [_finding(f) for f in document.findings],
    }


MEETING = ("title", "body", "session", "date", "start", "end", "place", "addressee", "sender")


def turn_to_dict(turn: Turn, source: Source) -> dict[str, Any]:
    """One turn of *source* as it stands under ``turns``."""
    return {
        "id": turn.id,
        "order": turn.order,
        "kind": turn.kind.value,
        "speaker": turn.speaker,
        "label": turn.label,
        "section": turn.section,
        "text": turn.text,
        "paragraphs": list(turn.paragraphs),
        "span": list(turn.span),
        "lines": list(turn.lines),
        "page": turn.page,
        "place": source.where(turn.span.start),
        "events": [_event(e) for e in turn.events],
    }


def _layout(layout: Layout) -> dict[str, Any]:
    return {
        "convention": layout.convention,
        "score": layout.score,
        "reasons": list(layout.reasons),
        "alternatives": [
            {"convention": p.convention, "score": p.score, "labels": p.labels, "reasons": list(p.reasons)}
            for p in layout.alternatives
        ],
    }


def _speaker(speaker: Speaker) -> dict[str, Any]:
    return {
        "id": speaker.id,
        "label": speaker.label,
        "labels": list(speaker.labels),
        "name": speaker.name,
        "role": speaker.role,
        "title": speaker.title,
        "affiliation": speaker.affiliation,
        "candidates": list(speaker.candidates),
        "turns": speaker.turns,
        "characters": speaker.characters,
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "heading": section.heading,
        "level": section.level,
        "number": section.number,
        "parent": section.parent,
        "span": list(section.span),
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "number": item.number,
        "heading": item.heading,
        "text": item.text,
        "parent": item.parent,
        "span": list(item.span),
    }


def _attendee(attendee: Attendee) -> dict[str, Any]:
    return {
        "group": attendee.group,
        "name": attendee.name,
        "role": attendee.role,
        "span": list(attendee.span),
    }


def _event(event: Event) -> dict[str, Any]:
    return {"kind": event.kind.value, "text": event.text, "span": list(event.span)}


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "rule": edit.rule,
        "span": list(edit.span),
        "before": edit.before,
        "after": edit.after,
        "safety": edit.safety.value,
        "confidence": edit.confidence,
        "reason": edit.reason,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "message": finding.message,
        "span": list(finding.span),
        "severity": finding.severity.value,
        "fix": _edit(finding.fix) if finding.fix else None,
    }
