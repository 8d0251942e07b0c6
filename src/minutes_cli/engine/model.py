"""What the engine is told and what it gives back."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, NamedTuple, Protocol, TypeVar

__all__ = ["TIMEOUT", "Failure", "Group", "Outcome", "Running", "Task", "Work", "cores"]

TIMEOUT = 300.0
"""Seconds that one file may take unless the user says something else: 100 MB, the most that a record may have, are
parsed in 30 s and summarised in 200 s on a slow core."""


class Task(Protocol):
    """One thing to work on. Goes to another process, so it must be picklable; a NamedTuple is."""

    @property
    def path(self) -> str:
        """What faults call it."""
        ...


Job = TypeVar("Job", bound=Task)
Result = TypeVar("Result")

Work = Callable[[tuple[Job, ...]], Result]
"""A pure function of tasks. It is pickled: a function of a module, or a NamedTuple of such with ``__call__``."""


class Group(NamedTuple, Generic[Job]):
    """Tasks that one process works on together, and how large they are in bytes of input."""

    tasks: tuple[Job, ...]
    size: int


class Failure(NamedTuple):
    """Why there is no result, in one line for the user; ``trace`` says where, if it is a fault of ours."""

    words: str
    trace: str | None = None


class Outcome(NamedTuple, Generic[Job, Result]):
    """What became of some tasks: the result of the work, or why there is none (then it is one task)."""

    tasks: tuple[Job, ...]
    result: Result | Failure


class Running(NamedTuple):
    """Where and how to run.

    ``jobs``: how many processes, None for as many as the amount of work deserves. ``timeout``: seconds that a file may
    take, None for no limit. ``engine``: None for this machine, ``dask`` for workers that Dask starts on it,
    ``dask://HOST:PORT`` for those of a cluster.
    """

    jobs: int | None = 1
    timeout: float | None = TIMEOUT
    engine: str | None = None

    def words_for_timeout(self, path: str) -> str:
        """What to say of a file that took too long."""
        return f"{path}: took longer than {self.timeout:g} s, so it was stopped; --timeout gives it more"


def cores() -> int:
    """How many cores this process may use."""
    with suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
