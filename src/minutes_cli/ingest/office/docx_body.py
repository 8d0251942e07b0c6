"""The body of a Word file in its order, with its notes and running headers: ECMA-376 part 1, 17.2 to 17.11."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from minutes_cli.ingest.office.docx_drawings import alternative
from minutes_cli.ingest.office.docx_numbering import Numbering
from minutes_cli.ingest.office.docx_runs import Runs
from minutes_cli.ingest.office.docx_styles import Styles, W, on, value_of
from minutes_cli.ingest.office.lines import PAGE, RENDERED, Lines, Omitted, is_seen, note_mark, spaced
from minutes_cli.ingest.office.tables import CellLine, refuse_nested, row_lines

__all__ = ["Body"]

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CODES = re.compile(f"[{PAGE}{RENDERED}]*")
_SAYS = re.compile(r"\w")
_MOST_INDENT = 4
#: What holds paragraphs and tables and is nothing by itself.
_HOLDERS = frozenset(W + tag for tag in "sdt sdtContent customXml smartTag ins moveTo".split())
_GONE = frozenset(W + tag for tag in "del moveFrom".split())


class Body:
    """Writes the text of *document* (of python-docx) to *lines*."""

    def __init__(self, document: Any, lines: Lines) -> None:
        self.part = document.part
        self.element = document.element.body
        self.document = document
        self.lines = lines
        self.styles = Styles(self._part("styles"))
        self.numbering = Numbering(self._part("numbering"), self.styles.numbered)
        comments = self._part("comments")
        self.comments = {} if comments is None else {c.get(W + "id"): c for c in comments.iterfind(W + "comment")}
        self.runs = Runs(self._hides)
        self.sections = [s for s in self.element.iter(W + "sectPr") if s.getparent().tag != W + "sectPrChange"]
        self._section = 0
        self._paragraphs = self._tables = self._nested = 0
        self._carried: list[str] = []  # paragraphs whose ends are deleted
        self._omitted: list[Omitted] = []

    def write(self) -> None:
        """Headers, the body, its notes, footers."""
        self._running("header")
        for block in _blocks(self.element, self._omitted):
            if block.tag == W + "tbl":
                self._table(block)
            else:
                self._paragraph(block)
        if self._carried:
            self._put("".join(self._carried), 0)
        self._notes()
        self._running("footer")

    def _part(self, kind: str) -> Any:
        """The root element of the part that is related so; None without one, or where it cannot be read."""
        from docx.oxml.parser import parse_xml

        try:
            return parse_xml(self.part.part_related_by(_RELATION + kind).blob)
        except (KeyError, ValueError, SyntaxError):  # none, outside of the package, or damaged
            return None

    def _hides(self, style: str | None) -> bool:
        return style is not None and bool(self.styles.look(style).hidden)

    def _paragraph(self, paragraph: Any) -> None:
        own, *boxed = self._read(paragraph)
        properties = paragraph.find(W + "pPr")
        if properties is not None and _joins_next(properties):
            self._carried.append(own.text)
        else:
            text, self._carried = "".join([*self._carried, own.text]), []
            self._put(text, own.heading)
        for line in boxed:
            self.lines.put(line.text, f"paragraph {self._paragraphs}, text box", line.heading)
        if properties is not None and properties.find(W + "sectPr") is not None:
            self._end_section()

    def _put(self, text: str, heading: int) -> None:
        omitted, self._omitted = self._omitted, []
        self._paragraphs += is_seen(text, omitted)
        self.lines.put(text, f"paragraph {max(self._paragraphs, 1)}", heading, omitted)

    def _with_words(self, one: Omitted) -> Omitted:
        """What was left out; of a comment its words instead of its id."""
        if one.rule != "comment":
            return one
        comment = self.comments.get(one.text)
        return Omitted(one.rule, "" if comment is None else " ".join(map(_all_text, comment.iter(W + "p"))))

    def _end_section(self) -> None:
        """The next section begins a page, or does not, as it says itself."""
        self._section += 1
        following = self.sections[self._section] if self._section < len(self.sections) else None
        kind = value_of(following, "type") or "nextPage"
        if following is not None and kind in ("nextPage", "oddPage", "evenPage"):
            self.lines.page_break(asked=True, parity={"oddPage": 1, "evenPage": 0}.get(kind))

    def _read(self, paragraph: Any) -> list[CellLine]:
        """The paragraph as one line, with breaks in it; behind it those of its text boxes."""
        properties = paragraph.find(W + "pPr")
        look = self.styles.of_paragraph(properties)
        text = self.runs.read(paragraph, hidden=bool(look.hidden))
        boxes = self.runs.boxes
        self._omitted += [self._with_words(one) for one in self.runs.omitted]
        if "\t" in text:
            text = "\n".join(map(spaced, text.split("\n")))
        number = ""
        if look.number and (text.strip() or not _joins_next(properties)):
            number = self.numbering.before(look, value_of(properties, "pStyle") or self.styles.default)
        if number or look.indent or look.page_break:
            at = _CODES.match(text).end()  # type: ignore[union-attr]  # it fits everywhere
            rest = text[at:]
            if number:
                rest = number + rest
            elif look.indent and look.indent >= 0.5 and rest[:1].strip():
                rest = "　" * min(round(look.indent), _MOST_INDENT) + rest
            text = (RENDERED if look.page_break else "") + text[:at] + rest
        lines = [CellLine(text, look.heading or 0 if text.strip() else 0)]
        for box in boxes:
            lines += [line._replace(text=line.text.replace(RENDERED, ""), boxed=True) for line in self._cell(box)]
        return lines

    def _cell(self, cell: Any) -> list[CellLine]:
        """The lines of a cell or a box, with those of the tables in it."""
        lines: list[CellLine] = []
        for block in _blocks(cell, self._omitted):
            if block.tag == W + "tbl":
                self._nested += 1
                refuse_nested(self._nested, self.lines.out.name)
                for row in self._rows(block):
                    lines += row
                self._nested -= 1
                continue
            for line in self._read(block):
                lines += [line._replace(text=text) for text in line.text.split("\n")]
        return lines

    def _rows(self, table: Any) -> Iterator[list[CellLine]]:
        for row in _children(table, W + "tr"):
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                self._omitted.append(
                    Omitted("deleted-text", "".join(t.text or "" for t in row.iter(W + "delText", W + "t")))
                )
                continue
            if on(properties, "hidden"):
                self._omitted.append(Omitted("hidden-text", _all_text(row)))
                continue
            yield row_lines(_broken_once([self._row_cell(cell) for cell in _children(row, W + "tc")]))

    def _row_cell(self, cell: Any) -> list[CellLine]:
        """The lines of a cell; those that are merged with the one above hold nothing that is shown."""
        properties = cell.find(W + "tcPr")
        merged = None if properties is None else properties.find(W + "vMerge")
        lines = self._cell(cell)
        if merged is not None and merged.get(W + "val", "continue") != "restart":
            hidden = "".join(line.text for line in lines).strip()
            if hidden:
                self._omitted.append(Omitted("hidden-text", hidden))
            return []
        return lines

    def _table(self, table: Any) -> None:
        self._tables += 1
        number = self._tables
        for at, lines in enumerate(self._rows(table), 1):
            place = f"table {number}, row {at}"
            for line in lines:
                self.lines.put(line.text, place, line.heading)
            self._say_omitted(place)

    def _notes(self) -> None:
        """The notes in the order of their marks. They are nobody's speech: none of them may close the last one."""
        roots = {kind: self._part(kind + "s") for kind in ("footnote", "endnote")}
        texts = {
            (kind, note.get(W + "id")): note
            for kind, root in roots.items()
            if root is not None
            for note in root.iterfind(W + kind)
        }
        counts = {"footnote": 0, "endnote": 0}
        for kind, identifier in list(self.runs.notes):
            counts[kind] += 1
            note = texts.get((kind, identifier))
            if note is None:
                continue
            lines = [line for line in self._cell(note) if line.text.strip()]
            for at, line in enumerate(lines):
                mark = note_mark(kind, counts[kind]) if at == 0 else ""
                text = mark + line.text.replace(RENDERED, "").lstrip(" \t　")
                self.lines.out.line(text, f"{kind} {counts[kind]}", furniture=True)
            self._say_omitted(f"{kind} {counts[kind]}")

    def _say_omitted(self, place: str) -> None:
        self.lines.omit_all(self._omitted, place)
        self._omitted = []

    def _running(self, kind: str) -> None:
        """The running headers or footers of all sections, each text once, without the numbers of pages."""
        seen: set[str] = set()
        body, self.runs = self.runs, Runs(self._hides, running=True)
        for section in self.sections:
            for reference in section.iterfind(f"{W}{kind}Reference"):
                if reference.get(W + "type") == "first" and not on(section, "titlePg"):
                    continue
                part = self.part.related_parts.get(reference.get(_R_ID))
                for line in [] if part is None else self._cell(part.element):
                    text = line.text.replace(RENDERED, "").replace(PAGE, "")
                    if _SAYS.search(text) and text not in seen:
                        seen.add(text)
                        self.lines.out.line(text, kind, furniture=True)
        self._say_omitted(kind)
        self.runs = body


