"""One function over many files: a bad file never stops the others and never goes unmentioned."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from minutes_cli.cli._print import Progress, message
from minutes_cli.errors import MinutesError, OutputError, UsageError
from minutes_cli.ingest import STDIN, find

Result = TypeVar("Result")


class Input(NamedTuple):
    """One record to read. ``relative`` is its path below the folder that was given, for output folders."""

    path: str
    relative: str


class Inputs(NamedTuple):
    """What the command line asks for. ``several``: also a folder or pattern with one record."""

    files: tuple[Input, ...]
    several: bool
    faults: int


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
    return Inputs(tuple(files), several, len(faults))


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
    """How many inputs could not be worked on: what the exit code says."""

    def __init__(self, faults: int = 0) -> None:
        self.faults = faults


def for_each(inputs: Inputs, work: Callable[[Input], None], *, debug: bool, progress: bool = True) -> int:
    """Do *work* for every input; return the exit code: 0, or 2 when any of them failed.

    Only OutputError (nothing can be written any more) and BrokenPipeError end it early.
    """
    tally = Tally(inputs.faults)
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
        try:
            made = work(file)
        except (OutputError, BrokenPipeError):
            bar.clear()
            raise
        except MinutesError as e:
            bar.clear()
            tally.faults += 1
            message(str(e))
            continue
        except Exception as e:  # a fault of ours in one record must not cost the user the others
            bar.clear()
            tally.faults += 1
            message(f"{file.path}: {internal_error(e, debug)}")
            continue
        yield file, made
    bar.clear()


def internal_error(error: Exception, debug: bool) -> str:
    """One line about a fault of ours, with where it happened; with *debug* the traceback goes to stderr."""
    import traceback  # little of what a search loads is needed for more than this

    if debug:
        traceback.print_exception(error, file=sys.stderr)
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
    more = "" if debug else "; --debug shows more"
    return f"internal error: {type(error).__name__}: {error}{place}; please report it with the record{more}"
