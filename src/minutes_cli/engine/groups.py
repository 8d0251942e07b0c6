"""Which tasks go together, and how many processes they are worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minutes_cli.engine.model import Group, Job, Running, cores

__all__ = ["grouped", "jobs_for"]

#: Below so many bytes, and so many files, starting another process costs more than it saves.
_LITTLE, _FEW = 2_000_000, 100
#: A group is about so large: enough that handing it over costs nothing, little enough that all finish together.
_GROUP, _MOST = 1_000_000, 64
#: Groups for each process, where there is less to do.
_SHARES = 4


def jobs_for(sizes: Sequence[int], running: Running) -> int:
    """How many processes to use for tasks of *sizes* bytes: what the user says, else one for little and all cores."""
    if running.jobs is not None:
        return max(1, min(running.jobs, len(sizes)))
    much = sum(sizes) >= _LITTLE or len(sizes) >= _FEW
    return min(cores(), len(sizes)) if much and len(sizes) > 1 else 1


def grouped(
    tasks: Sequence[Job], sizes: Sequence[int], jobs: int, *, size: int = _GROUP, most: int = _MOST
) -> Iterator[Group[Job]]:
    """*tasks* in their order, about *size* bytes and at most *most* of them together; less where there are few."""
    share = min(size, max(1, sum(sizes) // (jobs * _SHARES)))
    some: list[Job] = []
    held = 0
    for task, its_size in zip(tasks, sizes, strict=True):
        if some and (held + its_size > share or len(some) >= most):
            yield Group(tuple(some), held)
            some, held = [], 0
        some.append(task)
        held += its_size
    if some:
        yield Group(tuple(some), held)
