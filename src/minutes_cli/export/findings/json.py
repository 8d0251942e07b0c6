"""Findings as the JSON object of format minutes-findings/1. Its schema is schema.json beside this file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

from minutes_cli.export.findings.model import Report
from minutes_cli.export.json import dumps
from minutes_cli.model import Severity

__all__ = ["FORMAT", "schema", "write_json"]

FORMAT = "minutes-findings/1"
"""Raised whenever a field is renamed or changes its meaning."""


def write_json(report: Report) -> Iterator[bytes]:
    """One object in UTF-8: how many records were checked, what could not be, and every finding."""
    findings = list(report.findings)
    counts = Counter(finding.severity for finding in findings)
    yield dumps(
        {
            "format": FORMAT,
            "generator": {"name": "minutes-cli", "version": report.version},
            "files": len(report.files),
            "errors": list(report.errors),
            "counts": {severity.value: counts[severity] for severity in Severity},
            "findings": [finding.as_dict() for finding in findings],
        },
        pretty=True,
    )


def schema() -> bytes:
    """The schema (draft 2020-12) as UTF-8 JSON, as it is kept in schema.json."""
    return (files("minutes_cli.export.findings") / "schema.json").read_bytes()
