"""Findings as the XML that Checkstyle writes: https://checkstyle.org, read by many other tools."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from minutes_cli.check.model import Reported
from minutes_cli.export.findings.model import Report
from minutes_cli.export.findings.xml import by_file, document
from minutes_cli.export.shown import spelled_out

__all__ = ["write_checkstyle"]


def write_checkstyle(report: Report) -> Iterator[bytes]:
    """A ``file`` for each record, also without findings; what could not be checked stands in one without a name."""
    root = ElementTree.Element("checkstyle", version="4.3")
    for path, findings in by_file(report).items():
        file = ElementTree.SubElement(root, "file", name=spelled_out(path))
        for finding in findings:
            ElementTree.SubElement(file, "error", _attributes(finding))
    if report.errors:
        file = ElementTree.SubElement(root, "file", name="")
        for error in report.errors:
            words = {
                "line": "1",
                "severity": "error",
                "message": spelled_out(error),
                "source": "minutes.could-not-check",
            }
            ElementTree.SubElement(file, "error", words)
    yield document(root)


def _attributes(finding: Reported) -> dict[str, str]:
    return {
        "line": str(finding.start.line),
        "column": str(finding.start.column),
        "severity": finding.severity.value,
        "message": spelled_out(f"{finding.code} {finding.rule}: {finding.message}"),
        "source": f"minutes.{finding.rule}",
    }
