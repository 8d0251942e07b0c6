"""Headings as a tree of sections: each reaches to the next heading of its own level or above."""

from __future__ import annotations

from collections.abc import Sequence

from minutes_cli.model import Section, View
from minutes_cli.parse.headings import Heading


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
