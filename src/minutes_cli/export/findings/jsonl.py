"""Findings as JSON, one a line, each written as soon as it is there."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.export.findings.model import Report
from minutes_cli.export.json import dumps

__all__ = ["write_jsonl"]


def write_jsonl(report: Report) -> Iterator[bytes]:
    """Each finding as one object on a line of its own, in UTF-8; nothing where nothing was found."""
    for finding in report.findings:
        yield dumps(finding.as_dict())
