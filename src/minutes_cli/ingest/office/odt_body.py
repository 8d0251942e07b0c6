"""The body of an OpenDocument text in its order: OpenDocument 1.3 part 3, 5 (text), 6 (in paragraphs), 9 (tables)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from minutes_cli.errors import IngestError
from minutes_cli.ingest.office.lines import LINE, PAGE, RENDERED, Lines, Omitted, is_seen, note_mark, spaced
from minutes_cli.ingest.office.odt_names import COUNTS_PAGES, GONE, all_text
from minutes_cli.ingest.office.odt_styles import TEXT, OdtLists, OdtStyles, positive
from minutes_cli.ingest.office.tables import CellLine, refuse_nested, row_lines

__all__ = ["OdtBody"]

_URN = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _DRAW = _URN + "table:1.0}", _URN + "office:1.0}", _URN + "drawing:1.0}"
_STYLE = _URN + "style:1.0}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_BLANKS = re.compile(r"[ \t\r\n]+")
_SAYS = re.compile(r"\w")
_MOST_INDENT = 4
MAX_REPEATED = 100_000
"""How many more rows, cells and blanks a file may have than it writes out: a number says how often each comes."""


class OdtBody:
    """Writes the text of *content* (the root of content.xml) to *lines*; *styles* is that of styles.xml, or None."""

    def __init__(self, content: Any, styles: Any, lines: Lines, name: str) -> None:
        self.body = content.find(f"{_OFFICE}body/{_OFFICE}text")
        self.running = None if styles is None else styles.find(_OFFICE + "master-styles")
        self.lines = lines
        self.name = name
        self.styles = OdtStyles(*(root for root in (content, styles) if root is not None))
        self.lists = OdtLists(self.styles)
        self._paragraphs = self._tables = self._nested = self._repeated = 0
        self._omitted: list[Omitted] = []
        self._notes: list[tuple[str, str, Any]] = []
        self._counts: Counter[str] = Counter()
        self._boxes: list[Any] = []
        self._parts: list[str] = []
        self._hidden = False
        self._running_only = False
        self._known: dict[str | None, list[int | None]] = {}  # what the lists have counted, by their id and style
        self._list: tuple[str | None, list[int | None], int] | None = None

    def write(self) -> None:
        """Headers, the body, its notes, footers. Raises IngestError where what it repeats would take too much."""
        if self.body is None:
            raise IngestError(f"{self.name}: an OpenDocument file without a text; is it another sort of document?")
        self._write_running(("header", "header-first", "header-left"), "header")
        self._blocks_to_lines(self.body)
        self._write_notes()
        self._write_running(("footer", "footer-first", "footer-left"), "footer")

    def _blocks_to_lines(self, holder: Any) -> None:
        for block, label in self._blocks(holder):
            if block.tag == _TABLE + "table":
                self._tables += 1
                place = f"table {self._tables}"
                for at, row in enumerate(self._rows(block), 1):
                    for line in row:
                        self.lines.put(line.text, f"{place}, row {at}", line.heading)
                    self._say_omitted(f"{place}, row {at}")
            elif block.tag == TEXT + "soft-page-break":
                self.lines.page_break(asked=False)
            else:
                self._paragraph(block, label)

    def _paragraph(self, block: Any, label: str) -> None:
        look = self.styles.look("paragraph", block.get(TEXT + "style-name"))
        if look.before and (self._paragraphs or self._tables):
            self.lines.page_break(asked=True, parity=look.parity)
        own, *boxed = self._read(block, label)
        omitted, self._omitted = self._omitted, []
        self._paragraphs += is_seen(own.text, omitted)
        place = f"paragraph {max(self._paragraphs, 1)}"
        self.lines.put(own.text, place, own.heading, omitted)
        for line in boxed:
            self.lines.put(line.text, f"{place}, text box", line.heading)
        if look.after:
            self.lines.page_break(asked=True)

    def _blocks(self, holder: Any) -> Iterator[tuple[Any, str]]:
        """Paragraphs, headings, tables and page breaks in their order, with what stands before an item of a list."""
        for child in holder:
            tag = child.tag
            if tag in (TEXT + "p", TEXT + "h", _TABLE + "table", TEXT + "soft-page-break"):
                yield child, ""
            elif tag == TEXT + "list":
                yield from self._items(child)
            elif tag == TEXT + "tracked-changes":
                for deletion in child.iter(TEXT + "deletion"):
                    self._omitted.append(Omitted("deleted-text", all_text(deletion)))
            elif tag == TEXT + "section" and child.get(TEXT + "display") == "none":
                self._omitted.append(Omitted("hidden-text", all_text(child)))
            elif tag.startswith(_DRAW):
                self._drawing(child)
                boxes, self._boxes = self._boxes, []
                for box in boxes:
                    yield from self._blocks(box)
            elif tag not in GONE:
                yield from self._blocks(child)

    def _items(self, element: Any) -> Iterator[tuple[Any, str]]:
        outer = self._list
        style = element.get(TEXT + "style-name") or (outer[0] if outer else None)
        if outer is not None:
            counts, level = outer[1], outer[2] + 1
        else:
            level = 1
            before = self._known.get(element.get(TEXT + "continue-list"))
            if before is None and element.get(TEXT + "continue-numbering") == "true":
                before = self._known.get(style)
            counts = before if before is not None else self.lists.counts()
            self._known[style] = counts
        if element.get(_XML_ID):
            self._known[element.get(_XML_ID)] = counts
        for item in element:
            start = item.get(TEXT + "start-value")
            numbered = item.tag == TEXT + "list-item"
            self._list = (style, counts, level)
            for block, label in self._blocks(item):
                if numbered and block.tag != TEXT + "soft-page-break" and block.getparent() is item:
                    label = self.lists.item(style, counts, level, positive(start, 1) if start else None)
                    numbered = False
                yield block, label
                self._list = (style, counts, level)
        self._list = outer

    def _read(self, block: Any, label: str) -> list[CellLine]:
        """A paragraph as one line, with breaks in it; behind it those of its boxes."""
        look = self.styles.look("paragraph", block.get(TEXT + "style-name"))
        heading = look.heading
        if block.tag == TEXT + "h":
            heading = positive(block.get(TEXT + "outline-level"), 1)
            if not label and block.get(TEXT + "is-list-header") != "true":
                label = self.lists.heading(heading)
        parts, boxes, hidden = self._parts, self._boxes, self._hidden
        self._parts, self._boxes, self._hidden = [], [], hidden or look.hidden
        self._inline(block)
        text, found = "".join(self._parts), self._boxes
        self._parts, self._boxes, self._hidden = parts, boxes, hidden
        text = "\n".join(map(spaced, text.split("\n"))) if "\t" in text else text
        at = len(text) - len(text.lstrip(PAGE + RENDERED))
        if label:
            text = text[:at] + label + text[at:]
        elif look.indent >= 0.5 and text[at : at + 1].strip():
            text = text[:at] + "　" * min(round(look.indent), _MOST_INDENT) + text[at:]
        lines = [CellLine(text, heading if text.strip() else 0)]
        for box in found:
            lines += [line._replace(text=line.text.replace(RENDERED, ""), boxed=True) for line in self._cell(box)]
        return lines

    def _inline(self, element: Any) -> None:
        self._add(element.text)
        for child in element:
            self._one(child)
            self._add(child.tail)

    def _add(self, text: str | None) -> None:
        """Text of the file, in which any blanks are one, and none at the beginning of a paragraph."""
        if not text:
            return
        text = _BLANKS.sub(" ", text)
        if text[0] == " " and (not self._parts or self._parts[-1][-1:] in (" ", LINE)) and not self._hidden:
            text = text[1:]
        self._put(text)

    def _put(self, text: str) -> None:
        if self._hidden:
            if text.strip():
                self._omitted.append(Omitted("hidden-text", text))
        elif text:
            self._parts.append(text)

    def _one(self, element: Any) -> None:
        tag = element.tag
        if tag == TEXT + "span":
            hidden = self._hidden
            self._hidden = hidden or self.styles.look("text", element.get(TEXT + "style-name")).hidden
            self._inline(element)
            self._hidden = hidden
        elif tag == TEXT + "s":
            self._put(" " * self._times(element.get(TEXT + "c")))
        elif tag == TEXT + "tab":
            self._put("\t")
        elif tag == TEXT + "line-break":
            self._put(LINE)
        elif tag == TEXT + "soft-page-break":
            self._parts.append(RENDERED)
        elif tag == TEXT + "note":
            self._note(element)
        elif tag == TEXT + "ruby":
            for part, (before, behind) in (("ruby-base", ("", "")), ("ruby-text", ("（", "）"))):
                for child in element.iterchildren(TEXT + part):
                    self._put(before)
                    self._inline(child)
                    self._put(behind)
        elif tag == _OFFICE + "annotation":
            self._omitted.append(Omitted("comment", all_text(element)))
        elif tag == TEXT + "hidden-text":
            self._omitted.append(Omitted("hidden-text", element.get(TEXT + "string-value") or ""))
        elif tag.startswith(_DRAW):
            self._drawing(element)
        elif tag not in GONE and not (self._running_only and tag in COUNTS_PAGES):
            self._inline(element)

    def _drawing(self, element: Any) -> None:
        """Keep the boxes of a drawing, and say what else it is."""
        tag = element.tag
        if tag == _DRAW + "image":
            self._omitted.append(Omitted("picture"))
        elif tag in (_DRAW + "object", _DRAW + "object-ole"):
            self._omitted.append(Omitted("embedded-file"))
            return
        if any(child.tag in (TEXT + "p", TEXT + "h", TEXT + "list", _TABLE + "table") for child in element):
            self._boxes.append(element)
            return
        drawn = [child for child in element if isinstance(child.tag, str) and child.tag.startswith(_DRAW)]
        if any(child.tag.startswith(_DRAW + "object") for child in drawn):
            drawn = [child for child in drawn if child.tag != _DRAW + "image"]  # a picture of what is embedded
        for child in drawn:
            self._drawing(child)

    def _note(self, element: Any) -> None:
        kind = "endnote" if element.get(TEXT + "note-class") == "endnote" else "footnote"
        self._counts[kind] += 1
        number = str(self._counts[kind])
        self._notes.append((kind, number, element.find(TEXT + "note-body")))
        self._put(note_mark(kind, number))

    def _cell(self, cell: Any) -> list[CellLine]:
        lines: list[CellLine] = []
        outer, self._list = self._list, None
        for block, label in self._blocks(cell):
            if block.tag == _TABLE + "table":
                self._nested += 1
                refuse_nested(self._nested, self.name)
                lines += [line for row in self._rows(block) for line in row]
                self._nested -= 1
            elif block.tag == TEXT + "soft-page-break":
                lines.append(CellLine(RENDERED))
            else:
                for line in self._read(block, label):
                    lines += [line._replace(text=text) for text in line.text.split("\n")]
        self._list = outer
        return lines

    def _rows(self, table: Any) -> Iterator[list[CellLine]]:
        for child in table:
            if child.tag == _TABLE + "table-row":
                cells: list[list[CellLine]] = []
                for cell in child.iterchildren(_TABLE + "table-cell", _TABLE + "covered-table-cell"):
                    lines = self._cell(cell) if cell.tag == _TABLE + "table-cell" else []
                    cells += [lines] * self._times(cell.get(_TABLE + "number-columns-repeated"))
                for _ in range(self._times(child.get(_TABLE + "number-rows-repeated"))):
                    yield row_lines(cells)
            elif child.tag == TEXT + "soft-page-break":
                yield [CellLine(RENDERED)]
            elif child.tag in (_TABLE + "table-rows", _TABLE + "table-header-rows", _TABLE + "table-row-group"):
                yield from self._rows(child)

    def _times(self, written: str | None) -> int:
        times = positive(written, 1)
        self._repeated += times - 1 if times else 0
        if self._repeated > MAX_REPEATED:
            raise IngestError(
                f"{self.name}: rows, cells or blanks that are repeated more than {MAX_REPEATED:,} times; it is not read"
            )
        return times

    def _write_notes(self) -> None:
        """The notes in the order of their marks. They are nobody's speech: none of them may close the last one."""
        for kind, number, body in list(self._notes):
            lines = [] if body is None else [line for line in self._cell(body) if line.text.strip()]
            for at, line in enumerate(lines):
                mark = note_mark(kind, number) if at == 0 else ""
                self.lines.out.line(mark + line.text.replace(RENDERED, "").strip(), f"{kind} {number}", furniture=True)
            self._say_omitted(f"{kind} {number}")

    def _write_running(self, tags: tuple[str, ...], place: str) -> None:
        seen: set[str] = set()
        self._running_only = True
        elements = () if self.running is None else self.running.iter(*(_STYLE + tag for tag in tags))
        for element in elements:
            for line in self._cell(element) if element.get(_STYLE + "display") != "false" else ():
                text = line.text.replace(RENDERED, "")
                if _SAYS.search(text) and text not in seen:
                    seen.add(text)
                    self.lines.out.line(text, place, furniture=True)
        self._running_only = False
        self._say_omitted(place)

    def _say_omitted(self, place: str) -> None:
        self.lines.omit_all(self._omitted, place)
        self._omitted = []
