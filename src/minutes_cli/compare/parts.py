"""One turn that became several, or several that became one: found behind the alignment, which pairs one with one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from minutes_cli.compare.alignment import Pair, Sign, least_alike
from minutes_cli.compare.likeness import contained, likeness, profile

#: How many turns one may become; what a part must bring that the other parts have not, and how much of that must stand
#: in the whole; how alike the whole and its parts together must be.
_MOST, _FRESH, _INSIDE, _WHOLE = 20, 0.3, 0.7, 0.75
#: A part shorter than this (はい。) stands in a long text by chance.
_PART = 4


class Group(NamedTuple):
    """Turns that belong together: one with one, one with several or several with one; in order."""

    old: tuple[int, ...]
    new: tuple[int, ...]


def group(old: Sequence[Sign], new: Sequence[Sign], pairs: Sequence[Pair]) -> list[Group]:
    """*pairs* with the turns around them that are parts of one of the two; what is in no group was added or removed.

    A pair that is unlike, and was only paired because one text stands in the other, is no group without more parts.
    """
    free_old = set(range(len(old))).difference(i for i, _ in pairs)
    free_new = set(range(len(new))).difference(j for _, j in pairs)
    groups = []
    for i, j in pairs:
        if old[i].text == new[j].text or (not _beside(i, free_old) and not _beside(j, free_new)):
            found = Group((i,), (j,))
        else:
            longer = len(old[i].text) > len(new[j].text)
            news = _parts(old[i].text, new, j, free_new) if longer else [j]
            olds = [i] if longer else _parts(new[j].text, old, i, free_old)
            found = Group(tuple(olds), tuple(news))
            free_old.difference_update(olds)
            free_new.difference_update(news)
        groups.append(found)
    return [found for found in groups if len(found.old) + len(found.new) > 2 or _is_pair(found, old, new)]


def _beside(at: int, free: set[int]) -> bool:
    return at - 1 in free or at + 1 in free


def _parts(whole: str, signs: Sequence[Sign], at: int, free: set[int]) -> list[int]:
    """The turns around *at* that make up *whole* together with it; only *at* when that does not explain it better."""
    everything = profile(whole)
    have = profile(signs[at].text)
    alone = likeness(everything, have)
    found = [at]
    for step in (1, -1):
        k = at + step
        while k in free and len(found) < _MOST and len(signs[k].text) >= _PART:
            part = profile(signs[k].text)
            fresh = part - have
            if contained(fresh, everything) < _INSIDE or len(fresh) < _FRESH * len(part):
                break
            have = have | part
            found.append(k)
            k += step
    found.sort()
    together = likeness(everything, have)
    return found if len(found) > 1 and together >= _WHOLE and together > alone else [at]


def _is_pair(found: Group, old: Sequence[Sign], new: Sequence[Sign]) -> bool:
    """Whether one text is a version of the other, not only part of it."""
    one, other = old[found.old[0]], new[found.new[0]]
    return one.text == other.text or likeness(profile(one.text), profile(other.text)) >= least_alike(one, other)
