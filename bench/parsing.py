"""Parsing in the library: speed and memory beside a plain loop, and how the time grows with the length."""

from __future__ import annotations

import json
import statistics
import tempfile
from pathlib import Path

from bench.figures import Figure, at_least, at_most
from bench.measure import in_process
from bench.records import HOSTILE, stenographic

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
    opened = megabytes / statistics.median(run["read"] for run in loop)
    bytes_ = megabytes * 1e6
    peak, peak_loop = (max(run["peak"] for run in runs) / bytes_ for runs in (ours, loop))
    what = f"{megabytes:.0f} MB of 速記録"
    turns = f"{ours[0]['turns']:.0f} turns; the loop finds {loop[0]['turns']:.0f}"
    beside = f"split-at-the-mark loop {megabytes / plain:.0f} MB/s, {seconds / plain:.1f} times ours; {turns}"
    return [
        at_least(f"parse {what} (library, one core)", megabytes / seconds, "MB/s", beside, 10,
                 baseline_value=megabytes / plain),
        at_least(f"read {what} (bytes, decoding, SHA-256, lines)", megabytes / reading, "MB/s",
                 f"open().read() {opened:.0f} MB/s", None, baseline_value=opened),
        at_most(f"peak memory of parsing {what}, by input", peak, "times", f"the loop {peak_loop:.1f} times", 12,
                baseline_value=peak_loop),
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
    return [at_most("parsing time per megabyte, 8 MB against 1 MB", ratio, "times", "1 MB in the same run", 1.3)]


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
    name = f"hostile texts ({len(ratios)}), parsing time for 4 times the length, the worst"
    return [at_most(name, ratios[worst], "times", f"the same text at a quarter of the length; worst: {worst}", 6)]
