"""The numbers of lists as Word shows them: ECMA-376 part 1, 17.9 (numbering)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from minutes_cli.ingest.office.docx_styles import Look, W, number_of, on, value_of
from minutes_cli.ingest.office.numerals import bullet, numeral

__all__ = ["Numbering"]

_LEVELS = 9
_PLACE = re.compile("%([1-9])")
# The gap that a tab behind a number makes is about that of an ideographic blank.
_GAPS = {"tab": "　", "space": " ", "nothing": ""}


class _Level(NamedTuple):
    start: int
    style: str
    text: str
    gap: str
    restart: int | None  # the level (from 1) behind which it begins anew; 0 never; None behind every one above
    legal: bool  # all numbers in it as decimals


class _List(NamedTuple):
    abstract: str
    starts: dict[int, int]
    levels: dict[int, _Level]


class Numbering:
    """Counts the items of all lists of a file.

    *element* is w:numbering, or None; *style_list* names the list of a style.
    """

    def __init__(self, element: Any, style_list: Callable[[str | None], str | None]) -> None:
        self._abstracts: dict[str, Any] = {}
        self._by_style: dict[str, dict[str, int]] = {}  # abstract list -> style of paragraphs -> level
        self._lists: dict[str, _List] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        self._style_list = style_list
        if element is None:
            return
        self._abstracts = {a.get(W + "abstractNumId"): a for a in element.iterfind(W + "abstractNum")}
        self._numbers = {n.get(W + "numId"): n for n in element.iterfind(W + "num")}
        for name, abstract in self._abstracts.items():
            self._levels[name] = {
                number_of(level.get(W + "ilvl")) or 0: _level(level) for level in abstract.iterfind(W + "lvl")
            }
            self._by_style[name] = {
                style: number_of(level.get(W + "ilvl")) or 0
                for level in abstract.iterfind(W + "lvl")
                if (style := value_of(level, "pStyle"))
            }
        for name, number in self._numbers.items():
            found = self._list(number)
            if found is not None:
                self._lists[name] = found

    def before(self, look: Look, style: str | None) -> str:
        """What stands before the next paragraph that looks so: its number and a gap, a bullet, or nothing."""
        chosen = self._lists.get(look.number or "")
        if chosen is None:
            return ""
        level = look.level
        if level is None:
            level = self._by_style.get(chosen.abstract, {}).get(style or "", 0)
        shape = chosen.levels.get(level)
        if shape is None or not 0 <= level < _LEVELS:
            return ""
        counts = self._counts.setdefault(chosen.abstract, [None] * _LEVELS)
        if look.number not in self._begun:
            self._begun.add(look.number or "")
            for changed in chosen.starts:
                counts[changed] = None
        _count(counts, level, chosen)
        if shape.style == "bullet":
            return bullet(shape.text)
        shown = _PLACE.sub(lambda place: _written(counts, int(place[1]) - 1, chosen, shape), shape.text)
        return shown + shape.gap if shown else ""

    def _list(self, number: Any) -> _List | None:
        abstract = value_of(number, "abstractNumId") or ""
        for _ in range(3):  # a list may be that of a style, which names another one
            element = self._abstracts.get(abstract)
            if element is None:
                return None
            link = value_of(element, "numStyleLink")
            linked = self._numbers.get(self._style_list(link)) if link else None
            if linked is None:
                break
            abstract = value_of(linked, "abstractNumId") or ""
        starts: dict[int, int] = {}
        levels = dict(self._levels.get(abstract, {}))
        for override in number.iterfind(W + "lvlOverride"):
            level = number_of(override.get(W + "ilvl")) or 0
            start = number_of(value_of(override, "startOverride"))
            changed = override.find(W + "lvl")
            if changed is not None:
                levels[level] = _level(changed)
            if start is not None and 0 <= level < _LEVELS:
                starts[level] = start
        return _List(abstract, starts, levels)


def _level(element: Any) -> _Level:
    start = number_of(value_of(element, "start"))
    return _Level(
        start=0 if start is None else start,
        style=value_of(element, "numFmt") or "decimal",
        text=value_of(element, "lvlText") or "",
        gap=_GAPS.get(value_of(element, "suff") or "tab", "　"),
        restart=number_of(value_of(element, "lvlRestart")),
        legal=bool(on(element, "isLgl")),
    )


def _start(chosen: _List, level: int) -> int:
    if level in chosen.starts:
        return chosen.starts[level]
    shape = chosen.levels.get(level)
    return 1 if shape is None else shape.start


def _count(counts: list[int | None], level: int, chosen: _List) -> None:
    now = counts[level]
    counts[level] = _start(chosen, level) if now is None else now + 1
    for deeper in range(level + 1, _LEVELS):
        shape = chosen.levels.get(deeper)
        restart = None if shape is None else shape.restart
        if restart is None or (restart > 0 and level < restart):
            counts[deeper] = None
    for above in range(level):
        if counts[above] is None:
            counts[above] = _start(chosen, above)


def _written(counts: list[int | None], level: int, chosen: _List, shape: _Level) -> str:
    value = counts[level]
    style = chosen.levels[level].style if level in chosen.levels else "decimal"
    if value is None:
        value = _start(chosen, level)
    return numeral(value, "decimal" if shape.legal or style == "bullet" else style)
