"""PDF with a text layer (ISO 32000-2): characters with their places, put back into lines, columns and pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from minutes_cli.errors import IngestError
from minutes_cli.ingest.collect import Collector
from minutes_cli.ingest.pdf.columns import Part, common_gutters, gutters_of, parts_of
from minutes_cli.ingest.pdf.edges import Edge, edges_of, is_page_number, running
from minutes_cli.ingest.pdf.lines import Flow, Line, Sheet, cut, margin_of, sheet_of
from minutes_cli.ingest.pdf.measures import Margins, leading_of, margins_of, size_of
from minutes_cli.ingest.pdf.process import PageGlyphs, glyph_pages
from minutes_cli.ingest.pdf.reports import PageFacts, report_document, report_page
from minutes_cli.ingest.pdf.text import pitch_of, written
from minutes_cli.model import Source

__all__ = ["read"]

_SCANNED = (
    "{name}: a scanned PDF: {pages} without text; make it readable with: ocrmypdf -l jpn {quoted} text.pdf, "
    "and read text.pdf"
)


class _Order(NamedTuple):
    """The lines of one page in reading order: what stands at its edges, and its parts between them."""

    above: list[Edge]
    parts: list[Part]
    below: list[Edge]
    kind: tuple[int, ...]  # pages of one kind have the same margins


class _Measures(NamedTuple):
    """Of the whole document, in hundredths of a point: see :mod:`.measures`."""

    size: int
    leading: int
    pitch: int


def read(raw: bytes, name: str, encoding: str | None) -> Source:
    """The record in the PDF *raw*; every page ends with a form feed. *encoding* says nothing about a PDF.

    Raises IngestError where it is damaged, protected, too large, or scanned and without text.
    """
    sheets: list[Sheet] = []
    facts: list[PageFacts] = []
    for page in glyph_pages(raw, name):
        sheet = sheet_of(page, next((sheet.flow for sheet in reversed(sheets) if sheet.voted), Flow.RIGHT))
        sheets.append(sheet)
        facts.append(_facts(page, sheet))
    _refuse_textless(facts, name)
    return _collected(sheets, facts, name).source(raw, empty="a PDF without text")


def _facts(page: PageGlyphs, sheet: Sheet) -> PageFacts:
    lines = [*sheet.lines, *(line for _, others in sheet.others for line in others)]
    inked = sum(len(line.text) for line in lines)
    slanted = sum(len(line.text) for flow, others in sheet.others if flow is Flow.SLANTED for line in others)
    return PageFacts(
        inked, page.images, page.drawn, page.notes, sheet.hidden, sheet.ligatures, slanted, page.fault
    )  # fmt: skip


def _refuse_textless(facts: list[PageFacts], name: str) -> None:
    from shlex import quote

    if not facts:
        raise IngestError(f"{name}: a PDF without pages")
    if all(fact.fault for fact in facts):
        raise IngestError(f"{name}: a PDF none of whose pages can be read; save or print it as a PDF anew")
    scanned = sum(fact.is_scanned for fact in facts)
    if scanned and all(fact.is_scanned or not fact.characters for fact in facts):
        pages = "1 page" if scanned == 1 else f"{scanned:,} pages"
        raise IngestError(_SCANNED.format(name=name, pages=pages, quoted=quote(name)))


def _collected(sheets: list[Sheet], facts: list[PageFacts], name: str) -> Collector:
    main = [sheet.lines for sheet in sheets]
    size = size_of(main)
    measures = _Measures(size, leading_of(main, size), pitch_of((line for lines in main for line in lines), size))
    orders = list(_ordered(sheets, measures))
    margins = margins_of([(order.kind, order.parts) for order in orders], size)
    collector = Collector(name, "application/pdf")
    starts: list[int] = []
    for number, (sheet, order, fact) in enumerate(zip(sheets, orders, facts, strict=True)):
        if number:
            collector.page_break()
        start = collector.size
        starts.append(start)
        texts, readings = _page(collector, number, sheet, order, margins, measures)
        report_page(collector, number + 1, start, "\n".join(texts), readings, fact)
    report_document(collector, facts, starts)
    return collector


def _ordered(sheets: list[Sheet], measures: _Measures) -> Iterator[_Order]:
    size, leading = measures.size, measures.leading
    edges = [edge for i, sheet in enumerate(sheets) for edge in _edges(i, sheet, size, leading)]
    back = running(edges, size)
    outer: list[list[Edge]] = [[] for _ in sheets]
    seen = set[int]()
    for edge in sorted(
        edges, key=lambda edge: (edge.page, edge.depth)
    ):  # of a page with few lines one may have two edges
        wanted = edge[:4] in back or (is_page_number(edge.line.text) and _is_outermost(edge, back))
        if wanted and id(edge.line) not in seen:
            seen.add(id(edge.line))
            outer[edge.page].append(edge)
    bodies = []
    for sheet, mine in zip(sheets, outer, strict=True):
        taken = {id(edge.line) for edge in mine}
        bodies.append([line for line in sheet.lines if id(line) not in taken])
    shown = [gutters_of(body, size) for body in bodies]
    common = common_gutters([found for found, body in zip(shown, bodies, strict=True) if len(body) >= 10], size)
    for number, (sheet, mine, body) in enumerate(zip(sheets, outer, bodies, strict=True)):
        gutters = gutters_of(body, size, common)
        ends = max((line.end for line in body), default=0) // size
        above = [edge for edge in mine if _is_above(edge, sheet)]
        below = [edge for edge in reversed(mine) if not _is_above(edge, sheet)]
        kind = (sheet.flow, ends // 1_000, len(gutters), number % 2)
        yield _Order(above, parts_of(body, gutters, size), below, kind)


def _edges(page: int, sheet: Sheet, size: int, leading: int) -> Iterator[Edge]:
    yield from edges_of(page, sheet.flow, sheet.lines, size, leading)
    for flow, lines in sheet.others:
        if flow is not Flow.SLANTED:
            yield from edges_of(page, flow, lines, size, leading)


def _is_outermost(edge: Edge, back: set[tuple[int, Flow, bool, int]]) -> bool:
    return all((*edge[:3], depth) in back for depth in range(edge.depth))


def _is_above(edge: Edge, sheet: Sheet) -> bool:
    """Whether *edge* is read before the body of its page."""
    if edge.flow is sheet.flow or not sheet.lines:
        return edge.first
    if sheet.flow is Flow.DOWN and edge.flow is Flow.RIGHT:
        return edge.line.base < min(line.start for line in sheet.lines)
    return False


def _page(
    collector: Collector, number: int, sheet: Sheet, order: _Order, margins: Margins, measures: _Measures
) -> tuple[list[str], list[str]]:
    """Hand the lines of one page to *collector*; return them, and the readings among them."""
    place = f"page {number + 1}"
    texts: list[str] = []
    readings: list[str] = []

    def line(text: str, furniture: bool = False) -> None:
        collector.line(text, place, furniture=furniture)
        texts.append(text)

    def column(lines: list[Line], margin: int, before: Line | None = None) -> None:
        for found in written(lines, margin, measures.pitch, measures.leading, before):
            if found.gap:
                line("")
            line(found.text)
            readings.extend(found.readings)

    def edge(found: Edge) -> None:
        for piece in _pieces(found.line, measures.size):
            text = written([piece], piece.start, measures.pitch, measures.leading)[0].text
            line(text, furniture=not is_page_number(text))

    for found in order.above:
        edge(found)
    before: Line | None = None
    for part in order.parts:
        first = part.lines[0]
        kept = before if before is not None and before.base < first.base else None
        column(part.lines, margins.of(number, order.kind, part.column, part.lines), kept)
        before = part.lines[-1]
    taken = {id(found.line) for found in (*order.above, *order.below)}
    for _, lines in sheet.others:
        rest = [line for line in lines if id(line) not in taken]
        if rest:
            column(rest, margin_of([line.start for line in rest], measures.size) or min(line.start for line in rest))
    for found in order.below:
        edge(found)
    if not texts:
        line("")
    return texts, readings


def _pieces(line: Line, size: int) -> list[Line]:
    """A running header cut at its wide gaps: so that a page number in it stands by itself."""
    found, begin = [], 0
    inked = [i for i, character in enumerate(line.text) if not character.isspace()]
    for before, after in zip(inked, [*inked[1:], None], strict=True):
        if after is None or line.starts[after] - line.ends[before] >= 2 * size:
            found.append(cut(line, begin, before + 1))
            begin = after or 0
    return found
