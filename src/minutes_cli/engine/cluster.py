"""Groups worked on by the workers of a Dask cluster: of one on this machine, or of one that somebody has started.

Dask hands groups to workers and gives those of a lost worker to another one. A group that ends its workers again and
again, or takes too long, is tried again here task by task, with nothing else of ours on the cluster, so that the task
which does it is told from those that only stood beside it.
"""

from __future__ import annotations

import asyncio
import pickle
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, Generic
from uuid import uuid4

from minutes_cli.engine.cluster_worker import TOPIC, Home, work_on
from minutes_cli.engine.model import Failure, Group, Job, Outcome, Result, Running, Work
from minutes_cli.errors import MinutesError, UsageError

__all__ = ["run_on_cluster"]

#: For each thread of the workers: bytes of input on their way, with those whose results wait for an older one; groups.
_HELD, _AHEAD = 32_000_000, 16
#: Results that are fetched together: one by one, each would cost a way to the scheduler and back.
_FETCHED = 16
#: Seconds between two looks at what is waited for, at how many workers there are; and without any until that is an end.
_LOOK, _COUNT, _PATIENCE = 1.0, 5.0, 600.0
#: A worker ends itself so much later than the time is over here: so Dask gives its group to no other one meanwhile.
_GRACE = 5.0


def run_on_cluster(
    work: Work[Job, Result], groups: Iterable[Group[Job] | None], jobs: int, running: Running
) -> Iterator[Outcome[Job, Result]]:
    """As :func:`minutes_cli.engine.run`, on the cluster that ``running.engine`` names; *jobs* counts only here.

    Raises UsageError where the cluster cannot be reached, or its workers would give other results than this machine.
    """
    from minutes_cli.engine.cluster_client import connected

    with connected(running, jobs) as client:
        run = _Run[Job, Result](client, work, running)
        with closing(run):
            yield from run.outcomes(groups)


class _Call:
    """A call of :func:`work_on` that is made by unpickling it: a worker which has no minutes can then say so; else it
    would not understand what it is sent, and end."""

    def __init__(self, *arguments: Any) -> None:
        self.arguments = arguments

    def __reduce__(self) -> tuple[Any, ...]:
        return work_on, self.arguments


@dataclass
class _Sent(Generic[Job]):
    """A group on its way. ``late``: it takes longer than it may, and is no longer waited for."""

    group: Group[Job]
    limit: float | None
    future: Any = None  # a Future of distributed, which has hardly any types
    late: bool = False
    timer: Any = None
    ending: Any = None

    @property
    def is_good(self) -> bool:
        """Whether there is a result. Where it is lost with its worker it is neither good nor bad until it is back."""
        return not self.late and self.future.status == "finished"

    @property
    def is_bad(self) -> bool:
        """Whether there will be none."""
        return self.late or self.future.status == "error"


