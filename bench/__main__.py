"""`python -m bench`: all figures as Markdown on stdout and as JSON in bench/out/. Exit 1 when a limit does not hold."""

from __future__ import annotations

import json
import platform
import statistics
import sys
import tempfile
from pathlib import Path

from bench.check_speed import checking
from bench.measure import ROOT, Figure, cpu_seconds, in_process
from bench.normalizing import normalizing
from bench.records import CORPUS, HOSTILE, stenographic
from bench.timing import TYPER

_PARSE = """
import sys, time
from minutes_cli.ingest import read
from minutes_cli.parse import parse
path = sys.argv[1]
start = time.process_time(); source = read(path); middle = time.process_time(); document = parse(source)
end = time.process_time()
result = {"read": middle - start, "parse": end - middle, "turns": len(document.turns)}
"""

_LOOP = """
import sys, time
path = sys.argv[1]
start = time.process_time()
text = open(path, encoding="utf-8").read(); middle = time.process_time()
turns, turn = [], []
for line in text.splitlines():
    if line.startswith(("○", "〇", "◯")):
        turn = []; turns.append(turn)
    turn.append(line)
end = time.process_time()
result = {"read": middle - start, "parse": end - middle, "turns": len(turns)}
"""

_UNIT = """
import sys, json, time
from minutes_cli.ingest.text import from_text
from minutes_cli.parse import parse
unit, size = json.loads(sys.argv[1]), int(sys.argv[2])
source = from_text((unit * (size // len(unit) + 1))[:size])
start = time.process_time(); parse(source)
result = {"parse": time.process_time() - start}
"""


def parsing(size: int) -> list[Figure]:
    """Speed and memory of parsing *size* bytes of 速記録 in one file, beside a plain loop over its lines."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.txt"
        path.write_text(stenographic(size), encoding="utf-8")
        megabytes = path.stat().st_size / 1e6
        ours = [in_process(_PARSE, str(path)) for _ in range(5)]
        loop = [in_process(_LOOP, str(path)) for _ in range(5)]
    seconds = statistics.median(run["parse"] for run in ours)
    reading = statistics.median(run["read"] for run in ours)
    plain = statistics.median(run["parse"] for run in loop)
    peak = max(run["peak"] for run in ours) / (megabytes * 1e6)
    turns = f"{ours[0]['turns']:.0f} turns; the loop finds {loop[0]['turns']:.0f}"
    return [
        Figure(f"parse {megabytes:.0f} MB of 速記録 (library, one core)", megabytes / seconds, "MB/s",
               f"split-at-the-mark loop {megabytes / plain:.0f} MB/s, {seconds / plain:.1f} times ours; {turns}",
               "≥ 10", megabytes / seconds >= 10),
        Figure(f"read {megabytes:.0f} MB (bytes, decoding, SHA-256, lines)", megabytes / reading, "MB/s",
               f"open().read() {megabytes / statistics.median(r['read'] for r in loop):.0f} MB/s", "", None),
        Figure("peak memory of the process, by input", peak, "times",
               f"the loop {max(r['peak'] for r in loop) / (megabytes * 1e6):.1f} times", "≤ 12", peak <= 12),
    ]  # fmt: skip


def linear() -> list[Figure]:
    """Time by length: one megabyte against eight of them."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in (1_000_000, 8_000_000):
            path = Path(folder) / f"{size}.txt"
            path.write_text(stenographic(size), encoding="utf-8")
            rows.append(statistics.median(in_process(_PARSE, str(path))["parse"] for _ in range(5)) / size)
    ratio = rows[1] / rows[0]
    return [
        Figure("time per megabyte, 8 MB against 1 MB", ratio, "times", "1 MB in the same run", "≤ 1.3", ratio <= 1.3)
    ]


def hostile() -> list[Figure]:
    """Time by length on texts that invite backtracking and nested loops: the worst growth from one length to four."""
    ratios = {}
    for name, unit in HOSTILE.items():
        times = []
        for size in (60_000, 240_000):
            runs = [in_process(_UNIT, json.dumps(unit), str(size)) for _ in range(3)]
            times.append(min(run["parse"] for run in runs))
        ratios[name] = times[1] / max(times[0], 0.005)
    worst = max(ratios, key=lambda name: ratios[name])
    return [
        Figure(f"hostile texts ({len(ratios)}), time for 4 times the length, worst: {worst}", ratios[worst], "times",
               "the same text at a quarter of the length", "≤ 6", ratios[worst] <= 6),
    ]  # fmt: skip


def start_up() -> list[Figure]:
    """CPU time of whole commands beside an empty interpreter and a Typer program with two commands."""
    bare = cpu_seconds([sys.executable, "-c", "pass"])
    small = str(CORPUS / "circle-below" / "record.txt")
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "program.py"
        program.write_text(TYPER, encoding="utf-8")
        typer = cpu_seconds([sys.executable, str(program), "one"])
    figures = []
    for name, limit, arguments in (
        ("minutes --version", 1.3, ["--version"]),
        ("minutes parse of a small record", 2.2, ["parse", small]),
    ):
        seconds = cpu_seconds([sys.executable, "-m", "minutes_cli", *arguments])
        baseline = f"two-command Typer program {typer * 1000:.0f} ms, python -c pass {bare * 1000:.0f} ms"
        figures.append(
            Figure(f"{name}, CPU", seconds * 1000, "ms", baseline, f"≤ {limit} × Typer", seconds <= limit * typer)
        )
    return figures


def report(figures: list[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = ["| what | figure | baseline in the same run | limit | holds |", "|---|---|---|---|---|"]
    for f in figures:
        verdict = "" if f.holds is None else "yes" if f.holds else "NO"
        lines.append(f"| {f.name} | {f.value:.1f} {f.unit} | {f.baseline} | {f.limit} | {verdict} |")
    return "\n".join(lines)


def main() -> int:
    """Measure, print, write the JSON; 1 when a limit does not hold."""
    figures = [*parsing(10_000_000), *linear(), *hostile(), *normalizing(), *checking(), *start_up()]
    machine = (
        f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}, {platform.system()}"
    )
    print(f"{machine}\n\n{report(figures)}")
    out = ROOT / "bench" / "out"
    out.mkdir(exist_ok=True)
    data = {"machine": machine, "figures": [f.as_json() for f in figures]}
    (out / "figures.json").write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return int(any(f.holds is False for f in figures))


if __name__ == "__main__":
    sys.exit(main())
