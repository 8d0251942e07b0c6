"""Records as an Excel workbook: a sheet for turns, and one each for speakers, sections, edits and so on.

The sheets are those of :mod:`minutes_cli.export.tables`, each with the path of the record in front. Days are dates,
numbers are numbers, and every text is a text: nothing is taken for a formula or a link. What is too long for a cell
is marked there, and stands whole on the last sheet, ``continued``, in as many rows as it needs.
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from minutes_cli.errors import UsageError
from minutes_cli.export.columns import Column, Type, Value, chosen, flat, rows_of, values
from minutes_cli.export.files import in_pieces
from minutes_cli.export.model import Options
from minutes_cli.export.tables import TABLES, Field, Table
from minutes_cli.export.workbook import LONGEST_CELL, MOST_ROWS, OPTIONS, fits, pieces, write_text
from minutes_cli.model import Document

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["write_xlsx"]

SHEETS = ("turns", "speakers", "sections", "edits", "records", "items", "attendance", "events", "findings")
"""In the order of the tabs: first what everybody asks for."""

_WIDTHS = {
    **dict.fromkeys(("text", "paragraphs"), 80),
    **dict.fromkeys(("message", "reason", "events"), 40),
    **dict.fromkeys(("path", "meeting", "title", "body", "label", "labels", "heading", "venue", "before", "after"), 28),
    **dict.fromkeys(("affiliation", "candidates", "name", "role", "group", "place", "session"), 18),
    **dict.fromkeys(("id", "order", "speaker", "section", "page", "level", "start", "end", "turns", "turn"), 8),
}
_WIDTH = 12
_PATH = Field("path", Type.TEXT, "file of the record, as it was given")
_CONTINUED = ("sheet", "row", "column", "part", "text")


class _Forms(NamedTuple):
    head: Format
    text: Format
    date: Format


def write_xlsx(documents: Iterable[Document], options: Options) -> Iterator[bytes]:
    """*documents* as one workbook; the same documents give the same bytes. Raises UsageError for too many rows."""
    from xlsxwriter import Workbook

    columns = chosen(options.columns)
    with tempfile.TemporaryDirectory(prefix="minutes-") as folder:
        path = Path(folder, "records.xlsx")
        with Workbook(str(path), {**OPTIONS, "constant_memory": True, "tmpdir": folder}) as book:
            _fill(book, documents, columns)
        yield from in_pieces(path)


def _fill(book: Workbook, documents: Iterable[Document], columns: Sequence[Column]) -> None:
    book.set_properties({"title": "Records of meetings", "created": datetime.datetime(2000, 1, 1)})
    forms = _Forms(
        book.add_format({"bold": True, "bottom": 1, "valign": "top"}),
        book.add_format({"text_wrap": True, "valign": "top"}),
        book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}),
    )
    tables = {table.name: table for table in TABLES}
    long: list[tuple[str, int, str, str]] = []
    sheets: dict[str, _Sheet] = {}
    for name in SHEETS:
        heads = [Field(c.name, c.type, c.about) for c in columns] if name == "turns" else _heads(tables[name])
        sheets[name] = _Sheet(book.add_worksheet(name), heads, forms, long)
    for document in documents:
        path = document.view.source.name
        for row in rows_of(document):
            sheets["turns"].add(values(row, columns))
        for name in SHEETS[1:]:
            for cells in tables[name].rows(document):
                sheets[name].add(cells if name == "records" else (path, *cells))
    for sheet in sheets.values():
        sheet.close()
    if long:
        fields = [Field(name, Type.INT if name in ("row", "part") else Type.TEXT, "") for name in _CONTINUED]
        rest = _Sheet(book.add_worksheet("continued"), fields, forms, [])
        for sheet_name, at, column, text in long:
            for part, piece in enumerate(pieces(text), 1):
                rest.add((sheet_name, at, column, part, piece))
        rest.close()


def _heads(table: Table) -> Sequence[Field]:
    return table.fields if table.name == "records" else (_PATH, *table.fields)


class _Sheet:
    """A sheet that is filled row by row."""

    def __init__(
        self,
        sheet: Worksheet,
        heads: Sequence[Field],
        forms: _Forms,
        long: list[tuple[str, int, str, str]],
    ) -> None:
        self._sheet = sheet
        self._heads = heads
        self._forms = forms
        self._long = long
        self._last = 0
        for at, head in enumerate(heads):
            sheet.set_column(at, at, _WIDTHS.get(head.name, _WIDTH))
            sheet.write_string(0, at, head.name, forms.head)
        sheet.freeze_panes(1, 0)

    def add(self, cells: Sequence[Value]) -> None:
        """Write the next row. Raises UsageError where the sheet is full."""
        self._last += 1
        if self._last >= MOST_ROWS:
            raise UsageError(
                f"more than {MOST_ROWS - 1:,} rows of {self._sheet.name}, too many for xlsx; "
                "write csv, parquet or sqlite, or a workbook per record into a folder (-o NAME/)"
            )
        for at, (head, value) in enumerate(zip(self._heads, cells, strict=True)):
            self._cell(at, head, flat(value))

    def close(self) -> None:
        """Put the filter over all rows."""
        self._sheet.autofilter(0, 0, self._last, len(self._heads) - 1)

    def _cell(self, at: int, head: Field, value: Any) -> None:
        if value is None:
            return
        if not isinstance(value, str):
            self._sheet.write_number(self._last, at, value, self._forms.text)
        elif head.type is Type.DATE and (day := _day(value)):
            self._sheet.write_datetime(self._last, at, day, self._forms.date)
        elif fits(value):
            write_text(self._sheet, self._last, at, value, self._forms.text)
        else:
            self._long.append((self._sheet.name, self._last + 1, head.name, value))
            mark = f" … [whole on sheet continued: {self._sheet.name}, row {self._last + 1}, {head.name}]"
            write_text(self._sheet, self._last, at, _begin(value, LONGEST_CELL - len(mark)) + mark, self._forms.text)


def _begin(text: str, units: int) -> str:
    """The first characters of *text*, up to *units* UTF-16 units."""
    return pieces(text)[0].encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def _day(text: str) -> datetime.date | None:
    """The date that *text* is, where Excel knows it: it begins in 1900."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year >= 1900 else None
