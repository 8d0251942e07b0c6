"""Where and how to run, as the options of the command line say it. Loads neither typer nor the engines."""

from __future__ import annotations

from minutes_cli.engine import TIMEOUT, Running
from minutes_cli.errors import UsageError

JOBS, SECONDS = "auto", TIMEOUT
"""What --jobs and --timeout are unless they are given."""


def running_of(jobs: str = JOBS, timeout: float = SECONDS, engine: str | None = None) -> Running:
    """The options as one. Raises UsageError."""
    if timeout < 0:
        raise UsageError(f"--timeout {timeout:g}: seconds that a file may take, or 0 for no limit")
    if engine is not None and engine != "dask" and not engine.startswith("dask://"):
        raise UsageError(f"unknown engine {engine!r}; it is dask, or dask://HOST:PORT of a scheduler")
    return Running(_number(jobs), timeout or None, engine)


def _number(jobs: str) -> int | None:
    if jobs == JOBS:
        return None
    if not jobs.isdecimal() or int(jobs) < 1:
        raise UsageError(f"--jobs {jobs}: a number of processes from 1, or auto")
    return int(jobs)
