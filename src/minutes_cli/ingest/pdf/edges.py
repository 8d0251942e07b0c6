"""Running headers and footers, and page numbers: lines at the edges of pages which come back there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from minutes_cli.ingest.pdf.lines import Flow, Line

__all__ = ["Edge", "edges_of", "is_page_number", "running"]

DEPTH = 3
"""How many lines a running header may have."""

_DIGITS = re.compile(r"[0-9０-９]+|(?<=第)[〇一二三四五六七八九十百]+(?=[頁号])")
_NUMBER = r"(?:[0-9０-９]{1,4}|[〇一二三四五六七八九十百]{1,5})"
_PAGE_NUMBER = re.compile(
    rf"[-－–—―‐‑‒−ー─━~～・.()（）\[\]〔〕<>＜＞\s]*(?:[PpＰｐ][.．]?\s*|第\s*)?{_NUMBER}(?:\s*[/／]\s*{_NUMBER})?"
    r"\s*(?:頁|ページ|page)?[-－–—―‐‑‒−ー─━~～・.()（）\[\]〔〕<>＜＞\s]*"
)
_MARKS = "○〇◯⚪◎●△▲◇◆□■"


class Edge(NamedTuple):
    """A line near an edge of a page: which page (from 0), in which flow, at the beginning or the end of the page, how
    many lines further out, and whether it stands apart from what is further in."""

    page: int
    flow: Flow
    first: bool
    depth: int
    line: Line
    apart: bool


def is_page_number(text: str) -> bool:
    """Whether a line at the edge of a page is nothing but the number of the page."""
    return _PAGE_NUMBER.fullmatch(text.strip()) is not None


def edges_of(page: int, flow: Flow, lines: Sequence[Line], size: int, leading: int) -> list[Edge]:
    """The lines at both edges of a page, from the edge inwards."""
    found = []
    for first in (True, False):
        inwards = lines if first else lines[::-1]
        for depth, line in enumerate(inwards[:DEPTH]):
            within = inwards[depth + 1] if depth + 1 < len(inwards) else None
            far = within is None or abs(within.base - line.base) * 10 > 13 * leading
            other = abs(line.size - size) * 12 > size
            found.append(Edge(page, flow, first, depth, line, far or other))
    return found


def running(edges: Sequence[Edge], size: int) -> set[tuple[int, Flow, bool, int]]:
    """Which edges hold a running header or footer: ``(page, flow, first, depth)``.

    A line is one where it comes back, numbers aside, at the same place of at least three pages (or of both, if there
    are but two), and of two in five of those from its first to its last; or, where left and right pages differ, of
    those on its side. Where it does not stand apart from the text it must come back on four in five, and on four pages.
    Lines that begin with the mark of a speaker are none.
    """
    pages = 1 + max((edge.page for edge in edges), default=0)
    alike: dict[tuple[Flow, bool, str], list[Edge]] = {}
    for edge in edges:
        text = "".join(edge.line.text.split())
        if text[0] not in _MARKS and not is_page_number(text):
            alike.setdefault((edge.flow, edge.first, _DIGITS.sub("#", text)), []).append(edge)
    found = set[tuple[int, Flow, bool, int]]()
    for same in alike.values():
        place = median(edge.line.base for edge in same)
        level = [edge for edge in same if abs(edge.line.base - place) <= size]
        if _comes_back(level, pages):
            found.update((edge.page, edge.flow, edge.first, edge.depth) for edge in level)
    numbers = {edge[:4] for edge in edges if is_page_number(edge.line.text)}
    return {key for key in found if all({(*key[:3], depth)} & (found | numbers) for depth in range(key[3]))}


def _comes_back(same: list[Edge], of: int) -> bool:
    pages = sorted({edge.page for edge in same})
    if len(pages) < min(3, max(of, 2)):
        return False
    reach = pages[-1] - pages[0] + 1
    if len({page % 2 for page in pages}) == 1:
        reach = reach // 2 + 1
    apart = sum(edge.apart for edge in same) * 2 >= len(same)
    return len(pages) * 5 >= reach * (2 if apart else 4) and (apart or len(pages) >= 4)
