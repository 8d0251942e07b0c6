"""CPU time and peak memory of small jobs, each in a process of its own."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

_TELL = """
import json as _json, resource
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(_json.dumps({**result, "peak": peak}))
"""
ROOT = Path(__file__).resolve().parent.parent


class CommandFailed(Exception):
    """A measured command ended with an error: its figure cannot hold."""


def environment() -> dict[str, str]:
    """The environment without what slows Python down: unbuffered output, modules compiled anew at every start."""
    return {k: v for k, v in os.environ.items() if k not in ("PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE")}


def cpu_seconds(command: list[str], repeat: int = 7) -> float:
    """Median CPU time (user and system) of a whole process in seconds."""
    times = []
    for _ in range(repeat):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment(), cwd=ROOT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times)


def in_process(code: str, *args: str) -> dict[str, Any]:
    """Run *code* in a fresh interpreter; it prints one JSON object, to which the peak memory (bytes) is added.

    Raises CommandFailed with the last line of what it said when it ends with an error.
    """
    code += _TELL
    run = subprocess.run(
        [sys.executable, "-c", code, *args], capture_output=True, env=environment(), cwd=ROOT, text=True
    )
    if run.returncode:
        raise CommandFailed(f"exit {run.returncode}: {last_line(run.stderr)}")
    return json.loads(run.stdout)


def last_line(text: str) -> str:
    """What a program said last: of a traceback the error."""
    return text.strip().rpartition("\n")[2][:200]
