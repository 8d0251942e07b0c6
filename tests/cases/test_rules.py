"""Every rule finds its examples at the right lines, leaves the others alone, and mends what it says it mends."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from minutes_cli.check.model import Example, Row
from minutes_cli.check.run import check, understand
from minutes_cli.check.sidecar import read_sidecar
from minutes_cli.check.table import RULES, fits, rule_of
from minutes_cli.edits import settle, view
from minutes_cli.ingest import understand as read
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Safety
from minutes_cli.settings_files import load_toml


def _source(example: Example):
    raw = example.text.encode(example.encoding, "surrogatepass" if example.encoding == "utf-8" else "strict")
    if not example.path.endswith(".txt"):
        return read(example.path, raw)
    return from_text(example.text, example.path, raw=raw, encoding=example.encoding)


def _findings(row: Row, example: Example):
    sidecar = read_sidecar(load_toml(example.sidecar, "example"), example.sidecar, "record.txt.check.toml")
    rows = [row, *(r for r in RULES if any(fits(r, s.rule) for s in sidecar.suppressions) and r.on and r != row)]
    checked = check(understand(_source(example), rows, example.options), rows, sidecar=sidecar)
    assert not checked.failures, checked.failures
    return [finding for finding in checked.findings if finding.rule == row.name]


def _has_a_file(row: Row) -> bool:
    return find_spec(f"minutes_cli.check.rules.{row.name.replace('-', '_')}") is not None


WRITTEN = [row for row in RULES if _has_a_file(row)]


def _examples(which: str):
    return [
        pytest.param(row, example, id=f"{row.name}-{number}")
        for row in WRITTEN
        for number, example in enumerate(getattr(rule_of(row), which), 1)
    ]


@pytest.mark.parametrize(("row", "example"), _examples("must"))
def test_found_at_their_lines(row: Row, example: Example):
    findings = _findings(row, example)
    assert example.lines, "an example that must be found says where"
    assert sorted({f.start.line for f in findings}) == sorted(example.lines), [f.message for f in findings]


@pytest.mark.parametrize(("row", "example"), _examples("must_not"))
def test_left_alone(row: Row, example: Example):
    assert not example.lines
    assert [(f.start, f.message) for f in _findings(row, example)] == []


@pytest.mark.parametrize(("row", "example"), [p for p in _examples("must") if p.values[1].fixed is not None])
def test_safe_fixes(row: Row, example: Example):
    fixes = [f.fix for f in _findings(row, example) if f.fix is not None and f.fix.safety is Safety.SAFE]
    kept, _ = settle(fixes)
    fixed = view(_source(example), kept).text
    assert fixed == example.fixed
    assert not _findings(row, example._replace(text=fixed)), "a fixed record is clean"


def test_every_rule_of_the_table_has_a_file():
    assert list(RULES) == WRITTEN


@pytest.mark.parametrize("row", WRITTEN, ids=[row.name for row in WRITTEN])
def test_rules_say_what_they_are(row: Row):
    rule = rule_of(row)
    assert len(rule.must) >= 2
    assert len(rule.must_not) >= 2
    assert rule.explanation.rstrip().endswith(".")
    fixable = [f for e in rule.must for f in _findings(row, e) if f.fix is not None and f.fix.safety is Safety.SAFE]
    assert bool(fixable) == any(e.fixed is not None for e in rule.must), "a safe fix is shown in an example"


def test_codes_and_names_are_unique():
    assert len({row.code for row in RULES}) == len({row.name for row in RULES}) == len(RULES)
