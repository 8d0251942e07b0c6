"""200 records of which one never ends and one ends the process that reads it: two failures, 198 results, exit 2.

The faults are put into the parser of every Python process of the run by a `sitecustomize` that Python loads at start.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench.datasets import words
from bench.figures import Figure, at_most, exactly, report
from bench.measure import ROOT, environment
from bench.records import stenographic
from bench.timing import MINUTES

_RECORDS, _SIZE = 200, 5_000
_ENDLESS, _CRASH = "067.txt", "133.txt"
#: Seconds that a file may take.
_TIMEOUT = 15
_INJECTED = f"""
import os, signal
import minutes_cli.parse as package
parse = package.parse
def faulty(read, *others, **options):
    name = getattr(read, "source", read).name
    if name.endswith("{_ENDLESS}"):
        while True:
            pass
    if name.endswith("{_CRASH}"):
        os.kill(os.getpid(), signal.SIGSEGV)
    return parse(read, *others, **options)
package.parse = faulty
"""


def faults() -> list[Figure]:
    """Failures that are told, records in the dataset, the exit code, and the time beside a run without faults."""
    with tempfile.TemporaryDirectory() as scratch:
        records, hooks = Path(scratch, "records"), Path(scratch, "hooks")
        records.mkdir()
        hooks.mkdir()
        for number in range(_RECORDS):
            (records / f"{number:03}.txt").write_text(stenographic(_SIZE, seed=number), encoding="utf-8")
        (hooks / "sitecustomize.py").write_text(_INJECTED, encoding="utf-8")
        before = os.environ.get("PYTHONPATH")
        path = f"{hooks}{os.pathsep}{before}" if before else str(hooks)
        options = ("--jobs", "2", "--timeout", str(_TIMEOUT))
        calm = _run([*MINUTES, *words(records, Path(scratch, "calm"), *options)], {})
        hit = _run([*MINUTES, *words(records, Path(scratch, "hit"), *options)], {"PYTHONPATH": path})
        found = _records_in(Path(scratch, "hit"))
    told = [line for line in hit.errors.splitlines() if _ENDLESS in line or _CRASH in line]
    what = f"of {_RECORDS} records one never ends, one crashes"
    beside = f"--timeout {_TIMEOUT}; without faults {calm.seconds:.1f} s, exit {calm.code}"
    return [
        exactly(f"{what}: failures told", len(told), "lines", beside, 2),
        exactly(f"{what}: records in the dataset", len(found - {_ENDLESS, _CRASH}), "records", beside, _RECORDS - 2),
        exactly(f"{what}: exit code", hit.code, "", beside, 2),
        at_most(f"{what}: time", hit.seconds, "s", beside, None, baseline_value=calm.seconds + _TIMEOUT),
    ]


class _Done(NamedTuple):
    """What came of a run."""

    code: int
    errors: str
    seconds: float


def _run(command: list[str], more: dict[str, str]) -> _Done:
    start = time.perf_counter()
    run = subprocess.run(
        command, cwd=ROOT, env=environment() | more, capture_output=True, text=True, check=False, timeout=300
    )  # fmt: skip
    return _Done(run.returncode, run.stderr, time.perf_counter() - start)


def _records_in(dataset: Path) -> set[str]:
    from pyarrow.dataset import dataset as opened

    paths = opened(str(dataset), format="parquet", partitioning="hive").to_table(["path"])["path"].to_pylist()
    return {Path(path).name for path in paths}


if __name__ == "__main__":
    print(report(faults()))
