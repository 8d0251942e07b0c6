"""Findings that were there before: what ``--write-baseline`` keeps and ``--baseline`` leaves out. Reads no file.

A finding is known by its rule and the text of its line and place, not by where it stands: a line put in above does not
bring it back. Of several that are alike, as many are known as were there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from minutes_cli.check.model import Reported
from minutes_cli.errors import UsageError

FORMAT = "minutes-baseline/1"


class Baseline(NamedTuple):
    """How often each finding was there: (path, rule, key) -> number. Paths are relative to the baseline's folder."""

    known: Mapping[tuple[str, str, str], int]


class Compared(NamedTuple):
    """Findings that are new; how many are known; how many were known of the same records and are gone."""

    new: tuple[Reported, ...]
    known: int
    gone: int


def compared(findings: Iterable[Reported], path: str, baseline: Baseline) -> Compared:
    """*findings* of the record that the baseline calls *path*, without those that were there before."""
    left = Counter({(rule, key): n for (name, rule, key), n in baseline.known.items() if name == path})
    new: list[Reported] = []
    known = 0
    for finding in findings:
        if left[(finding.rule, finding.key)] > 0:
            left[(finding.rule, finding.key)] -= 1
            known += 1
        else:
            new.append(finding)
    return Compared(tuple(new), known, left.total())


def baseline_of(findings: Iterable[tuple[str, Reported]]) -> dict[str, Any]:
    """What a baseline file holds; *findings* come with what the baseline calls their records."""
    counts = Counter((path, finding.rule, finding.key) for path, finding in findings)
    records: dict[str, list[dict[str, Any]]] = {}
    for (path, rule, key), number in sorted(counts.items()):
        records.setdefault(path, []).append({"rule": rule, "key": key, "count": number})
    return {"format": FORMAT, "records": records}


def read_baseline(data: Any, name: str) -> Baseline:
    """The baseline in *data*, the JSON of the file *name*. Raises UsageError."""
    broken = UsageError(f"{name}: no baseline of minutes check ({FORMAT}); --write-baseline makes one")
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("records"), dict):
        raise broken
    known: dict[tuple[str, str, str], int] = {}
    for path, entries in data["records"].items():
        if not isinstance(entries, list):
            raise broken
        for entry in entries:
            if not isinstance(entry, dict):
                raise broken
            rule, key, number = (entry.get(field) for field in ("rule", "key", "count"))
            if not isinstance(rule, str) or not isinstance(key, str) or type(number) is not int:
                raise broken
            known[(path, rule, key)] = number
    return Baseline(known)
