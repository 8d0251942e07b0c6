"""CPU time of whole commands beside a Typer program with two commands, all of them in turns in the same rounds."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.figures import Figure, at_most, failed
from bench.records import CORPUS
from bench.timing import MINUTES, TYPER, Command, Runs, in_rounds

#: What is started, with what words, and how many times a Typer program it may cost.
_COMMANDS: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("minutes --version", ("--version",), 1.3),
    ("a small literal grep", ("grep", "-F", "会議", str(CORPUS / "circle-below" / "record.txt")), 1.7),
    ("parse of a small record", ("parse", str(CORPUS / "circle-below" / "record.txt")), 2.2),
)
_TYPER, _BARE = "two-command Typer program", "python -c pass"


def start_up(rounds: int = 11) -> list[Figure]:
    """How many times the Typer program each command costs: medians of the ratios of the rounds."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "program.py"
        program.write_text(TYPER, encoding="utf-8")
        commands = {
            _TYPER: Command((sys.executable, str(program), "one")),
            _BARE: Command((sys.executable, "-c", "pass")),
            **{name: Command((*MINUTES, *words)) for name, words, _ in _COMMANDS},
        }
        runs = in_rounds(commands, rounds)
    beside = f"{_TYPER} {_ms(runs[_TYPER])}, {_BARE} {_ms(runs[_BARE])}"
    figures = []
    for name, _, limit in _COMMANDS:
        if runs[name].output:
            times = runs[name].times_cpu(runs[_TYPER])
            words = f"{_ms(runs[name])}; {beside}"
            figures.append(at_most(f"CPU of {name}, beside a Typer program", times, "times", words, limit))
        else:
            figures.append(failed(f"CPU of {name}, beside a Typer program", "it printed nothing"))
    return figures


def _ms(runs: Runs) -> str:
    return f"{runs.median_cpu * 1000:.0f} ms"


if __name__ == "__main__":
    from bench.figures import report

    print(report(start_up()))
