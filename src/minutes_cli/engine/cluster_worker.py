"""What a worker of a Dask cluster does with one group."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from minutes_cli.errors import UsageError

if TYPE_CHECKING:
    from distributed import Worker

__all__ = ["TOPIC", "Home", "identity", "work_on"]

TOPIC = "minutes"
"""Under this topic a worker tells Dask which group it begins with."""

#: Seconds that telling it may take.
_TOLD = 60.0
#: One group at a time in a process, whatever threads it has: then it is that group which has ended it.
_alone = Lock()


def identity() -> tuple[tuple[str, str], ...]:
    """What must be the same on a worker for the same results: names and versions."""
    from importlib.metadata import PackageNotFoundError, version

    from minutes_cli import __version__

    found = [("minutes", __version__), ("Python", f"{sys.version_info.major}.{sys.version_info.minor}")]
    for package in ("sudachipy", "sudachidict-core"):
        try:
            found.append((package, version(package)))
        except PackageNotFoundError:
            found.append((package, "missing"))
    return tuple(found)


def differing(here: tuple[tuple[str, str], ...], there: tuple[tuple[str, str], ...]) -> str:
    """What differs, in words; empty if nothing does."""
    pairs = zip(here, there, strict=True)
    return ", ".join(
        f"{name} {version} there and {ours} here" for (name, ours), (_, version) in pairs if ours != version
    )


class Home(NamedTuple):
    """Where the run was started: its versions, and the folder that paths are relative to."""

    versions: tuple[tuple[str, str], ...]
    folder: str

    @classmethod
    def here(cls) -> Home:
        return cls(identity(), os.getcwd())


def work_on(work: bytes, tasks: bytes, home: Home, name: str, ends: float | None) -> bytes:
    """What *work* makes of *tasks*, both pickled, as is the result. The process ends when it takes *ends* seconds.

    All of it is bytes to Dask, which would walk through tuples and count what is in them.
    """
    from distributed import get_worker

    with _alone:
        if words := _differing_from(home.versions):
            raise UsageError(f"{get_worker().address}: {words}; workers must have the same")
        function, jobs = pickle.loads(work), pickle.loads(tasks)
        with _in_folder(home.folder, [job.path for job in jobs]):
            if ends is None:
                return pickle.dumps(function(jobs))
            _say(get_worker(), name)
            with _ended_after(ends):
                return pickle.dumps(function(jobs))


def _say(worker: Worker, name: str) -> None:
    """Tell Dask that work on this group begins, and wait until it knows: the process may not live long."""
    import asyncio

    loop: Any = worker.loop
    told = worker.scheduler.log_event(topic=TOPIC, msg=name)
    asyncio.run_coroutine_threadsafe(told, loop.asyncio_loop).result(_TOLD)


@cache
def _differing_from(versions: tuple[tuple[str, str], ...]) -> str:
    return differing(versions, identity())


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """End this process where what is inside takes longer, also where it does so in C and never lets go of Python."""
    import faulthandler

    # Nobody reads where it stood: the same file in one process on one's own machine shows it.
    with open(os.devnull, "w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def _in_folder(folder: str, paths: list[str]) -> Iterator[None]:
    """Be in *folder* meanwhile, so that relative paths mean what they mean where the run was started."""
    before = None
    with suppress(OSError):  # somebody has taken the worker's own folder away
        before = os.getcwd()
    try:
        os.chdir(folder)
    except OSError:
        for path in paths:
            if "://" not in path and not os.path.isabs(path):
                raise UsageError(
                    f"{path}: the workers have no folder {folder}; give URLs (s3://…), or put it on a shared disk"
                ) from None
    try:
        yield
    finally:
        if before is not None:
            with suppress(OSError):
                os.chdir(before)
