"""Radicals for kanji: fonts of many PDFs give ``⼀`` (U+2F00) where ``一`` (U+4E00) is printed.

Both look the same, and no search finds one for the other. Unicode has the radicals for dictionaries that list them; no
record of a meeting does.
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.lexicon.radicals import KANJI
from minutes_cli.model import Correction, Safety
from minutes_cli.normalize.methods import Settings
from minutes_cli.patterns import lazy

RULE = "radical"

_RUN = lazy(f"[{''.join(KANJI)}]+")


def find(text: str, settings: Settings) -> Iterator[Correction]:
    """Every run of radicals, with the kanji that look like them."""
    for run in _RUN.finditer(text):
        after = "".join(KANJI[character] for character in run[0])
        reason = "radicals that the font of a PDF gives for kanji of the same look"
        yield Correction(run.start(), run.end(), after, RULE, Safety.SAFE, 1.0, reason)
