"""Turns as Apache Parquet: one row per turn, typed columns; many records make one dataset.

Written by pyarrow, format version 2.6, compressed with Zstandard. Days are ``date32``, paragraphs a list of strings,
events a list of structs. Every file has the same schema, also that of a record without turns, so that a folder of
them is one table to DuckDB, pandas or Spark; what a column says stands in its metadata, under ``about``.
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minutes_cli import __version__
from minutes_cli.export.columns import NAMES, Column, Type, Value, chosen, rows_of, values
from minutes_cli.export.files import in_pieces
from minutes_cli.export.json import escape_surrogates
from minutes_cli.export.model import Options
from minutes_cli.model import Document

if TYPE_CHECKING:
    import pyarrow

__all__ = ["FORMAT", "write_parquet"]

FORMAT = "minutes-turns/1"
"""Raised whenever a column is renamed or changes its meaning."""

_ROWS = 10_000
_CHARACTERS = 8_000_000
"""A row group is written when it has this many rows, or characters of text."""


def write_parquet(documents: Iterable[Document], options: Options) -> Iterator[bytes]:
    """The turns of *documents* as one Parquet file; the same documents give the same bytes."""
    from pyarrow.parquet import ParquetWriter

    columns = chosen(options.columns, NAMES)
    schema = _schema(columns)
    with tempfile.TemporaryDirectory(prefix="minutes-") as folder:
        path = Path(folder, "records.parquet")
        with ParquetWriter(path, schema, compression="zstd") as writer:
            for rows in _groups(documents, columns):
                writer.write_batch(_batch(rows, columns, schema))
        yield from in_pieces(path)


def _groups(documents: Iterable[Document], columns: Sequence[Column]) -> Iterator[list[list[Value]]]:
    group: list[list[Value]] = []
    characters = 0
    for document in documents:
        for row in rows_of(document):
            group.append(values(row, columns))
            characters += row.turn.span.end - row.turn.span.start
            if len(group) >= _ROWS or characters >= _CHARACTERS:
                yield group
                group, characters = [], 0
    if group:
        yield group


def _schema(columns: Sequence[Column]) -> pyarrow.Schema:
    import pyarrow as pa

    event = pa.struct(
        [("kind", pa.string()), ("text", pa.string()), ("span_from", pa.int32()), ("span_to", pa.int32())]
    )
    types = {
        Type.TEXT: pa.string(),
        Type.INT: pa.int32(),
        Type.FLOAT: pa.float64(),
        Type.DATE: pa.date32(),
        Type.TEXTS: pa.list_(pa.string()),
        Type.EVENTS: pa.list_(event),
    }
    fields = [pa.field(c.name, types[c.type], metadata={"about": c.about}) for c in columns]
    return pa.schema(fields, metadata={"format": FORMAT, "generator": f"minutes-cli {__version__}"})


def _batch(rows: list[list[Value]], columns: Sequence[Column], schema: pyarrow.Schema) -> pyarrow.RecordBatch:
    import pyarrow as pa

    arrays = []
    for at, (column, field) in enumerate(zip(columns, schema, strict=True)):
        cells = [_cell(row[at], column.type) for row in rows]
        try:
            arrays.append(pa.array(cells, field.type))
        except UnicodeEncodeError:  # the name of a file that is not UTF-8 reaches us with lone surrogates
            arrays.append(pa.array(escape_surrogates(cells), field.type))
    return pa.record_batch(arrays, schema=schema)


def _cell(value: Value, kind: Type) -> Any:
    if kind is Type.DATE:
        return _day(value)
    if kind is Type.EVENTS and isinstance(value, tuple):
        return [
            {"kind": e.kind.value, "text": e.text, "span_from": e.span.start, "span_to": e.span.end}
            for e in value
            if not isinstance(e, str)
        ]
    return list(value) if isinstance(value, tuple) else value


def _day(value: Value) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if isinstance(value, str) else None
