"""How alike two texts are, from the runs of two and of three characters that they share."""

from __future__ import annotations

from operator import add

Profile = frozenset[str]
"""Every run of two and of three characters of a text; of a single character, that one."""


def profile(text: str) -> Profile:
    """The runs of *text*: pairs find what short texts share, runs of three tell long ones apart."""
    if len(text) < 2:
        return frozenset(text)
    pairs = list(map(add, text, text[1:]))
    return frozenset(pairs).union(map(add, pairs, text[2:]))


def likeness(one: Profile, other: Profile) -> float:
    """0 (nothing in common) to 1: the coefficient of Dice (1945)."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 1.0


def contained(part: Profile, whole: Profile) -> float:
    """Share (0 to 1) of *part* that *whole* holds."""
    return len(part & whole) / len(part) if part else 0.0
