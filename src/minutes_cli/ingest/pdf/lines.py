"""The glyphs of a page put into lines, whatever way the page is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import IntEnum
from itertools import pairwise
from operator import attrgetter
from statistics import median_low
from typing import NamedTuple

from minutes_cli.ingest.pdf.clusters import Glyph, in_order
from minutes_cli.ingest.pdf.process import PageGlyphs

__all__ = ["Flow", "Line", "Sheet", "cut", "is_wide", "lines_of", "margin_of", "sheet_of"]

UNREADABLE = "\ufffd"
"""Stands for a glyph of which the file does not say what character it is."""


_LOOKED_AT = 1_000
"""Glyphs of a page that are looked at to see which way it is written."""


class Flow(IntEnum):
    """Which way the glyphs of a line follow each other on the page."""

    RIGHT = 0  # lines from the top down
    DOWN = 1  # lines from right to left: vertical writing, and pages turned clockwise
    LEFT = 2  # upside down
    UP = 3  # turned the other way
    SLANTED = 4  # as the file has them: watermarks


class Line(NamedTuple):
    """Glyphs side by side, in hundredths of a point.

    ``starts`` and ``ends`` say for every character of ``text`` where it begins and ends along the line; ``base`` is
    the place of the line across, growing from one line to the next; ``size`` is the usual font size in it. In a page
    that is written downwards "along" means from the top, "across" from the right.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    base: int
    size: int

    @property
    def start(self) -> int:
        """Where the first character begins."""
        return self.starts[0]

    @property
    def end(self) -> int:
        """Where the last character ends."""
        return self.ends[-1]


class Sheet(NamedTuple):
    """The lines of one page: those that flow as most of it does, and ``others`` (each with its own flow)."""

    flow: Flow
    lines: list[Line]
    others: list[tuple[Flow, list[Line]]]
    hidden: int = 0  # characters outside the page as it is shown
    ligatures: int = 0
    voted: bool = False  # whether the page itself shows how it flows


def is_wide(character: str) -> bool:
    """Whether *character* is as wide as it is high in Japanese print."""
    return character > "\u2e7f" and not "\uff61" <= character <= "\uffdc"


def cut(line: Line, start: int, stop: int) -> Line:
    """The characters of *line* from *start* up to *stop*."""
    return line._replace(text=line.text[start:stop], starts=line.starts[start:stop], ends=line.ends[start:stop])


def sheet_of(page: PageGlyphs, before: Flow = Flow.RIGHT) -> Sheet:
    """The lines of *page*; *before* is how the page before flows, for one that does not show it."""
    shown = [i for i in range(len(page.characters)) if _is_on(page, i)]
    inked = sum(code > 32 for code in page.characters)
    hidden = inked - sum(page.characters[i] > 32 for i in shown) if len(shown) < len(page.characters) else 0
    flow, voted = _flow_of(page, shown, before)
    main, others = _parted(page, shown, flow)
    return Sheet(
        flow,
        lines_of(_glyphs(page, main, flow), flow),
        [(other, lines_of(_glyphs(page, indexes, other), other)) for other, indexes in others],
        hidden,
        sum(1 for i in shown if page.shared[i] and not page.shared[i - 1]) if any(page.shared) else 0,
        voted,
    )


def _is_on(page: PageGlyphs, i: int) -> bool:
    across = page.lefts[i] + page.rights[i]
    down = page.tops[i] + page.bottoms[i]
    return 0 <= across <= 2 * page.width and 0 <= down <= 2 * page.height


def _flow_of(page: PageGlyphs, shown: list[int], before: Flow) -> tuple[Flow, bool]:
    """How most of the page flows, by how fonts are turned and where upright glyphs stand to those drawn before them;
    and whether the page shows it at all."""
    common = Counter(page.directions[i] for i in shown).most_common(1)
    if not common or common[0][0] == Flow.SLANTED:
        return before, False
    most = Flow(common[0][0])
    if most is not Flow.RIGHT:
        return most, True
    right = down = 0
    for i, j in pairwise(shown[:_LOOKED_AT]):
        if page.directions[i] or page.directions[j] or page.characters[j] == 32:
            continue
        size = page.sizes[i]
        over, below = page.lefts[j] - page.rights[i], page.tops[j] - page.bottoms[i]
        if abs(page.bottoms[j] - page.bottoms[i]) * 4 < size and abs(over) * 2 < size:
            right += 1
        elif abs(_middle(page, j) - _middle(page, i)) * 2 < size and abs(below) * 2 < size:
            down += 1
    if right == down:
        return (before if before in (Flow.RIGHT, Flow.DOWN) else Flow.RIGHT), False
    return (Flow.DOWN if down > right else Flow.RIGHT), True


def _middle(page: PageGlyphs, i: int) -> int:
    return (page.lefts[i] + page.rights[i]) // 2


