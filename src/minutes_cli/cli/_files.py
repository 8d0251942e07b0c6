"""One function over many files: a bad file never stops the others and never goes unmentioned."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from typing import Any, NamedTuple, TypeVar

from minutes_cli.cli._print import Progress, message
from minutes_cli.engine import Failure, Outcome, Running, attempt, each, grouped, jobs_for, run
from minutes_cli.errors import MinutesError, UsageError
from minutes_cli.ingest import STDIN, find

Result = TypeVar("Result")
#: In this process, one file after the other, each as long as it takes.
HERE = Running(1, None)
_REPORT, _MORE = "; please report it with the record", "; --debug shows more"


class Input(NamedTuple):
    """One record to read. ``relative`` is its path below the folder that was given, for output folders."""

    path: str
    relative: str


class Inputs(NamedTuple):
    """What the command line asks for. ``several``: also a folder or pattern with one record."""

    files: tuple[Input, ...]
    several: bool
    errors: tuple[str, ...] = ()

    @property
    def faults(self) -> int:
        """How many of the paths name nothing that can be read."""
        return len(self.errors)


def gather(paths: Sequence[str]) -> Inputs:
    """Find the files behind *paths* and mention each fault; stdin when nothing was given but is piped in.

    Raises UsageError when there is nothing to read.
    """
    if not paths:
        paths = [_piped_stdin()]
    files: list[Input] = []
    faults: list[MinutesError] = []
    several = len(paths) > 1
    for path in paths:
        top = os.path.join(path, "") if os.path.isdir(path) or "://" in path else None
        for file in find([path], faults.append):
            several = several or file != path
            relative = file[len(top) :] if top and file.startswith(top) else os.path.basename(file)
            files.append(Input(file, "stdin" if file == STDIN else relative))
    for fault in faults:
        message(str(fault))
    return Inputs(tuple(files), several, tuple(str(fault) for fault in faults))


def _piped_stdin() -> str:
    """``-`` where something is piped in; a terminal or /dev/null would wait for ever or give nothing."""
    hint = "no FILE given; name files or folders, or pipe a record in (see minutes --help)"
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (AttributeError, OSError, ValueError):
        raise UsageError(hint) from None
    if stat.S_ISCHR(mode):
        raise UsageError(hint)
    return STDIN


class Tally:
    """What could not be worked on, each in one line; whether there is any decides the exit code."""

    def __init__(self, errors: Iterable[str] = ()) -> None:
        self.errors = list(errors)

    @property
    def faults(self) -> int:
        """How many there are."""
        return len(self.errors)

    def mention(self, error: str) -> None:
        """Count *error*, and say it on stderr."""
        self.errors.append(error)
        message(error)


def for_each(
    inputs: Inputs,
    work: Callable[[Input], Result],
    use: Callable[[Input, Result], None] | None = None,
    *,
    debug: bool,
    running: Running = HERE,
    progress: bool = True,
) -> int:
    """Do *work* for every input where *running* says, and *use* here what it makes, in order; return the exit code.

    It is 0, or 2 when any of them failed. Only OutputError (nothing can be written any more) and BrokenPipeError end
    it early.
    """
    tally = Tally(inputs.errors)
    with closing(worked(inputs, work, tally, debug=debug, running=running, progress=progress)) as done:
        for file, made in done:
            if use is not None:
                used = attempt(lambda _, file=file, made=made: use(file, made), file, HERE)  # type: ignore[misc]
                if isinstance(used, Failure):
                    mention(tally, used, debug=debug)
    return 2 if tally.faults else 0


def worked(
    inputs: Inputs,
    work: Callable[[Input], Result],
    tally: Tally,
    *,
    debug: bool,
    running: Running = HERE,
    progress: bool = True,
    task: Callable[[Input], Any] | None = None,
) -> Generator[tuple[Input, Result]]:
    """What *work* makes of every input, in order; failures are mentioned and counted in *tally*.

    *work* is done where *running* says, so it must be picklable unless that is here. What it is given is the input, or
    what *task* makes of it here, before anything is read: a Task of the engine. Only OutputError (nothing can be
    written any more) and BrokenPipeError end it early.
    """
    bar = Progress(len(inputs.files), wanted=progress)
    tasks = inputs.files if task is None else tuple(map(task, inputs.files))
    if running == HERE:
        outcomes = _done_here(tasks, work, bar)
    else:
        outcomes = _done_there(tasks, [size_of(file) for file in inputs.files], work, running, bar)
    with closing(outcomes):
        try:
            for file, made in zip(inputs.files, outcomes, strict=True):
                if isinstance(made, Failure):
                    bar.clear()
                    mention(tally, made, debug=debug)
                else:
                    yield file, made
        finally:
            bar.clear()


def _done_here(tasks: Sequence[Any], work: Callable[[Any], Result], bar: Progress) -> Generator[Any]:
    for number, task in enumerate(tasks, 1):
        bar.at(number, task.path)
        yield attempt(work, task, HERE)


def _done_there(
    tasks: Sequence[Any], sizes: Sequence[int], work: Callable[[Any], Result], running: Running, bar: Progress
) -> Generator[Any]:
    if any(task.path == STDIN for task in tasks):  # no other process has it
        running = running._replace(jobs=1, engine=None)
    jobs = jobs_for(sizes, running)
    alone = jobs == 1 and running.engine is None  # one by one, so that each is seen as soon as it is done
    groups = grouped(tasks, sizes, jobs, **({"most": 1} if alone else {}))
    outcomes: Iterator[Outcome[Any, Any]] = run(partial(each, work, running), groups, jobs, running)
    number = 0
    for done, results in outcomes:
        found = (results,) if isinstance(results, Failure) else results
        for task, result in zip(done, found, strict=True):
            number += 1
            bar.at(number, task.path)
            yield result


def size_of(file: Input) -> int:
    """Bytes of the file, 0 where that cannot be told: reading it tells why."""
    if "://" in file.path:
        from minutes_cli.ingest.remote import size_of_remote

        return size_of_remote(file.path)
    try:
        return os.stat(file.path).st_size
    except (OSError, ValueError):
        return 0


def mention(tally: Tally, failure: Failure, *, debug: bool) -> None:
    """Say on stderr what went wrong with a record, and count it; with *debug* also where, if it is a fault of ours."""
    words = failure.words
    if failure.trace is not None:
        if debug:
            sys.stderr.write(failure.trace)
        words += _REPORT + ("" if debug else _MORE)
    tally.mention(words)


def internal_error(error: Exception, debug: bool) -> str:
    """One line about a fault of ours, with where it happened; with *debug* the traceback goes to stderr."""
    import traceback  # little of what a search loads is needed for more than this

    if debug:
        traceback.print_exception(error, file=sys.stderr)
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
    more = "" if debug else _MORE
    return f"internal error: {type(error).__name__}: {error}{place}{_REPORT}{more}"
