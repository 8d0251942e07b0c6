"""One input after the other under a limit of time: what fails is counted, and written down once for each fault."""

from __future__ import annotations

import hashlib
import signal
import sys
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path
from types import FrameType

from fuzz.targets import Target

FINDS = Path(__file__).resolve().parent / "finds"
SECONDS = 10.0
"""What one input may take, in seconds of CPU, with one more for every 2,000 bytes."""
#: Of one fault so many inputs are kept.
_KEPT = 3


class Hang(BaseException):
    """An input takes too long. Not an Exception, so that no handler on the way takes it for one of its own."""


class Watch:
    """Runs inputs through a target and keeps count."""

    def __init__(self, name: str, target: Target, seconds: float = SECONDS) -> None:
        self.inputs = 0
        self.slowest = 0.0
        self.faults: Counter[str] = Counter()
        self._name, self._target, self._seconds = name, target, seconds
        self._started = time.monotonic()
        self._cpu = time.process_time()
        warnings.simplefilter("error", FutureWarning)  # on stderr of users it would be noise, and about their patterns
        # CPU time of this process: a busy machine makes no hang.
        signal.signal(signal.SIGPROF, _stop)

    def try_one(self, data: bytes) -> None:
        """Run one input; a fault is written down, never raised."""
        data = data[: self._target.most]
        before = time.process_time()
        try:
            signal.setitimer(signal.ITIMER_PROF, self._seconds + len(data) / 2000)
            try:
                self._target.run(data)
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
        except (Exception, Hang) as e:
            self._keep(data, e)
        self.inputs += 1
        self.slowest = max(self.slowest, time.process_time() - before)

    def report(self) -> str:
        """What was done so far, in one line, and one line more for every fault."""
        wall, cpu = time.monotonic() - self._started, time.process_time() - self._cpu
        lines = [
            f"{self._name}: {self.inputs:,} inputs, {self.inputs / max(cpu, 0.001):,.0f} a second of CPU, "
            f"{wall / 60:.1f} min ({cpu / 60:.1f} min CPU), slowest {self.slowest:.2f} s, "
            f"{len(self.faults)} different faults"
        ]
        lines += [f"  {count} x {fault}" for fault, count in self.faults.most_common()]
        return "\n".join(lines)

    def _keep(self, data: bytes, error: BaseException) -> None:
        fault = _signature(error)
        self.faults[fault] += 1
        if self.faults[fault] > _KEPT:
            return
        folder = FINDS / self._name
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / hashlib.sha256(data).hexdigest()[:16]
        path.with_suffix(".input").write_bytes(data)
        path.with_suffix(".txt").write_text("".join(traceback.format_exception(error)), errors="backslashreplace")
        print(f"{self._name}: {fault}\n  {path}.input", file=sys.stderr, flush=True)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Hang("takes too long")


def _signature(error: BaseException) -> str:
    """What tells one fault from another: its sort and the innermost place in the code that is tried."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "minutes_cli" in frame.filename]
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno} {frames[-1].name}" if frames else "the property"
    if isinstance(error, Hang):
        place = "minutes_cli" if not frames else f"{Path(frames[0].filename).name} {frames[0].name}"
    words = str(error).splitlines()[0][:100] if frames == [] and str(error) else ""
    return f"{type(error).__name__} in {place}" + (f": {words}" if words else "")
