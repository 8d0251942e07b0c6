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
from typing import NamedTuple

from bench.figures import Figure, at_least
from bench.records import CORPUS
from bench.shared import data

RATES = (0.005, 0.01, 0.03)
#: Only so much alike, and of these only the nearest, are taken for each other.
ALIKE, NEAREST = 0.75, 5
#: Characters a page.
PAGE = 6000
#: Of the Diet records every so many-th is taken: about a minute.
_EVERY = 10


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


class Found(NamedTuple):
    """What normalizing finds of so many slips: those it corrects rightly, and all that it changes."""

    planted: int
    right: int
    changed: int

    @property
    def precision(self) -> float:
        """The part of what is changed that is right."""
        return self.right / max(1, self.changed)

    @property
    def recall(self) -> float:
        """The part of the slips that is corrected."""
        return self.right / max(1, self.planted)

    @property
    def score(self) -> float:
        """F0.5: precision counts twice as much."""
        return 1.25 * self.precision * self.recall / max(1e-9, 0.25 * self.precision + self.recall)


def tried(text: str, rate: float, table: Mapping[str, Sequence[str]], seed: int = 1) -> Found:
    """Plant slips into every page of *text* and normalize it with the channel on."""
    from minutes_cli.ingest.text import from_text
    from minutes_cli.normalize import Settings, normalize

    settings = Settings(channel=True)
    slips = right = changed = 0
    for number, page in enumerate(text[i : i + PAGE] for i in range(0, len(text), PAGE)):
        slipped = plant(page, rate, table, seed + number)
        slips += sum(a != b for a, b in zip(page, slipped, strict=True))
        for edit in normalize(from_text(slipped), settings).view.edits:
            good = page[edit.span.start : edit.span.end] == edit.after
            right += good
            changed += edit.before != edit.after
    return Found(slips, right, changed)


def planted() -> list[Figure]:
    """Slips in the corpus by our own table of look-alikes; where they are, in Diet records by a table of others."""
    corpus = "".join(path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*/record.txt")))
    sets = [("the corpus", corpus, nearest(alike_by_meant()), (None, None, None))]
    if real := data("ocr/glyph_similarity.json", "diet"):
        text = "".join(path.read_text(encoding="utf-8") for path in sorted(real[1].glob("*.txt"))[::_EVERY])
        alike = json.loads(real[0].read_text(encoding="utf-8"))
        sets.append(("Diet records", text, nearest(alike), (0.99, 0.85, 0.96)))
    figures: list[Figure] = []
    for name, text, table, limits in sets:
        for rate in RATES:
            found = tried(text, rate, table)
            beside = f"{found.planted} planted into {len(text):,} characters, {found.changed} corrected"
            values = (("precision", found.precision), ("recall", found.recall), ("F0.5", found.score))
            for (what, value), limit in zip(values, limits, strict=True):
                figures.append(at_least(f"{rate:.1%} look-alike slips in {name}: {what}", value, "", beside, limit,
                                        steady=True))  # fmt: skip
    return figures


def main() -> int:
    """Print a line for each rate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--table", type=Path, required=True)
    parser.add_argument("--rates", type=float, nargs="+", default=RATES)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    table = nearest(json.loads(options.table.read_text(encoding="utf-8")))
    text = "".join(path.read_text(encoding="utf-8") for path in options.files)
    for rate in options.rates:
        found = tried(text, rate, table, options.seed)
        print(
            f"{rate:.1%} of {len(text):,} characters: {found.planted} planted, {found.changed} corrected, "
            f"precision {found.precision:.4f}, recall {found.recall:.4f}, F0.5 {found.score:.4f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