@dataclass
class _Run(Generic[Job, Result]):
    """All that is on its way, in the order of the groups."""

    client: Any
    work: Work[Job, Result]
    running: Running
    sent: deque[_Sent[Job]] = field(default_factory=deque)
    held: int = 0
    known: dict[str, _Sent[Job]] = field(default_factory=dict)
    threads: int = 1
    counted: float = float("-inf")
    seen: float = field(default_factory=time.monotonic)
    ended_by: float = float("-inf")

    def __post_init__(self) -> None:
        self.home = Home.here()
        self.packed = pickle.dumps(self.work)
        if self.running.timeout is not None:
            self.client.subscribe_topic(TOPIC, self._has_started)

    def close(self) -> None:
        """Let go of what is still on its way."""
        with suppress(Exception):  # where the scheduler is gone there is nothing to cancel
            self.client.cancel([one.future for one in self.known.values()], reason="minutes has ended")
        self.known.clear()

    def outcomes(self, groups: Iterable[Group[Job] | None]) -> Iterator[Outcome[Job, Result]]:
        """What became of *groups*, in their order."""
        for group in groups:
            self._count_threads()
            while self.sent and (group is None or self._is_much(group)):
                yield from self._finished()
            if group is not None:
                self.sent.append(self._send(group))
                self.held += group.size
        while self.sent:
            yield from self._finished()

    def _is_much(self, group: Group[Job]) -> bool:
        return self.held + group.size > self.threads * _HELD or len(self.sent) >= self.threads * _AHEAD

    def _send(self, group: Group[Job]) -> _Sent[Job]:
        if any(task.path == "-" for task in group.tasks):
            raise UsageError("-: standard input cannot be read by the workers of a cluster; leave --engine out")
        name = uuid4().hex
        limit = self.running.timeout
        if limit is not None:  # for several files together twice that of one; what needs more is tried alone
            limit *= min(2, len(group.tasks))
        ends = None if limit is None else limit + _GRACE
        call = _Call(self.packed, pickle.dumps(group.tasks), self.home, name, ends)
        sent = self.known[name] = _Sent(group, limit)  # a worker may begin before the next line is done
        sent.future = self.client.submit(pickle.loads, pickle.dumps(call), key=f"minutes-{name}", pure=False)
        return sent

    def _finished(self) -> Iterator[Outcome[Job, Result]]:
        """What became of the oldest group, and of those behind it that are done already."""
        self._settle(self.sent[0])
        if self.sent[0].is_bad:
            yield from self._one_by_one(self._taken())
            return
        ready = list(takewhile(lambda one: one.is_good, list(self.sent)[:_FETCHED]))
        for result in self._fetched(ready):
            yield Outcome(self._taken().group.tasks, pickle.loads(result))

    def _fetched(self, good: list[_Sent[Job]]) -> list[bytes]:
        """Their results; none where some have been lost with their worker, and are now no longer good."""
        from concurrent.futures import CancelledError

        from distributed import KilledWorker

        try:
            return list(self.client.gather([one.future for one in good]))
        except (KilledWorker, CancelledError):
            return []

    def _taken(self) -> _Sent[Job]:
        one = self.sent.popleft()
        self.held -= one.group.size
        self._forget(one)
        return one

    def _forget(self, one: _Sent[Job]) -> None:
        self.known.pop(str(one.future.key).removeprefix("minutes-"), None)

    def _one_by_one(self, failed: _Sent[Job]) -> Iterator[Outcome[Job, Result]]:
        """The outcome of each task of a group that has ended its workers or taken too long."""
        _raise_what_is_no_death(failed)
        for other in self.sent:
            self._settle(other)
        time.sleep(max(0.0, self.ended_by - time.monotonic()))  # workers that hang take others' tasks with them
        for task in failed.group.tasks:
            one = self._send(Group((task,), 0))
            result: list[bytes] = []
            while not result and not one.is_bad:
                self._settle(one)
                result = self._fetched([one]) if one.is_good else []
            self._forget(one)
            if result:
                yield Outcome((task,), pickle.loads(result[0]))
                continue
            _raise_what_is_no_death(one)
            yield Outcome((task,), Failure(self._words(one, task.path)))

    def _words(self, one: _Sent[Job], path: str) -> str:
        if one.late:
            return self.running.words_for_timeout(path)
        return f"{path}: the process that worked on it has died (each time it was tried); it is left out"

    def _settle(self, one: _Sent[Job]) -> None:
        """Wait until *one* is done, or late."""
        from concurrent.futures import CancelledError

        while not one.late:
            with suppress(TimeoutError, CancelledError):
                one.future.exception(timeout=_LOOK)
            if one.future.done():
                break
            self._look()
        if not one.late and one.future.status == "cancelled":
            raise MinutesError(f"{self.running.engine}: the scheduler is gone; what was not finished is not done")

    def _has_started(self, event: tuple[float, str]) -> None:
        """A worker says that it begins with a group. Like :meth:`_give_up` this runs on the thread of the client."""
        one = self.known.get(event[1])
        if one is None or one.limit is None:
            return
        if one.timer is not None:  # it has begun before, on a worker that was lost
            self.client.loop.remove_timeout(one.timer)
        one.timer = self.client.loop.call_later(one.limit, self._give_up, one)

    def _give_up(self, one: _Sent[Job]) -> None:
        """Wait no longer for what takes too long; before its worker ends itself, or another would begin with it."""
        if one.future.done():
            return
        one.late = True
        self.ended_by = time.monotonic() + _GRACE + _LOOK
        one.ending = asyncio.ensure_future(one.future.cancel(reason="it takes too long"))

    def _look(self) -> None:
        """Give up the run where there have been no workers for a while."""
        self._count_threads()
        if time.monotonic() - self.seen > _PATIENCE:
            raise MinutesError(
                f"{self.running.engine}: no workers for {_PATIENCE:g} s; see what has become of them, and run it again"
            )

    def _count_threads(self) -> None:
        now = time.monotonic()
        if now - self.counted < _COUNT:
            return
        self.counted = now
        threads = self.client.scheduler_info(n_workers=0)["total_threads"]
        self.threads = max(1, threads)
        if threads:
            self.seen = now


def _raise_what_is_no_death(one: _Sent[Any]) -> None:
    """Raise what the work has raised, or Dask, unless it is late or has ended its workers."""
    from distributed import KilledWorker

    if one.late:
        return
    error = one.future.exception()
    if isinstance(error, ImportError) and "minutes_cli" in str(error):
        raise UsageError(
            f"a worker of the cluster has no minutes, or another version ({error}); workers must have the same"
        )
    if error is not None and not isinstance(error, KilledWorker):
        raise error
