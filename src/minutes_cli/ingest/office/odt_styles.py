"""What the styles of an OpenDocument text say: OpenDocument 1.3 part 3, 16 (styles) and 16.30 (lists)."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from minutes_cli.ingest.office.numerals import bullet, numeral, odf_format

__all__ = ["FO", "LOEXT", "STYLE", "TEXT", "Look", "OdtLists", "OdtStyles", "positive"]

_URN = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT, STYLE, FO = _URN + "text:1.0}", _URN + "style:1.0}", _URN + "xsl-fo-compatible:1.0}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"

_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)(pt|cm|mm|in|pc|px|em)")
_POINTS = {"pt": 1.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pc": 12.0, "px": 0.75}
_NUMBER = re.compile(r"%(\d{1,2})%")
_DEFAULT_SIZE = 10.5
_DEEPEST = 30
_LEVELS = 10
_GAPS = {"listtab": "　", "space": " ", "nothing": ""}


class Look(NamedTuple):
    """What a style says of a paragraph or of a stretch of text, with all that it is based on."""

    heading: int = 0
    indent: float = 0.0  # characters
    before: bool = False  # a page begins before it
    after: bool = False  # and behind it
    parity: int | None = None  # an odd (1) or even (0) number that this page must have
    hidden: bool = False


class OdtStyles:
    """The styles of *roots*, the elements of content.xml and styles.xml, the first of which win."""

    def __init__(self, *roots: Any) -> None:
        self._styles: dict[tuple[str | None, str | None], Any] = {}
        self._looks: dict[tuple[str, str | None], Look] = {}
        self.lists: dict[str | None, dict[int, Any]] = {}
        self.outline: dict[int, Any] = {}
        size = None
        for root in roots:
            for style in root.iter(STYLE + "style"):
                self._styles.setdefault((style.get(STYLE + "family"), style.get(STYLE + "name")), style)
            for style in root.iter(TEXT + "list-style"):
                self.lists.setdefault(style.get(STYLE + "name"), _levels(style))
            for style in root.iter(TEXT + "outline-style"):
                self.outline = self.outline or _levels(style)
            for style in root.iter(STYLE + "default-style"):
                if style.get(STYLE + "family") == "paragraph":
                    size = size or _size(style)
        self._points = size or _DEFAULT_SIZE

    def look(self, family: str, name: str | None) -> Look:
        """How the style *name* of a *family* (``paragraph``, ``text``) looks."""
        key = (family, name)
        if key not in self._looks:
            self._looks[key] = self._resolve(family, name)
        return self._looks[key]

    def _resolve(self, family: str, name: str | None) -> Look:
        chain: list[Any] = []
        while (style := self._styles.get((family, name))) is not None and len(chain) < _DEEPEST:
            chain.append(style)
            name = style.get(STYLE + "parent-style-name")
        said: dict[str, str] = {}
        for style in reversed(chain):
            for properties in style.iterchildren(STYLE + "paragraph-properties", STYLE + "text-properties"):
                said.update({key: value for key, value in properties.attrib.items() if not key.endswith("page-number")})
        size = next((size for style in chain if (size := _size(style))), self._points)
        level = next((v for style in chain if (v := style.get(STYLE + "default-outline-level")) is not None), "")
        # A page style is taken up where it is named; what is based on it goes on with it.
        master = chain[0].get(STYLE + "master-page-name") if chain else ""
        return Look(
            heading=positive(level, 0),
            indent=_points(said.get(FO + "text-indent", "")) / size,
            before=said.get(FO + "break-before") in _PAGES or bool(master),
            after=said.get(FO + "break-after") in _PAGES,
            parity=_PAGES.get(said.get(FO + "break-before", "")),
            hidden=said.get(TEXT + "display") == "none",
        )


_PAGES: dict[str | None, int | None] = {"page": None, "odd-page": 1, "even-page": 0}


def positive(written: str | None, otherwise: int) -> int:
    """A whole number in an attribute, or *otherwise*."""
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 12 else otherwise


def _points(length: str) -> float:
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _POINTS.get(found[2], _DEFAULT_SIZE) if found else 0.0


def _size(style: Any) -> float:
    properties = style.find(STYLE + "text-properties")
    if properties is None:
        return 0.0
    return _points(properties.get(STYLE + "font-size-asian") or properties.get(FO + "font-size") or "")


def _levels(style: Any) -> dict[int, Any]:
    return {positive(level.get(TEXT + "level"), 0): level for level in style}


class OdtLists:
    """Counts the items of the lists of a file."""

    def __init__(self, styles: OdtStyles) -> None:
        self._styles = styles
        self._outline: list[int | None] = [None] * (_LEVELS + 1)

    def heading(self, level: int) -> str:
        """The number of the next heading of *level* (1 is the highest)."""
        return _next(self._styles.outline, self._outline, level, None)

    def item(self, style: str | None, counts: list[int | None], level: int, start: int | None) -> str:
        """The number or bullet of the next item of a list, and the gap behind it. *start*: the item says its number."""
        return _next(self._styles.lists.get(style, {}), counts, level, start)

    @staticmethod
    def counts() -> list[int | None]:
        """The numbers of a list that begins."""
        return [None] * (_LEVELS + 1)


def _next(levels: dict[int, Any], counts: list[int | None], level: int, start: int | None) -> str:
    if not 1 <= level <= _LEVELS:
        return ""
    shape = levels.get(level)
    now = counts[level]
    counts[level] = start if start is not None else (_start(shape) if now is None else now + 1)
    counts[level + 1 :] = [None] * (_LEVELS - level)
    if shape is None:
        return ""
    if shape.tag == TEXT + "list-level-style-bullet":
        return bullet(shape.get(TEXT + "bullet-char") or "")
    if shape.tag == TEXT + "list-level-style-image":
        return bullet("")
    return _shown(levels, counts, level, shape)


def _start(shape: Any) -> int:
    return 1 if shape is None else positive(shape.get(TEXT + "start-value"), 1)


def _shown(levels: dict[int, Any], counts: list[int | None], level: int, shape: Any) -> str:
    style = shape.get(STYLE + "num-format") or ""
    if not style and not (shape.get(STYLE + "num-prefix") or shape.get(STYLE + "num-suffix")):
        return ""

    def written(of: int) -> str:
        shape = levels.get(of)
        value = counts[of] if of <= _LEVELS else None
        if shape is None:
            return ""
        return numeral(_start(shape) if value is None else value, odf_format(shape.get(STYLE + "num-format") or ""))

    pattern = shape.get(LOEXT + "num-list-format")
    if pattern is not None:
        text = _NUMBER.sub(lambda found: written(int(found[1])), pattern)
    else:
        first = level - max(1, min(positive(shape.get(TEXT + "display-levels"), 1), level)) + 1
        numbers = [number for of in range(first, level + 1) if (number := written(of))]
        text = (shape.get(STYLE + "num-prefix") or "") + ".".join(numbers) + (shape.get(STYLE + "num-suffix") or "")
    alignment = next(shape.iter(STYLE + "list-level-label-alignment"), None)
    followed = "listtab" if alignment is None else alignment.get(TEXT + "label-followed-by") or "listtab"
    return text + _GAPS.get(followed, "　") if text else ""
