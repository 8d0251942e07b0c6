"""Pages that ``minutes export --to html`` wrote -> Source: the same copy as Markdown, which the parser reads back.

What an element of such a page is stands in its class, so that nothing has to be inferred: the text gets the markup of
:mod:`minutes_cli.copy_marks`. The contents, the list of speakers and the numbers of lines only repeat what
stands elsewhere on the page, and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minutes_cli.copy_marks import CONTINUED, COPY_MARK, NOBODY, declaration, escaped, opening, stated_kind
from minutes_cli.ingest.html.lines import Mark
from minutes_cli.ingest.html.site import Attributes
from minutes_cli.model import Kind

__all__ = ["CopyLine", "copied_kind", "copy_lines"]

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LEFT_OUT = frozenset(("nav", "title", "style", "script"))
#: Elements whose text is one thing, by tag and class.
_PIECES = {
    *((tag, "") for tag in ("dt", "dd", "p")),
    *((tag, "") for tag in _HEADINGS),
    *(("b", "who"), ("b", "nobody"), ("span", "kind"), ("a", "place"), ("p", "happened"), ("p", "note")),
    ("h1", "file"),
}


class CopyLine(NamedTuple):
    """A line of the copy and the element that it comes from."""

    text: str
    place: str


def copied_kind(marks: Sequence[Mark]) -> Kind | None:
    """The kind of the record that the page says to be a copy of; None where it is no copy."""
    for tag, value in marks:
        if tag == "meta" and isinstance(value, dict) and value.get("name") == COPY_MARK:
            return stated_kind(value.get("content") or "")
        if tag == "body":
            break
    return None


def copy_lines(marks: Sequence[Mark], kind: Kind) -> Iterator[CopyLine]:
    """The lines of the copy."""
    yield CopyLine(declaration(kind), "page")
    reader = _Reader()
    for tag, value in marks:
        if tag is not None:
            assert isinstance(value, dict)
            reader.open(tag, value)
        elif value is None:
            yield from reader.close()
        else:
            assert isinstance(value, str)
            reader.text(value)


class _Element(NamedTuple):
    tag: str
    name: str  # its class
    id: str


class _Reader:
    def __init__(self) -> None:
        self.above: list[_Element] = []
        self.left_out = 0  # how many elements are open of which nothing is read
        self.piece: list[tuple[str, bool]] | None = None  # words of the element at hand, and whether they happened
        self.depth = 0  # where that element stands
        self.word = self.who = self.does = self.said_at = ""
        self.loose = ""  # words in no element that such a page has: somebody wrote them into it
        self.spoken = self.open_turn = False
        self.place = "page"

    def open(self, tag: str, attributes: Attributes) -> None:
        element = _Element(tag, attributes.get("class") or "", attributes.get("id") or "")
        self.above.append(element)
        if self.left_out or tag in _LEFT_OUT or (tag, element.name) == ("a", "line"):
            self.left_out += 1
            return
        if element.id:
            self.place = f"#{element.id}"
        if tag == "article":
            self.who = self.does = self.said_at = ""
        if self.piece is None and (tag, element.name) in _PIECES:
            self.piece, self.depth = [], len(self.above)

    def text(self, text: str) -> None:
        if self.left_out:
            return
        if self.piece is None:
            self.loose += text
        else:
            self.piece.append((text, any(one.name == "event" for one in self.above[self.depth :])))

    def close(self) -> Iterator[CopyLine]:
        element = self.above.pop()
        if self.loose.strip():
            yield from self._apart(("> " if self.spoken else "") + opening(escaped(" ".join(self.loose.split()))))
            self.loose = ""
        if self.left_out:
            self.left_out -= 1
        elif self.piece is not None and len(self.above) < self.depth:
            piece, self.piece = self.piece, None
            yield from self._end(element, piece)
        elif element.tag == "header" and self._inside("article"):
            yield from self._label()

    def _inside(self, tag: str) -> _Element | None:
        return next((one for one in reversed(self.above) if one.tag == tag), None)

    def _end(self, element: _Element, piece: list[tuple[str, bool]]) -> Iterator[CopyLine]:
        tag, name = element.tag, element.name
        whole = "".join(words for words, _ in piece)
        if tag == "dt":
            self.word = whole.strip()
        elif tag == "dd":
            yield self._line(f"- {escaped(self.word)}：{escaped(whole.strip())}")
        elif tag == "b":
            self.who = f"**{escaped(whole.strip())}**" if name == "who" else f"*{NOBODY}*"
        elif tag == "span":
            self.does = whole.strip()
        elif tag == "a":
            self.said_at = whole.strip()
        elif name in ("file", "note"):  # the record has no title; what the copy says of itself
            yield from self._apart(f"<!-- {whole.strip().replace('-->', '→')} -->")
        elif tag == "h1":
            yield from self._apart(f"# {escaped(whole.strip())}")
            yield self._line("")
        elif tag in _HEADINGS:
            yield from self._apart(f"{'#' * _HEADINGS[tag]} {escaped(whole.strip().lstrip('#').strip())}")
        elif self._inside("article"):
            yield from self._apart(_event(whole) if name == "happened" else _paragraph(piece))
        elif name == "happened":
            if self.open_turn:
                self.open_turn = False
                yield from self._apart("---")
            yield from self._apart(_event(whole))
        elif whole.strip():
            section = self._inside("section")
            quoted = self.spoken or (section is not None and section.name in ("front", "back"))
            if section is not None and section.name == "back" and self.open_turn:
                self.open_turn = False
                yield from self._apart("---")
            yield from self._apart(("> " if quoted else "") + opening(escaped(whole.strip())))

    def _label(self) -> Iterator[CopyLine]:
        self.spoken = self.open_turn = True
        place = "・".join(filter(None, (self.does, self.said_at or CONTINUED)))
        yield from self._apart(f"{self.who} *{escaped(place)}*")

    def _apart(self, text: str) -> Iterator[CopyLine]:
        yield self._line("")
        yield self._line(text)

    def _line(self, text: str) -> CopyLine:
        return CopyLine(text, self.place)


def _event(text: str) -> str:
    return f"*{escaped(text.strip())}*"


def _paragraph(piece: Sequence[tuple[str, bool]]) -> str:
    line = "".join(f" {_event(words)} " if happened else escaped(words) for words, happened in piece)
    return opening(line.strip(" \t\n"))
