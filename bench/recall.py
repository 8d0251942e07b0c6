"""`python -m bench.recall FILE.json`: how much of people's summaries the key sentences hold, by halves of the list.

FILE.json is a list of speeches with ``Source`` (sentences joined by a literal backslash and n), ``Summary`` and
``Length`` (50字以内). What is shown of each speech under `--chars` of that length is cut there, and the part of the
summary's content words that stands in it is counted (ROUGE-1 recall: nouns, verbs and adjectives as Sudachi's mode C
normalizes them). The weights are learnt from the first half (tools/fit_salience.py), so the second one checks them.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from bench.figures import Figure, at_least
from bench.shared import data, not_here
from minutes_cli.ingest.text import from_text
from minutes_cli.lexicon.words import cut, is_content
from minutes_cli.parse import parse
from minutes_cli.summarize.analysis import analyse
from minutes_cli.summarize.model import By
from minutes_cli.summarize.summary import Length, summarize


class Half(NamedTuple):
    """A part of the list: how many speeches, and the means of what :func:`_figures` gives for each."""

    name: str
    speeches: int
    recall: float
    length: float
    last: float


def halves(path: Path) -> list[Half]:
    """The tuning half, the checking half, all."""
    items = [item for item in json.loads(path.read_text(encoding="utf-8")) if item.get("Source")]
    figures = [_figures(item) for item in items]
    half = len(items) // 2
    parts = (("tuning", figures[:half]), ("checking", figures[half:]), ("all", figures))
    return [
        Half(name, len(part), *(sum(column) / len(part) for column in zip(*part, strict=True))) for name, part in parts
    ]


def recall() -> list[Figure]:
    """Of the 300 speeches in ../shared, with the last characters of each speech as the baseline."""
    path = data("summaries/togikai-dev.json")
    if path is None:
        return [not_here("ROUGE-1 recall of summaries", "data/summaries/togikai-dev.json")]
    figures = []
    for half in halves(path[0]):
        limit = 0.45 if half.name == "checking" else None
        beside = f"the speech's last characters {half.last:.4f}; "
        beside += f"{half.speeches} speeches, length {half.length:.3f} of what is asked"
        name = f"ROUGE-1 recall of summaries, {half.name}"
        figures.append(at_least(name, half.recall, "", beside, limit, steady=True))
    return figures


def main(path: Path) -> int:
    """Print a line for each half."""
    for half in halves(path):
        words = f"{half.speeches} speeches: ROUGE-1 recall {half.recall:.4f}"
        print(f"{half.name:9} {words}, length {half.length:.3f} of the limit")
    return 0


def _figures(item: dict[str, str]) -> tuple[float, float, float]:
    """Recall, the length of what is shown as a part of the limit, recall of the last characters of the speech."""
    limit = int(re.findall(r"\d+", item["Length"])[0])
    sentences = [line.strip() for line in re.split(r"\\n|\n", item["Source"]) if line.strip()]
    analysis = analyse(parse(from_text("○山田太郎君　" + "\n　".join(sentences) + "\n", "speech.txt")))
    quotes = summarize([analysis], By.SPEAKER, Length(characters=limit)).groups[0].sentences
    shown = "".join(quote.text for quote in quotes)
    said = "".join(sentences)
    wanted = _words(re.sub(r"〔\d+〕", "", item["Summary"]))
    recalls = [(_words(text) & wanted).total() / max(1, wanted.total()) for text in (shown[:limit], said[-limit:])]
    return recalls[0], len(shown) / limit, recalls[1]


def _words(text: str) -> Counter[str]:
    return Counter(m.form for line in text.split("\n") for m in cut(line).morphemes() if is_content(m.pos))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
