"""Findings as JUnit XML, the way GitLab and Jenkins read it (junit-10.xsd of Jenkins' xunit plugin)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

from minutes_cli.check.model import Reported
from minutes_cli.check.run import whole_record
from minutes_cli.export.findings.model import Report
from minutes_cli.export.findings.xml import by_file, document
from minutes_cli.export.shown import spelled_out
from minutes_cli.model import Severity

__all__ = ["write_junit"]

_NOT_CHECKED = "could not be checked"


def write_junit(report: Report) -> Iterator[bytes]:
    """A suite for each record, a case for each finding, and one case that passes for a record without any.

    Errors and warnings are failures. Information passes: its words stand in ``system-out``. What could not be checked
    are errors in a suite of their own.
    """
    suites = [_suite(path, findings) for path, findings in by_file(report).items()]
    if report.errors:
        suites.append(_not_checked(report.errors))
    root = ElementTree.Element("testsuites", name="minutes check")
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    root.extend(suites)
    yield document(root)


def _suite(path: str, findings: list[Reported]) -> ElementTree.Element:
    name = spelled_out(path)
    suite = _counted(name, max(1, len(findings)), failures=sum(map(_fails, findings)))
    suite.set("file", name)
    if not findings:
        ElementTree.SubElement(suite, "testcase", name="no findings", classname=name)
    uses: Counter[str] = Counter()
    for finding in findings:
        title = f"{finding.code} {finding.rule}" + (f" at {_place(finding)}" if _place(finding) else "")
        uses[title] += 1
        # Readers take two cases of one name for one.
        unlike = title if uses[title] == 1 else f"{title} ({uses[title]})"
        case = ElementTree.SubElement(suite, "testcase", name=unlike, classname=name)
        _words(case, finding)
    return suite


def _words(case: ElementTree.Element, finding: Reported) -> None:
    message = spelled_out(finding.message)
    where = ":".join(part for part in (spelled_out(finding.path), _place(finding)) if part)
    text = f"{where}: {finding.severity} {finding.code} {finding.rule}: {message}"
    if _fails(finding):
        failure = ElementTree.SubElement(case, "failure", type=finding.severity.value, message=message)
        failure.text = text
    else:
        ElementTree.SubElement(case, "system-out").text = text


def _fails(finding: Reported) -> bool:
    return finding.severity is not Severity.INFO


def _place(finding: Reported) -> str:
    """Line and column; nothing for what is said of the whole record."""
    return "" if whole_record(finding.span) else f"{finding.start.line}:{finding.start.column}"


def _not_checked(errors: tuple[str, ...]) -> ElementTree.Element:
    suite = _counted(_NOT_CHECKED, len(errors), errors=len(errors))
    for number, error in enumerate(errors, 1):
        message = spelled_out(error)
        case = ElementTree.SubElement(suite, "testcase", name=f"{number}: {message}", classname=_NOT_CHECKED)
        ElementTree.SubElement(case, "error", type="error", message=message)
    return suite


def _counted(name: str, tests: int, *, failures: int = 0, errors: int = 0) -> ElementTree.Element:
    counts = {"tests": str(tests), "failures": str(failures), "errors": str(errors)}
    return ElementTree.Element("testsuite", {"name": name} | counts)
