"""One function over many files: here, in several processes, or on a cluster; results come in the order of the input.

A file that ends its process, or never ends, becomes a :class:`Failure`, and the others go on. How much is on its way at
a time is limited, so that memory does not grow with the number of files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minutes_cli.engine.attempt import attempt, each, failure_of
from minutes_cli.engine.groups import grouped, jobs_for
from minutes_cli.engine.model import TIMEOUT, Failure, Group, Job, Outcome, Result, Running, Task, Work, cores

__all__ = [
    "TIMEOUT",
    "Failure",
    "Group",
    "Outcome",
    "Running",
    "Task",
    "Work",
    "attempt",
    "cores",
    "each",
    "failure_of",
    "grouped",
    "jobs_for",
    "run",
]


def run(
    work: Work[Job, Result], groups: Iterable[Group[Job] | None], jobs: int, running: Running
) -> Iterator[Outcome[Job, Result]]:
    """What *work* makes of each of *groups*, in their order.

    None among them stands for a stop: nothing behind it is asked for until the results of all before it are given.
    With *jobs* of 1 it is done in this process; else *work* and the tasks are pickled, and a group whose process dies
    or hangs is tried again task by task, so that its Outcome falls into several. What *work* raises ends the run: let
    :func:`each` keep the faults of single tasks.
    """
    if running.engine is not None:
        from minutes_cli.engine.cluster import run_on_cluster

        return run_on_cluster(work, groups, jobs, running)
    if jobs > 1:
        from minutes_cli.engine.processes import run_in_processes

        return run_in_processes(work, groups, jobs, running)
    return (Outcome(group.tasks, work(group.tasks)) for group in groups if group is not None)
