"""Keeping an index up to date with its folder: what changed is read anew, in several processes where it is much."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import NamedTuple

from minutes_cli.errors import MinutesError
from minutes_cli.ingest import read
from minutes_cli.store.grams import pairs, spelled
from minutes_cli.store.pack import pack
from minutes_cli.store.read import State, is_same
from minutes_cli.store.write import Row, Writer, check_replaceable, create, is_there, lock, remove, replace, usable

#: A file that was last written less than this before it was read may change without its times telling: 2 s on FAT.
_TICK = 2_000_000_000
#: Below so many bytes to read a second process costs more than it saves.
_LITTLE = 1_500_000
#: Files handed to each process before the first result is waited for.
_AHEAD = 4


class Fault(NamedTuple):
    """A file that could not be read into the index, and why, in words for the user."""

    path: str
    words: str


class Summary(NamedTuple):
    """What a run did: numbers of records, and the files that could not be read."""

    new: int
    changed: int
    removed: int
    unchanged: int
    faults: tuple[Fault, ...]
    text: int  # bytes of all passages
    rebuilt: bool  # in place of an index that stood there


class Task(NamedTuple):
    """A file to read: where it is, and its path below the root with slashes."""

    file: str
    path: str


Step = Callable[[int, int, str], None]
"""Told before each file: its number from 1, how many there are, its path."""


def update(
    path: str,
    folder: str,
    files: Sequence[str],
    *,
    jobs: int = 1,
    rebuild: bool = False,
    step: Step = lambda number, total, file: None,
    fault: Callable[[Fault], None] = lambda fault: None,
) -> Summary:
    """Make the index at *path* say what the *files*, all below *folder*, say: new, changed and removed ones.

    An index of another version, or any with *rebuild*, is made anew beside the old one, which it then replaces. At
    every moment the file is an index, each of whose records is as it was or as it is. *fault* hears of each file
    that cannot be read, at once; it is then in the index no more. Raises StoreError.
    """
    root = os.path.realpath(folder)
    tasks = {os.path.relpath(file, folder).replace(os.sep, "/"): file for file in files}
    with lock(path):
        there = is_there(path)
        keep = there and not rebuild and usable(path, root)
        if keep:
            return _filled(path, tasks, jobs, step, fault, rebuilt=False)
        check_replaceable(path)
        new = path + ".new"
        create(new, root, os.path.dirname(os.path.realpath(path)))
        if not there:
            replace(path, new)
            return _filled(path, tasks, jobs, step, fault, rebuilt=False)
        try:
            summary = _filled(new, tasks, jobs, step, fault, rebuilt=True)
            replace(path, new)
        finally:
            remove(new)
        return summary


def _filled(
    path: str, tasks: dict[str, str], jobs: int, step: Step, fault: Callable[[Fault], None], *, rebuilt: bool
) -> Summary:
    writer = Writer(path)
    try:
        known = writer.states()
        gone = known.keys() - tasks.keys()
        for name in gone:
            writer.remove(name)
        todo = [Task(file, name) for name, file in tasks.items() if not _kept(writer, name, file, known.get(name))]
        new = changed = 0
        failed: list[Fault] = []
        rows = _rows(todo, jobs)
        for number, task in enumerate(todo, 1):
            step(number, len(todo), task.file)
            row = next(rows)
            if isinstance(row, Fault):
                writer.remove(task.path)
                failed.append(row)
                fault(row)
                continue
            writer.put(row)
            changed += task.path in known
            new += task.path not in known
        writer.commit()
        writer.compact()
        text = writer.text()
        writer.close()
    except BaseException:
        writer.abandon()
        raise
    return Summary(new, changed, len(gone), len(tasks) - len(todo), tuple(failed), text, rebuilt)


def _kept(writer: Writer, name: str, file: str, state: State | None) -> bool:
    """Whether the file is in the index as it is; its times there are brought up to date."""
    if state is None:
        return False
    before = time.time_ns()
    if not is_same(file, state):
        return False
    try:
        now = os.stat(file)
    except OSError:
        return False
    times = (now.st_mtime_ns, now.st_ctime_ns, _is_racy(now, before))
    if times != (state.modified, state.changed, state.racy):
        writer.touch(name, times)
    return True


def _is_racy(file: os.stat_result, read_at: int) -> int:
    return int(max(file.st_mtime_ns, file.st_ctime_ns) > read_at - _TICK)


def row_of(task: Task) -> Row | Fault:
    """Read one file, with what a search by default would make of it, and list its words and pairs of characters."""
    from minutes_cli.lexicon.words import forms
    from minutes_cli.normalize import Fix, Settings, normalize
    from minutes_cli.parse import parse
    from minutes_cli.parse.passages import searchable

    before = time.time_ns()
    try:
        state = os.stat(task.file)
        source = read(task.file)
        record = searchable(parse(normalize(source, Settings(ignore=("hint-*",)), Fix.SAFE).view), task.path)
    except MinutesError as e:
        return Fault(task.file, str(e))
    except OSError as e:
        return Fault(task.file, f"{task.file}: cannot be read ({e.strerror or e})")
    if state.st_size != len(source.raw):
        before = 0  # it is being written: racy in any case, so that its content decides
    texts = [passage.text for passage in record.passages]
    return Row(
        task.path,
        len(source.raw),
        state.st_mtime_ns,
        state.st_ctime_ns,
        _is_racy(state, before),
        source.sha256,
        pack(record),
        pairs(texts),
        [" ".join(map(spelled, found)) for found in forms(texts)],
        sum(len(text.encode()) for text in texts),
    )


def _row_or_fault(task: Task) -> Row | Fault:
    """As :func:`row_of`; a fault of ours in one record must not cost the user the others."""
    try:
        return row_of(task)
    except Exception as e:
        words = f"{task.file}: internal error: {type(e).__name__}: {e}; please report it with the record"
        return Fault(task.file, words)


def _rows(tasks: Sequence[Task], jobs: int) -> Iterator[Row | Fault]:
    """The rows of *tasks* in their order, read here or, where there is much to read, in *jobs* processes."""
    if jobs < 2 or len(tasks) < 2 or sum(map(_size, tasks)) < _LITTLE:
        yield from map(_row_or_fault, tasks)
        return
    todo = deque(tasks)
    while todo:
        ahead: deque[tuple[Task, Future[Row | Fault]]] = deque()
        pool = _pool(jobs)
        try:
            while todo or ahead:
                while todo and len(ahead) < jobs * _AHEAD:
                    ahead.append((todo[0], pool.submit(_row_or_fault, todo[0])))
                    todo.popleft()
                row = ahead[0][1].result()
                ahead.popleft()
                yield row
        except BrokenProcessPool:  # a process was killed, or out of memory: which of the files it was shows alone
            pass
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        yield from (_alone(task) for task, _ in ahead)


def _size(task: Task) -> int:
    try:
        return os.path.getsize(task.file)
    except OSError:
        return 0


def _alone(task: Task) -> Row | Fault:
    pool = _pool(1)
    try:
        return pool.submit(_row_or_fault, task).result()
    except BrokenProcessPool:
        return Fault(task.file, f"{task.file}: the process that read it has died (killed, or out of memory)")
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    from multiprocessing import get_context

    # spawn: the same on every system, and safe where this process has threads.
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start)


def _start() -> None:
    """Make a process end with its parent, however that ends, and leave Ctrl-C to it."""
    import signal
    from multiprocessing import parent_process
    from multiprocessing.connection import wait
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def default_jobs() -> int:
    """As many processes as this one may use cores."""
    with suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
