"""The lines of a record that are worth reading for a convention, by what they show at a glance.

Most lines are speech and hold no label of any convention; a pattern tried on each of them costs more than all the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import NamedTuple

from minutes_cli.parse.layout import LineKind, Row

#: A line: its place among the rows, and its text without blanks around it.
Line = tuple[int, str]


class Signs(NamedTuple):
    """What a line must show, each as characters; "" asks for nothing."""

    first: str = ""  # it begins with one of them
    last: str = ""  # it ends with one of them
    holds: str = ""  # one of them stands in it
    lacks: str = ""  # none of them stands in it


#: Asks for nothing.
ANY = Signs()


class Lines:
    """Some rows of a record as lines by their kinds, each kind looked up when it is first asked for."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self._of: dict[LineKind, list[Line]] = {}

    def of(self, kinds: Collection[LineKind], signs: Signs) -> list[int]:
        """The rows of these *kinds* with all the *signs*, in order. Blank rows show no signs."""
        first, last, holds = self._present(signs.first), self._present(signs.last), self._present(signs.holds)
        if (signs.first and not first) or (signs.last and not last) or (signs.holds and not holds):
            return []
        lines = [line for kind in kinds for line in self._of_kind(kind)]
        if first:
            lines = [line for line in lines if line[1][0] in first]
        if last:
            lines = [line for line in lines if line[1][-1] in last]
        if holds:  # character by character: quicker than a pattern
            lines = [line for one in holds for line in lines if one in line[1]]
        for one in signs.lacks:
            lines = [line for line in lines if one not in line[1]]
        return sorted({i for i, _ in lines})

    def _present(self, characters: str) -> str:
        """Those of the *characters* that stand in any row; most of those that are asked for do not."""
        return "".join([one for one in characters if one in self._text])

    @cached_property
    def _text(self) -> str:
        return "\n".join([row[5] for row in self.rows])

    def _of_kind(self, kind: LineKind) -> list[Line]:
        lines = self._of.get(kind)
        if lines is None:
            lines = self._of[kind] = [(i, row[5]) for i, row in enumerate(self.rows) if row[0] is kind]
        return lines
