"""What stands in a page, element by element -> its lines, and what of it cannot be had."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from minutes_cli.ingest.html.blocks import Line, Sink, row_lines
from minutes_cli.ingest.html.site import Attributes, Figures, belongs_to_site

__all__ = ["Left", "Mark", "PageLines", "page_lines"]

#: An element that opens (its tag and attributes), a text (no tag), or the end of the last one that opened (two Nones).
Mark = tuple[str | None, Attributes | str | None]

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    (
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption"
        " figure footer form frameset header hgroup hr html legend li listing main menu nav ol optgroup option p"
        " plaintext pre search section select summary table tbody td textarea tfoot th thead tr ul xmp title"
    ).split()
) | frozenset(_HEADINGS)
_NEVER_SHOWN = frozenset(("script", "style", "template", "datalist", "noembed", "noframes", "rp", "param"))
_PREFORMATTED = frozenset(("pre", "listing", "plaintext", "xmp", "textarea"))
_STRUCK = frozenset(("del", "s", "strike"))
_PICTURES = frozenset(("svg", "canvas", "video", "audio", "object", "embed", "map"))
_FRAMES = frozenset(("frame", "iframe"))
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.I)
_NO_BULLET = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.I)
_NUMBER = re.compile(r"\s*[-+]?[0-9]{1,6}")
_RULE = "―" * 10
_GLYPH = 2  # characters of the words for a picture that stands for a character


class Left(NamedTuple):
    """Something that is not in the text, or is there in another form: what, more about it, and where it stands.

    ``line`` is how many lines stood before it.
    """

    what: str
    detail: str
    place: str
    line: int


class PageLines(NamedTuple):
    """The lines of a page and what was left out of them, in the order of the page."""

    lines: list[Line]
    left: list[Left]


def page_lines(marks: list[Mark]) -> PageLines:
    """Read a page. Its first mark opens the outermost element."""
    reader = _Reader(_figures(marks))
    for tag, value in marks:
        if tag is not None:
            assert isinstance(value, dict)
            reader.open(tag, value)
        elif value is None:
            reader.close()
        else:
            assert isinstance(value, str)
            reader.text(value)
    return PageLines(reader.sinks[0].lines, reader.left)


def _figures(marks: list[Mark]) -> Figures:
    figures = Figures()
    above: list[tuple[int, Attributes | None]] = []  # place, attributes of a link
    unseen = 0
    for tag, value in marks:
        if tag is not None:
            assert isinstance(value, dict)
            unseen += bool(unseen) or tag in _NEVER_SHOWN or tag == "title"
            above.append((figures.open(), value if tag == "a" else None))
        elif value is None:
            place, link = above.pop()
            if unseen:
                unseen -= 1
            elif link is not None:
                figures.link(place, link)
            figures.close(place)
        elif not unseen:
            assert isinstance(value, str)
            figures.text(value)
    return figures


class _Element:
    """An element that is open: what must be undone when it closes."""

    __slots__ = ("furniture", "name", "number", "pre", "rows", "tag", "unseen", "used")

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.name = ""  # of a block: as a browser's tools find it
        self.used = 0  # lines it has given
        self.unseen = self.furniture = self.pre = False
        self.number: str | int | None = None  # of a list: the bullet, or the number of its next item
        self.rows: list[list[Line]] | None = None  # of a row: the cells


class _Reader:
    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.sinks = [Sink()]
        self.left: list[Left] = []
        self.above: list[_Element] = []
        self.blocks: list[_Element] = []
        self.tags: dict[str, int] = {}  # of the elements that are open
        self.counts: Counter[str] = Counter()  # of all of a tag so far
        self.at = -1  # the place among the elements
        self.unseen = self.furniture = self.pre = self.heading = 0

    # -- elements ---------------------------------------------------------------------------------------

    def open(self, tag: str, attributes: Attributes) -> None:
        self.at += 1
        self.counts[tag] += 1
        element = _Element(tag)
        if tag in _BLOCKS:
            self._end()
            identity = attributes.get("id")
            element.name = f"#{identity}" if identity and not identity.isspace() else f"(//{tag})[{self.counts[tag]}]"
        self.above.append(element)
        self.tags[tag] = self.tags.get(tag, 0) + 1
        self.heading = _HEADINGS.get(tag, self.heading)
        if tag in _BLOCKS:
            self.blocks.append(element)
        if self.unseen or self._is_unseen(tag, attributes):
            element.unseen = True
            self.unseen += 1
            return
        if tag in _BLOCKS or tag == "button":
            if tag == "title" or (
                not self.furniture and belongs_to_site(tag, attributes, self.figures, self.at, self.tags)
            ):
                self._end()
                element.furniture = True
            elif self.furniture:
                element.furniture = True
            self.furniture += element.furniture
        self._begin(tag, attributes, element)

    def _is_unseen(self, tag: str, attributes: Attributes) -> bool:
        if tag in _NEVER_SHOWN:
            return True
        if tag in _PICTURES or tag in _FRAMES:
            detail = (attributes.get("src") or "") if tag in _FRAMES else ""
            self._leave("frame" if tag in _FRAMES else "picture", detail)
            return True
        hidden = tag == "noscript" or ("hidden" in attributes and attributes["hidden"] != "until-found")
        hidden = hidden or (tag == "dialog" and "open" not in attributes)
        if not hidden and (style := attributes.get("style")):
            hidden = _HIDING.search(style) is not None
        if hidden and (characters := self.figures.characters(self.at)):
            self._leave("hidden", str(characters))
        return hidden

    def _begin(self, tag: str, attributes: Attributes, element: _Element) -> None:
        sink = self.sinks[-1]
        if tag == "br":
            self._end(empty=True)
        elif tag in _PREFORMATTED:
            element.pre = True
            self.pre += 1
        elif tag == "img":
            self._picture(attributes)
        elif tag == "hr":
            sink.write(_RULE)
            sink.end(self._place, furniture=True)
        elif tag == "li":
            sink.marker = self._marker(attributes)
        elif tag in ("ul", "menu", "dir"):
            element.number = "" if _NO_BULLET.search(attributes.get("style") or "") else "・"
        elif tag == "ol":
            element.number = _whole(attributes.get("start"), 1)
        elif tag in ("td", "th"):
            self.sinks.append(Sink())
        elif tag == "tr":
            element.rows = []
        elif tag == "rt":
            sink.write("（")
        elif tag == "q":
            sink.write("「")
        elif tag in _STRUCK and (struck := self.figures.characters(self.at)):
            self._leave("struck", str(struck))

    def close(self) -> None:
        element = self.above[-1]
        tag = element.tag
        if not element.unseen:
            self._finish(tag, element)
        self.above.pop()
        if self.tags[tag] == 1:
            del self.tags[tag]
        else:
            self.tags[tag] -= 1
        if tag in _HEADINGS:
            self.heading = 0
        self.unseen -= element.unseen
        self.furniture -= element.furniture
        self.pre -= element.pre
        if tag in _BLOCKS:
            self.blocks.pop()

    def _finish(self, tag: str, element: _Element) -> None:
        sink = self.sinks[-1]
        if tag == "rt":
            sink.write("）")
        elif tag == "q":
            sink.write("」")
        elif element.pre:
            sink.end_pre(self._place, bool(self.furniture))
        elif tag in _BLOCKS or tag == "button":
            self._end()
        if tag == "li":
            sink.marker = ""
        elif tag in ("td", "th"):
            cell = self.sinks.pop().lines
            row = next((one.rows for one in reversed(self.above) if one.rows is not None), None)
            if row is None:  # no row around it: the parser makes one, so that this is but for safety
                self.sinks[-1].lines += cell
            else:
                row.append(cell)
        elif tag == "tr" and element.rows:
            self.sinks[-1].lines += row_lines(element.rows)

    # -- text -------------------------------------------------------------------------------------------

    def text(self, text: str) -> None:
        if self.unseen:
            return
        if self.pre:
            self.sinks[-1].pre(text, self._place, bool(self.furniture))
        else:
            self.sinks[-1].write(text)

    def _end(self, *, empty: bool = False) -> None:
        if self.unseen:
            return
        self.sinks[-1].end(self._place, heading=self.heading, furniture=bool(self.furniture), empty=empty)

    def _place(self) -> str:
        block = self.blocks[-1] if self.blocks else None
        if block is None:
            return "page"
        block.used += 1
        return block.name if block.used == 1 else f"{block.name}, line {block.used}"

    # -- lists and pictures -----------------------------------------------------------------------------

    def _marker(self, attributes: Attributes) -> str:
        around = next((one for one in reversed(self.above) if one.number is not None), None)
        if around is None or around.number == "" or _NO_BULLET.search(attributes.get("style") or ""):
            return ""
        if isinstance(around.number, int):
            number = _whole(attributes.get("value"), around.number)
            around.number = number + 1
            return f"{number}. "
        return "・"

    def _picture(self, attributes: Attributes) -> None:
        words = (attributes.get("alt") or "").strip()
        if words and len(words) <= _GLYPH:  # a character that had no code, in the middle of a name
            self.sinks[-1].write(words)
        elif words or "alt" not in attributes:
            self._leave("picture", words or attributes.get("src") or "")

    def _leave(self, what: str, detail: str) -> None:
        if not self.furniture:
            block = self.blocks[-1].name if self.blocks else "page"
            self.left.append(Left(what, detail, block, sum(len(sink.lines) for sink in self.sinks)))


def _whole(value: str | None, otherwise: int) -> int:
    match = _NUMBER.match(value or "")
    return int(match.group()) if match else otherwise
