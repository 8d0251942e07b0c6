"""`python -m bench.dataset_kills [--kills 20]`: SIGKILL at random moments of `minutes export` to a dataset.

Kills are spread over first runs and updates (a third of the records changed, some removed, some new). After each: no
process of the run lives on; every part that is there can be read as a whole; the next run completes the dataset, which
then has the same files as one that was never interrupted, the parts byte for byte. The moments are seeded; how far a
run has come by then is up to the machine. Exit 1 when anything does not hold.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.archive import kept
from bench.datasets import parts, turns, unreadable, words
from bench.figures import Figure, no_more_than
from bench.killing import Fault, killed, run
from bench.records import stenographic

#: 10 MB, and more than one process to share them.
_RECORDS = 140
_SORTS = ("first", "update")
_JOBS = ("--jobs", "2")


class Ground(NamedTuple):
    """Where the kills happen: the records, a dataset of them as they were before some changed, and what
    uninterrupted runs of each sort left and how long they took."""

    records: Path
    before: Path
    wanted: dict[str, dict[str, str]]
    seconds: dict[str, float]


def prepare(scratch: Path) -> Ground:
    """Make records and a dataset, change the records, make what must come out. Raises Fault."""
    records, before, whole = scratch / "records", scratch / "before", scratch / "whole"
    shutil.copytree(kept(_RECORDS), records)
    run(words(records, before, *_JOBS))
    change(records)
    wanted, seconds, rows = {}, {}, []
    for sort in _SORTS:
        lay_out(sort, before, whole)
        start = time.monotonic()
        run(words(records, whole, *_JOBS))
        seconds[sort] = time.monotonic() - start
        wanted[sort] = parts(whole)
        rows.append(turns(whole))
    if not rows[0].equals(rows[1]):
        raise Fault("an updated dataset has other rows than a new one")
    return Ground(records, before, wanted, seconds)


def change(records: Path) -> None:
    """Rewrite a third of the records, delete some, write some new ones."""
    files = sorted(records.rglob("*.txt"))
    for number, path in enumerate(random.Random(0).sample(files, len(files) // 3)):
        if number % 5 == 4:
            path.unlink()
            path = path.with_name(f"new-{number}.txt")
        path.write_text(stenographic(60_000, seed=number), encoding="utf-8")


def lay_out(sort: str, before: Path, dataset: Path) -> None:
    """What a run of *sort* finds: nothing, or the dataset of the records as they were."""
    shutil.rmtree(dataset, ignore_errors=True)
    if sort == "update":
        shutil.copytree(before, dataset)


def trial(ground: Ground, sort: str, dataset: Path, after: float) -> int | None:
    """Kill a run and let another go on: how many parts there were between; None where it had ended. Raises Fault."""
    lay_out(sort, ground.before, dataset)
    if not killed(words(ground.records, dataset, *_JOBS), after):
        return None
    if broken := unreadable(dataset):
        raise Fault(f"parts that cannot be read after a kill: {', '.join(broken[:3])}")
    between = len(list(dataset.rglob("*.parquet")))
    run(words(ground.records, dataset, *_JOBS))
    found, wanted = parts(dataset), ground.wanted[sort]
    if found != wanted:
        other = sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))
        raise Fault(f"{len(other)} files are not as they must be, such as {other[0]}")
    return between


def killing(many: int, seed: int, tell: Callable[[str], None]) -> Counter[str]:
    """Kill so many runs and check what is left: how many kills and faults; *tell* gets a line for each."""
    rng = random.Random(seed)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        ground, dataset = prepare(Path(scratch)), Path(scratch) / "dataset"
        while counts["kills"] < many:
            sort = _SORTS[counts["kills"] % len(_SORTS)]
            after = rng.uniform(0.1, ground.seconds[sort])
            try:
                between = trial(ground, sort, dataset, after)
            except Fault as e:
                tell(f"{sort}: DOES NOT HOLD after {after:.2f} s: {e}")
                counts.update(["kills", "faults"])
                continue
            if between is None:
                continue
            counts.update(["kills", "some parts" if between else "no part yet"])
            of = f"{after:5.2f} of {ground.seconds[sort]:5.2f} s"
            tell(f"{sort:6} killed after {of}: {between} parts there; then as it must be")
    return counts


def dataset_kills(many: int = 20) -> list[Figure]:
    """How many of so many kills left something that must not be."""
    lines: list[str] = []
    counts = killing(many, 1, lines.append)
    wrong = "; ".join(line for line in lines if "DOES NOT HOLD" in line)
    left = f"uninterrupted runs; {counts['some parts']} of the kills met parts, {counts['no part yet']} none yet"
    return [no_more_than(f"faults after {many} kills of export to a dataset", counts["faults"], "", wrong or left)]


def main() -> int:
    """Kill, check, print a line for each; 1 when something does not hold."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--kills", type=int, default=20)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    counts = killing(options.kills, options.seed, print)
    print(f"{counts['kills']} kills, {counts['faults']} faults")
    return int(counts["faults"] > 0)


if __name__ == "__main__":
    sys.exit(main())
