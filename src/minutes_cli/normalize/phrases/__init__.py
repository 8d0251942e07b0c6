"""Phrase rules: set phrases of meetings that are known to come out broken, and the user's own rules.

Each rule names literals of which one must stand where it matches. All of them are looked for at once; only rules that
something is found for are tried, and only there. Most records hold none: for those not even the rules are loaded.
"""

from __future__ import annotations

import os.path
from collections.abc import Iterable
from functools import cache

from minutes_cli.model import Correction
from minutes_cli.normalize.methods import Settings
from minutes_cli.normalize.phrases.sieve import Search

__all__ = ["LITERALS", "REACH", "find"]

#: How far from its literal a match, and what its pattern looks at, may reach, in characters.
REACH = 100

#: The literals of the rules that come with minutes, one a line.
LITERALS = os.path.join(os.path.dirname(os.path.dirname(__file__)), "rules", "literals.txt")


def find(text: str, settings: Settings) -> Iterable[Correction]:
    """What the shipped rules and those of ``settings.rules`` would correct.

    Raises UsageError for a bad rule file, TooSlowError where a pattern of the user's own finds no end.
    """
    hits = None
    if not settings.rules and not (hits := _shipped_literals().hits(text)):
        return ()
    from minutes_cli.normalize.phrases.finding import find_at

    return find_at(hits, text, settings)


@cache
def _shipped_literals() -> Search:
    with open(LITERALS, encoding="utf-8") as file:
        return Search(file.read().split())
