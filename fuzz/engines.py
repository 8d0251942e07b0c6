"""Where inputs come from: atheris, which is led by what an input reaches, or plain chance where it is not installed."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from fuzz.fragments import seeds
from fuzz.mutate import mutate
from fuzz.targets import Target
from fuzz.watch import Watch

#: Of the inputs that plain chance has made, so many are kept to go on from.
_KEPT = 400
_REPORTS = 300.0  # seconds between two reports


class Clock:
    """When to stop, and when to say how far it is."""

    def __init__(self, minutes: float) -> None:
        self.end = time.monotonic() + 60 * minutes
        self._next = time.monotonic() + _REPORTS

    def over(self, watch: Watch) -> bool:
        """Whether time is up; prints a report now and then."""
        now = time.monotonic()
        if now > self._next:
            self._next = now + _REPORTS
            print(watch.report(), file=sys.stderr, flush=True)
        return now > self.end


def by_chance(name: str, target: Target, watch: Watch, minutes: float, seed: int) -> None:
    """Inputs made of the seeds and of one another."""
    random, clock = Random(seed), Clock(minutes)
    pool = seeds(name)
    first = len(pool)
    for data in pool:
        watch.try_one(data)
    while not clock.over(watch):
        data = mutate(random.choice(pool), pool, random, target.most, as_bytes=target.as_bytes)
        watch.try_one(data)
        if len(pool) < first + _KEPT:
            pool.append(data)
        elif random.random() < 0.2:
            pool[random.randrange(first, len(pool))] = data


def by_coverage(name: str, target: Target, watch: Watch, minutes: float, seed: int, done: Callable[[], int]) -> None:
    """Inputs that atheris makes and keeps where they reach something new; ends the process with what *done* says.

    libFuzzer ends by exiting on the spot, so that nothing behind this call would run.
    """
    import atheris

    clock, pool = Clock(minutes), seeds(name)

    def one(data: bytes) -> None:
        if clock.over(watch):
            code = done()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
        watch.try_one(data)

    def changed(data: bytes, most: int, number: int) -> bytes:
        random = Random(number)
        if target.as_bytes and random.random() < 0.3:
            return bytes(atheris.Mutate(data, most))
        return mutate(data, pool, random, min(most, target.most), as_bytes=target.as_bytes)

    folder = Path(tempfile.mkdtemp(prefix="minutes-fuzz-"))
    for number, data in enumerate(pool):
        (folder / f"{number:04}").write_bytes(data[: target.most])
    arguments = [
        sys.argv[0],
        str(folder),
        f"-max_len={target.most}",
        f"-seed={seed + 1}",  # 0 means: by the clock
        "-timeout=100000",  # seconds: the watch has a limit of its own, and goes on behind it
        "-rss_limit_mb=4096",
        "-detect_leaks=0",
        "-print_final_stats=0",
        "-verbosity=0",
        f"-artifact_prefix={folder}/",
    ]
    atheris.Setup(arguments, one, custom_mutator=changed)
    atheris.Fuzz()
