"""A normalized record as JSON (``minutes normalize --json``), and the record made out of it again (``--undo``)."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from itertools import accumulate
from typing import Any, NamedTuple

import orjson

from minutes_cli.edits import undo
from minutes_cli.errors import IngestError, UsageError
from minutes_cli.export.encode import Patch, as_text, mark_of, patched, patches
from minutes_cli.export.json import dumps, escape_surrogates
from minutes_cli.ingest.text import canonical_encoding
from minutes_cli.model import Edit, Safety, Source, Span, View
from minutes_cli.normalize import Normalized

FORMAT = "minutes-edits/1"
"""Raised whenever a field is renamed or changes its meaning."""


class Recorded(NamedTuple):
    """What was written about one record: enough to make its bytes out of the corrected text."""

    path: str
    sha256: str
    encoding: str
    mark: bytes
    patches: tuple[Patch, ...]
    edits: tuple[Edit, ...]  # those that were applied, in the order of the text


def write_edits(result: Normalized, *, pretty: bool = False) -> bytes:
    """*result* as one JSON object in UTF-8, on one line or indented, with a final line break."""
    source = as_text(result.view.source)
    applied = frozenset(result.view.edits)
    return dumps(
        {
            "format": FORMAT,
            "source": {
                "path": source.name,
                "sha256": source.sha256,
                "encoding": source.encoding,
                "mark": mark_of(source).hex(),
                "characters": len(source.text),
                "patches": [[patch.start, patch.end, patch.raw.hex()] for patch in patches(source)],
            },
            "text": result.view.text,
            "edits": [_edit(edit, edit in applied) for edit in result.edits],
            "notes": list(result.notes),
        },
        pretty=pretty,
    )


def _edit(edit: Edit, applied: bool) -> dict[str, Any]:
    return {
        "span": list(edit.span),
        "before": edit.before,
        "after": edit.after,
        "rule": edit.rule,
        "safety": edit.safety.value,
        "confidence": edit.confidence,
        "reason": edit.reason,
        "applied": applied,
    }


def read_edits(data: bytes, name: str) -> tuple[Recorded, ...]:
    """Read what :func:`write_edits` wrote: one object, or one per line. Raises UsageError; *name* is for its words."""
    try:
        return tuple(_recorded(value) for value in _objects(data))
    except (LookupError, TypeError, ValueError, OverflowError, IngestError) as e:
        words = f"no {e}" if isinstance(e, KeyError) else str(e)
        raise UsageError(f"{name}: not what minutes normalize --json writes ({words})") from None


def _objects(data: bytes) -> list[Any]:
    try:
        return [orjson.loads(data)]
    except orjson.JSONDecodeError:
        lines = [line for line in data.split(b"\n") if line.strip()]
        if len(lines) < 2:
            raise
        return [orjson.loads(line) for line in lines]


def _recorded(value: dict[str, Any]) -> Recorded:
    if value["format"] != FORMAT:
        raise ValueError(f"its format is {value['format']!r}, not {FORMAT!r}")
    source = value["source"]
    found = tuple(Patch(int(start), int(end), bytes.fromhex(raw)) for start, end, raw in source["patches"])
    edits = tuple(
        Edit(Span(*map(int, e["span"])), str(e["before"]), str(e["after"]), str(e["rule"]), Safety(e["safety"]))
        for e in value["edits"]
        if e["applied"]
    )
    encoding, mark = canonical_encoding(str(source["encoding"])), bytes.fromhex(source["mark"])
    return Recorded(str(source["path"]), str(source["sha256"]), encoding, mark, found, edits)


def recorded_for(path: str, known: Iterable[Recorded]) -> Recorded | None:
    """What was written about *path*; when only one record was written about, that one."""
    known = tuple(known)
    if len(known) == 1:
        return known[0]
    same = [record for record in known if record.path == escape_surrogates(path)]
    # From another folder only the name is the same; the checksum tells whether it is the right one.
    name = os.path.basename(escape_surrogates(path))
    same = same or [record for record in known if os.path.basename(record.path) == name]
    return same[0] if len(same) == 1 else None


def original_bytes(corrected: Source, recorded: Recorded) -> bytes:
    """The bytes of the record behind a corrected text. Raises UsageError when the text is not what was written."""
    edits = recorded.edits
    shifts = accumulate((len(e.after) - (e.span.end - e.span.start) for e in edits), initial=0)
    starts = tuple(e.span.start + shift for e, shift in zip(edits, shifts, strict=False))
    ends = tuple(start + len(e.after) for e, start in zip(edits, starts, strict=True))
    for edit, start, end in zip(edits, starts, ends, strict=True):
        if corrected.text[start:end] != edit.after:
            place = corrected.place(min(start, len(corrected.text)))
            raise UsageError(
                f"{corrected.name}: {edit.after!r} does not stand at {place.line}:{place.column}, so the correction "
                f"of {edit.before!r} cannot be undone; the file was changed since, or belongs to other edits"
            )
    text = undo(View(corrected, edits, corrected.text, starts, ends))
    data = patched(text, recorded.encoding, recorded.mark, recorded.patches)
    if hashlib.sha256(data).hexdigest() != recorded.sha256:
        raise UsageError(
            f"{corrected.name}: undone, it is not the record that the edits were made for (its SHA-256 differs); "
            "the file was changed since, or belongs to other edits"
        )
    return data
