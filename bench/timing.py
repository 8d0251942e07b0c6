"""Wall time of whole commands, run in turns so that a machine that changes its speed changes it for all of them."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, NamedTuple

from bench.measure import ROOT, CommandFailed, environment, last_line

#: A Typer program with two commands that do nothing: what a program of this kind takes to start.
TYPER = """
import typer
app = typer.Typer()
@app.command()
def one(name: str = "x"): pass
@app.command()
def two(name: str = "x"): pass
if __name__ == "__main__": app()
"""
_script = Path(sys.executable).with_name("minutes")
#: How users start `minutes`: by the script that was installed beside this Python.
MINUTES: tuple[str, ...] = (str(_script),) if _script.exists() else (sys.executable, "-m", "minutes_cli")


class Command(NamedTuple):
    """A command; ``head``: only the first so many lines of its output are read, as by ``| head -100``."""

    arguments: tuple[str, ...]
    head: int | None = None


class Runs(NamedTuple):
    """What the runs of a command took in seconds, in the order of the rounds, and what the first one printed.

    ``seconds`` on the wall, ``cpu`` of processor time (user and system, children included).
    """

    seconds: tuple[float, ...]
    cpu: tuple[float, ...]
    output: bytes

    @property
    def median(self) -> float:
        """The median of the seconds on the wall."""
        return statistics.median(self.seconds)

    @property
    def median_cpu(self) -> float:
        """The median of the processor time in seconds."""
        return statistics.median(self.cpu)

    def times(self, other: Runs) -> float:
        """How many times as long as *other* on the wall: the median of the ratios of the rounds."""
        return statistics.median(a / b for a, b in zip(self.seconds, other.seconds, strict=True))

    def times_cpu(self, other: Runs) -> float:
        """How many times the processor time of *other*: the median of the ratios of the rounds."""
        return statistics.median(a / b for a, b in zip(self.cpu, other.cpu, strict=True))


class Watched(NamedTuple):
    """A long run: seconds on the wall and of CPU (children included), and the most memory that all held at a time.

    ``peak`` is in bytes; None where there is no /proc.
    """

    seconds: float
    cpu: float
    peak: int | None


class _State(NamedTuple):
    """A process, its parent, its resident pages."""

    pid: int
    parent: int
    pages: int


def in_rounds(commands: Mapping[str, Command], repeat: int = 7) -> dict[str, Runs]:
    """Run every command once to warm up, then all of them *repeat* times, one after the other in each round."""
    outputs = {name: _run(command)[1] for name, command in commands.items()}
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    cpu: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(repeat):
        for name, command in commands.items():
            before = _children_cpu()
            seconds[name].append(_run(command)[0])
            cpu[name].append(_children_cpu() - before)
    return {name: Runs(tuple(seconds[name]), tuple(cpu[name]), outputs[name]) for name in commands}


def watched(arguments: tuple[str, ...]) -> Watched:
    """Run a command and look at its memory, and that of its children, 20 times a second."""
    peak: int | None = None
    with tempfile.TemporaryFile() as errors:
        start, before = time.perf_counter(), _children_cpu()
        process = subprocess.Popen(
            arguments, stdout=subprocess.DEVNULL, stderr=errors, env=environment(), cwd=ROOT
        )  # fmt: skip
        while process.poll() is None:
            held = _held(process.pid)
            peak = held if peak is None or (held is not None and held > peak) else peak
            time.sleep(0.05)
        seconds = time.perf_counter() - start
        _check(arguments, process.returncode, errors)
    return Watched(seconds, _children_cpu() - before, peak)


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(command: Command) -> tuple[float, bytes]:
    """Seconds and output. It goes to a file: grep does less when it sees /dev/null, and a pipe would wait for us."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        if command.head is None:
            code = subprocess.run(
                command.arguments, stdout=output, stderr=errors, env=environment(), cwd=ROOT, check=False
            ).returncode
        else:
            with subprocess.Popen(
                command.arguments, stdout=subprocess.PIPE, stderr=errors, env=environment(), cwd=ROOT
            ) as process:
                subprocess.run(["head", f"-{command.head}"], stdin=process.stdout, stdout=output, check=True)
                if process.stdout:
                    process.stdout.close()  # so that the command gets to know that nobody reads on
                code = process.wait()
        seconds = time.perf_counter() - start
        _check(command.arguments, code, errors, allowed=(0, 1) if command.head is None else (0, 1, 141, -13))
        output.seek(0)
        return seconds, output.read()


def _check(arguments: tuple[str, ...], code: int, errors: IO[bytes], allowed: tuple[int, ...] = (0,)) -> None:
    if code not in allowed:
        errors.seek(0)
        words = last_line(errors.read().decode(errors="replace"))
        raise CommandFailed(f"{Path(arguments[0]).name} {' '.join(arguments[1:3])}: exit {code}: {words}")


def _held(pid: int) -> int | None:
    """Resident memory of the process and all its descendants in bytes; pages that they share count for each."""
    try:
        states = {int(name): state for name in os.listdir("/proc") if name.isdigit() and (state := _state(name))}
    except FileNotFoundError:
        return None
    return sum(state.pages for state in states.values() if _descends(state, pid, states)) * os.sysconf("SC_PAGE_SIZE")


def _descends(state: _State, ancestor: int, states: Mapping[int, _State]) -> bool:
    while state.pid != ancestor:
        if state.parent not in states:
            return False
        state = states[state.parent]
    return True


def _state(name: str) -> _State | None:
    """What /proc says of a process; None when it has ended meanwhile."""
    try:
        stat = Path(f"/proc/{name}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = stat.rpartition(")")[2].split()
    return _State(int(name), int(fields[1]), int(fields[21]))
