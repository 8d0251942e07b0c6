"""A limit of time for matching, since a regular expression can backtrack without end."""

from __future__ import annotations

import time
from collections.abc import Iterator
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

    A limit inside another one ends with it at the latest. Where the system has no timers for that (Windows), or
    outside the main thread, there is no limit.
    """
    import signal
    import threading

    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    started = time.monotonic()
    outer = signal.getitimer(signal.ITIMER_REAL)[0]  # what is left of the limit around this one; 0 without
    most = seconds + characters / 1e6
    if outer:
        most = min(most, outer)

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlowError(
            f"{path}: the pattern takes longer than {most:.0f} s here; repeats inside repeats such as (a+)+ backtrack "
            "without end, so write it without them"
        )

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, most)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if outer:
            signal.setitimer(signal.ITIMER_REAL, max(outer - (time.monotonic() - started), 0.001))
