"""`python -m bench.cluster`: a dataset made on a Dask cluster of two workers, one of which is killed half-way.

The cluster runs on this machine and is started here; `minutes export --engine dask://…` is a process of its own. Its
dataset must have the rows of one that was made without a cluster: none missing, none twice.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench.archive import FILES, kept
from bench.datasets import export, places, turns
from bench.figures import Figure, at_most, exactly, failed, missing, no_more_than, report
from bench.measure import ROOT, CommandFailed, environment, last_line
from bench.timing import watched

if TYPE_CHECKING:
    from distributed import LocalCluster

#: Seconds after which a run is given up.
_PATIENCE = 900


class Killed(NamedTuple):
    """A run that lost a worker: seconds in all, seconds until the kill."""

    seconds: float
    after: float


def cluster(files: int = FILES) -> list[Figure]:
    """Rows missing, rows twice, other rows, and what the kill cost."""
    what = f"dataset of {files:,} files on two Dask workers, one killed half-way"
    try:
        from distributed import LocalCluster
    except ImportError:
        return [missing(what, "NOT INSTALLED: distributed")]
    records = kept(files)
    with (
        tempfile.TemporaryDirectory() as scratch,
        LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0", silence_logs=logging.CRITICAL
        ) as workers,
    ):
        local, calm, hit = (Path(scratch, name) for name in ("local", "calm", "hit"))
        engine = ("--engine", f"dask://{workers.scheduler_address.removeprefix('tcp://')}")
        alone = watched(export(records, local, "--jobs", "2"))
        undisturbed = watched(export(records, calm, *engine))
        run = _killing(workers, export(records, hit, *engine), undisturbed.seconds / 2)
        wanted, found, quiet = turns(local), turns(hit), turns(calm)
    if run.after >= run.seconds:
        return [failed(what, "the run had ended before the kill")]
    missed = Counter(places(wanted)) - Counter(places(found))
    more = Counter(places(found)) - Counter(places(wanted))
    beside = f"without a cluster {wanted.num_rows} rows; killed after {run.after:.0f} of {run.seconds:.0f} s"
    times = f"two processes {alone.seconds:.1f} s, the cluster {undisturbed.seconds:.1f} s undisturbed"
    return [
        no_more_than(f"{what}: rows missing", missed.total(), "", beside),
        no_more_than(f"{what}: rows twice or of nothing", more.total(), "", beside),
        exactly(f"{what}: the same rows", int(found.equals(wanted)), "", beside, 1),
        exactly("dataset on two Dask workers, none killed: the same rows", int(quiet.equals(wanted)), "", beside, 1),
        at_most("dataset on two Dask workers beside two processes", undisturbed.seconds / alone.seconds, "times", times,
                None),
        at_most(f"{what}: time beside undisturbed", run.seconds / undisturbed.seconds, "times", times, None),
    ]  # fmt: skip


def _killing(workers: LocalCluster, arguments: tuple[str, ...], after: float) -> Killed:
    """Run a command and kill a worker after so many seconds. Raises CommandFailed."""
    victim = workers.workers[0].pid
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=errors, env=environment(), cwd=ROOT)
        try:
            with suppress(subprocess.TimeoutExpired):
                process.wait(after)
            reached = time.perf_counter() - start
            os.kill(victim, signal.SIGKILL)
            code = process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise CommandFailed(f"minutes export on the cluster: not ready after {_PATIENCE} s") from None
        seconds = time.perf_counter() - start
        if code:
            errors.seek(0)
            raise CommandFailed(f"minutes export on the cluster: exit {code}: {last_line(errors.read().decode())}")
    return Killed(seconds, reached if process.returncode == 0 and reached < seconds - 0.05 else seconds)


if __name__ == "__main__":
    print(report(cluster(int(sys.argv[1]) if len(sys.argv) > 1 else FILES)))
