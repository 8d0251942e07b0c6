"""Scopes: which matches meet, and which of them count."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence

from minutes_cli.lexicon.sentences import sentences
from minutes_cli.passage import Passage
from minutes_cli.search.model import Match, Scope

Unit = Hashable
"""What tells one unit of a scope from the others in a record."""
Located = tuple[int, Match]
"""A match with the number of its passage in the record."""


def counting(
    wanted: Sequence[Located],
    unwanted: Sequence[Located],
    unit: Callable[[Located], Unit],
    *,
    patterns: int,
    every: bool,
    near: int | None,
) -> list[Located]:
    """Those of *wanted* that count: in units that hold nothing of *unwanted* and, with *every* or *near*, all patterns.

    *patterns* is how many there are; *near* how many characters may stand between those that are furthest apart.
    """
    barred = {unit(one) for one in unwanted}
    units: dict[Unit, list[Located]] = {}
    for one in wanted:
        key = unit(one)
        if key not in barred:
            units.setdefault(key, []).append(one)
    found: list[Located] = []
    for inside in units.values():
        if (every or near is not None) and len({match.pattern for _, match in inside}) < patterns:
            continue
        found += inside if near is None else _near(inside, patterns, near)
    return sorted(found)


def _near(inside: Sequence[Located], patterns: int, near: int) -> Iterable[Located]:
    """The matches that stand in a stretch with all patterns, at most *near* characters behind its first match."""
    ordered = sorted(inside)
    kept: set[Located] = set()
    for i, (passage, first) in enumerate(ordered):
        group: list[Located] = [(passage, first)]
        for other, match in ordered[i + 1 :]:
            if other != passage or match.start - first.end > near:
                break
            group.append((other, match))
        if len({match.pattern for _, match in group}) == patterns:
            kept.update(group)
    return kept


def units(scope: Scope, passages: Sequence[Passage]) -> Callable[[Located], Unit]:
    """The unit of *scope* in which a match of a record with these *passages* begins."""
    if scope is Scope.RECORD:
        return lambda one: 0
    if scope is Scope.SECTION:
        return lambda one: passages[one[0]].section or ""
    if scope is Scope.EXCHANGE:
        return lambda one: passages[one[0]].exchange or _turn(passages, one[0])
    if scope is Scope.TURN:
        return lambda one: _turn(passages, one[0])
    starts: dict[int, list[int]] = {}

    def within(one: Located) -> Unit:
        number, match = one
        if number not in starts:
            text = passages[number].text
            starts[number] = [s for s, _ in sentences(text)] if scope is Scope.SENTENCE else _paragraphs(text)
        return number, bisect_right(starts[number], match.start)

    return within


def _turn(passages: Sequence[Passage], number: int) -> Unit:
    """A turn with what happens in it; what is no turn stands for itself."""
    return passages[number].turn or -1 - number


def _paragraphs(text: str) -> list[int]:
    return [0, *(i + 1 for i, character in enumerate(text) if character == "\n")]
