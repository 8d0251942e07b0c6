"""The corrections of a record as a unified diff for a terminal. Prints nothing."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.cli._print import Line
from minutes_cli.cli._text import visible
from minutes_cli.export.unified import Row, head, hunks, place, unified
from minutes_cli.model import View

__all__ = ["styled", "unified"]

_STYLES = {" ": ("", ""), "-": ("out", "out-mark"), "+": ("in", "in-mark")}


def styled(seen: View, name: str) -> Iterator[Line]:
    """The diff for a terminal: what was corrected stands out within its line."""
    for line in head(seen, name):
        yield [(visible(line.rstrip("\n")), "title")]
    for hunk in hunks(seen):
        yield [(place(hunk), "head")]
        for row in hunk.rows:
            yield [(row.sign, _STYLES[row.sign][0]), *_parts(row)]


def _parts(row: Row) -> Line:
    plain, marked = _STYLES[row.sign]
    parts: Line = []
    last = 0
    text = row.text.removesuffix("\n").removesuffix("\r")
    for start, end in row.marks:
        parts += [(visible(text[last:start]), plain), (visible(text[start:end]), marked)]
        last = end
    return [*parts, (visible(text[last:]), plain)]
