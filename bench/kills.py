"""`python -m bench.kills [--kills 30]`: SIGKILL at random moments of `minutes index`, and what is left.

Kills are spread over three sorts of runs: a first build, an update (a third of the records changed, some removed,
some new) and a rebuild. After each: no process of the run lives on; the index opens and is sound; every record that
it serves is what a scan gives; the next run completes it; then it serves all records, and searches through it and
past it print the same. The moments are seeded; how far a run has come by then is up to the machine. Exit 1 when
anything does not hold.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.figures import Figure, no_more_than
from bench.killing import Fault, killed, run
from bench.records import stenographic
from minutes_cli.ingest import find, read
from minutes_cli.normalize import Fix, Settings, normalize
from minutes_cli.parse import parse
from minutes_cli.parse.passages import searchable
from minutes_cli.passage import Record
from minutes_cli.store import Index, default_path
from minutes_cli.store.status import inspect

#: Enough for several processes to share the work.
_RECORDS, _SIZE = 40, 45_000
_SORTS = ("build", "update", "rebuild")
_SEARCHES = (("-F", "委員"), ("-F", "雨"), ("-c", "会議[はを]"), ("-W", "予算"))


class Kill(NamedTuple):
    """What a kill has met: the sort of run, how many of its seconds it had, and what was there afterwards."""

    sort: str
    after: float
    served: int  # records that the index served before the next run; -1: there was no index yet


def make(folder: Path) -> None:
    """Records made of the corpus."""
    for number in range(_RECORDS):
        (folder / f"{number:03}.txt").write_text(stenographic(_SIZE, seed=number), encoding="utf-8")


def change(folder: Path, rng: random.Random, round_: int) -> None:
    """Rewrite a third of the records, delete some, write some new ones."""
    files = sorted(folder.glob("*.txt"))
    for number, path in enumerate(rng.sample(files, _RECORDS // 3)):
        if number % 5 == 4:
            path.unlink()
            path = folder / f"{round_:03}-{number}.txt"
        path.write_text(stenographic(_SIZE, seed=1_000 * round_ + number + 1_000), encoding="utf-8")


def scanned(path: str) -> Record:
    """The record as a search makes it without an index."""
    return searchable(parse(normalize(read(path), Settings(ignore=("hint-*",)), Fix.SAFE).view), path)


def served(folder: Path) -> dict[str, int]:
    """The files that the index serves, each compared with a scan. Raises Fault."""
    with Index(default_path(str(folder))) as index:
        known = index.fresh(find([str(folder)]))
        for file, record in known.items():
            if index.load(record, file) != scanned(file):
                raise Fault(f"{file}: the index holds another record than a scan gives")
    return known


def trial(folder: Path, sort: str, rng: random.Random, round_: int, seconds: dict[str, float]) -> Kill | None:
    """Prepare a run of *sort*, kill it and check what must hold; None where it ended before. Raises Fault."""
    words = ["index", str(folder), "--jobs", "2", *(["--rebuild"] if sort == "rebuild" else [])]
    if sort == "build":
        shutil.rmtree(folder / ".minutes", ignore_errors=True)
    else:
        change(folder, rng, round_)
    after = rng.uniform(0.1, seconds[sort])
    if not killed(words, after):
        return None
    path = default_path(str(folder))
    left = -1
    if os.path.exists(path):
        sound = inspect(path, []).integrity
        if sound != "ok":
            raise Fault(f"integrity: {sound}")
        left = len(served(folder))
    run(["index", str(folder), "--jobs", "2"])
    files = list(find([str(folder)]))
    if list(served(folder)) != files or inspect(path, files).integrity != "ok":
        raise Fault("the next run has not completed the index")
    for search in _SEARCHES:
        if run(["grep", *search, str(folder)]) != run(["grep", "--no-index", *search, str(folder)]):
            raise Fault(f"grep {' '.join(search)} prints something else with the index")
    return Kill(sort, after, left)


def killing(many: int, seed: int, tell: Callable[[str], None]) -> Counter[str]:
    """Kill so many runs and check what is left: how many kills and faults; *tell* gets a line for each."""
    rng = random.Random(seed)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "records"
        folder.mkdir()
        make(folder)
        seconds = {}
        for sort in _SORTS:  # how long a run takes undisturbed
            if sort == "update":
                change(folder, rng, 0)
            start = time.monotonic()
            run(["index", str(folder), "--jobs", "2", *(["--rebuild"] if sort == "rebuild" else [])])
            seconds[sort] = time.monotonic() - start
        round_ = 0
        while counts["kills"] < many:
            round_ += 1
            sort = _SORTS[counts["kills"] % len(_SORTS)]
            try:
                kill = trial(folder, sort, rng, round_, seconds)
            except Fault as e:
                tell(f"{sort}: DOES NOT HOLD: {e}")
                counts.update(["kills", "faults"])
                shutil.rmtree(folder / ".minutes", ignore_errors=True)
                run(["index", str(folder)])
                continue
            if kill is None:
                continue
            counts["kills"] += 1
            of = "no index yet" if kill.served < 0 else f"{kill.served} records served"
            counts["no index yet" if kill.served < 0 else "index in use"] += 1
            when = f"after {kill.after:4.2f} of {seconds[sort]:4.2f} s"
            tell(f"{sort:8} killed {when}: {of}; then all, as a scan has them")
    return counts


def kills(many: int = 30) -> list[Figure]:
    """How many of so many kills left something that must not be."""
    lines: list[str] = []
    counts = killing(many, 1, lines.append)
    wrong = "; ".join(line for line in lines if "DOES NOT HOLD" in line)
    left = f"{counts['index in use']} of the kills met an index in use, {counts['no index yet']} none yet"
    return [no_more_than(f"faults after {many} kills of index", counts["faults"], "", wrong or left)]


def main() -> int:
    """Kill, check, print a line for each; 1 when something does not hold."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--kills", type=int, default=30)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    counts = killing(options.kills, options.seed, print)
    print(f"{counts['kills']} kills, {counts['faults']} faults")
    return int(counts["faults"] > 0)


if __name__ == "__main__":
    sys.exit(main())
