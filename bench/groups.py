"""The table of benchmarks: what `python -m bench` can measure, one row a group."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from bench.figures import Figure, failed
from bench.measure import ROOT


class Group(NamedTuple):
    """Figures that are measured together.

    ``measured``: the module and its function, which is called with ``arguments`` and returns figures; it is loaded
    only when the group runs, so that a package that is not there costs this group alone. ``seconds``: about how long it
    takes on two cores. ``long``: only with ``--all`` or by its name.
    """

    name: str
    issue: int
    seconds: int
    measured: str
    arguments: tuple[object, ...] = ()
    long: bool = False

    def run(self) -> list[Figure]:
        """The figures; raises whatever goes wrong."""
        module, _, function = self.measured.partition(":")
        measure: Callable[..., Iterable[Figure]] = getattr(importlib.import_module(module), function)
        return list(measure(*self.arguments))


GROUPS = (
    # 2: from a record to turns
    Group("parsing", 2, 10, "bench.parsing:parsing", (10_000_000,)),
    Group("linear", 2, 10, "bench.parsing:linear"),
    Group("hostile-texts", 2, 40, "bench.parsing:hostile"),
    Group("founding", 2, 3, "bench.founding:founding"),
    Group("turns", 2, 60, "bench.scores:turns"),
    Group("speech", 2, 3, "bench.speech:speech"),
    Group("shown-by-tests-2", 2, 60, "bench.by_tests:by_tests", (2,), long=True),
    # 3: corrections
    Group("normalizing", 3, 25, "bench.normalizing:normalizing"),
    Group("ocr", 3, 120, "bench.scores:ocr", long=True),
    Group("enumerators", 3, 3, "bench.enumerators:enumerators"),
    Group("planted", 3, 40, "bench.planted:planted"),
    Group("shown-by-tests-3", 3, 60, "bench.by_tests:by_tests", (3,), long=True),
    # 4: searching
    Group("search-raw", 4, 150, "bench.searching:searching", (("raw",),), long=True),
    Group("search-building", 4, 240, "bench.searching:searching", (("building",),), long=True),
    Group("search-indexed", 4, 120, "bench.searching:searching", (("indexed",),), long=True),
    Group("same-hits", 4, 60, "bench.same_hits:same_hits"),
    Group("same-hits-real", 4, 240, "bench.same_hits:same_hits", (True,), long=True),
    Group("kills", 4, 300, "bench.kills:kills", long=True),
    Group("shown-by-tests-4", 4, 20, "bench.by_tests:by_tests", (4,), long=True),
    # 5: summaries
    Group("summarizing", 5, 60, "bench.summarizing:summarizing"),
    Group("recall", 5, 15, "bench.recall:recall"),
    Group("founding-summaries", 5, 5, "bench.founding_summaries:founding_summaries"),
    Group("report", 5, 30, "bench.report:page"),
    Group("shown-by-tests-5", 5, 60, "bench.by_tests:by_tests", (5,), long=True),
    # 6: checking
    Group("check-speed", 6, 15, "bench.check_speed:checking"),
    Group("planted-faults", 6, 20, "bench.planted_faults:planted_faults"),
    Group("checking", 6, 15, "bench.checking:clean_records"),
    Group("fuzz", 6, 240, "bench.fuzzing:fuzzing", long=True),
    Group("shown-by-tests-6", 6, 30, "bench.by_tests:by_tests", (6,), long=True),
    # 7: formats
    Group("formats", 7, 120, "bench.formats:formats", long=True),
    Group("answers", 7, 5, "bench.answers:answers"),
    Group("otaru", 7, 3, "bench.scores:otaru"),
    Group("hostile-files", 7, 40, "bench.hostile_files:hostile_files"),
    Group("shown-by-tests-7", 7, 120, "bench.by_tests:by_tests", (7,), long=True),
    # 8: scale and speed
    Group("start-up", 8, 15, "bench.start_up:start_up"),
    Group("scale", 8, 60, "bench.scale:scale"),
    Group("tokens", 8, 60, "bench.tokens:tokens"),
    Group("growth", 8, 90, "bench.growth:growth"),
    Group("growth-1-gb", 8, 600, "bench.growth:to_a_gigabyte", long=True),
    Group("dataset-kills", 8, 120, "bench.dataset_kills:dataset_kills"),
    Group("faults", 8, 20, "bench.faults:faults"),
    Group("cluster", 8, 60, "bench.cluster:cluster"),
    Group("shown-by-tests-8", 8, 60, "bench.by_tests:by_tests", (8,), long=True),
)


class Measured(NamedTuple):
    """What came of a group: its figures, or one row that says why there are none; the seconds it took."""

    group: Group
    figures: list[Figure]
    seconds: float


def measured(groups: Iterable[Group], tell: Callable[[str], None]) -> Iterator[Measured]:
    """Run *groups* one after the other; one that fails does not stop the others. *tell* gets lines of progress."""
    chosen = list(groups)
    for place, group in enumerate(chosen, 1):
        tell(f"{place}/{len(chosen)} {group.name} (about {group.seconds} s)")
        start = time.monotonic()
        try:
            figures = group.run()
        except Exception as e:  # whatever it is, it is told in a row, and the other groups are measured
            figures = [failed(group.name, told(e))]
        seconds = time.monotonic() - start
        tell(f"    {len(figures)} figures in {seconds:.0f} s")
        yield Measured(group, figures, seconds)


def told(error: BaseException) -> str:
    """An error in one line, without the folder that the project stands in."""
    words = " ".join(str(error).split()).replace(f"{ROOT}/", "").replace(f"{ROOT.parent}/", "../")
    return f"{type(error).__name__}: {words[:200]}" if words else type(error).__name__
