"""`python -m bench.founding FOLDER`: counts on the five founding documents (000_ … 004_), beside what a reader counts.

Exit 1 when a count differs.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from bench.figures import Figure, exactly
from bench.shared import data, not_here
from minutes_cli.ingest import read
from minutes_cli.model import Document
from minutes_cli.parse import parse

#: What a reader counts in each document, by the beginning of its file name.
EXPECTED: dict[str, dict[str, Any]] = {
    "000": {"kind": "verbatim", "turns": 56, "speakers": 10, "sections": ["開会", "挨拶", "議事", "意見交換"],
            "events": 2, "when": ("2023-11-22", "17:17", "18:23")},
    "001": {"kind": "summary", "turns": 14, "turn kinds": {"statement": 1, "report": 4, "question": 4, "answer": 5}},
    "002": {"kind": "outline", "turns": 21, "number of sections": 4},
    "003": {"kind": "petition", "turns": 0, "sub-items": [3, 2, 2, 2, 2, 3, 3, 2, 2, 5],
            "when": ("2020-09-25", None, None)},
    "004": {"kind": "slides", "turns": 0},
}  # fmt: skip


def counted(document: Document) -> dict[str, Any]:
    """Everything that a row of :data:`EXPECTED` may name."""
    tops = [item for item in document.items if item.parent is None]
    return {
        "kind": document.kind.value,
        "turns": len(document.turns),
        "speakers": len(document.speakers),
        "sections": [section.heading for section in document.sections],
        "number of sections": len(document.sections),
        "events": len(list(document.events_in_order())),
        "turn kinds": dict(Counter(turn.kind.value for turn in document.turns)),
        "sub-items": [sum(item.parent == top.id for item in document.items) for top in tops],
        "when": (document.meeting.date, document.meeting.start, document.meeting.end),
    }


def compared(folder: Path, name: str) -> list[tuple[str, bool]]:
    """A line for every count of the document *name*, and whether it is the reader's."""
    found = counted(parse(read(str(next(folder.glob(f"{name}_*"))))))
    lines = []
    for what, value in EXPECTED[name].items():
        same = found[what] == value
        lines.append((f"{what}: {found[what]}" + ("" if same else f"  WANTED {value}"), same))
    return lines


def founding() -> list[Figure]:
    """How many counts of each document are those of a reader."""
    folder = data("seeds")
    if folder is None:
        return [not_here("counts of the founding documents", "data/seeds")]
    figures = []
    for name in EXPECTED:
        lines = compared(folder[0], name)
        wrong = [line for line, same in lines if not same]
        right, kind = len(lines) - len(wrong), EXPECTED[name]["kind"]
        beside = "; ".join(wrong) or "all as a reader counts"
        figures.append(exactly(f"counts of {name} ({kind})", right, "right", beside, len(lines)))
    return figures


def main() -> int:
    """Count, print, compare."""
    wrong = 0
    for name in EXPECTED:
        for line, same in compared(Path(sys.argv[1]), name):
            wrong += not same
            print(f"{name}  {line}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
