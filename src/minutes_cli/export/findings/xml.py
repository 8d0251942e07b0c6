"""What the formats in XML share."""

from __future__ import annotations

from xml.etree import ElementTree

from minutes_cli.check.model import Reported
from minutes_cli.export.findings.model import Report

__all__ = ["by_file", "document"]


def by_file(report: Report) -> dict[str, list[Reported]]:
    """The findings of each record that was checked, in order; those without any too."""
    found: dict[str, list[Reported]] = {path: [] for path in report.files}
    for finding in report.findings:
        found.setdefault(finding.path, []).append(finding)
    return found


def document(root: ElementTree.Element) -> bytes:
    """*root* as an indented XML file in UTF-8. Its texts have gone through ``spelled_out``: XML allows no controls."""
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
