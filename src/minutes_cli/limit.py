"""Limits of time for what is done with one record: a regular expression can backtrack without end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from minutes_cli.errors import MinutesError

SECONDS = 10.0
"""What matching in one record may take, with a second more for every million characters."""


class TooSlowError(MinutesError):
    """A pattern takes too long on a record."""


@contextmanager
def limited(path: str, characters: int = 0, seconds: float = SECONDS) -> Iterator[None]:
    """Raise TooSlowError where what is inside takes longer than *seconds* and a second per million *characters*.

    See :func:`alarm` for where there is no limit.
    """

    def too_slow(most: float) -> TooSlowError:
        return TooSlowError(
            f"{path}: the pattern takes longer than {most:.0f} s here; repeats inside repeats such as (a+)+ backtrack "
            "without end, so write it without them"
        )

    with alarm(seconds + characters / 1e6, too_slow):
        yield


@contextmanager
def alarm(seconds: float | None, error: Callable[[float], BaseException]) -> Iterator[None]:
    """Raise what *error* makes, of the seconds that there were, in what is inside when it takes longer than *seconds*.

    A limit inside another one ends with it at the latest. Where the system has no timers for that (Windows), outside
    the main thread, or for None, there is no limit.
    """
    if seconds is None:
        yield
        return
    import signal
    import threading

    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    started = time.monotonic()
    outer = signal.getitimer(signal.ITIMER_REAL)[0]  # what is left of the limit around this one; 0 without
    most = min(seconds, outer) if outer else seconds

    def stop(number: int, frame: FrameType | None) -> None:
        raise error(most)

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, most)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if outer:
            signal.setitimer(signal.ITIMER_REAL, max(outer - (time.monotonic() - started), 0.001))
