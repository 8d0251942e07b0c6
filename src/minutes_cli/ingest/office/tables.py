"""Rows of tables as lines of text: cells apart by tabs, and below them what else stands in the cells."""

from __future__ import annotations

from itertools import zip_longest
from typing import NamedTuple

from minutes_cli.errors import IngestError

__all__ = ["CellLine", "refuse_nested", "row_lines"]

MAX_NESTED = 20
"""Tables in each other. Each is laid out as lines for the one around it, so that every level costs as much again."""

#: A label, a number or a name, one below the other in the first cells of a row; longer lines are text.
_SHORT = 16


class CellLine(NamedTuple):
    """A line in a cell and its level where it is a heading, else 0; or a line of a text box."""

    text: str
    heading: int = 0
    boxed: bool = False


def refuse_nested(depth: int, name: str) -> None:
    """Raise IngestError for more tables in each other than MAX_NESTED."""
    if depth > MAX_NESTED:
        raise IngestError(f"{name}: more than {MAX_NESTED} tables in each other, the most that are read")


def row_lines(cells: list[list[CellLine]]) -> list[CellLine]:
    """The lines that a row is read as.

    Most rows are one line. A cell with several lines is read on below its first one where it is the only such cell
    (who speaks on the left, what they say on the right). Where cells on the left hold short lines, they stand beside
    those of the last one, as an office above a name does. All other cells are read one after the other.
    """
    cells = [_without_blanks(cell) for cell in cells]
    filled = [i for i, cell in enumerate(cells) if cell]
    if not filled:
        return []
    if len(filled) == 1 and filled[0] == 0:
        return cells[0]
    cells = cells[: filled[-1] + 1]
    long = [i for i, cell in enumerate(cells) if len(cell) > 1]
    if len(long) > 1 and not all(_is_short(cell) for cell in cells[:-1]):
        return [line for cell in cells for line in cell]
    if long in ([], [len(cells) - 1]):
        first = [cell[0].text if cell else "" for cell in cells]
        return [CellLine("\t".join(map(_one_cell, first))), *cells[-1][1:]]
    lines: list[CellLine] = []
    for beside in zip_longest(*cells, fillvalue=CellLine("")):
        if beside[-1].text and not any(line.text for line in beside[:-1]):
            lines.append(beside[-1])
        else:
            lines.append(CellLine("\t".join(_one_cell(line.text) for line in beside).rstrip("\t")))
    return lines


def _is_short(cell: list[CellLine]) -> bool:
    return all(len(line.text) <= _SHORT for line in cell)


def _one_cell(text: str) -> str:
    return text.strip(" \t　").replace("\t", "　")


def _without_blanks(cell: list[CellLine]) -> list[CellLine]:
    """*cell* without empty lines at its beginning and end."""
    start, end = 0, len(cell)
    while start < end and not cell[start].text.strip():
        start += 1
    while start < end and not cell[end - 1].text.strip():
        end -= 1
    return cell[start:end]
