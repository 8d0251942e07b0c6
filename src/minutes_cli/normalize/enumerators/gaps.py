"""Which numbers the neighbours leave for garbled heads: sequence alone, no look at what stands around them.

Between two heads that can be read lie the heads that cannot, and perhaps heads of a higher level, which end a list
and let the next one begin at 1.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from minutes_cli.normalize.enumerators.forms import Head
from minutes_cli.normalize.enumerators.garbled import Garbled


class Where(StrEnum):
    """Where in its list a garbled head stands, and so what its number rests on."""

    BETWEEN = "between"  # a number before it and a number behind it leave exactly this one
    FIRST = "first"  # a list begins here, and the number behind it leaves this one
    LAST = "last"  # the number before it, and then the list ends


class Run(NamedTuple):
    """Garbled heads that stand together and the number that the sequence wants for each of them.

    ``before`` and ``after`` are the heads of the same list that this rests on; ``end`` is where the list ends at the
    latest: the next head that can be read and counts in this list or above it, None at the end of the text.
    """

    where: Where
    heads: tuple[tuple[Garbled, int], ...]
    before: Head | None
    after: Head | None
    end: int | None


def runs(heads: Sequence[Head], odd: Sequence[Garbled], breaks: Sequence[int]) -> Iterator[Run]:
    """What the sequence wants in each gap between *heads* of one family; all three are in the order of the text.

    *breaks* are the places where heads of a higher level stand.
    """
    i = 0
    for k in range(len(heads) + 1):
        before = heads[k - 1] if k else None
        after = heads[k] if k < len(heads) else None
        first = i
        while i < len(odd) and (after is None or odd[i].start < after.start):
            i += 1
        if i > first:
            yield from _gap(before, after, odd[first:i], breaks)


def _gap(before: Head | None, after: Head | None, odd: Sequence[Garbled], breaks: Sequence[int]) -> Iterator[Run]:
    low = bisect_left(breaks, before.end if before else 0)
    high = bisect_left(breaks, after.start) if after else len(breaks)
    end = after.start if after else None
    if low < high:
        yield from _last(before, [head for head in odd if head.start < breaks[low]], breaks[low])
        yield from _first(after, [head for head in odd if head.start > breaks[high - 1]])
    elif after is None or before is None:
        yield from _last(before, odd, end)
        yield from _first(after, odd)
    elif after.number <= before.number:  # a new list begins somewhere between
        new = max(0, len(odd) - after.number + 1)
        yield from _last(before, odd[:new], odd[new].start if new < len(odd) else end)
        yield from _first(after, odd[new:])
    else:
        numbers = range(before.number + 1, after.number)
        if heads := _fitting(odd, numbers):
            yield Run(Where.BETWEEN, heads, before, after, end)
        elif all(head.tells for head in odd):  # (1) (2), then (l) (Z) (3): no heading is seen, but a new list
            yield from _first(after, odd)


def _first(after: Head | None, odd: Sequence[Garbled]) -> Iterator[Run]:
    if after is not None and (heads := _fitting(odd, range(1, after.number))):
        yield Run(Where.FIRST, heads, None, after, after.start)


def _last(before: Head | None, odd: Sequence[Garbled], end: int | None) -> Iterator[Run]:
    if before is None:
        return
    found: list[tuple[Garbled, int]] = []
    number = before.number
    for head in odd:
        if head.may_be(number + 1):
            number += 1
            found.append((head, number))
    if found:
        yield Run(Where.LAST, tuple(found), before, None, end)


def _fitting(odd: Sequence[Garbled], numbers: range) -> tuple[tuple[Garbled, int], ...]:
    """A head for each number; empty unless there are exactly as many as there are numbers, and all fit."""
    possible = [head for head in odd if any(head.may_be(number) for number in numbers)]
    if len(possible) != len(numbers) or not all(map(Garbled.may_be, possible, numbers)):
        return ()
    return tuple(zip(possible, numbers, strict=True))
