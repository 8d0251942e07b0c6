"""Findings as commands to GitHub Actions, which shows them beside the lines of a pull request.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.model import Reported
from minutes_cli.check.run import whole_record
from minutes_cli.export.findings.model import Report
from minutes_cli.export.shown import spelled_out
from minutes_cli.model import Severity

__all__ = ["write_github"]

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write_github(report: Report) -> Iterator[bytes]:
    """One command a line: what could not be checked, then findings, the most severe first.

    GitHub shows only the first ten errors and the first ten warnings of a step.
    """
    for error in report.errors:
        yield _command("error", {"title": "could not be checked"}, error)
    order = list(_COMMANDS)
    for finding in sorted(report.findings, key=lambda f: order.index(f.severity)):
        yield _command(_COMMANDS[finding.severity], _properties(finding), finding.message)


def _properties(finding: Reported) -> dict[str, object]:
    """Where it stands. GitHub takes columns only where the place begins and ends on one line."""
    place: dict[str, object] = {"file": finding.path}
    if not whole_record(finding.span):
        place["line"] = finding.start.line
        if finding.start.line == finding.end.line:
            place["col"] = finding.start.column
        place["endLine"] = finding.end.line
        if finding.start.line == finding.end.line:
            place["endColumn"] = finding.end.column
    return place | {"title": f"{finding.code} {finding.rule}"}


def _command(name: str, properties: dict[str, object], message: str) -> bytes:
    words = ",".join(f"{key}={_property(spelled_out(str(value)))}" for key, value in properties.items())
    return f"::{name} {words}::{_data(spelled_out(message))}\n".encode()


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
