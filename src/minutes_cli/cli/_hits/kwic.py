"""--kwic: every match in a column, with what stands before and behind it in its passage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from minutes_cli.cli._hits.hit import (
    Hit,
    Options,
    alone,
    clean,
    hits,
    labels,
    line_of,
    reading,
    stretch,
    who,
)
from minutes_cli.cli._text import columns, cut_front, pad
from minutes_cli.search.model import Result

_REACH = 200
"""Characters of context that are kept at least, so that sorting does not depend on the width of the terminal."""
_LEAST, _LEAST_ON_SCREEN = 20, 10
"""Columns of context on either side; on a screen fewer, since lines that wrap would spoil the columns."""


class Sort(StrEnum):
    """What the lines are sorted by, by code points; those that are equal stay in the order of the records."""

    NONE = "none"
    LEFT = "left"  # the text before the match, read backwards
    RIGHT = "right"  # the text behind the match
    SPEAKER = "speaker"
    DATE = "date"  # of the meeting, then the path; undated records last


class Row(NamedTuple):
    """One match. All texts are safe to print."""

    place: str
    speaker: str
    left: str
    match: str
    reading: str
    right: str
    date: str
    path: str


_KEYS: dict[Sort, Callable[[Row], Any]] = {
    Sort.LEFT: lambda row: row.left[::-1],
    Sort.RIGHT: lambda row: row.right,
    Sort.SPEAKER: lambda row: row.speaker,
    Sort.DATE: lambda row: (row.date or "~", row.path),
}


def kwic(results: Iterable[Result], options: Options, sort: Sort = Sort.NONE) -> Iterator[str]:
    """A line per match, aligned by display width: place, speaker, text before, match, text behind.

    The lines fit in ``options.width`` columns as far as paths and matches let them, or have ``options.context``
    columns on either side of the match. Nothing is written before the last record is searched.
    """
    reach = max(_REACH, options.context or options.width)
    rows = [row for result in results for row in _rows(result, options, reach)]
    if sort in _KEYS:
        rows.sort(key=_KEYS[sort])
    yield from _aligned(rows, options)


def _rows(result: Result, options: Options, reach: int) -> Iterator[Row]:
    record = result.record
    called = labels(record)
    path = clean(record.path)
    for hit in hits(result, options.most):
        passage = hit.passage
        speaker = who(passage, called) if options.speaker else ""
        for one in alone(hit):
            around = Hit(passage, max(0, one.start - reach), min(len(passage.text), one.end + reach), one.matches)
            part = stretch(around)
            mark = part.marks[0]
            line = str(line_of(passage, one.start))
            yield Row(
                ":".join(p for p in (path if options.path else "", line if options.line else "") if p),
                speaker,
                clean(part.text[: mark.start]),
                clean(part.text[mark.start : mark.end]),
                reading(mark),
                clean(part.text[mark.end :]),
                record.meeting.date or "",
                record.path,
            )


def _aligned(rows: list[Row], options: Options) -> Iterator[str]:
    if not rows:
        return
    width, palette = options.width, options.palette
    size, fit = cache(columns), cache(pad)  # few speakers and matches, many rows
    place = max(columns(row.place) for row in rows)
    if options.screen:
        place = min(place, width // 4)
    speaker = min(max(size(row.speaker) for row in rows), max(12, width // 6))
    match = min(max(size(row.match + row.reading) for row in rows), max(12, width // 4))
    before = sum(wide + 1 for wide in (place, speaker) if wide)
    least = _LEAST_ON_SCREEN if options.screen else _LEAST
    side = options.context if options.context is not None else max(least, (width - before - match - 2) // 2)
    for row in rows:
        parts = (
            f"{palette.line}{pad(cut_front(row.place, place), place)}{palette.off} " if place else "",
            f"{palette.speaker}{fit(row.speaker, speaker)}{palette.off} " if speaker else "",
            pad(last(row.left, side), side, right=True),
            f" {palette.match}{fit(row.match + row.reading, match)}{palette.off} ",
            first(row.right, side),
        )
        yield "".join(parts).rstrip() + "\n"


def first(text: str, width: int) -> str:
    """As many characters at the beginning of *text* as *width* columns hold."""
    used = 0
    for i, character in enumerate(text):
        used += _width(character)
        if used > width:
            return text[:i]
    return text


def last(text: str, width: int) -> str:
    """As many characters at the end of *text* as *width* columns hold; none that combines with one left out."""
    used, start = 0, len(text)
    for i in range(len(text) - 1, -1, -1):
        size = _width(text[i])
        if used + size > width:
            break
        used += size
        if size:
            start = i
    return text[start:]


@cache
def _width(character: str) -> int:
    return columns(character)
