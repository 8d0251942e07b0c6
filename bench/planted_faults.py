"""Faults planted into clean records (`python -m tests.planting`): how many the rules find, and what else they find."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.figures import Figure, at_least, at_most, no_more_than
from bench.measure import ROOT
from bench.records import CORPUS

sys.path.insert(0, str(ROOT / "tests"))

from planting.plant import clean_records, faults, judged, options, rows

_FAULTS, _SEED = 200, 1


def planted_faults() -> list[Figure]:
    """Of 200 faults in the corpus: those found at the right line, findings elsewhere, rules that failed."""
    with tempfile.TemporaryDirectory() as folder:
        written = rows()
        records = clean_records(sorted(map(str, CORPUS.glob("*/record.*"))), written, options(Path(folder)))
        planted = faults(records, _FAULTS, _SEED, [row.name for row in written])
        outcomes = [judged(clean, fault, written) for clean, fault in planted]
    found = sum(outcome.rule is not None for outcome in outcomes)
    extra = sum(len(outcome.extra) for outcome in outcomes)
    own = sum(outcome.rule == outcome.planted.rule for outcome in outcomes)
    broken = sum(bool(outcome.failed) for outcome in outcomes)
    beside = f"of {len(outcomes)} in {len(records)} records; {own} by the rule they were planted for"
    what = f"of {_FAULTS} planted faults"
    return [
        at_least(f"{what}: found at the right line", found, "", beside, 190, steady=True),
        at_most(f"{what}: findings elsewhere", extra, "", "the clean record has none of them", 10, steady=True),
        no_more_than(f"{what}: rules that failed", broken, "", ""),
    ]
