"""Figures: what a benchmark hands over, the words for their limits, and the table of them in Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Better = Literal["lower", "higher"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the report: what was measured, the figure, its baseline in the same run, the limit, whether it holds.

    ``name`` is the same in every run, so that two runs can be compared; what changes stands in ``baseline``.
    ``baseline_value`` is in the unit of ``value``: two runs are compared by the ratio of both. ``steady``: the same in
    every run on any machine (counts, shares), so that the smallest difference between two runs means something.
    """

    name: str
    value: float | None  # None: not measured; ``baseline`` says why
    unit: str
    baseline: str
    limit: str
    holds: bool | None  # None: no limit is set, or nothing was measured for want of a tool or of data
    better: Better | None = None
    baseline_value: float | None = None
    steady: bool = False

    def as_json(self) -> dict[str, object]:
        """The row for the JSON report."""
        return asdict(self)


def at_most(
    name: str,
    value: float,
    unit: str,
    baseline: str,
    limit: float | None,
    *,
    baseline_value: float | None = None,
    steady: bool = False,
) -> Figure:
    """A row that holds when *value* is not above *limit*; None: no limit is set."""
    words, holds = ("", None) if limit is None else (f"≤ {limit:g}", value <= limit)
    return Figure(name, value, unit, baseline, words, holds, "lower", baseline_value, steady)


def at_least(
    name: str,
    value: float,
    unit: str,
    baseline: str,
    limit: float | None,
    *,
    baseline_value: float | None = None,
    steady: bool = False,
) -> Figure:
    """A row that holds when *value* is not below *limit*; None: no limit is set."""
    words, holds = ("", None) if limit is None else (f"≥ {limit:g}", value >= limit)
    return Figure(name, value, unit, baseline, words, holds, "higher", baseline_value, steady)


def exactly(name: str, value: float, unit: str, baseline: str, wanted: float) -> Figure:
    """A row that holds when *value* is *wanted*: a count of what is right."""
    return Figure(name, value, unit, baseline, f"= {wanted:g}", value == wanted, "higher", None, True)


def no_more_than(name: str, value: float, unit: str, baseline: str, limit: float = 0) -> Figure:
    """A row that holds when *value*, a count of what is wrong, is not above *limit*."""
    return at_most(name, value, unit, baseline, limit, steady=True)


def missing(name: str, why: str) -> Figure:
    """A row for what could not be measured since something is not there, which is nobody's fault."""
    return Figure(name, None, "", why, "", None)


def failed(name: str, why: str) -> Figure:
    """A row for what ended with an error: it does not hold."""
    return Figure(name, None, "", f"FAILED: {why}", "", False)


def number(value: float) -> str:
    """*value* in about three digits: ``1418``, ``33.1``, ``1.43``, ``0.997``; counts without a point."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 4
    return f"{value:.{digits}f}"


def shown(figure: Figure) -> str:
    """The figure with its unit; a dash when there is none."""
    if figure.value is None or math.isnan(figure.value):
        return "—"
    return f"{number(figure.value)} {figure.unit}".strip()


def row(*cells: str) -> str:
    """A row of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def verdict(holds: bool | None) -> str:
    """Whether a limit holds, as the table says it."""
    return "" if holds is None else "yes" if holds else "NO"


def report(figures: Iterable[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = [row("what", "figure", "baseline in the same run", "limit", "holds"), "|---|---|---|---|---|"]
    lines += [row(f.name, shown(f), f.baseline, f.limit, verdict(f.holds)) for f in figures]
    return "\n".join(lines)


def missed(figures: Iterable[Figure]) -> bool:
    """Whether a limit does not hold, or something failed."""
    return any(figure.holds is False for figure in figures)
