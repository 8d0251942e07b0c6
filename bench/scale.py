"""100 MB of records in 1,400 files made a dataset: speed with two processes and with one, memory of all of them."""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from bench.archive import FILES, kept
from bench.datasets import export, megabytes
from bench.figures import Figure, at_least, at_most, missing, report
from bench.timing import Watched, watched

#: What nobody can do without: reading the files, and a look at every line.
_LOOP = """
import os, sys
for folder, folders, names in os.walk(sys.argv[1]):
    for name in names:
        turns, turn = [], []
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            for line in file.read().split("\\n"):
                if line.startswith(("○", "〇", "◯")):
                    turn = []; turns.append(turn)
                turn.append(line)
"""
_ROUNDS = 3
_MB = 1e6


def scale(files: int = FILES) -> list[Figure]:
    """Medians of three rounds, in which the ways take turns. A smaller archive is for trying."""
    records = kept(files)
    size = megabytes(records)
    runs: dict[str, list[Watched]] = {"two": [], "one": [], "loop": []}
    for _ in range(_ROUNDS):
        with tempfile.TemporaryDirectory() as scratch:
            runs["two"].append(watched(export(records, Path(scratch) / "two", "--jobs", "2")))
            runs["one"].append(watched(export(records, Path(scratch) / "one", "--jobs", "1")))
        runs["loop"].append(watched((sys.executable, "-c", _LOOP, str(records))))
    seconds = {name: statistics.median(run.seconds for run in found) for name, found in runs.items()}
    times = statistics.median(one.seconds / two.seconds for one, two in zip(runs["one"], runs["two"], strict=True))
    cpu = {name: statistics.median(run.cpu for run in found) for name, found in runs.items()}
    what = f"export of {size:.0f} MB in {files:,} files to a dataset"
    beside = f"{seconds['two']:.1f} s; split-at-the-mark loop, one process, {size / seconds['loop']:.0f} MB/s"
    clocks = f"one process {seconds['one']:.1f} s; CPU {cpu['one']:.1f} s, in two {cpu['two']:.1f} s"
    return [
        at_least(f"{what}, two processes", size / seconds["two"], "MB/s", beside, 15,
                 baseline_value=size / seconds["loop"]),
        at_least(f"{what}, two processes beside one", times, "times", clocks, 1.6),
        _memory(what, runs),
    ]  # fmt: skip


def _memory(what: str, runs: dict[str, list[Watched]]) -> Figure:
    name = f"memory of {what}, all processes"
    peaks = {way: [run.peak for run in found if run.peak is not None] for way, found in runs.items()}
    if not peaks["two"]:
        return missing(name, "NOT MEASURED: no /proc here")
    beside = f"shared pages count for each; one process {max(peaks['one']) / _MB:.0f} MB"
    return at_most(name, max(peaks["two"]) / _MB, "MB", beside, 1200)


if __name__ == "__main__":
    print(report(scale(*map(int, sys.argv[1:]))))
