"""`python -m bench`: the figures of all issues as Markdown on stdout and as JSON in bench/out/figures.json.

Each stands beside a baseline that was measured in the same run. Groups that take long run only with --all or when they
are named. Exit 1 when a limit does not hold or a group fails; 2 for an unknown group.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.figures import Figure, missed, row, shown, verdict
from bench.groups import GROUPS, Group, Measured, measured
from bench.machine import machine
from bench.measure import ROOT

FORMAT = "minutes-bench/1"
OUT = ROOT / "bench" / "out" / "figures.json"


def chosen(names: Sequence[str], everything: bool, groups: Sequence[Group] = GROUPS) -> list[Group]:
    """The groups to run, in the order of the table. Raises KeyError with the name of an unknown one."""
    known = {group.name for group in groups}
    for name in names:
        if name not in known:
            raise KeyError(name)
    return [group for group in groups if (group.name in names if names else everything or not group.long)]


def listed(groups: Iterable[Group]) -> str:
    """The groups as a Markdown table."""
    rows = [
        row(g.name, str(g.issue), f"{g.seconds} s", "with --all" if g.long else "", g.measured.partition(":")[0])
        for g in groups
    ]
    return "\n".join([row("group", "issue", "about", "", "module"), "|---|---|---|---|---|", *rows])


def as_json(machine: dict[str, str], runs: Iterable[Measured]) -> str:
    """What was measured, for `python -m bench.compare`."""
    figures = [
        {"group": run.group.name, "issue": run.group.issue, **figure.as_json()}
        for run in runs
        for figure in run.figures
    ]
    seconds = {run.group.name: round(run.seconds, 1) for run in runs}
    whole = {"format": FORMAT, "machine": machine, "seconds": seconds, "figures": figures}
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def as_markdown(machine: dict[str, str], runs: Iterable[Measured]) -> str:
    """The machine, then every figure in one table."""
    lines = [row("machine", ""), "|---|---|", *(row(what, words) for what, words in machine.items()), ""]
    lines += [row("issue", "what", "figure", "baseline in the same run", "limit", "holds"), "|---|---|---|---|---|---|"]
    lines += [_line(run.group.issue, figure) for run in runs for figure in run.figures]
    return "\n".join(lines)


def _line(issue: int, figure: Figure) -> str:
    return row(str(issue), figure.name, shown(figure), figure.baseline, figure.limit, verdict(figure.holds))


def written(path: Path, text: str) -> None:
    """Write *text* to *path*, by a temporary file beside it, so that an older report stays whole until then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write the JSON; 1 when a limit does not hold or a group fails."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="these groups alone; see --list")
    parser.add_argument("--all", action="store_true", help="also the groups that take long")
    parser.add_argument("--list", action="store_true", help="list the groups and exit")
    parser.add_argument("--json", type=Path, default=OUT, metavar="FILE", help="default: bench/out/figures.json")
    options = parser.parse_args(arguments)
    if options.list:
        print(listed(GROUPS))
        return 0
    try:
        groups = chosen(options.only, options.all)
    except KeyError as e:
        parser.error(f"there is no group {e.args[0]}: --list shows them")
    about = machine()  # before anything runs: the load of the machine is that of others
    runs: list[Measured] = []
    for run in measured(groups, tell):
        runs.append(run)
        written(options.json, as_json(about, runs))  # after each group, so that a run that is stopped has its figures
    print(as_markdown(about, runs))
    return int(missed(figure for run in runs for figure in run.figures))


def tell(line: str) -> None:
    """A line of progress."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
