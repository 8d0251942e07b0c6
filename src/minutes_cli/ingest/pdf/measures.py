"""What only the whole PDF tells: the size of its letters, how far apart lines stand, where they begin, its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from minutes_cli.ingest.pdf.columns import Part
from minutes_cli.ingest.pdf.lines import Line, margin_of

__all__ = ["Margins", "leading_of", "margins_of", "size_of"]


def size_of(pages: Iterable[Sequence[Line]]) -> int:
    """The font size in which most of the text is set, in hundredths of a point."""
    sizes = Counter[int]()
    for lines in pages:
        for line in lines:
            sizes[round(line.size, -1)] += len(line.text)
    return max(sizes.most_common(1)[0][0] if sizes else 0, 1)


def leading_of(pages: Iterable[Sequence[Line]], size: int) -> int:
    """How far it is from one line of running text to the next."""
    steps = Counter[int]()
    for lines in pages:
        for i, line in enumerate(lines):
            for below in lines[i + 1 : i + 4]:
                step = below.base - line.base
                if step * 10 > 9 * size and below.start < line.end and line.start < below.end:
                    steps[round(step / 10)] += 1
                    break
    return max(steps.most_common(1)[0][0] * 10 if steps else size * 3 // 2, 1)


class Margins(NamedTuple):
    """Where the lines of columns begin: in all pages alike, and in each page, for scans that have moved."""

    common: dict[tuple[int, ...], int]
    own: dict[tuple[int, int], int]

    def of(self, page: int, kind: tuple[int, ...], column: int, lines: Sequence[Line]) -> int:
        """The margin of a column of the page *page* (from 0), whose form is *kind*."""
        column = max(column, 0)
        own, common = self.own.get((page, column)), self.common.get((*kind, column))
        if common is not None:
            return common
        return own if own is not None else min(line.start for line in lines)


def margins_of(pages: Sequence[tuple[tuple[int, ...], Sequence[Part]]], size: int) -> Margins:
    """The margins of pages, each with what makes its form: flow, size, number of columns, left or right page.

    Pages of one form have one margin, unless it moves by more than three tenths of an em from page to page.
    """
    starts: dict[tuple[int, ...], list[int]] = {}
    own: dict[tuple[int, int], int] = {}
    moved: dict[tuple[int, ...], list[int]] = {}
    for number, (kind, parts) in enumerate(pages):
        for column in {max(part.column, 0) for part in parts}:
            here = [line.start for part in parts if max(part.column, 0) == column for line in part.lines]
            starts.setdefault((*kind, column), []).extend(here)
            margin = margin_of(here, size) if len(here) >= 8 else None
            if margin is not None:
                own[number, column] = margin
                moved.setdefault((*kind, column), []).append(margin)
    common = {}
    for key, places in starts.items():
        margin = margin_of(places, size)
        seen = moved.get(key, [])
        steady = sum(abs(place - median(seen)) * 10 <= 3 * size for place in seen) * 2 >= len(seen)
        if margin is not None and steady:
            common[key] = margin
    return Margins(common, own)
