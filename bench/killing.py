"""SIGKILL in the middle of a run of `minutes`: what the tests of kills share."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

from bench.measure import ROOT, environment, last_line

#: Seconds within which the other processes of a killed run must have gone.
_PATIENCE = 10.0


class Fault(Exception):
    """Something that must hold after a kill does not."""


def command(*words: str) -> list[str]:
    """``minutes`` with *words*."""
    return [sys.executable, "-m", "minutes_cli", *words]


def run(words: list[str]) -> tuple[int, bytes]:
    """Exit code and output of ``minutes`` with *words*. Raises Fault where it ends with an error."""
    done = subprocess.run(command(*words), cwd=ROOT, env=environment(), capture_output=True, check=False)
    if done.returncode == 2:
        raise Fault(f"minutes {words[0]}: {last_line(done.stderr.decode(errors='replace'))}")
    return done.returncode, done.stdout


def killed(words: list[str], after: float) -> bool:
    """Run ``minutes`` with *words* and kill it after so many seconds; False where it had ended by then.

    Its children are not killed: they must notice. Raises Fault when one of them lives on.
    """
    process = subprocess.Popen(
        command(*words),
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(after)
        return False
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    until = time.monotonic() + _PATIENCE
    while _lives(process.pid):
        if time.monotonic() > until:
            os.killpg(process.pid, signal.SIGKILL)
            raise Fault("a process of the killed run lives on")
        time.sleep(0.05)
    return True


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
