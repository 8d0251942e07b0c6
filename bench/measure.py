"""CPU time and peak memory of small jobs, each in a process of its own."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

_TELL = """
import json as _json, resource
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(_json.dumps({**result, "peak": peak}))
"""
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the report: what was measured, the figure, its baseline in the same run, the limit, whether it holds."""

    name: str
    value: float
    unit: str
    baseline: str
    limit: str
    holds: bool | None  # None: no limit is set

    def as_json(self) -> dict[str, object]:
        """The row for the JSON report."""
        return asdict(self)


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


def in_process(code: str, *args: str) -> dict[str, float]:
    """Run *code* in a fresh interpreter; it prints one JSON object, to which the peak memory (bytes) is added."""
    code += _TELL
    run = subprocess.run(
        [sys.executable, "-c", code, *args], check=True, stdout=subprocess.PIPE, env=environment(), cwd=ROOT, text=True
    )
    return json.loads(run.stdout)
