"""A function tried on one task: what goes wrong becomes a Failure, so that it costs no other task."""

from __future__ import annotations

import os
from collections.abc import Callable

from minutes_cli.engine.model import Failure, Job, Result, Running
from minutes_cli.errors import MinutesError, OutputError
from minutes_cli.limit import alarm

__all__ = ["attempt", "each", "failure_of"]


class _OutOfTime(BaseException):
    """No Exception, so that no code which guards itself against faults of its parts keeps it."""


def each(function: Callable[[Job], Result], running: Running, tasks: tuple[Job, ...]) -> tuple[Result | Failure, ...]:
    """What *function* makes of each of *tasks*, or why there is nothing. Raises OutputError and BrokenPipeError.

    With :func:`functools.partial` the first two make a Work.
    """
    return tuple([attempt(function, task, running) for task in tasks])


def attempt(function: Callable[[Job], Result], task: Job, running: Running) -> Result | Failure:
    """What *function* makes of *task*, within the time that *running* gives it. Raises OutputError, BrokenPipeError."""
    try:
        with alarm(running.timeout, _OutOfTime):
            return function(task)
    except (OutputError, BrokenPipeError):
        raise
    except _OutOfTime:
        return Failure(running.words_for_timeout(task.path))
    except MinutesError as e:
        return Failure(str(e))
    except Exception as e:  # a fault of ours in one record must not cost the user the others
        return failure_of(task.path, e)


def failure_of(path: str, error: Exception) -> Failure:
    """A fault of ours while working on *path*: one line that says where it happened, and the traceback."""
    import traceback  # no good run needs it

    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
    words = f"{path}: internal error: {type(error).__name__}: {error}{place}"
    return Failure(" ".join(words.split()), "".join(traceback.format_exception(error)))
