"""Excel workbooks (xlsx): ECMA-376 part 1 (SpreadsheetML), read with openpyxl.

A sheet with a column of speakers and a column of what they say becomes a record with a label before every row's text.
Workbooks are opened whole, not read only: only so openpyxl tells hidden rows, and only so a single cell far to the
right does not make every row as long as that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from minutes_cli.errors import IngestError
from minutes_cli.ingest.collect import Collector
from minutes_cli.ingest.office.lines import Lines, Omitted
from minutes_cli.ingest.office.packages import Package, open_package
from minutes_cli.ingest.office.xlsx_cells import shown
from minutes_cli.ingest.office.xlsx_columns import Columns, Grid, Row, find_columns, letters
from minutes_cli.ingest.speakers import label_of
from minutes_cli.model import Source, Span

__all__ = ["read"]

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_NODES = 500_000
"""Elements and attributes of all XML in a workbook: some 100,000 cells. openpyxl takes 20 µs for the smallest of
them, and 500 bytes of memory."""

# Which cells are merged: openpyxl makes each of them, and there may be 17 thousand millions. Only the first has text.
_MERGED = re.compile(rb"<(?:[\w.-]+:)?mergeCell\b[^>]*>")
_STRICT = {
    b'"http://purl.oclc.org/ooxml/' + name: b'"http://schemas.openxmlformats.org/' + name.replace(b"/", b"/2006/")
    for name in (b"spreadsheetml/main", b"drawingml/main", b"officeDocument/relationships")
}
# bracket-label takes more labels as they are than any other convention: whatever stands between its brackets is the
# label, while in the others names, offices and blanks tell where it ends.
_LABEL = "【{label}】{text}"
_BRACKETS = str.maketrans("【】", "［］")


def read(raw: bytes, name: str, encoding: str | None) -> Source:
    """The record in a workbook; *encoding* has no say in it.

    Every sheet with a column of speakers and one of texts is read as turns, sheets before them as lines of cells.
    Where there is no such sheet all of them are read as lines of cells. Raises IngestError for a damaged or protected
    file, one that would take too much (see :mod:`packages`), and one without text.
    """
    package = open_package(raw, name, _STRICT, MAX_NODES, _MERGED)
    if any(b"\0" in data[:4] for data in package.xml.values()):
        raise IngestError(f"{name}: XML in UTF-16, which Excel never writes; open it in Excel and save it again")
    book = _opened(package, name, results=True)
    out = Collector(name, _MEDIA_TYPE)
    lines = Lines(out)
    sheets = [(sheet, _grid(sheet)) for sheet in book.worksheets]
    columns = [find_columns(grid) for _, grid in sheets]
    spoken = False
    for (sheet, grid), found in zip(sheets, columns, strict=True):
        start = out.size
        if found is not None:
            _Turns(lines, sheet.title, found).write(grid)
            spoken = True
        else:
            _write_cells(lines, sheet.title, grid.values(), furniture=spoken)
        _say_hidden(lines, sheet, grid, Span(start, max(start, out.size - 1)))
    _say_unsaved(lines, package, name, book)
    _say_others(lines, package)
    lines.finish()
    return out.source(raw)


class _Turns:
    """Writes the rows of a sheet as turns."""

    def __init__(self, lines: Lines, sheet: str, columns: Columns) -> None:
        self.lines, self.sheet, self.columns = lines, sheet, columns
        self._heading = self._page = ""
        self._labelled = False
        self._once: frozenset[int] = frozenset()  # columns that say the same in all rows

    def write(self, grid: Grid) -> None:
        head = self.columns.header
        below = [row for row in grid.values() if row.number > head]
        if self.lines.out.size == 0:
            for row in below[:1]:  # its page before the title, which else stood on the page before
                self._turn_page(row)
        _write_cells(self.lines, self.sheet, [row for row in grid.values() if row.number < head])
        for row in grid.values():
            if row.number == head:
                _write_cells(self.lines, self.sheet, [row], furniture=True)
        self._write_once(below)
        for row in below:
            self._row(row)

    def _write_once(self, rows: list[Row]) -> None:
        """What a column says in all rows alike, before the first of them: the day and the name of the meeting."""
        if len(rows) < 2:
            return
        columns = self.columns
        for at in columns.others:
            cells = [(" ".join(row.cells[at].split()), row) for row in rows if at in row.cells]
            front = at in (columns.meeting, columns.date)
            if (
                at == columns.affiliation
                or len({text for text, _ in cells}) != 1
                or not (front or len(cells) == len(rows))
            ):
                continue
            self._once |= {at}
            text, row = cells[0]
            if at != columns.meeting:  # that is a title as it stands
                text = f"{columns.names.get(at, letters(at))}：{text}"
            self.lines.out.line(text, self._place(at, row), furniture=not front)

    def _turn_page(self, row: Row) -> None:
        page = row.cells.get(self.columns.page or 0, "")
        if page != self._page and page.isdecimal() and len(page) < 6:
            self._page = page
            self.lines.out.line(f'<PAGE="{int(page)}">', self._place(self.columns.page, row), furniture=True)

    def _row(self, row: Row) -> None:
        columns, out = self.columns, self.lines.out
        self._turn_page(row)
        heading = " ".join(row.cells.get(columns.heading or 0, "").split())
        if heading and heading != self._heading:
            self._heading = heading
            out.line(heading, self._place(columns.heading, row), heading=1)
        label, covered = self._label(row)
        beside = [
            f"{columns.names.get(at, letters(at))}：{' '.join(text.split())}"
            for at, text in row.cells.items()
            if at in columns.others and at not in self._once and at != covered
        ]
        if beside:
            out.line("　".join(beside), self._place(columns.others[0], row), furniture=True)
        first, *rest = row.cells.get(columns.text, "").strip().splitlines() or [""]
        said = (1, 1 + len(label)) if columns.told and label and first else None
        if label:
            first = _LABEL.format(label=label.translate(_BRACKETS), text=first)
        elif first and self._labelled:
            self.lines.omit(Omitted("no-speaker"), Span(out.size, out.size), self._place(columns.text, row))
        self._labelled = self._labelled or bool(label)
        if first:
            out.line(first, self._place(columns.text, row), label=said)
        for line in rest:
            out.line(line)

    def _label(self, row: Row) -> tuple[str, int | None]:
        """The label, and which other column is in it: that of the affiliation, where a label can hold both."""
        columns = self.columns
        name, role, affiliation = (
            " ".join(row.cells.get(at or 0, "").split()) for at in (columns.speaker, columns.role, columns.affiliation)
        )
        label, covered = label_of(name, role, affiliation)
        return label, columns.affiliation if covered else None

    def _place(self, column: int | None, row: Row) -> str:
        return f"{self.sheet}!{letters(column or 1)}{row.number}"


def _write_cells(lines: Lines, sheet: str, rows: Any, *, furniture: bool = False) -> None:
    """Rows as lines of cells, apart by tabs; a cell with several lines as that many where it stands alone."""
    last = 0
    for row in rows:
        if last and row.number > last + 1:
            lines.out.line("")
        last = row.number
        if not row.cells:
            continue
        first = min(row.cells)
        place = f"{sheet}!{letters(first)}{row.number}"
        texts = row.cells[first].splitlines() if len(row.cells) == 1 else ["\t".join(_all_cells(row))]
        for text in texts:
            lines.out.line(text, place, furniture=furniture)


def _all_cells(row: Row) -> Iterator[str]:
    """The cells of a row, with the empty ones between them; a gap of more than a few is cut short."""
    last = None
    for at, text in row.cells.items():
        if last is not None:
            yield from [""] * min(at - last - 1, 20)
        last = at
        yield " ".join(text.split("\n")).replace("\t", "　")


def _grid(sheet: Any) -> Grid:
    """The rows of a sheet that have anything in them, in their order."""
    rows: Grid = {}
    # The cells that there are; the public iterators make all others up to the last row and column.
    for (number, column), cell in sorted(sheet._cells.items()):
        text = shown(cell)
        if text.strip():
            rows.setdefault(number, Row(number, {})).cells[column] = text
    return rows


def _opened(package: Package, name: str, *, results: bool) -> Any:
    import warnings
    from io import BytesIO

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that are not kept when a workbook is saved, which it is not
            return openpyxl.load_workbook(BytesIO(package.raw), data_only=results, keep_links=False)
    except (
        InvalidFileException, ArithmeticError, AttributeError, LookupError, OSError, SyntaxError, TypeError, ValueError,
    ) as e:  # fmt: skip
        what = (str(e).splitlines() or [""])[0][:120]
        raise IngestError(f"{name}: a damaged Excel file ({what}); open it in Excel and save it again") from None


def _say_hidden(lines: Lines, sheet: Any, grid: Grid, span: Span) -> None:
    if sheet.sheet_state != "visible" and grid:
        lines.omit(Omitted("hidden-sheet", sheet.title), span, f"{sheet.title}!A1")
    for number in grid:
        if number in sheet.row_dimensions and sheet.row_dimensions[number].hidden:
            lines.omit(Omitted("hidden-row"), span, f"{sheet.title}!A{number}")
    for name, column in sheet.column_dimensions.items():
        if column.hidden and any(
            at in row.cells for row in grid.values() for at in range(column.min or 0, min(column.max or 0, 200) + 1)
        ):
            lines.omit(Omitted("hidden-column", name), span, f"{sheet.title}!{name}1")


def _say_unsaved(lines: Lines, package: Package, name: str, book: Any) -> None:
    """Say which formulas have no result in the file: those that no program has computed yet."""
    if not any(b"<f>" in data or b"<f " in data for part, data in package.xml.items() if "/worksheets/" in part):
        return
    written = _opened(package, name, results=False)
    for sheet in written.worksheets:
        results = book[sheet.title]._cells
        for (row, column), cell in sorted(sheet._cells.items()):
            if cell.data_type == "f" and ((row, column) not in results or results[row, column].value is None):
                place = f"{sheet.title}!{letters(column)}{row}"
                formula = cell.value if isinstance(cell.value, str) else getattr(cell.value, "text", "")
                lines.omit(Omitted("no-result", formula or ""), Span(0, 0), place)


def _say_others(lines: Lines, package: Package) -> None:
    for part in package.others:
        if part.startswith("xl/media/"):
            lines.omit(Omitted("picture"), Span(0, 0), "")
    for part, data in package.xml.items():
        if part.startswith(("xl/comments", "xl/threadedComments")):
            for _ in range(data.count(b"<comment ")):
                lines.omit(Omitted("comment"), Span(0, 0), "")
        elif part.startswith("xl/drawings/drawing") and b"<a:t>" in data:
            lines.omit(Omitted("diagram"), Span(0, 0), "")
