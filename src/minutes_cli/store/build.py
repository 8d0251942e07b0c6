"""Keeping an index up to date with its folder: what changed is read anew, in several processes where it is much."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from functools import partial
from typing import NamedTuple

from minutes_cli.engine import Failure, Outcome, Running, each, grouped, jobs_for, run
from minutes_cli.errors import IngestError
from minutes_cli.ingest import read
from minutes_cli.store.grams import pairs, spelled
from minutes_cli.store.pack import pack
from minutes_cli.store.read import State, is_same
from minutes_cli.store.write import Row, Writer, check_replaceable, create, is_there, lock, remove, replace, usable

#: A file that was last written less than this before it was read may change without its times telling: 2 s on FAT.
_TICK = 2_000_000_000


class Fault(NamedTuple):
    """A file that could not be read into the index, and why, in words for the user; ``trace`` of a fault of ours."""

    path: str
    words: str
    trace: str | None = None


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

    path: str
    name: str


#: In this process, one file after the other, each as long as it takes.
_HERE = Running(1, None)
Step = Callable[[int, int, str], None]
"""Told before each file: its number from 1, how many there are, its path."""


def update(
    path: str,
    folder: str,
    files: Sequence[str],
    *,
    running: Running = _HERE,
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
            return _filled(path, tasks, running, step, fault, rebuilt=False)
        check_replaceable(path)
        new = path + ".new"
        create(new, root, os.path.dirname(os.path.realpath(path)))
        if not there:
            replace(path, new)
            return _filled(path, tasks, running, step, fault, rebuilt=False)
        try:
            summary = _filled(new, tasks, running, step, fault, rebuilt=True)
            replace(path, new)
        finally:
            remove(new)
        return summary


def _filled(
    path: str, tasks: dict[str, str], running: Running, step: Step, fault: Callable[[Fault], None], *, rebuilt: bool
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
        with closing(_rows(todo, running)) as rows:
            for number, task in enumerate(todo, 1):
                step(number, len(todo), task.path)
                row = next(rows)
                if isinstance(row, Failure):
                    writer.remove(task.name)
                    failed.append(Fault(task.path, *row))
                    fault(failed[-1])
                    continue
                writer.put(row)
                changed += task.name in known
                new += task.name not in known
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


def row_of(task: Task) -> Row:
    """Read one file, with what a search by default would make of it, and list its words and pairs of characters.

    Raises IngestError.
    """
    from minutes_cli.lexicon.words import forms
    from minutes_cli.normalize import Fix, Settings, normalize
    from minutes_cli.parse import parse
    from minutes_cli.parse.passages import searchable

    before = time.time_ns()
    try:
        state = os.stat(task.path)
        source = read(task.path)
    except OSError as e:
        raise IngestError(f"{task.path}: cannot be read ({e.strerror or e})") from None
    record = searchable(parse(normalize(source, Settings(ignore=("hint-*",)), Fix.SAFE).view), task.name)
    if state.st_size != len(source.raw):
        before = 0  # it is being written: racy in any case, so that its content decides
    texts = [passage.text for passage in record.passages]
    return Row(
        task.name,
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


def _rows(tasks: Sequence[Task], running: Running) -> Generator[Row | Failure]:
    """The rows of *tasks* in their order, read where *running* says."""
    sizes = [_size(task) for task in tasks]
    jobs = jobs_for(sizes, running)
    groups = grouped(tasks, sizes, jobs, **({} if jobs > 1 else {"most": 1}))
    outcomes: Iterator[Outcome[Task, tuple[Row | Failure, ...]]] = run(
        partial(each, row_of, running), groups, jobs, running
    )
    for outcome in outcomes:
        yield from (outcome.result,) if isinstance(outcome.result, Failure) else outcome.result


def _size(task: Task) -> int:
    try:
        return os.path.getsize(task.path)
    except OSError:
        return 0
