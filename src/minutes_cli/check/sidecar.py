"""Findings that somebody has looked at and accepted, named in a file beside the record. Reads no file.

``record.txt.check.toml`` beside ``record.txt`` holds tables such as::

    [[ignore]]
    rule = "empty-turn"            # a name, a code or a group
    text = "○1番（佐藤花子君）"    # words on the line (optional)
    line = 12                      # or its number (optional)
    reason = "原本のとおり"        # for readers (optional)
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from minutes_cli.check.model import Reported, Row
from minutes_cli.check.table import RULES, UNUSED, fits, known
from minutes_cli.errors import UsageError
from minutes_cli.model import Place, Severity, Span

#: What the name of the record is followed by.
SUFFIX = ".check.toml"
_HEAD = re.compile(r"^[ \t]*(\[\[[ \t]*ignore[ \t]*\]\])", re.MULTILINE)
_KEYS = ("rule", "text", "line", "reason")


class Head(NamedTuple):
    """Where a table begins in the sidecar: the line (from 1), and its head as a range of characters."""

    line: int
    span: Span


class Suppression(NamedTuple):
    """What is accepted: findings of a rule, on lines that hold ``text``, on line ``line`` (from 1).

    ``at`` is where it stands in the sidecar.
    """

    rule: str
    text: str | None
    line: int | None
    at: Head


class Sidecar(NamedTuple):
    """The suppressions for one record, and the path of the file that holds them."""

    path: str = ""
    suppressions: tuple[Suppression, ...] = ()


NONE = Sidecar()


def read_sidecar(table: Mapping[str, Any], text: str, path: str) -> Sidecar:
    """The suppressions in *table*, which was read from *text*, the content of the file *path*. Raises UsageError."""
    entries = table.get("ignore", [])
    if set(table) - {"ignore"} or not isinstance(entries, list):
        raise UsageError(f"{path}: holds [[ignore]] tables with rule, text, line and reason, nothing else")
    places = [Head(text.count("\n", 0, m.start()) + 1, Span(*m.span(1))) for m in _HEAD.finditer(text)]
    if len(places) != len(entries):
        places = [Head(1, Span(0, 0))] * len(entries)  # written as one array
    return Sidecar(path, tuple(_suppression(entry, at, path) for entry, at in zip(entries, places, strict=True)))


def _suppression(entry: Any, at: Head, path: str) -> Suppression:
    where = f"{path}:{at.line}"
    if not isinstance(entry, dict) or not isinstance(entry.get("rule"), str):
        raise UsageError(f'{where}: an [[ignore]] table names a rule: rule = "empty-turn"')
    unknown = [key for key in entry if key not in _KEYS]
    if unknown:
        raise UsageError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(_KEYS)}")
    text, line = entry.get("text"), entry.get("line")
    if not isinstance(text, str | None) or text == "" or not isinstance(entry.get("reason", ""), str):
        raise UsageError(f"{where}: text and reason are strings, and text is not empty")
    if line is not None and (not isinstance(line, int) or isinstance(line, bool) or line < 1):
        raise UsageError(f"{where}: line is the number of a line, from 1")
    try:
        known(entry["rule"])
    except UsageError as e:
        raise UsageError(f"{where}: {e}") from None
    return Suppression(entry["rule"], text, line, at)


def suppress(
    findings: Sequence[Reported], sidecar: Sidecar, rows: Sequence[Row], severity: Severity
) -> tuple[Reported, ...]:
    """*findings* without the accepted ones, and where *rows* ask for it with one for each suppression without use.

    What accepts findings of rules that are not among *rows* says nothing this time.
    """
    used: set[int] = set()
    kept: list[Reported] = []
    for finding in findings:
        fitting = [i for i, one in enumerate(sidecar.suppressions) if _accepts(one, finding)]
        used.update(fitting)
        if not fitting:
            kept.append(finding)
    if UNUSED not in rows:
        return tuple(kept)
    unused = [
        _unused(one, sidecar.path, severity)
        for i, one in enumerate(sidecar.suppressions)
        if i not in used and any(fits(row, one.rule) for row in rows)
    ]
    return (*kept, *unused)


def _accepts(one: Suppression, finding: Reported) -> bool:
    row = next(row for row in RULES if row.name == finding.rule)
    return (
        fits(row, one.rule)
        and (one.line is None or finding.start.line <= one.line <= max(finding.start.line, finding.end.line))
        and (one.text is None or one.text in finding.excerpt)
    )


def _unused(one: Suppression, path: str, severity: Severity) -> Reported:
    words = f"nothing to suppress here: the record has no such finding of {one.rule}; take the table out"
    key = f"{one.rule}:{one.text or one.line or ''}"
    start, span = Place(one.at.line, 1), one.at.span
    end, head = Place(start.line, 1 + span.end - span.start), "[[ignore]]"
    return Reported(UNUSED.name, UNUSED.code, severity, path, span, start, end, words, None, head, key)
