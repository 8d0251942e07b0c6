"""Faults planted into clean records, one per copy: the linter finds nearly all, at their lines, and little else."""

from __future__ import annotations

import difflib

import pytest

from corpus import NAMES, record
from minutes_cli.check.table import RULES
from planting.plant import PLANTERS, WITHOUT, Outcome, clean_records, faults, judged, options, passed, report, rows
from planting.record import Clean, Planted, line_of

_SEED, _FAULTS = 1, 200


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[Clean]:
    return clean_records([str(record(name)) for name in NAMES], rows(), options(tmp_path_factory.mktemp("house")))


def _planted(records: list[Clean], count: int = _FAULTS, seed: int = _SEED) -> list[tuple[Clean, Planted]]:
    return faults(records, count, seed, [row.name for row in RULES])


def test_every_rule_has_planters_or_a_reason_why_not() -> None:
    assert set(PLANTERS) | set(WITHOUT) == {row.name for row in RULES}
    assert not set(PLANTERS) & set(WITHOUT)
    assert all(PLANTERS.values()) and all(WITHOUT.values())


def test_of_200_planted_faults_at_least_190_are_found_with_at_most_10_other_findings(records: list[Clean]) -> None:
    outcomes = [judged(clean, planted, rows()) for clean, planted in _planted(records)]
    assert len(outcomes) == _FAULTS
    assert passed(outcomes), report(outcomes, each=False)


def test_the_faults_are_spread_over_all_rules_and_layouts(records: list[Clean]) -> None:
    planted = _planted(records)
    by_rule = [sum(fault.rule == rule for _, fault in planted) for rule in PLANTERS]
    assert min(by_rule) >= 2 and max(by_rule) <= 6, dict(zip(PLANTERS, by_rule, strict=True))
    # Letters and slides have no turns, and records that already have a fault of a rule do not get another one.
    assert len({clean.path for clean, _ in planted}) >= len(records) - 3


def test_the_same_seed_gives_the_same_faults_and_another_one_others(records: list[Clean]) -> None:
    def made(seed: int) -> list[tuple[str, Planted]]:
        return [(clean.path, planted) for clean, planted in _planted(records, 60, seed)]

    assert made(1) == made(1)
    assert made(1) != made(2)


def _touched(before: str, after: str) -> set[int]:
    """The lines (from 1) of *after* that are not as in *before*, and those where lines are missing."""
    old, new = before.split("\n"), after.split("\n")
    touched: set[int] = set()
    for tag, _, _, low, high in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            touched |= set(range(low + 1, max(high, low + 1) + 1))
    return touched


def test_a_planted_record_differs_from_the_clean_one_at_the_named_lines(records: list[Clean]) -> None:
    far = []
    for clean, planted in _planted(records):
        assert planted.raw is not None or planted.path is not None or planted.text != clean.text, planted.what
        assert all(1 <= line <= line_of(planted.text, len(planted.text)) for line in planted.lines), planted.what
        # A fault of the file as a whole, its name or its bytes stands at line 1 or anywhere.
        if not planted.lines or planted.raw is not None or 1 in planted.lines:
            continue
        touched = _touched(clean.text, planted.text)
        if not any(abs(line - near) <= 1 for line in touched for near in planted.lines):
            far.append((planted.rule, planted.what, planted.lines, touched))
    # Where a name was taken out of the list, the labels are at fault, and the list is what differs; a reader points at
    # the label of a speech that is too long, and what was pasted stands at its end.
    assert all(rule in ("not-in-attendance", "overlong-turn") for rule, *_ in far), far


def test_what_no_rule_finds_is_missed(records: list[Clean]) -> None:
    outcomes = [judged(clean, planted, ()) for clean, planted in _planted(records, 20) if planted.raw is None]
    assert all(outcome.rule is None for outcome in outcomes)
    assert not passed(outcomes)


def test_one_in_twenty_may_be_missed_and_one_other_finding_made(records: list[Clean]) -> None:
    clean, planted = _planted(records, 1)[0]
    good = Outcome(clean.path, planted, planted.rule, (), ())
    missed = good._replace(rule=None)
    assert passed([good] * 19 + [missed])
    assert not passed([good] * 18 + [missed] * 2)
