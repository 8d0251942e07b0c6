"""The corrections of a record as lines to read. Prints nothing."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.cli._overview import table, tally
from minutes_cli.cli._print import Line
from minutes_cli.cli._text import visible, wrap
from minutes_cli.model import Edit, Source
from minutes_cli.normalize import Normalized

_AROUND = 6
"""Characters of the line shown on either side of a correction."""
_WIDE = 120
"""Columns from which all of a correction stands on one line."""
_HEAD = ("", "place", "safety", "sure", "rule", "correction", "reason")
_CHANGE, _REASON = 5, 6

# What would be invisible between the brackets.
_SIGNS = str.maketrans({" ": "␣", "\u3000": "□", "\n": "⏎", "\r": "⏎", "\t": "⇥"})


def corrections(result: Normalized, width: int) -> Iterator[Line]:
    """All corrections of a record in at most *width* columns a line; a star marks those that were applied."""
    source = result.view.source
    title = f"{source.name}: {tally(result.view.edits, result.proposed)}"
    yield from ([(part, "title")] for part in wrap(visible(title), width))
    if not result.edits:
        return
    applied = frozenset(result.view.edits)
    rows = [_row(source, edit, edit in applied) for edit in result.edits]
    if width >= _WIDE:
        yield from table(_HEAD, rows, width, shrink=(_REASON, _CHANGE), right=(1,), style=_CHANGE, whole=True)
        return
    lines = table(_HEAD[:_CHANGE], [row[:_CHANGE] for row in rows], width, shrink=(4,), right=(1,), style=0)
    yield next(lines)
    for line, row in zip(lines, rows, strict=True):
        yield line
        for cell, style in ((row[_CHANGE], "speaker"), (row[_REASON], "faint")):
            yield from ([("    " + part, style)] for part in wrap(visible(cell), width - 4) if part)


def notes(result: Normalized, width: int) -> Iterator[Line]:
    """Why which methods ran."""
    yield []
    yield [("why these methods", "head")]
    for note in result.notes or ("nothing was decided by the record itself",):
        yield from ([("  " + part, "")] for part in wrap(visible(note), width - 2))


def in_context(source: Source, edit: Edit, around: int = _AROUND) -> str:
    """``…before[old→new]behind…`` within its line, blanks inside the brackets made visible."""
    text = source.text
    start, end = edit.span
    before = _last_line(text[max(0, start - around) : start])
    behind = _first_line(text[end : end + around])
    return f"{before}[{edit.before.translate(_SIGNS)}→{edit.after.translate(_SIGNS)}]{behind}"


def _last_line(text: str) -> str:
    return text.replace("\r", "\n").replace("\f", "\n").rpartition("\n")[2]


def _first_line(text: str) -> str:
    return text.replace("\r", "\n").replace("\f", "\n").partition("\n")[0]


def _row(source: Source, edit: Edit, applied: bool) -> list[str]:
    line, column = source.place(edit.span.start)
    sure = f"{edit.confidence:.2f}"
    mark = "*" if applied else " "
    return [mark, f"{line}:{column}", edit.safety.value, sure, edit.rule, in_context(source, edit), edit.reason]
