"""From a record to its findings: normalize, parse, every rule that was selected, in the order of the record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from minutes_cli.check.model import Flaw, Options, Reported, Row
from minutes_cli.check.sidecar import NONE, Sidecar, suppress
from minutes_cli.check.subject import Subject
from minutes_cli.check.table import UNUSED, rule_of
from minutes_cli.model import Kind, Severity, Source, Span
from minutes_cli.parse import no_collection

#: The longest piece of a line that is kept to be shown, in characters.
_EXCERPT = 400
#: So much of the line before and behind a place is part of what a baseline knows a finding by, in characters.
_AROUND = 1_000


class Failure(NamedTuple):
    """A rule that was selected and could not run, and why."""

    rule: str
    error: Exception


class Checked(NamedTuple):
    """What was found in one record. A rule that failed found nothing: its record was not checked."""

    findings: tuple[Reported, ...]
    failures: tuple[Failure, ...] = ()


class Levels(NamedTuple):
    """Severities that the user gives rules instead of their own, by name."""

    by_rule: tuple[tuple[str, Severity], ...] = ()

    def of(self, row: Row) -> Severity:
        """The severity of a rule."""
        return dict(self.by_rule).get(row.name, row.severity)


def understand(
    source: Source,
    rows: Sequence[Row],
    options: Options | None = None,
    *,
    kind: Kind | None = None,
    convention: str | None = None,
) -> Subject:
    """Read *source* as far as *rows* need it."""
    from minutes_cli.normalize import Settings, normalize
    from minutes_cli.parse import parse

    names = {row.name for row in rows}
    ignore = () if "hint" in names else ("hint-*",)
    result = normalize(source, Settings(ignore=ignore))
    document = parse(result.view, kind=kind, convention=convention)
    return Subject(document, result.edits, options or Options())


def check(subject: Subject, rows: Sequence[Row], levels: Levels | None = None, sidecar: Sidecar = NONE) -> Checked:
    """Every finding of *rows* in a record that *sidecar* does not accept, in the order of its text."""
    levels = levels or Levels()
    findings: list[Reported] = []
    failures: list[Failure] = []
    with no_collection():  # rules make many small objects beside a large record, none of them in a cycle
        for row in rows:
            try:
                flaws = sorted(rule_of(row).find(subject), key=lambda flaw: (flaw.span, flaw.message))
                findings += reported(subject.source, row, levels.of(row), _once(flaws))
            except Exception as error:
                # One rule's fault must not hide what the others find; the caller mentions it and exits with 2.
                failures.append(Failure(row.name, error))
    ordered = sorted(findings, key=lambda f: (f.span, f.code, f.message))
    return Checked(suppress(ordered, sidecar, rows, levels.of(UNUSED)), tuple(failures))


def _once(flaws: Sequence[Flaw]) -> list[Flaw]:
    """*flaws*, in their order, without further ones at the very place of another: one is enough to look there."""
    return [flaw for last, flaw in zip([None, *flaws], flaws, strict=False) if last is None or flaw.span != last.span]


def reported(source: Source, row: Row, severity: Severity, flaws: Iterable[Flaw]) -> list[Reported]:
    """*flaws* of one rule with all that writers need."""
    found: list[Reported] = []
    for span, message, fix in flaws:
        start, end = source.place(span.start), source.place(span.end)
        low = source.line_starts[start.line - 1]
        high = source.line_starts[start.line] if start.line < len(source.line_starts) else len(source.text)
        shift = max(0, span.start - low - _EXCERPT // 2)
        excerpt = source.text[low + shift : min(high, low + shift + _EXCERPT)].rstrip("\r\n\f")
        # Not all of a line without an end, for each of a thousand findings in it.
        around = source.text[max(low, span.start - _AROUND) : min(high, span.start + _AROUND)].strip()
        key = _key(row.name, around, source.text[span.start : min(span.end, span.start + _AROUND)])
        found.append(
            Reported(row.name, row.code, severity, source.name, span, start, end, message, fix, excerpt, key, 1 + shift)
        )
    return found


def _key(rule: str, line: str, part: str) -> str:
    """What a baseline knows a finding by: the rule, its line and the place's own text, not where they stand."""
    words = "\0".join((rule, line, part)).encode("utf-8", "surrogatepass")
    return hashlib.sha256(words).hexdigest()[:16]


def whole_record(span: Span) -> bool:
    """Whether a finding is about the record as a whole."""
    return span == Span(0, 0)
