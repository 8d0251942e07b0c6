"""Findings as SARIF 2.1.0, for GitHub's code scanning and for editors.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; numbers behind a § are its sections.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from minutes_cli.check.model import Reported, Row
from minutes_cli.check.table import rule_of
from minutes_cli.export.findings.model import Report
from minutes_cli.export.json import dumps
from minutes_cli.export.shown import spelled_out
from minutes_cli.model import Edit, Safety, Severity, Span

__all__ = ["write_sarif"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
#: The folder to which paths are relative: GitHub takes this name for the root of the repository.
_BASE = "%SRCROOT%"


def write_sarif(report: Report) -> Iterator[bytes]:
    """One log with one run: the rules, the records, what was found and what could not be checked."""
    yield dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report)]}, pretty=True)


def _run(report: Report) -> dict[str, Any]:
    numbers = {row.name: number for number, row in enumerate(report.rules)}
    return {
        "tool": {
            "driver": {
                "name": "minutes-cli",
                "version": report.version,
                "rules": [_rule(row) for row in report.rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r", "\f"],
        "originalUriBaseIds": {_BASE: {"description": {"text": "the folder in which minutes check was run"}}},
        "artifacts": [
            {"location": _location(path), "roles": ["analysisTarget"]} for path in dict.fromkeys(report.files)
        ],
        "invocations": [
            {
                "executionSuccessful": not report.errors,
                "toolExecutionNotifications": [
                    {"level": "error", "message": {"text": spelled_out(error)}} for error in report.errors
                ],
            }
        ],
        "results": [_result(finding, numbers) for finding in report.findings],
    }


def _rule(row: Row) -> dict[str, Any]:
    explanation = rule_of(row).explanation
    return {
        "id": row.code,
        "name": row.name,
        "shortDescription": {"text": row.about},
        "fullDescription": {"text": explanation},
        "help": {"text": f"{explanation}\n\nminutes check --explain {row.name} shows examples."},
        "defaultConfiguration": {"enabled": row.on, "level": _LEVELS[row.severity]},
        "properties": {"tags": [row.group]},
    }


def _result(finding: Reported, numbers: dict[str, int]) -> dict[str, Any]:
    number = numbers.get(finding.rule)
    fix = finding.fix
    return {
        "ruleId": finding.code,
        **({} if number is None else {"ruleIndex": number}),
        "level": _LEVELS[finding.severity],
        "message": {"text": spelled_out(finding.message)},
        "locations": [{"physicalLocation": {"artifactLocation": _location(finding.path), "region": _region(finding)}}],
        "partialFingerprints": {"minutesKey/v1": finding.key},
        # A reader may apply what it is told (§3.55), so only what --fix would apply is.
        **({"fixes": [_fix(finding.path, fix)]} if fix is not None and fix.safety is Safety.SAFE else {}),
    }


def _region(finding: Reported) -> dict[str, int]:
    """The place; of a finding about the whole record its beginning, as GitHub wants a line."""
    return {
        "startLine": finding.start.line,
        "startColumn": finding.start.column,
        "endLine": finding.end.line,
        "endColumn": finding.end.column,
        **_characters(finding.span),
    }


def _characters(span: Span) -> dict[str, int]:
    """Places in code points of the text without a byte order mark, as everywhere in minutes."""
    return {"charOffset": span.start, "charLength": span.end - span.start}


def _fix(path: str, edit: Edit) -> dict[str, Any]:
    replacement = {"deletedRegion": _characters(edit.span), "insertedContent": {"text": edit.after}}
    return {
        "description": {"text": spelled_out(edit.reason) or f"what {edit.rule} writes"},
        "artifactChanges": [{"artifactLocation": _location(path), "replacements": [replacement]}],
    }


def _location(path: str) -> dict[str, str]:
    """*path* as a URI: an absolute one of its own, any other relative to where the command was run."""
    pure = PurePath(path)
    words = quote(pure.as_posix().encode("utf-8", _bytes_of(path)))
    if pure.is_absolute():
        return {"uri": f"file://{'' if words.startswith('/') else '/'}{words}"}
    return {"uri": words, "uriBaseId": _BASE}


def _bytes_of(path: str) -> str:
    """How the bytes of a file name come back: those that are no UTF-8 reach us as surrogates (PEP 383)."""
    return (
        "surrogateescape"
        if all(not "\ud800" <= c <= "\udfff" or "\udc80" <= c <= "\udcff" for c in path)
        else "surrogatepass"
    )
