"""The lines of a record that are worth reading for a convention, by what they show at a glance.

Most lines are speech and hold no label of any convention; a pattern tried on each of them costs more than all the rest.
So what conventions ask for is looked up in all lines of a kind at once; where it stands in none, none is touched.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import NamedTuple

from minutes_cli.parse.layout import LineKind, Row


class Signs(NamedTuple):
    """What a line must show, each as characters; "" asks for nothing."""

    first: str = ""  # it begins with one of them
    last: str = ""  # it ends with one of them
    holds: str = ""  # one of them stands in it
    lacks: str = ""  # none of them stands in it


#: Asks for nothing.
ANY = Signs()


class Lines:
    """Some rows of a record, with indexes of what they show; each is made when it is first asked for."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self._alike: dict[LineKind, _Alike] = {}

    def of(self, kinds: Collection[LineKind], signs: Signs) -> list[int]:
        """The rows of these *kinds* with all the *signs*, in order. Blank rows show no signs."""
        several = [found for kind in self._places if kind in kinds and (found := self._of(kind).showing(signs))]
        return several[0] if len(several) == 1 else sorted([i for found in several for i in found])

    @cached_property
    def _places(self) -> dict[LineKind, list[int]]:
        """The rows of each kind, in order."""
        kinds = [row[0] for row in self.rows]
        places: dict[LineKind, list[int]] = {kind: [] for kind in dict.fromkeys(kinds)}
        for i, kind in enumerate(kinds):
            places[kind].append(i)
        return places

    def _of(self, kind: LineKind) -> _Alike:
        alike = self._alike.get(kind)
        if alike is None:
            places = self._places[kind]
            alike = self._alike[kind] = _Alike(places, [self.rows[i][5] for i in places])
        return alike


class _Alike:
    """The rows of one kind: which they are, and their texts."""

    def __init__(self, places: list[int], texts: list[str]) -> None:
        self._places, self._texts = places, texts

    @cached_property
    def _firsts(self) -> str:
        """The character that each row begins with, one for one; a line end for blank rows."""
        return "".join([text[:1] or "\n" for text in self._texts])

    @cached_property
    def _joined(self) -> str:
        """All texts as one: to ask it whether a character stands in any of them is quicker than to ask each."""
        return "\n".join(self._texts)

    def showing(self, signs: Signs) -> list[int]:
        """The rows with all the *signs*, in order."""
        first, last, holds, lacks = signs
        if signs == ANY:
            return self._places
        texts = self._texts
        found: Sequence[int] = _places(self._firsts, first) if first else range(len(texts))
        if last:
            present = tuple([one for one in last if one in self._joined])
            found = [k for k in found if texts[k].endswith(present)] if present else ()
        if holds:
            held = [[k for k in found if one in texts[k]] for one in holds if one in self._joined]
            found = held[0] if len(held) == 1 else sorted(set().union(*held))
        for one in lacks:
            found = [k for k in found if one not in texts[k]]
        return [self._places[k] for k in found]


def _places(text: str, characters: str) -> list[int]:
    """Where any of the *characters* stand in *text*, in order."""
    found = []
    for one in characters:
        at = text.find(one)
        while at >= 0:
            found.append(at)
            at = text.find(one, at + 1)
    return sorted(found)
