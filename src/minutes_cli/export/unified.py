"""The corrections of a record as a unified diff, made from the edits themselves. Prints nothing.

Only ``\\n`` ends a line here, as for ``patch``; a carriage return before it belongs to the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from minutes_cli.model import View

__all__ = ["Hunk", "Row", "head", "hunks", "place", "unified"]

_CONTEXT = 3
_LINE = re.compile(r"[^\n]*\n|[^\n]+")

Range = tuple[int, int]


class Row(NamedTuple):
    """A line of a hunk: ``" "``, ``-`` or ``+``, the text with its line end, and which parts of it are corrections."""

    sign: str
    text: str
    marks: tuple[Range, ...] = ()


class Hunk(NamedTuple):
    """Changed lines with unchanged ones around them. ``old`` and ``new`` are (first line from 1, number of lines)."""

    old: Range
    new: Range
    rows: tuple[Row, ...]


class _Region(NamedTuple):
    """Whole lines of the original, the lines they became, and which edits did it (a range of ``View.edits``)."""

    old: Range
    new: Range
    edits: Range


def unified(seen: View, name: str) -> str:
    """The diff of the corrections of *seen*, for ``patch -p1``; empty when there are none."""
    return "".join(chain(head(seen, name), (part for hunk in hunks(seen) for part in _plain(hunk))))


def hunks(seen: View) -> Iterator[Hunk]:
    """The changed lines, those close together in one hunk."""
    text = seen.source.text
    line = at = grown = 0  # number of lines before `at`; by how many lines the text has grown so far
    for group in _groups(text, _regions(seen)):
        start = _lines_before(text, group[0].old[0])
        end = _lines_behind(text, group[-1].old[1])
        line, at = line + text.count("\n", at, start), start
        rows = tuple(_rows(seen, group, start, end))
        old = sum(row.sign != "+" for row in rows)
        new = sum(row.sign != "-" for row in rows)
        # An empty side is named by the line before it.
        yield Hunk((line + (old > 0), old), (line + grown + (new > 0), new), rows)
        grown += new - old


def _regions(seen: View) -> Iterator[_Region]:
    """The lines that each edit changes, those of edits on the same lines together."""
    text = seen.source.text
    region: _Region | None = None
    for i, (edit, start, end) in enumerate(zip(seen.edits, seen.starts, seen.ends, strict=True)):
        low = high = edit.span.start
        if region and (low < region.old[1] or region.old[1] == len(text)):
            (low, high), first, edits = region.old, region.new[0], (region.edits[0], i + 1)
        else:
            if region:
                yield region
            low = text.rfind("\n", 0, low) + 1
            first, edits = start - (edit.span.start - low), (i, i + 1)
        whole = edit.before.endswith("\n") and edit.after.endswith("\n")
        if edit.span.end >= high:
            high = edit.span.end if whole else _line_end(text, edit.span.end)
        region = _Region((low, high), (first, end + high - edit.span.end), edits)
    if region:
        yield region


def _line_end(text: str, at: int) -> int:
    return text.find("\n", at) + 1 or len(text)


def _lines_before(text: str, at: int) -> int:
    """Where the lines of context before *at*, a line's beginning, begin."""
    for _ in range(_CONTEXT):
        at = text.rfind("\n", 0, max(0, at - 1)) + 1
    return at


def _lines_behind(text: str, at: int) -> int:
    for _ in range(_CONTEXT):
        at = _line_end(text, at)
    return at


def _groups(text: str, regions: Iterable[_Region]) -> Iterator[list[_Region]]:
    """Regions with at most twice the context between them belong to one hunk."""
    group: list[_Region] = []
    for region in regions:
        if group and _lines_behind(text, group[-1].old[1]) < _lines_before(text, region.old[0]):
            yield group
            group = []
        group.append(region)
    if group:
        yield group


def _rows(seen: View, group: list[_Region], start: int, end: int) -> Iterator[Row]:
    text = seen.source.text
    for region in group:
        edits = range(*region.edits)
        yield from _split(text, (start, region.old[0]), " ")
        yield from _split(text, region.old, "-", [seen.edits[i].span for i in edits])
        yield from _split(seen.text, region.new, "+", [(seen.starts[i], seen.ends[i]) for i in edits])
        start = region.old[1]
    yield from _split(text, (start, end), " ")


def _split(text: str, part: Range, sign: str, marks: Iterable[Range] = ()) -> Iterator[Row]:
    for line in _LINE.finditer(text, *part):
        low, high = line.span()
        inside = ((max(a, low) - low, min(b, high) - low) for a, b in marks if a < high and b > low)
        yield Row(sign, line[0], tuple(inside))


def head(seen: View, name: str) -> Iterator[str]:
    """The two lines that name the files; none when nothing was corrected."""
    if seen.edits:
        tab = "\t" if " " in name else ""  # else patch takes the name up to the blank
        yield f"--- a/{name}{tab}\n"
        yield f"+++ b/{name}{tab}\n"


def place(hunk: Hunk) -> str:
    """The line that begins *hunk*: where it stands in the old and in the new text."""
    old, new = (f"{first}" if size == 1 else f"{first},{size}" for first, size in (hunk.old, hunk.new))
    return f"@@ -{old} +{new} @@"


def _plain(hunk: Hunk) -> Iterator[str]:
    yield place(hunk) + "\n"
    for row in hunk.rows:
        yield row.sign + row.text
        if not row.text.endswith("\n"):
            yield "\n\\ No newline at end of file\n"
