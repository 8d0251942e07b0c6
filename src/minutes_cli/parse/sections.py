"""Headings as a tree of sections: each reaches to the next heading of its own level or above."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence

from minutes_cli.model import Section, View
from minutes_cli.parse.headings import Heading
from minutes_cli.parse.layout import MARKS
from minutes_cli.patterns import lazy

_COUNTED = lazy(
    rf"[{MARKS}#\s]*(?P<open>[(（]?)(?P<word>[^\W\d_]{{0,6}}?)\s?"
    r"(?:(?P<plain>[0-9０-９]{1,4})|(?P<kanji>[一二三四五六七八九十]{1,4})|(?P<circled>[①-⑳]))(?P<close>[)）．.、：:\s号]?)"
)


def one_tree(headings: Sequence[tuple[Heading, int]], marked: Collection[int], text: str) -> list[tuple[Heading, int]]:
    """Headings of which the file marks some (with their levels) and others were found by their shape, as one tree.

    *marked* has the places of the former. A found one stands on the level of marked ones that are counted in the same
    way, else below the marked one before it; before the first of them, beside it.
    """
    alike: dict[str, int] = {}
    for heading, start in headings:
        if start in marked and (way := _counted(text, start)):
            alike.setdefault(way, heading.level)
    tree: list[tuple[Heading, int]] = []
    below = min((heading.level for heading, start in headings if start in marked), default=1)
    stretch: list[tuple[Heading, int]] = []  # found ones below the same marked one
    for heading, start in headings:
        if start not in marked and _counted(text, start) not in alike:
            stretch.append((heading, start))
            continue
        tree += _on_level(stretch, below)
        stretch = []
        tree.append((heading if start in marked else heading._replace(level=alike[_counted(text, start)]), start))
        below = tree[-1][0].level + 1
    return tree + _on_level(stretch, below)


def _on_level(headings: Sequence[tuple[Heading, int]], level: int) -> list[tuple[Heading, int]]:
    """*headings* moved so that the highest of them stand on *level*."""
    highest = min((heading.level for heading, _ in headings), default=level)
    return [(heading._replace(level=heading.level - highest + level), start) for heading, start in headings]


def _counted(text: str, start: int) -> str:
    """How the line there is counted, whatever its number: 日程第１ -> 日程第0; "" where it is not."""
    found = _COUNTED.match(text, start)
    if found is None or not (found["open"] or found["close"] or found["circled"] or found["word"].endswith("第")):
        return ""
    number = "0" if found["plain"] else "一" if found["kanji"] else "①"
    close = " " if found["close"].isspace() else found["close"]
    return unicodedata.normalize("NFKC", f"{found['open']}{found['word']}{number}{close}")


def build_sections(view: View, headings: Sequence[tuple[Heading, int]]) -> tuple[Section, ...]:
    """The sections of a record from its headings and where they start in the corrected text."""
    sections: list[Section] = []
    open_: list[tuple[int, str]] = []  # (level, id) of the sections around
    ends = _ends(headings, len(view.text))
    for i, (heading, start) in enumerate(headings):
        while open_ and open_[-1][0] >= heading.level:
            open_.pop()
        name = f"sec{i + 1}"
        parent = open_[-1][1] if open_ else None
        sections.append(
            Section(name, heading.text, heading.level, heading.number, parent, view.to_source(start, ends[i]))
        )
        open_.append((heading.level, name))
    return tuple(sections)


def _ends(headings: Sequence[tuple[Heading, int]], size: int) -> list[int]:
    """Where each section ends, found from the back in one pass."""
    ends = [size] * len(headings)
    after: list[tuple[int, int]] = []  # (level, start) of the headings behind, innermost last
    for i in range(len(headings) - 1, -1, -1):
        heading, start = headings[i]
        while after and after[-1][0] > heading.level:
            after.pop()
        ends[i] = after[-1][1] if after else size
        after.append((heading.level, start))
    return ends
