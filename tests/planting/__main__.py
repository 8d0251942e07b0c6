"""`python -m tests.planting [--seed 1] [--faults 200] [--list] [FOLDER…]`: exit 1 where too little is found."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from .plant import PLANTERS, clean_records, faults, judged, options, passed, report, rows

_CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def main() -> int:
    """Plant faults into clean records and say what is found."""
    parser = argparse.ArgumentParser(prog="python -m tests.planting", description=main.__doc__)
    parser.add_argument("folders", nargs="*", help="folders of clean records (default: corpus)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=int, default=200)
    parser.add_argument("--rule", action="append", help="plant faults of this rule alone")
    parser.add_argument("--list", action="store_true", help="every fault, and what was found of it")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        written = rows()
        names = [row.name for row in written]
        if unwritten := [name for name in PLANTERS if name not in names]:
            print("not written yet:", ", ".join(unwritten), file=sys.stderr)
        wanted = options(Path(folder))
        records = clean_records(asked.folders or sorted(map(str, _CORPUS.glob("*/record.*"))), written, wanted)
        planted = faults(records, asked.faults, asked.seed, asked.rule or names)
        outcomes = [judged(clean, fault, written) for clean, fault in planted]
    print(report(outcomes, each=asked.list))
    return 0 if passed(outcomes) else 1


sys.exit(main())
