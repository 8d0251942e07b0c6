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

from minutes_cli.ingest.text import from_text
from minutes_cli.lexicon.words import cut, is_content
from minutes_cli.parse import parse
from minutes_cli.summarize.analysis import analyse
from minutes_cli.summarize.model import By
from minutes_cli.summarize.summary import Length, summarize


def main(path: Path) -> int:
    """Print a line for each half."""
    items = [item for item in json.loads(path.read_text(encoding="utf-8")) if item.get("Source")]
    figures = [_figures(item) for item in items]
    half = len(items) // 2
    for name, part in (("tuning", figures[:half]), ("checking", figures[half:]), ("all", figures)):
        recall = sum(one for one, _ in part) / len(part)
        length = sum(one for _, one in part) / len(part)
        print(f"{name:9} {len(part)} speeches: ROUGE-1 recall {recall:.4f}, length {length:.3f} of the limit")
    return 0


def _figures(item: dict[str, str]) -> tuple[float, float]:
    """Recall, and the length of what is shown as a part of the limit."""
    limit = int(re.findall(r"\d+", item["Length"])[0])
    sentences = [line.strip() for line in re.split(r"\\n|\n", item["Source"]) if line.strip()]
    analysis = analyse(parse(from_text("○山田太郎君　" + "\n　".join(sentences) + "\n", "speech.txt")))
    quotes = summarize([analysis], By.SPEAKER, Length(characters=limit)).groups[0].sentences
    shown = "".join(quote.text for quote in quotes)
    wanted = _words(re.sub(r"〔\d+〕", "", item["Summary"]))
    return (_words(shown[:limit]) & wanted).total() / max(1, wanted.total()), len(shown) / limit


def _words(text: str) -> Counter[str]:
    return Counter(m.form for line in text.split("\n") for m in cut(line).morphemes() if is_content(m.pos))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