def _parted(page: PageGlyphs, shown: list[int], flow: Flow) -> tuple[list[int], list[tuple[Flow, list[int]]]]:
    """The glyphs that flow with the page, and the others. Upright and turned glyphs stand mixed in vertical writing."""
    if flow is Flow.RIGHT and not any(page.directions):
        return shown, []
    groups: dict[Flow, list[int]] = {}
    along = _rows_in_columns(page, shown) if flow is Flow.DOWN else set()
    for i in shown:
        own = Flow(page.directions[i])
        if own is Flow.RIGHT and flow is Flow.DOWN and i not in along:
            own = Flow.DOWN
        groups.setdefault(own, []).append(i)
    main = groups.pop(flow, [])
    return main, sorted(groups.items())


def _rows_in_columns(page: PageGlyphs, shown: list[int]) -> set[int]:
    """Glyphs of a vertical page that run to the right over more than the width of a column: a page number, a table.

    Numbers of two or three digits set into a column are narrower.
    """
    found: set[int] = set()
    run: list[int] = []

    def close() -> None:
        if run and page.rights[run[-1]] - page.lefts[run[0]] > 1.6 * page.sizes[run[0]]:
            found.update(run)
        run.clear()

    for i in shown:
        if page.directions[i]:
            close()
            continue
        if run:
            j, size = run[-1], page.sizes[run[-1]]
            level = abs(page.bottoms[i] - page.bottoms[j]) * 4 < size
            if not (level and -5 * size < 10 * (page.lefts[i] - page.rights[j]) < 3 * size):
                close()
        run.append(i)
    close()
    return found


def _glyphs(page: PageGlyphs, indexes: list[int], flow: Flow) -> list[Glyph]:
    """Glyphs of *page* with their places along and across the lines of the *flow*."""
    lefts, tops, rights, bottoms, sizes = page.lefts, page.tops, page.rights, page.bottoms, page.sizes
    texts = [_shown(page.characters[i]) for i in indexes]
    if flow is Flow.RIGHT or flow is Flow.SLANTED:
        places = [(lefts[i], rights[i], bottoms[i] - sizes[i] * 12 // 100) for i in indexes]
    elif flow is Flow.DOWN:
        places = [(tops[i], bottoms[i], -(lefts[i] + rights[i]) // 2) for i in indexes]
    elif flow is Flow.LEFT:
        places = [(-rights[i], -lefts[i], -tops[i] - sizes[i] * 12 // 100) for i in indexes]
    else:
        places = [(-bottoms[i], -tops[i], (lefts[i] + rights[i]) // 2) for i in indexes]
    return [
        Glyph(start, end, base, sizes[i], text, page.shared[i])
        for i, text, (start, end, base) in zip(indexes, texts, places, strict=True)
    ]


def _shown(code: int) -> str:
    """The character of a code point, UNREADABLE for what is none."""
    if 32 <= code < 0x7F or 0xA0 <= code < 0xD800 or (0xE000 <= code < 0x110000 and code & 0xFFFE != 0xFFFE):
        return chr(code)
    return UNREADABLE


def lines_of(glyphs: list[Glyph], flow: Flow) -> list[Line]:
    """Glyphs in lines, by where they stand across; in the order of the page."""
    if flow is Flow.SLANTED:
        return [_slanted(glyphs)] if glyphs else []
    clusters: list[list[Glyph]] = []
    total = 0
    reach = 45 if flow is Flow.DOWN else 35  # hundredths of an em; readings beside a line are further away
    for glyph in sorted(glyphs, key=attrgetter("base")):  # stable: what stands level stays as it was drawn
        if clusters:
            last = clusters[-1]
            size = max(last[-1].size, glyph.size)
            if (glyph.base * len(last) - total) * 100 <= reach * size * len(last):
                last.append(glyph)
                total += glyph.base
                continue
        clusters.append([glyph])
        total = glyph.base
    found = (_line(cluster, flow) for cluster in clusters)
    return [line for line in found if line is not None]


def _slanted(glyphs: list[Glyph]) -> Line:
    size = median_low(glyph.size for glyph in glyphs)
    places = range(0, len(glyphs) * size + 1, size)
    return Line("".join(glyph.text for glyph in glyphs), places[:-1], places[1:], 0, size)


def _line(cluster: list[Glyph], flow: Flow) -> Line | None:
    """The glyphs of one line in their order, each once; None where nothing but blanks stands in it."""
    inked = [glyph for glyph in cluster if not glyph.text.isspace()]
    if not inked:
        return None
    cluster = in_order(cluster, sideways=flow is Flow.DOWN)
    while cluster[-1].text.isspace():
        cluster.pop()
    return Line(
        "".join(glyph.text for glyph in cluster),
        tuple(glyph.start for glyph in cluster),
        tuple(glyph.end for glyph in cluster),
        median_low(glyph.base for glyph in inked),
        median_low(glyph.size for glyph in inked),
    )


def margin_of(starts: list[int], size: int) -> int | None:
    """Where the lines of a column begin: the first place where at least two of them do, and one in twenty."""
    starts = sorted(starts)
    least = max(2, len(starts) // 20)
    for i in range(len(starts) - least + 1):
        if (starts[i + least - 1] - starts[i]) * 10 <= 4 * size:
            return starts[i]
    return None
