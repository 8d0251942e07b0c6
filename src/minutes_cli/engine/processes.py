"""Groups worked on in several processes of this machine.

Each has a thread here that hands it one group after the other, ends it when its time is over, and starts another where
one has died.

Every process has a pipe of its own: whatever moment one is killed at, no other waits for it.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from pickle import PicklingError
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Generic, NamedTuple

from minutes_cli.engine.model import Failure, Group, Job, Outcome, Result, Running, Work

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

__all__ = ["run_in_processes"]

#: Bytes of input on their way, with those whose results wait for an older one; and groups for each process.
_HELD, _AHEAD = 64_000_000, 16
#: A process that does not even hear its own alarm clock (it hangs in a library) is ended so much later.
_GRACE = 5.0


class _Sent(NamedTuple, Generic[Job, Result]):
    group: Group[Job]
    future: Future[Result]
    again: bool  # a task alone whose process has died before


class _DiedError(Exception):
    """A process has died at its work, with this exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def run_in_processes(
    work: Work[Job, Result], groups: Iterable[Group[Job] | None], jobs: int, running: Running
) -> Iterator[Outcome[Job, Result]]:
    """As :func:`minutes_cli.engine.run`, in *jobs* processes; no more is on its way than memory should hold."""
    from multiprocessing.resource_tracker import ensure_running

    ensure_running()  # here: started by a thread, it would let Ctrl-C through to that
    todo: SimpleQueue[_Sent[Job, Result] | None] = SimpleQueue()
    hands = [_Hand(work, todo, running) for _ in range(jobs)]
    for hand in hands:
        hand.start()
    sent: deque[_Sent[Job, Result]] = deque()
    held = 0
    try:
        for group in groups:
            while sent and (group is None or held + group.size > _HELD or len(sent) >= jobs * _AHEAD):
                held -= sent[0].group.size
                yield from _finished(todo, sent.popleft(), running)
            if group is not None:
                sent.append(_send(todo, group))
                held += group.size
        while sent:
            yield from _finished(todo, sent.popleft(), running)
    finally:
        for hand in hands:
            hand.stop()
            todo.put(None)
        for hand in hands:
            hand.join()


def _send(
    todo: SimpleQueue[_Sent[Job, Result] | None], group: Group[Job], *, again: bool = False
) -> _Sent[Job, Result]:
    sent: _Sent[Job, Result] = _Sent(group, Future(), again)
    todo.put(sent)
    return sent


def _finished(
    todo: SimpleQueue[_Sent[Job, Result] | None], sent: _Sent[Job, Result], running: Running
) -> Iterator[Outcome[Job, Result]]:
    """The result, or for each task alone where its process has died or hangs: so one costs no other.

    A task alone whose process has died is tried once more: who is killed for want of memory need not be who wanted it.
    """
    tasks = sent.group.tasks
    try:
        yield Outcome(tasks, sent.future.result())
        return
    except TimeoutError:
        words, last = running.words_for_timeout(tasks[0].path), len(tasks) == 1
    except _DiedError as e:
        last = sent.again
        words = f"{tasks[0].path}: the process that worked on it has died ({_cause(e.code)}); it is left out"
    if last:
        yield Outcome(tasks, Failure(words))
        return
    alone = [_send(todo, Group((task,), 0), again=True) for task in tasks]
    for one in alone:
        yield from _finished(todo, one, running)


def _cause(code: int) -> str:
    if code == -signal.SIGKILL:
        return "killed, or out of memory"
    if code < 0:
        return f"by signal {-code}"
    return f"exit code {code}"


class _Hand(Thread):
    """Gives one process its work."""

    def __init__(self, work: Work[Any, Any], todo: SimpleQueue[Any], running: Running) -> None:
        super().__init__(daemon=True)
        self._work, self._todo, self._running = work, todo, running
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._lock = Lock()
        self._stopped = False

    def run(self) -> None:
        """Work until there is nothing to do any more."""
        if hasattr(signal, "pthread_sigmask"):
            # A process inherits it: else Ctrl-C would end it with a traceback before it can say that it leaves that.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        while (sent := self._todo.get()) is not None and not self._stopped:
            try:
                sent.future.set_result(self._result(sent.group))
            except BaseException as e:  # it is raised where the result is waited for
                sent.future.set_exception(e)
        self._end()

    def stop(self) -> None:
        """Leave what is being worked on, at once. Called from another thread."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill()

    def _result(self, group: Group[Any]) -> Any:
        """Raises TimeoutError, _DiedError, and what the work raises."""
        try:
            pipe = self._pipe or self._begin()
            pipe.send(group.tasks)
            if not pipe.poll(self._limit(group)):
                self._end(at_once=True)
                raise TimeoutError
            done, made = pipe.recv()
        except (EOFError, ConnectionError):
            raise _DiedError(self._end()) from None
        if not done:
            raise made
        return made

    def _limit(self, group: Group[Any]) -> float | None:
        if self._running.timeout is None:
            return None
        # For several files together twice the time of one; what needs more is tried alone.
        return self._running.timeout * min(2, len(group.tasks)) + _GRACE

    def _begin(self) -> Connection:
        """Start the process. Raises EOFError where it dies at once."""
        from multiprocessing import get_context

        # spawn: the same on every system, and safe where this process has threads.
        context = get_context("spawn")
        pipe, its = context.Pipe()
        process = context.Process(target=_serve, args=(its, self._work), daemon=True)
        with self._lock:
            if self._stopped:
                raise EOFError
            process.start()
            self._process, self._pipe = process, pipe
        its.close()
        pipe.recv()  # it is ready: the time that starting takes is nobody's
        return pipe

    def _end(self, *, at_once: bool = False) -> int:
        """End the process, if there is one; its exit code."""
        with self._lock:
            process, pipe = self._process, self._pipe
            self._process = self._pipe = None
        if process is None or pipe is None:
            return 0
        pipe.close()
        process.join(0 if at_once else _GRACE)  # one that has died says how; one that waits for work ends now
        if process.exitcode is None:
            process.kill()
            process.join()
        return process.exitcode or 0


def _serve(pipe: Connection, work: Work[Any, Any]) -> None:
    """What a process does: it works on what comes through *pipe*, until that is closed."""
    _prepare()
    with suppress(EOFError, ConnectionError):
        pipe.send(None)
        while True:
            tasks = pipe.recv()
            try:
                made = (True, work(tasks))
            except Exception as e:  # it is raised where the result is waited for
                made = (False, e)
            try:
                pipe.send(made)
            except (AttributeError, TypeError, ValueError, PicklingError) as e:  # nothing of it was sent
                pipe.send((False, TypeError(f"{type(made[1]).__name__} cannot be sent to another process: {e}")))


def _prepare() -> None:
    """Make a process end with its parent, however that ends, and leave Ctrl-C to it."""
    import os
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    Thread(target=watch, daemon=True).start()
