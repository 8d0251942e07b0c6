"""What the styles of a Word file say of its paragraphs: ECMA-376 part 1, 17.7 (styles) and 17.3.1 (paragraphs)."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

__all__ = ["Look", "Styles", "W", "number_of", "on", "value_of"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = W + "val"
_OFF = frozenset(("0", "false", "off", "none"))
_HEADING = re.compile(r"(?:heading|見出し)\s?([1-9])", re.I)
_TITLES = frozenset(("title", "表題"))
_POINTS = 10.5  # of a character of Word in Japanese, where no style says more
_DEEPEST = 30  # styles that are based on each other


class Look(NamedTuple):
    """What a paragraph, or a style of paragraphs, says of itself; None where it says nothing.

    ``heading`` is 1 to 9, 0 for body text. ``indent`` counts characters by which the first line is set in. ``number``
    names a list of numbering.xml, ``level`` counts from 0.
    """

    heading: int | None = None
    number: str | None = None
    level: int | None = None
    indent: float | None = None
    page_break: bool | None = None
    hidden: bool | None = None

    def over(self, base: Look) -> Look:
        """This look, where it says nothing that of *base*."""
        return base._replace(**{name: said for name, said in self._asdict().items() if said is not None})


def value_of(element: Any, tag: str) -> str | None:
    """The w:val of the child *tag* of *element*; None without either."""
    child = element.find(W + tag) if element is not None else None
    return None if child is None else child.get(_VAL)


def number_of(written: str | None) -> int | None:
    """A whole number in an attribute; None where there is none, or none that can be read."""
    try:
        return None if written is None else int(float(written))
    except (ValueError, OverflowError):
        return None


def on(element: Any, tag: str) -> bool | None:
    """Whether the switch *tag* of *element* is on (17.17.4); None where it is not there."""
    child = element.find(W + tag) if element is not None else None
    return None if child is None else child.get(_VAL, "1").lower() not in _OFF


class Styles:
    """The styles of a file by their names there. *element* is w:styles, or None."""

    def __init__(self, element: Any) -> None:
        self._elements = {} if element is None else {s.get(W + "styleId"): s for s in element.iterfind(W + "style")}
        self._looks: dict[str | None, Look] = {}
        self._points: dict[str | None, float | None] = {}
        self.default = next(
            (
                name
                for name, s in self._elements.items()
                if s.get(W + "type") == "paragraph" and s.get(W + "default", "0").lower() not in _OFF
            ),
            None,
        )
        defaults = None if element is None else element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        size = number_of(value_of(defaults, "sz"))
        self.points = size / 2 if size else _POINTS

    def look(self, style: str | None) -> Look:
        """What *style* says, with all that it is based on."""
        if style not in self._looks:
            self._looks[style] = self._resolve(style)
        return self._looks[style]

    def of_paragraph(self, properties: Any) -> Look:
        """How a paragraph with these *properties* (w:pPr or None) looks."""
        if properties is None:
            return self.look(self.default)
        style = value_of(properties, "pStyle") or self.default
        return self._own(properties, style).over(self.look(style))

    def numbered(self, style: str | None) -> str | None:
        """The list that *style* itself names, for lists that are known by their style only."""
        element = self._elements.get(style)
        return None if element is None else value_of(element.find(f"{W}pPr/{W}numPr"), "numId")

    def _chain(self, style: str | None) -> list[Any]:
        found: list[Any] = []
        while style in self._elements and len(found) < _DEEPEST:
            element = self._elements[style]
            found.append(element)
            style = value_of(element, "basedOn")
        return found

    def _resolve(self, style: str | None) -> Look:
        look = Look()
        for element in reversed(self._chain(style)):
            properties = element.find(W + "pPr")
            own = Look() if properties is None else self._own(properties, style)
            own = own._replace(hidden=on(element.find(W + "rPr"), "vanish"))
            if own.heading is None:
                own = own._replace(heading=_named_heading(value_of(element, "name") or ""))
            look = own.over(look)
        return look

    def _size(self, style: str | None) -> float:
        """Points of a character of *style*."""
        if style not in self._points:
            sizes = (number_of(value_of(element.find(W + "rPr"), "sz")) for element in self._chain(style))
            size = next((size for size in sizes if size), None)
            self._points[style] = size / 2 if size else None
        return self._points[style] or self.points

    def _own(self, properties: Any, style: str | None) -> Look:
        level = number_of(value_of(properties, "outlineLvl"))
        numbering = properties.find(W + "numPr")
        return Look(
            heading=None if level is None else (level + 1 if 0 <= level < 9 else 0),
            number=value_of(numbering, "numId"),
            level=number_of(value_of(numbering, "ilvl")),
            indent=self._indent(properties.find(W + "ind"), style),
            page_break=on(properties, "pageBreakBefore"),
        )

    def _indent(self, indent: Any, style: str | None) -> float | None:
        """Characters: w:firstLineChars counts hundredths of them, w:firstLine twentieths of a point."""
        if indent is None:
            return None
        characters = number_of(indent.get(W + "firstLineChars"))
        if characters:
            return characters / 100
        twentieths = number_of(indent.get(W + "firstLine"))
        if twentieths is not None:
            return twentieths / 20 / self._size(style)
        return 0 if indent.get(W + "hanging") or characters == 0 else None


def _named_heading(name: str) -> int | None:
    found = _HEADING.fullmatch(name.strip())
    if found:
        return int(found[1])
    return 1 if name.strip().lower() in _TITLES else None
