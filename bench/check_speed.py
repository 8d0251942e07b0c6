"""What checking costs beside parsing, 10 MB, without the rules that need words: `python -m bench.check_speed`.

The records are 速記録 made from the corpus (two thirds) and its long records, said over and over. Parsing means what
`minutes parse` does with a file: read, corrected by the cheap methods, parsed. `--rules` says what each rule costs; a
folder of other records is measured instead of them.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from pathlib import Path

from bench.figures import Figure, at_most
from bench.measure import in_process
from bench.records import CORPUS, stenographic

_RUN = """
import sys, time, json
from collections import Counter
from pathlib import Path
from minutes_cli.check.run import check, understand
from minutes_cli.check.table import rule_of, selected
from minutes_cli.ingest import read
from minutes_cli.normalize import Settings, normalize
from minutes_cli.parse import parse
rows = [row for row in selected() if not row.words]
paths = sorted(Path(sys.argv[1]).glob("*.txt"))
warm = understand(read(str(paths[0])), rows)
check(warm, rows)
parsing = checking = 0.0
rules, found = Counter(), 0
for path in paths:
    start = time.process_time()
    parse(normalize(read(str(path)), Settings(ignore=("hint-*",))).view)
    middle = time.process_time()
    subject = understand(read(str(path)), rows)
    if sys.argv[2] == "rules":
        for row in rows:
            begin = time.process_time()
            found += len(list(rule_of(row).find(subject)))
            rules[row.name] += time.process_time() - begin
    else:
        found += len(check(subject, rows).findings)
    end = time.process_time()
    parsing += middle - start
    checking += end - middle
result = {"parsing": parsing, "checking": checking, "found": found, "rules": dict(rules)}
"""
_LIMIT = 1.5


def _records(folder: Path, size: int) -> float:
    """Write records of about *size* bytes into *folder*; returns how many megabytes they are."""
    each = 100_000
    long = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("long-*/record.txt"))]
    for number in range(max(1, size // each)):
        if number % 3 < 2 or not long:
            text = stenographic(each, seed=number)
        else:
            text = _again(long[number // 3 % len(long)], each)
        (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")
    return sum(path.stat().st_size for path in folder.iterdir()) / 1e6


def _again(text: str, size: int) -> str:
    """*text* with what is said in it repeated until it has *size* bytes: the front matter stands once."""
    at = text.find("\n○", len(text) // 5)
    front, said = text[:at], text[at:]
    return front + said * max(1, (size - len(front.encode())) // max(1, len(said.encode())))


def checking(size: int = 10_000_000) -> list[Figure]:
    """CPU time of checking beside that of parsing in the same run, the median of five."""
    with tempfile.TemporaryDirectory() as folder:
        megabytes = _records(Path(folder), size)
        runs = [in_process(_RUN, folder, "all") for _ in range(5)]
    ratio = statistics.median(run["checking"] / run["parsing"] for run in runs)
    seconds = statistics.median(run["parsing"] for run in runs)
    baseline = f"reading, correcting and parsing {megabytes:.1f} MB {seconds:.2f} s; {runs[0]['found']:.0f} findings"
    return [at_most("check, rules without words, beside parsing", ratio, "times", baseline, _LIMIT)]


def main() -> int:
    """Print the figure, with ``--rules`` what every rule costs for the 10 MB; 1 when the limit does not hold."""
    folders = [word for word in sys.argv[1:] if not word.startswith("-")]
    if folders:
        runs = [in_process(_RUN, folders[0], "all") for _ in range(5)]
        ratios = sorted(run["checking"] / run["parsing"] for run in runs)
        print(f"{folders[0]}: {ratios[2]:.2f} times parsing ({ratios[0]:.2f} to {ratios[-1]:.2f})")
        return 0
    if "--rules" in sys.argv:
        with tempfile.TemporaryDirectory() as folder:
            _records(Path(folder), 10_000_000)
            run = in_process(_RUN, folder, "rules")
        for name, seconds in sorted(run["rules"].items(), key=lambda item: -item[1]):
            print(f"{seconds * 1000:8.1f} ms  {name}")
        print(f"parsing {run['parsing']:.2f} s, checking {run['checking']:.2f} s")
        return 0
    figures = checking()
    print(json.dumps([figure.as_json() for figure in figures], ensure_ascii=False, indent=1))
    return int(any(figure.holds is False for figure in figures))


if __name__ == "__main__":
    raise SystemExit(main())
