"""Half a minute of hostile inputs for each target of `python -m fuzz`; `make fuzz` takes half an hour for each."""

from __future__ import annotations

import subprocess
import sys

from fuzz.__main__ import NAMES

from bench.figures import Figure, no_more_than
from bench.measure import ROOT, environment, last_line

_MINUTES = 0.5


def fuzzing() -> list[Figure]:
    """How many targets met something that must not be."""
    figures = []
    for target in NAMES:
        command = [sys.executable, "-m", "fuzz", target, "--plain", "--minutes", str(_MINUTES)]
        run = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
        words = last_line(run.stdout if run.returncode in (0, 1) else run.stderr)
        figures.append(no_more_than(f"hostile inputs to {target}: fails", int(run.returncode != 0), "", words))
    return figures
