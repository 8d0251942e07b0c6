"""Plant slips into correct text: characters replaced by others that look alike, so many of a hundred.

    python -m bench.planted --table FILE TEXT...

measures what normalizing finds of them, at rates of 0.5, 1 and 3 percent. FILE is JSON: for each character what looks
like it with how much, ``{"間": [["問", 0.98], …], …}``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

RATES = (0.005, 0.01, 0.03)
#: Only so much alike, and of these only the nearest, are taken for each other.
ALIKE, NEAREST = 0.75, 5
#: Characters a page.
PAGE = 6000


def plant(text: str, rate: float, table: Mapping[str, Sequence[str]], seed: int) -> str:
    """*text* with *rate* of its characters replaced by one of those that *table* names; the same length."""
    rng = random.Random(seed)
    return "".join(rng.choice(table[c]) if c in table and rng.random() < rate else c for c in text)


def nearest(alike: Mapping[str, Sequence[tuple[str, float]]]) -> dict[str, list[str]]:
    """For each kana and kanji the others that it may be taken for."""
    from minutes_cli.normalize.channel.alphabet import is_japanese

    table = {}
    for character, row in alike.items():
        others = [other for other, share in row if share >= ALIKE and is_japanese(other)][:NEAREST]
        if is_japanese(character) and others:
            table[character] = others
    return table


def alike_by_meant() -> dict[str, list[tuple[str, float]]]:
    """Our own table of look-alikes turned round: for each character what it may be read as, most alike first."""
    from minutes_cli.normalize.channel.lookalikes import table

    alike: dict[str, list[tuple[str, float]]] = {}
    for seen, (meant, shares) in table().items():
        for character, share in zip(meant, shares, strict=True):
            alike.setdefault(character, []).append((seen, share / 100))
    return {character: sorted(row, key=lambda other: -other[1]) for character, row in alike.items()}


def main() -> int:
    from minutes_cli.ingest.text import from_text
    from minutes_cli.normalize import Settings, normalize

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--table", type=Path, required=True)
    parser.add_argument("--rates", type=float, nargs="+", default=RATES)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    table = nearest(json.loads(options.table.read_text(encoding="utf-8")))
    text = "".join(path.read_text(encoding="utf-8") for path in options.files)
    pages = [text[i : i + PAGE] for i in range(0, len(text), PAGE)]
    settings = Settings(channel=True)
    for rate in options.rates:
        planted = right = changed = 0
        for number, page in enumerate(pages):
            slipped = plant(page, rate, table, options.seed + number)
            planted += sum(a != b for a, b in zip(page, slipped, strict=True))
            for edit in normalize(from_text(slipped), settings).view.edits:
                good = page[edit.span.start : edit.span.end] == edit.after
                right += good
                changed += edit.before != edit.after
        precision, recall = right / max(1, changed), right / max(1, planted)
        score = 1.25 * precision * recall / max(1e-9, 0.25 * precision + recall)
        print(
            f"{rate:.1%} of {len(text):,} characters: {planted} planted, {changed} corrected, "
            f"precision {precision:.4f}, recall {recall:.4f}, F0.5 {score:.4f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