def _blocks(holder: Any, omitted: list[Omitted]) -> Iterator[Any]:
    """The paragraphs and tables of *holder* in their order, also those in content controls and the like."""
    for child in holder:
        tag = child.tag
        if tag == W + "p" or tag == W + "tbl":
            yield child
        elif tag in _HOLDERS:
            yield from _blocks(child, omitted)
        elif tag == _MC + "AlternateContent":
            chosen = alternative(child)
            if chosen is not None:
                yield from _blocks(chosen, omitted)
        elif tag in _GONE:
            omitted.append(Omitted("deleted-text", _all_text(child)))
        elif tag in (W + "altChunk", W + "subDoc"):
            omitted.append(Omitted("embedded-file"))


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those in content controls."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _HOLDERS:
            yield from _children(child, tag)


def _all_text(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(W + "delText", W + "t"))


def _joins_next(properties: Any) -> bool:
    """Whether the end of the paragraph is deleted, or moved away, so that the next one goes on in it."""
    mark = None if properties is None else properties.find(W + "rPr")
    return mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None)


def _broken_once(cells: list[list[CellLine]]) -> list[list[CellLine]]:
    """The cells of a row, which all say where its page was broken, with the breaks of the one that has most of them."""
    if len(cells) < 2:
        return cells
    breaks = [sum(line.text.count(RENDERED) for line in cell) for cell in cells]
    if sum(breaks) <= 1:
        return cells
    keep = breaks.index(max(breaks))
    return [
        cell if i == keep else [line._replace(text=line.text.replace(RENDERED, "")) for line in cell]
        for i, cell in enumerate(cells)
    ]
