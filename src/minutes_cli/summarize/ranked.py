"""Figures in an order: sorted, the years between shown, the rows behind the first ones put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from minutes_cli.summarize.figures import OF_TURNS, By, Figures, Head, Row, Told

OF_TIME = frozenset((By.YEAR, By.MONTH))


class Sort(StrEnum):
    """The order of rows: figures from the highest on, names and times from the first on."""

    CHARACTERS = "characters"
    TURNS = "turns"
    COUNT = "count"  # of all terms
    RATE = "rate"  # of all terms, per 10,000 characters
    NAME = "name"
    TIME = "time"  # of the first meeting


MEASURES: dict[Sort, Callable[[Row], float]] = {
    Sort.CHARACTERS: lambda row: row.characters,
    Sort.TURNS: lambda row: row.turns,
    Sort.COUNT: lambda row: row.times,
    Sort.RATE: lambda row: row.rate,
}


class Ranked(NamedTuple):
    """Rows in their order. ``others`` are those behind the first ones, put together; ``total`` is of all.

    With ``others`` the rows sum up to ``total`` in turns, characters and counts of terms.
    """

    by: By
    sort: Sort
    rows: tuple[Row, ...]
    others: Row | None
    total: Row


def usual_sort(by: By, *, terms: bool) -> Sort:
    """The order where none is asked for."""
    return Sort.TIME if by in OF_TIME else Sort.COUNT if terms else Sort.CHARACTERS


def ranked(figures: Figures, sort: Sort, top: int | None = None) -> Ranked:
    """The rows of *figures* in order, the first *top* of them one by one.

    In the order of time, by year and month, those without records between the first and the last stand there too, with
    0 records: else a gap would look like a step.
    """
    rows = sorted(figures.rows, key=_order(sort))
    if sort is Sort.TIME and figures.by in OF_TIME:
        rows = _without_gaps(rows, figures.by)
    rest = rows[top:] if top is not None else []
    others = _together(rest, additive=figures.by not in OF_TURNS) if rest else None
    return Ranked(figures.by, sort, tuple(rows[:top]), others, figures.total)


def _order(sort: Sort) -> Callable[[Row], Any]:
    """What to sort by; equals by name. What has no name, or no time, comes last where that is asked for."""
    if sort is Sort.NAME:
        return lambda row: (row.head.name is None, row.head.name or "")
    if sort is Sort.TIME:
        return lambda row: (row.first is None, row.first or "", row.head.name or "")
    measure = MEASURES[sort]
    return lambda row: (-measure(row), -row.characters, row.head.name is None, row.head.name or "")


def _without_gaps(rows: Sequence[Row], by: By) -> list[Row]:
    """*rows* in the order of time, with empty ones for the years or months between them."""
    found: list[Row] = []
    for row in rows:
        if found and row.head.name is not None and found[-1].head.name is not None:
            between = range(_number(found[-1].head.name, by) + 1, _number(row.head.name, by))
            none = tuple(Told(0, 0, 0) for _ in row.terms)
            found += [Row(Head(_name(number, by)), terms=none) for number in between]
        found.append(row)
    return found


def _number(name: str, by: By) -> int:
    """Years counted, or months."""
    return int(name) if by is By.YEAR else int(name[:4]) * 12 + int(name[5:7]) - 1


def _name(number: int, by: By) -> str:
    return f"{number:04}" if by is By.YEAR else f"{number // 12:04}-{number % 12 + 1:02}"


def _together(rows: Sequence[Row], *, additive: bool) -> Row:
    """One row for *rows*. Records can be summed up where each is in one row only."""
    longest = [row.longest for row in rows if row.longest is not None]
    terms = [
        Told(sum(t.times for t in told), sum(t.turns for t in told), _sum([t.records for t in told], additive))
        for told in zip(*(row.terms for row in rows), strict=True)
    ]
    return Row(
        Head(None),
        _sum([row.records for row in rows], additive),
        sum(row.turns for row in rows),
        sum(row.characters for row in rows),
        max(longest, key=lambda one: one.characters, default=None),
        tuple(terms),
        min((row.first for row in rows if row.first), default=None),
        max((row.last for row in rows if row.last), default=None),
        len(rows),
    )


def _sum(numbers: Sequence[int | None], additive: bool) -> int | None:
    return sum(number or 0 for number in numbers) if additive else None
