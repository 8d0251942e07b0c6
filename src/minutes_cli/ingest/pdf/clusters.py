"""The glyphs of one line in the order in which they are read, each once, with the blanks that stand between them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

__all__ = ["Glyph", "in_order"]

_LEAST_BLANK, _MOST_BLANK = 12, 60
"""How wide the gap at a blank is, in hundredths of an em: less is how letters are set, more is written anyway."""

_NEAR = 2
"""What rounding makes of places that are the same."""

_MOST_PIECES = 100
"""Pieces of blanks that are looked at in a line, which has one of them."""


class Glyph(NamedTuple):
    """A character, from where to where it reaches along its line, and where it stands across, in 1/100 of a point."""

    start: int
    end: int
    base: int
    size: int
    text: str
    shared: int


def in_order(cluster: list[Glyph], sideways: bool) -> list[Glyph]:
    """The glyphs of a line, sorted; *sideways*: those that stand level are read from left to right."""
    cluster = _strewn(sorted(cluster, key=attrgetter("start")))
    if sideways:
        cluster = _side_by_side(cluster)
    return _without_idle_blanks(_once(cluster))


def _strewn(cluster: list[Glyph]) -> list[Glyph]:
    """Blanks over which other glyphs stand, taken apart: they belong into the gaps that are wide enough for one."""
    blanks = [glyph for glyph in cluster if glyph.text == " "]
    inked = [glyph for glyph in cluster if not glyph.text.isspace()]
    starts = [glyph.start for glyph in inked]
    nexts = [bisect_right(starts, blank.start) for blank in blanks]
    over = [
        blank for blank, i in zip(blanks, nexts, strict=True) if i < len(inked) and inked[i].end <= blank.end + _NEAR
    ]
    if not over:
        return cluster
    taken, added = {id(blank) for blank in over}, list[Glyph]()
    for long in over[:_MOST_PIECES]:
        first = [blank for blank in blanks if abs(blank.start - long.start) <= _NEAR and blank.start < blank.end]
        taken.update(map(id, first))
        least = min(blank.end - blank.start for blank in first) * 9 // 10
        for before, after in pairwise(inked):
            if long.start - _NEAR <= before.end <= long.end + _NEAR and after.start - before.end >= least:
                added.append(long._replace(start=before.end, end=before.end))
    return sorted([*(glyph for glyph in cluster if id(glyph) not in taken), *added], key=attrgetter("start"))


def _side_by_side(cluster: list[Glyph]) -> list[Glyph]:
    """Glyphs of a column with those that stand side by side, as digits do, from left to right."""
    found: list[Glyph] = []
    level: list[Glyph] = []
    for glyph in cluster:
        if level and (glyph.start - level[0].start) * 10 > 3 * glyph.size:
            found += sorted(level, key=lambda glyph: -glyph.base)
            level = []
        level.append(glyph)
    return found + sorted(level, key=lambda glyph: -glyph.base)


def _once(cluster: list[Glyph]) -> list[Glyph]:
    """Without glyphs that are drawn again over themselves, slightly aside: so some programs print bold."""
    found: list[Glyph] = []
    for glyph in cluster:
        near = glyph.size // 8
        if not (found and glyph.start - found[-1].start <= near and _is_again(glyph, found[-4:], near)):
            found.append(glyph)
    return found


def _without_idle_blanks(cluster: list[Glyph]) -> list[Glyph]:
    """Without blanks of no width that part nothing, and those in a gap that is written as blanks anyway.

    A blank that begins a line stays out too: the indent says as much.
    """
    found: list[Glyph] = []
    for i, glyph in enumerate(cluster):
        if glyph.text == " " and glyph.start == glyph.end:
            after = cluster[i + 1] if i + 1 < len(cluster) else None
            if not found or after is None or after.text.isspace() or found[-1].text.isspace():
                continue
            gap = after.start - found[-1].end
            if not _LEAST_BLANK * glyph.size <= 100 * gap < _MOST_BLANK * glyph.size:
                continue
        found.append(glyph)
    return found


def _is_again(glyph: Glyph, before: list[Glyph], near: int) -> bool:
    return not glyph.shared and any(
        other.text == glyph.text and abs(other.start - glyph.start) <= near and abs(other.base - glyph.base) <= near
        for other in before
    )
