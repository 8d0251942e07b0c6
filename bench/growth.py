"""What a record costs as the archive grows: processor time for a megabyte, and memory, at 1, 10, 100 MB and 1 GB.

What every run costs before its records (start-up, the processes that share the work, what they load and compile for
records of these layouts) is measured with the first lines of some records and taken off, so that what is left is the
cost of records. Medians: a long run meets the machine at all its speeds,
and the shortest of several short ones would meet it at its best.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from bench.archive import FILES, SEED, SIZE, archive, kept
from bench.datasets import export, megabytes
from bench.figures import Figure, at_most, missing, report
from bench.measure import ROOT
from bench.timing import Watched, watched

#: So much more may a megabyte, or all the memory, cost.
_LIMIT = 1.15
#: Every so many-th record of the archive of 100 MB makes one of this size; how often it is measured.
_PARTS = {"1 MB": (100, 7), "10 MB": (10, 5)}
#: Lines of a record that stand for its beginning.
_HEAD = 60
#: A gigabyte takes so much room with its dataset.
_ROOM = 3_000_000_000


def growth() -> list[Figure]:
    """1 and 100 MB beside 10 MB."""
    with tempfile.TemporaryDirectory() as scratch:
        folders = {**_small(Path(scratch)), "100 MB": kept()}
        runs = _measured(folders, {**_rounds(), "100 MB": 3}, Path(scratch))
        return _figures(runs, folders, ("1 MB", "100 MB"))


def to_a_gigabyte() -> list[Figure]:
    """1 GB beside 10 MB; the archive is made for it and removed."""
    out = ROOT / "bench" / "out"
    out.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(out).free < _ROOM:
        return [missing("export, processor time per MB, 1 GB beside 10 MB", f"NO ROOM: needs {_ROOM / 1e9:.0f} GB")]
    with tempfile.TemporaryDirectory(dir=out, prefix="gigabyte-") as scratch:
        folders = {**_small(Path(scratch)), "100 MB": kept(), "1 GB": Path(scratch, "1 GB")}
        archive(folders["1 GB"], 10 * FILES, SIZE, SEED)
        runs = _measured(folders, {**_rounds(), "100 MB": 1, "1 GB": 1}, Path(scratch))
        return _figures(runs, folders, ("1 GB",))


def _rounds() -> dict[str, int]:
    return {"start": 7, **{name: rounds for name, (_, rounds) in _PARTS.items()}}


def _small(scratch: Path) -> dict[str, Path]:
    """The first lines of some records, which need all that is loaded and compiled, and parts of the archive."""
    folders = {name: scratch / name for name in ("start", *_PARTS)}
    for folder in folders.values():
        folder.mkdir()
    records = sorted(kept().rglob("*.txt"))
    for path in records[:: _PARTS["1 MB"][0]]:
        lines = path.read_text(encoding="utf-8").split("\n")[:_HEAD]
        (folders["start"] / path.name).write_text("\n".join(lines), encoding="utf-8")
    for name, (every, _) in _PARTS.items():
        for path in records[::every]:
            shutil.copy(path, folders[name])
    return folders


def _measured(folders: Mapping[str, Path], rounds: Mapping[str, int], scratch: Path) -> dict[str, list[Watched]]:
    """Runs over each folder, in turns as long as there are any left to do."""
    runs: dict[str, list[Watched]] = {name: [] for name in folders}
    for number in range(max(rounds.values())):
        for name, folder in folders.items():
            if number < rounds[name]:
                dataset = scratch / "dataset"
                runs[name].append(watched(export(folder, dataset, "--jobs", "2")))
                shutil.rmtree(dataset)
    return runs


def _figures(runs: Mapping[str, list[Watched]], folders: Mapping[str, Path], sizes: Iterable[str]) -> list[Figure]:
    cost = {name: statistics.median(run.cpu for run in found) for name, found in runs.items()}
    first = megabytes(folders["start"])
    each = {
        name: (cost[name] - cost["start"]) / (megabytes(folder) - first)
        for name, folder in folders.items()
        if name != "start"
    }
    figures = []
    for size in sizes:
        beside = f"{each[size] * 1000:.0f} ms per MB; 10 MB {each['10 MB'] * 1000:.0f} ms per MB; "
        beside += f"{cost['start']:.2f} s before the first record taken off"
        times = each[size] / each["10 MB"]
        figures.append(at_most(f"export, processor time per MB, {size} beside 10 MB", times, "times", beside, _LIMIT))
    return [*figures, *_memory(runs, sizes)]


def _memory(runs: Mapping[str, list[Watched]], sizes: Iterable[str]) -> Iterable[Figure]:
    """The memory of all processes beside that of a tenth of the archive."""
    peaks = {name: max((run.peak or 0 for run in found), default=0) / 1e6 for name, found in runs.items()}
    tenth = {"100 MB": "10 MB", "1 GB": "100 MB"}
    for size in sizes:
        if size in tenth:
            name = f"export, memory of all processes, {size} beside {tenth[size]}"
            if not peaks[size]:
                yield missing(name, "NOT MEASURED: no /proc here")
            else:
                beside = ", ".join(f"{other} {peak:.0f} MB" for other, peak in peaks.items())
                limit = _LIMIT if size == "1 GB" else None
                yield at_most(name, peaks[size] / peaks[tenth[size]], "times", beside, limit)


if __name__ == "__main__":
    print(report(to_a_gigabyte() if "--gigabyte" in sys.argv else growth()))
