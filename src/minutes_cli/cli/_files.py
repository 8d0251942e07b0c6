"""One function over many files: a bad file never stops the others and never goes unmentioned."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

from minutes_cli.cli._print import Progress, message
from minutes_cli.errors import MinutesError, OutputError, UsageError
from minutes_cli.ingest import STDIN, find

Record = TypeVar("Record")
Result = TypeVar("Result")
#: Sudachi gains nothing from more threads than two beside one that reads: the rest of the work takes turns.
_THREADS, _AHEAD = 2, 4


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
        below = len(os.path.join(path, "")) if os.path.isdir(path) else 0
        for file in find([path], faults.append):
            several = several or file != path
            relative = file[below:] if below else os.path.basename(file)
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


def for_each(inputs: Inputs, work: Callable[[Input], None], *, debug: bool, progress: bool = True) -> int:
    """Do *work* for every input; return the exit code: 0, or 2 when any of them failed.

    Only OutputError (nothing can be written any more) and BrokenPipeError end it early.
    """
    tally = Tally(inputs.errors)
    for _ in worked(inputs, work, tally, debug=debug, progress=progress):
        pass
    return 2 if tally.faults else 0


def worked(
    inputs: Inputs, work: Callable[[Input], Result], tally: Tally, *, debug: bool, progress: bool = True
) -> Iterator[tuple[Input, Result]]:
    """What *work* makes of every input, in order; failures are mentioned and counted in *tally*.

    Only OutputError (nothing can be written any more) and BrokenPipeError end it early.
    """
    bar = Progress(len(inputs.files), wanted=progress)
    for number, file in enumerate(inputs.files, 1):
        bar.at(number, file.path)
        with _mentioned(file, tally, bar, debug=debug) as done:
            done.append(work(file))
        for made in done:
            yield file, made
    bar.clear()


def worked_ahead(
    inputs: Inputs,
    read: Callable[[Input], Record],
    work: Callable[[Record], Result],
    tally: Tally,
    *,
    debug: bool,
) -> Iterator[tuple[Input, Result]]:
    """As :func:`worked`, with *work* done on what *read* gives; it runs on threads, while the next file is read.

    It pays for work that lets go of the interpreter, as Sudachi does. No more than a few records are on their way.
    """
    from collections import deque
    from concurrent.futures import Future, ThreadPoolExecutor

    bar = Progress(len(inputs.files))
    waiting: deque[tuple[Input, Future[Result]]] = deque()

    def finish() -> Iterator[tuple[Input, Result]]:
        file, future = waiting.popleft()
        with _mentioned(file, tally, bar, debug=debug) as done:
            done.append(future.result())
        for made in done:
            yield file, made

    with ThreadPoolExecutor(_THREADS) as pool:
        for number, file in enumerate(inputs.files, 1):
            bar.at(number, file.path)
            with _mentioned(file, tally, bar, debug=debug):
                waiting.append((file, pool.submit(work, read(file))))
            if len(waiting) > _AHEAD:
                yield from finish()
        while waiting:
            yield from finish()
    bar.clear()


@contextmanager
def _mentioned(file: Input, tally: Tally, bar: Progress, *, debug: bool) -> Iterator[list[Any]]:
    """A place for the result of work on *file*; a failure is mentioned and counted, and leaves the place empty."""
    try:
        yield []
    except (OutputError, BrokenPipeError):
        bar.clear()
        raise
    except MinutesError as e:
        bar.clear()
        tally.mention(str(e))
    except Exception as e:  # a fault of ours in one record must not cost the user the others
        bar.clear()
        tally.mention(f"{file.path}: {internal_error(e, debug)}")


def internal_error(error: Exception, debug: bool) -> str:
    """One line about a fault of ours, with where it happened; with *debug* the traceback goes to stderr."""
    import traceback  # little of what a search loads is needed for more than this

    if debug:
        traceback.print_exception(error, file=sys.stderr)
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
    more = "" if debug else "; --debug shows more"
    return f"internal error: {type(error).__name__}: {error}{place}; please report it with the record{more}"
