"""Counts of what differs."""

from __future__ import annotations

from collections.abc import Iterable

from minutes_cli.compare.model import Comparison, Sort, Tally, What

_FIELDS = {
    What.ADDED: "added",
    What.REMOVED: "removed",
    What.TEXT: "text",
    What.SPEAKER: "speaker",
    What.BOTH: "both",
    What.LABEL: "label",
    What.OTHER: "other",
}


def tally(comparison: Comparison, sort: Sort) -> Tally:
    """The numbers of one sort of units."""
    if comparison.old.units(sort) is None or comparison.new.units(sort) is None:
        return Tally()
    old, new = (len(side.units(sort) or ()) for side in (comparison.old, comparison.new))
    numbers = dict.fromkeys(Tally._fields, 0)
    touched = 0
    for change in comparison.changes:
        if change.sort is not sort:
            continue
        touched += len(change.old)
        if change.what is What.SPLIT:
            numbers["split"] += 1
            numbers["split_into"] += len(change.new)
        elif change.what is What.MERGED:
            numbers["merged"] += 1
            numbers["merged_from"] += len(change.old)
        else:
            numbers[_FIELDS[change.what]] += 1
    return Tally(**{**numbers, "old": old, "new": new, "same": old - touched})


def add(tallies: Iterable[Tally]) -> Tally:
    """Field by field."""
    return Tally(*(sum(column) for column in zip(Tally(), *tallies, strict=True)))
