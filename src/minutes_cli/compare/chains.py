"""The heaviest way through pairs of places that keeps the order of both sides."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple


class Link(NamedTuple):
    """Place ``old`` of one side may be place ``new`` of the other; ``weight`` (above 0) says how much speaks for it."""

    old: int
    new: int
    weight: float


def heaviest_chain(links: Iterable[Link]) -> list[Link]:
    """Links that rise on both sides, with the greatest sum of weights. Time is n log n in the number of links.

    A tree of running maxima (Fenwick 1994) over the places of the new side.
    """
    ordered = sorted(links, key=lambda link: (link.old, -link.new))
    if all(a.old < b.old and a.new < b.new for a, b in pairwise(ordered)):
        return ordered  # nearly always
    ranks = {new: rank for rank, new in enumerate(sorted({link.new for link in ordered}), 1)}
    size = len(ranks)
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)  # sum of weights, last link
    before: list[int] = []
    for number, link in enumerate(ordered):
        at = ranks[link.new] - 1
        best = (0.0, -1)
        while at > 0:
            if tree[at][0] > best[0]:
                best = tree[at]
            at -= at & -at
        before.append(best[1])
        total = best[0] + link.weight
        at = ranks[link.new]
        while at <= size:
            if total > tree[at][0]:
                tree[at] = (total, number)
            at += at & -at
    number = max(tree, default=(0.0, -1), key=lambda best: best[0])[1]
    chain: list[Link] = []
    while number >= 0:
        chain.append(ordered[number])
        number = before[number]
    return chain[::-1]
