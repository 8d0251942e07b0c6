"""The order in which the lines of a page are read: columns one after the other, what runs across them in its place.

Of vertical writing the tiers one above the other (段組) are what columns are of horizontal writing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from statistics import median
from typing import NamedTuple

from minutes_cli.ingest.pdf.lines import Line, cut, margin_of

__all__ = ["Gutter", "Part", "common_gutters", "gutters_of", "parts_of"]


class Part(NamedTuple):
    """Lines that are read one after the other; ``column`` counts from 0, and is -1 for lines across all columns."""

    column: int
    lines: list[Line]


class Gutter(NamedTuple):
    """The empty strip between two columns: from where the lines of the first end to where those of the second begin."""

    start: int
    end: int

    @property
    def middle(self) -> int:
        """What stands before it belongs to the first column."""
        return (self.start + self.end) // 2


def gutters_of(lines: list[Line], size: int, known: Iterable[Gutter] = ()) -> list[Gutter]:
    """Where, along the lines, empty strips part the page into columns, by what this page shows.

    A strip counts where at least five lines stop at it and go on behind it, four times as many as run across, and on
    each side three lines at least are filled with text up to the strip; or none runs across, and three sentences end on
    each side. Lists of names and most tables are not like that. At the places *known*, which other pages show, one line
    that stops and goes on is enough, if it is filled on one side.
    """
    step = max(size // 2, 1)
    strips: dict[int, list[Gutter]] = {}
    for line in lines:
        for gap in _gaps(line, size):
            for place in range(gap.start // step + 1, gap.end // step):
                strips.setdefault(place * step, []).append(gap)
    found: list[Gutter] = []
    for place in sorted(strips, key=lambda place: (-len(strips[place]), place)):
        if any(abs(place - other.middle) < 6 * size for other in found):
            continue
        same = next((gutter for gutter in known if abs(gutter.middle - place) <= 2 * size), None)
        gutter = same or _edges(strips[place], size)
        if any(gutter.start < other.end and other.start < gutter.end for other in found):
            continue
        if found and not _alike(sorted([*found, gutter]), lines):
            continue
        if _parts_columns(gutter, strips[place], lines, size, known=same is not None):
            found.append(gutter)
    return sorted(found)


def _alike(gutters: list[Gutter], lines: list[Line]) -> bool:
    """Whether columns between *gutters* are equally wide; the last may hold shorter lines."""
    starts = [min(line.start for line in lines), *(gutter.end for gutter in gutters)]
    ends = [*(gutter.start for gutter in gutters), max(line.end for line in lines)]
    widths = [end - start for start, end in zip(starts, ends, strict=True)]
    return max(widths[:-1]) * 5 <= min(widths[:-1]) * 6 and widths[-1] * 5 <= widths[0] * 6


def common_gutters(pages: list[list[Gutter]], size: int) -> list[Gutter]:
    """The gutters that at least a fifth of the pages with text show at the same place."""
    gutters = sorted((gutter for page in pages for gutter in page), key=lambda gutter: gutter.middle)
    found: list[Gutter] = []
    while gutters:
        near = [gutter for gutter in gutters if gutter.middle <= gutters[0].middle + 2 * size]
        gutters = gutters[len(near) :]
        if len(near) * 5 >= len(pages):
            found.append(Gutter(int(median(g.start for g in near)), int(median(g.end for g in near))))
    return found


def _edges(gaps: list[Gutter], size: int) -> Gutter:
    """The strip that nearly all *gaps* have in common; a stop may hang into it.

    The second column begins where at least two lines do, and one in twenty.
    """
    ends = sorted(gap.start for gap in gaps)
    begin = margin_of([gap.end for gap in gaps], size)
    return Gutter(ends[len(ends) * 9 // 10], min(gap.end for gap in gaps) if begin is None else begin)


def parts_of(lines: list[Line], gutters: list[Gutter], size: int) -> list[Part]:
    """The lines of a page in reading order, cut at the *gutters*."""
    if not gutters:
        return [Part(0, lines)] if lines else []
    found: list[Part] = []
    band: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]

    def close() -> None:
        found.extend(Part(column, list(part)) for column, part in enumerate(band) if part)
        for part in band:
            part.clear()

    for line in lines:
        if any(_crosses(line, gutter, size) for gutter in gutters):
            close()
            if found and found[-1].column == -1:
                found[-1].lines.append(line)
            else:
                found.append(Part(-1, [line]))
            continue
        begin = 0
        for column, gutter in enumerate([*gutters, None]):
            stop = len(line.text) if gutter is None else _begins(line, gutter, size)
            if line.text[begin:stop].strip():
                band[column].append(_bare(cut(line, begin, stop)))
            begin = max(begin, stop)
    close()
    return found


def _bare(line: Line) -> Line:
    """*line* without blanks at its end."""
    return cut(line, 0, len(line.text.rstrip()))


def _gaps(line: Line, size: int) -> list[Gutter]:
    """Stretches of *line* without ink, at least eight tenths of an em long."""
    found = []
    before = None
    for start, end, character in zip(line.starts, line.ends, line.text, strict=True):
        if character.isspace():
            continue
        if before is not None and (start - before) * 10 >= 8 * size:
            found.append(Gutter(before, start))
        before = end
    return found


def _begins(line: Line, gutter: Gutter, size: int) -> int:
    """The index of the first character of *line* behind the *gutter*."""
    edge = gutter.end - size // 10
    return bisect_left(line.starts, edge)


def _crosses(line: Line, gutter: Gutter, size: int) -> bool:
    """Whether *line* runs on across the end of the *gutter*, where the lines of the second column begin."""
    after = _begins(line, gutter, size)
    before = next((i for i in range(after - 1, -1, -1) if not line.text[i].isspace()), None)
    after = next((i for i in range(after, len(line.text)) if not line.text[i].isspace()), len(line.text))
    if before is None:
        return False
    if line.ends[before] > gutter.end + size // 10:
        return True
    return after < len(line.text) and (line.starts[after] - line.ends[before]) * 10 < 4 * size


def _parts_columns(gutter: Gutter, gaps: list[Gutter], lines: list[Line], size: int, *, known: bool) -> bool:
    if len(gaps) < (1 if known else 5) or gutter.end - gutter.start < size // 2:
        return False
    across = sum(_crosses(line, gutter, size) for line in lines)
    if len(gaps) < across * (1 if known else 4):
        return False
    if known:
        both = (line for line in lines if line.start < gutter.start and line.end > gutter.end)
        return any(_is_full(line, gutter, size) for line in both if not _crosses(line, gutter, size))
    left = sum(_filled(line, gutter.start - 10 * size, gutter.start) >= 8 * size for line in lines)
    right = sum(_filled(line, gutter.end, gutter.end + 10 * size) >= 8 * size for line in lines)
    return min(left, right) >= 3 or (across == 0 and min(_sentences(lines, gutter)) >= 3)


def _is_full(line: Line, gutter: Gutter, size: int) -> bool:
    """Whether *line* is filled with text on one side of the *gutter*."""
    left = _filled(line, gutter.start - 10 * size, gutter.start)
    return max(left, _filled(line, gutter.end, gutter.end + 10 * size)) >= 8 * size


def _sentences(lines: list[Line], gutter: Gutter) -> tuple[int, int]:
    """How many sentences end on each side of *gutter*."""
    stops = [
        start < gutter.middle
        for line in lines
        for start, character in zip(line.starts, line.text, strict=True)
        if character in "。．"
    ]
    return sum(stops), len(stops) - sum(stops)


def _filled(line: Line, start: int, stop: int) -> int:
    """How much of the stretch of *line* from *start* to *stop* has ink."""
    return sum(
        min(end, stop) - max(begin, start)
        for begin, end, character in zip(line.starts, line.ends, line.text, strict=True)
        if end > start and begin < stop and not character.isspace()
    )
