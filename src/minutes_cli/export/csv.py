r"""Turns as CSV and as TSV: one row per turn, in UTF-8.

CSV is that of RFC 4180 but for its line ends, which are line feeds: what holds a comma, a quotation mark or a line end
is quoted, and line ends inside a text stay. TSV has one line per turn, whatever a text holds: in a cell ``\t`` is a
tab, ``\n`` a line feed, ``\r`` a carriage return and ``\\`` a backslash, as in the text format of PostgreSQL's COPY.

In both a text that a spreadsheet would take for a formula has ``'`` before it, a NUL, which many programs take for the
end, is written ␀, and lone surrogates (of file names that are not UTF-8) are written out, as in ``\udce3``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from minutes_cli.export.cells import as_csv, as_tsv
from minutes_cli.export.columns import Column, chosen, flat, rows_of, values
from minutes_cli.export.model import Options
from minutes_cli.model import Document

__all__ = ["BOM", "write_csv", "write_tsv"]

BOM = b"\xef\xbb\xbf"


def write_csv(documents: Iterable[Document], options: Options) -> Iterator[bytes]:
    """The turns of *documents* under one head."""
    head, rows = _table(documents, options)
    yield from _encoded(as_csv(head, rows, _without_nul), options)


def write_tsv(documents: Iterable[Document], options: Options) -> Iterator[bytes]:
    """The turns of *documents* under one head, a line each."""
    head, rows = _table(documents, options)
    yield from _encoded(as_tsv(head, rows, _without_nul), options)


def _table(documents: Iterable[Document], options: Options) -> tuple[list[str], Iterator[list[object]]]:
    columns = chosen(options.columns)
    return [column.name for column in columns], _rows(documents, columns)


def _rows(documents: Iterable[Document], columns: Sequence[Column]) -> Iterator[list[object]]:
    for document in documents:
        for row in rows_of(document):
            yield [flat(value) for value in values(row, columns)]


def _encoded(lines: Iterable[str], options: Options) -> Iterator[bytes]:
    if options.bom:
        yield BOM
    for line in lines:
        yield line.encode("utf-8", "backslashreplace")


def _without_nul(text: str) -> str:
    return text.replace("\0", "␀") if "\0" in text else text
