"""Findings of the linter -> bytes of a file format: one small file per format, one table.

The lines for people to read are made by ``cli/_findings_text.py``.
"""

from __future__ import annotations

from minutes_cli.export.findings.checkstyle import write_checkstyle
from minutes_cli.export.findings.github import write_github
from minutes_cli.export.findings.json import write_json
from minutes_cli.export.findings.jsonl import write_jsonl
from minutes_cli.export.findings.junit import write_junit
from minutes_cli.export.findings.model import Report, Writer
from minutes_cli.export.findings.sarif import write_sarif

__all__ = ["WRITERS", "Report", "Writer"]

WRITERS: dict[str, Writer] = {
    "json": Writer("one object with everything", write_json),
    "jsonl": Writer("one finding a line", write_jsonl),
    "github": Writer("annotations of GitHub Actions, the most severe first", write_github),
    "sarif": Writer("SARIF 2.1.0, for code scanning and for editors", write_sarif),
    "junit": Writer("JUnit XML, for the test reports of GitLab and Jenkins", write_junit),
    "checkstyle": Writer("Checkstyle XML, for reviewdog, Jenkins and others", write_checkstyle),
}
