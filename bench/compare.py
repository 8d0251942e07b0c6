"""`python -m bench.compare OLD.json NEW.json`: what got slower, or worse in another way, between two runs of the bench.

A figure with a baseline is judged by its ratio to the baseline of its own run, because machines differ and change
their speed; another one by itself. What is the same in every run (counts, shares) is worse when it is worse at all,
everything else when it is worse by more than the tolerance. Exit 1 when something is, when a limit that held does not
hold any more, or when a group that gave figures fails; 2 when a file is no report of the bench.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.__main__ import FORMAT
from bench.figures import Figure, number, row, shown

TOLERANCE = 0.15
#: A share that differs by less is the same: what is left of rounding.
_SAME = 1e-9
#: In the order in which they are shown; those before the bar are what the exit code tells.
WORSE, LOST, BROKEN = "slower or worse", "limit holds no more", "fails now"
BETTER, GAINED, NEW, GONE, SAME = "better", "limit holds now", "new", "gone", "about the same"
BAD = (BROKEN, LOST, WORSE)
_ORDER = (*BAD, BETTER, GAINED, NEW, GONE, SAME)

Key = tuple[str, str]


class BadFile(Exception):
    """A file that is no report of the bench; the words say which and why."""


class Change(NamedTuple):
    """What became of a figure: one word for it, both figures, and how many times as much (more than 1: worse)."""

    what: str
    key: Key
    old: Figure | None
    new: Figure | None
    times: float | None = None


class Run(NamedTuple):
    """A report as it was read: the machine, and the figures by group and name."""

    machine: Mapping[str, str]
    figures: Mapping[Key, Figure]


def load(path: Path) -> Run:
    """Read a report. Raises BadFile."""
    try:
        whole = json.loads(path.read_bytes())
    except OSError as e:
        raise BadFile(f"{path}: {e.strerror}") from e
    except ValueError as e:
        raise BadFile(f"{path}: not JSON: {e}") from e
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise BadFile(f'{path}: not a report of \'python -m bench\' (no "format": "{FORMAT}")')
    try:
        machine = {str(what): str(words) for what, words in whole["machine"].items()}
        figures = {(str(raw["group"]), str(raw["name"])): _figure(raw) for raw in whole["figures"]}
    except (AttributeError, KeyError, TypeError, ValueError) as e:
        raise BadFile(f"{path}: a report of 'python -m bench' with a fault in it: {e!r}") from e
    return Run(machine, figures)


def _figure(raw: Mapping[str, Any]) -> Figure:
    figure = Figure(
        str(raw["name"]), raw["value"], str(raw["unit"]), str(raw["baseline"]), str(raw["limit"]), raw["holds"],
        raw["better"], raw["baseline_value"], raw["steady"],
    )  # fmt: skip
    for value in (figure.value, figure.baseline_value):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise ValueError(f"{value!r} is no number")
    if figure.better not in (None, "lower", "higher") or figure.holds not in (None, True, False):
        raise ValueError(figure.name)
    return figure


def compare(old: Run, new: Run, tolerance: float = TOLERANCE) -> list[Change]:
    """Every figure of either run, the worst first."""
    keys = dict.fromkeys([*old.figures, *new.figures])
    before = {group for group, _ in old.figures}
    changes = [_change(key, old.figures.get(key), new.figures.get(key), before, tolerance) for key in keys]
    return sorted(changes, key=lambda change: _ORDER.index(change.what))


def _change(key: Key, old: Figure | None, new: Figure | None, before: set[str], tolerance: float) -> Change:
    if new is not None and new.value is None and new.holds is False:
        broken = key[0] in before and not (old is not None and old.value is None and old.holds is False)
        return Change(BROKEN if broken else SAME if old else NEW, key, old, new)
    if old is None or new is None:
        return Change(NEW if old is None else GONE, key, old, new)
    times = _times(old, new)
    if old.holds and new.holds is False:
        return Change(LOST, key, old, new, times)
    if old.value is not None and new.value is None:
        return Change(GONE, key, old, new)
    if times is None:
        return Change(NEW if old.value is None and new.value is not None else SAME, key, old, new)
    bar = 1 + (_SAME if new.steady else tolerance)
    if times > bar:
        return Change(WORSE, key, old, new, times)
    if old.holds is False and new.holds:
        return Change(GAINED, key, old, new, times)
    return Change(BETTER if times < 1 / bar else SAME, key, old, new, times)


def _times(old: Figure, new: Figure) -> float | None:
    """How many times as much *new* costs, or as little it gives, beside *old*; more than 1 is worse. None: unknown."""
    if new.better is None or old.value is None or new.value is None:
        return None
    before, after = old.value, new.value
    if old.baseline_value and new.baseline_value:
        before, after = before / old.baseline_value, after / new.baseline_value
    if new.better == "higher":
        before, after = after, before
    if before == after:
        return 1.0
    return after / before if before else math.inf


def table(changes: Sequence[Change]) -> str:
    """What changed as a Markdown table, then a line that counts everything."""
    lines = []
    if told := [change for change in changes if change.what != SAME]:
        lines = [row("", "group", "what", "old", "new", "worse by", "limit"), "|---|---|---|---|---|---|---|"]
        lines += [_row(change) for change in told]
        lines.append("")
    counts = Counter(change.what for change in changes)
    return "\n".join([*lines, "; ".join(f"{counts[what]} {what}" for what in _ORDER if counts[what]) or "no figures"])


def _row(change: Change) -> str:
    figure = change.new or change.old
    times = "" if change.times is None else "∞" if math.isinf(change.times) else f"{change.times:.2f} times"
    limit = figure.limit if figure else ""
    return row(change.what, *change.key, _side(change.old), _side(change.new), times, limit)


def _side(figure: Figure | None) -> str:
    """A figure, with its ratio to its baseline where that is what counts."""
    if figure is None or figure.value is None:
        return "—" if figure is None else figure.baseline
    if not figure.baseline_value:
        return shown(figure)
    return f"{shown(figure)} ({number(figure.value / figure.baseline_value)} of the baseline)"


def other_machine(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """A line for everything but date and load in which the machines differ."""
    kinds = [what for what in {**old, **new} if what not in ("date", "load average")]
    return [f"{what}: {old.get(what, '—')} → {new.get(what, '—')}" for what in kinds if old.get(what) != new.get(what)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare and print."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.compare", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--tolerance", type=float, default=TOLERANCE, metavar="PART", help="default: %(default)s")
    options = parser.parse_args(arguments)
    if not 0 <= options.tolerance < math.inf:
        parser.error("--tolerance is a part, such as 0.15")
    try:
        old, new = load(options.old), load(options.new)
    except BadFile as e:
        print(f"bench.compare: {e}", file=sys.stderr)
        return 2
    for line in other_machine(old.machine, new.machine):
        print(line, file=sys.stderr)
    changes = compare(old, new, options.tolerance)
    print(table(changes))
    return int(any(change.what in BAD for change in changes))


if __name__ == "__main__":
    sys.exit(main())
