"""A comparison of two versions of a record as a JSON object of format minutes-diff/1.

``status``: ``same``, ``changed``, or ``added`` and ``removed`` for a record that only one side has.
``old`` and ``new``: ``path`` of the file, ``record`` (the path inside a parse result), ``sha256``; or null.
``counts``: for ``turn``, ``item`` and ``line`` the fields of :class:`minutes_cli.compare.model.Tally`.
``facts``: what differs in meeting data, speakers, headings, attendance and events: ``part``, ``name``, ``who``, and
``old`` and ``new`` with ``text``, ``id``, ``span`` and ``line``, or null.
``changes``: ``what``, ``sort`` and ``aspects`` as in :class:`minutes_cli.compare.model.Change`; ``old`` and ``new``
are lists of turns, items or lines, each with its ``order`` (from 1), ``span`` and ``lines`` in the original; ``pieces``
lead from the old text to the new one: pairs of ``=``, ``-`` or ``+`` and a text, where the text changed.
``not_compared``: parts that a side does not hold.
"""

from __future__ import annotations

from typing import Any

from minutes_cli import __version__
from minutes_cli.compare.model import Change, Comparison, Entry, Fact, Sort, Transcript, Unit
from minutes_cli.compare.pieces import pieces_of
from minutes_cli.compare.tally import tally
from minutes_cli.export.json import dumps

FORMAT = "minutes-diff/1"
"""Raised whenever a field is renamed or changes its meaning."""


def write_json(
    comparison: Comparison | None,
    only: Transcript | None,
    paths: tuple[str | None, str | None],
    *,
    pretty: bool = False,
) -> bytes:
    """What became of one record, as one object with a final line break; *only* where one side alone has it."""
    old, new = (comparison.old, comparison.new) if comparison else (only, only)
    status = "added" if paths[0] is None else "removed"
    if comparison:
        status = "same" if comparison.same else "changed"
    sides = [_side(path, side) for path, side in zip(paths, (old, new), strict=True)]
    fields: dict[str, Any] = {
        "format": FORMAT,
        "generator": {"name": "minutes-cli", "version": __version__, "tokenizer": None},
        "status": status,
        "old": sides[0],
        "new": sides[1],
        "counts": {sort.value: tally(comparison, sort)._asdict() for sort in Sort} if comparison else None,
        "facts": [_fact(fact) for fact in comparison.facts] if comparison else [],
        "changes": [_change(comparison, change) for change in comparison.changes] if comparison else [],
        "not_compared": list(comparison.left_out) if comparison else [],
    }
    return dumps(fields, pretty=pretty)


def _side(path: str | None, transcript: Transcript | None) -> dict[str, Any] | None:
    if path is None or transcript is None:
        return None
    return {"path": path, "record": transcript.path, "sha256": transcript.sha256, "turns": len(transcript.turns)}


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "part": fact.part,
        "name": fact.name or None,
        "who": fact.who,
        "old": _entry(fact.old),
        "new": _entry(fact.new),
    }


def _entry(entry: Entry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {
        "text": entry.text,
        "id": entry.id or None,
        "span": list(entry.span) if entry.span else None,
        "line": entry.line,
    }


def _change(comparison: Comparison, change: Change) -> dict[str, Any]:
    found = pieces_of(comparison, change)
    return {
        "what": change.what.value,
        "sort": change.sort.value,
        "aspects": list(change.aspects),
        "old": [_unit(comparison.old, change.sort, at) for at in change.old],
        "new": [_unit(comparison.new, change.sort, at) for at in change.new],
        "pieces": [list(piece) for piece in found],
    }


def _unit(transcript: Transcript, sort: Sort, at: int) -> dict[str, Any]:
    unit: Unit = (transcript.units(sort) or ())[at]
    return {
        "id": unit.id or None,
        "order": at + 1,
        "label": unit.label,
        "speaker": unit.speaker,
        "section": unit.section,
        "kind": unit.kind,
        "under": unit.under,
        "events": list(unit.events),
        "text": unit.text,
        "span": list(unit.span),
        "lines": list(unit.lines) if unit.lines else None,
    }
