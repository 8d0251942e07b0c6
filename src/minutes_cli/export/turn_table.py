"""Turns as columns of Apache Arrow: what Parquet files and datasets are made of."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any

from minutes_cli import __version__
from minutes_cli.export.columns import Column, Type, rows_of
from minutes_cli.export.json import escape_surrogates
from minutes_cli.model import Document, Event

if TYPE_CHECKING:
    import pyarrow

__all__ = ["FORMAT", "TurnTable", "schema_of"]

FORMAT = "minutes-turns/1"
"""Raised whenever a column is renamed or changes its meaning."""


class TurnTable:
    """Gathers turns of documents, column by column, and gives them as record batches."""

    def __init__(self, columns: Sequence[Column], *, tokens: bool = False) -> None:
        """With *tokens* the last column is of words (:mod:`minutes_cli.export.token_array`), and Sudachi is loaded."""
        self.schema = schema_of(columns, tokens=tokens)
        self._columns, self._tokens = columns, tokens
        self._clear()

    def _clear(self) -> None:
        self.rows = self.characters = 0
        self._cells: list[list[Any]] = [[] for _ in self._columns]
        self._texts: list[str] = []

    def add(self, document: Document) -> int:
        """Add the turns of *document*, and return how many they are."""
        rows = list(rows_of(document))
        for column, cells in zip(self._columns, self._cells, strict=True):
            if column.of_record:
                cells += [column.get(rows[0])] * len(rows) if rows else []
            else:
                cells += map(column.get, rows)
        if self._tokens:
            self._texts += [row.turn.text for row in rows]
        self.rows += len(rows)
        self.characters += sum([row.turn.span.end - row.turn.span.start for row in rows])
        return len(rows)

    def batch(self) -> pyarrow.RecordBatch:
        """What has been added since the last batch."""
        import pyarrow as pa

        arrays = []
        for column, field, cells in zip(self._columns, self.schema, self._cells, strict=False):
            try:
                arrays.append(_array(cells, column.type, field.type))
            except UnicodeEncodeError:  # the name of a file that is not UTF-8 reaches us with lone surrogates
                arrays.append(_array(_written_out(cells), column.type, field.type))
        if self._tokens:
            from minutes_cli.export.token_array import token_array

            arrays.append(token_array(self._texts))
        self._clear()
        return pa.record_batch(arrays, schema=self.schema)


def schema_of(columns: Sequence[Column], *, tokens: bool = False) -> pyarrow.Schema:
    """The types of *columns*, with *tokens* one more; what each says stands in its metadata, under ``about``."""
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
    if tokens:
        from minutes_cli.export.token_array import token_field

        fields.append(token_field())
    return pa.schema(fields, metadata={"format": FORMAT, "generator": f"minutes-cli {__version__}"})


def _array(cells: Sequence[Any], kind: Type, type_: pyarrow.DataType) -> pyarrow.Array:
    """*cells* as an array; lists are built of one flat array each, four times as fast as of lists."""
    import pyarrow as pa

    if kind is Type.DATE:
        days = {day: day and datetime.date.fromisoformat(day) for day in set(cells)}
        return pa.array([days[day] for day in cells], type_)
    if kind is Type.TEXTS or kind is Type.EVENTS:
        flat = list(chain.from_iterable(cells))
        offsets = pa.array([0, *accumulate(map(len, cells))], pa.int32())
        values = pa.array(flat, type_.value_type) if kind is Type.TEXTS else _events(flat, type_.value_type)
        return pa.ListArray.from_arrays(offsets, values, type=type_)
    return pa.array(cells, type_)


def _events(events: Iterable[Event], type_: pyarrow.StructType) -> pyarrow.StructArray:
    import pyarrow as pa

    rows = [(e.kind.value, e.text, e.span.start, e.span.end) for e in events]
    parts = list(zip(*rows, strict=True)) if rows else [()] * len(type_)
    fields = [type_[i] for i in range(len(type_))]
    arrays = [pa.array(part, field.type) for part, field in zip(parts, fields, strict=True)]
    return pa.StructArray.from_arrays(arrays, fields=fields)


def _written_out(cells: Iterable[Any]) -> list[Any]:
    """*cells* with every lone surrogate written out, which UTF-8 cannot hold."""
    return [tuple(map(_part, cell)) if isinstance(cell, tuple) else escape_surrogates(cell) for cell in cells]


def _part(part: str | Event) -> Any:
    return escape_surrogates(part) if isinstance(part, str) else part._replace(text=escape_surrogates(part.text))
