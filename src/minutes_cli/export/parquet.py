"""Turns as Apache Parquet: one row per turn, typed columns.

Written by pyarrow, format version 2.6, compressed with Zstandard. Days are ``date32``, paragraphs a list of strings,
events a list of structs. Every file has the same schema, also that of a record without turns, so that a folder of
them is one table to DuckDB, pandas or Spark; what a column says stands in its metadata, under ``about``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from minutes_cli.export.columns import NAMES, chosen
from minutes_cli.export.files import in_pieces
from minutes_cli.export.model import Options
from minutes_cli.export.turn_table import FORMAT, TurnTable
from minutes_cli.model import Document

__all__ = ["CHARACTERS", "FORMAT", "ROWS", "write_parquet"]

ROWS, CHARACTERS = 10_000, 8_000_000
"""A row group is written when it has this many rows, or characters of text."""


def write_parquet(documents: Iterable[Document], options: Options) -> Iterator[bytes]:
    """The turns of *documents* as one Parquet file; the same documents give the same bytes."""
    from pyarrow.parquet import ParquetWriter

    table = TurnTable(chosen(options.columns, NAMES), tokens=options.tokens)
    with tempfile.TemporaryDirectory(prefix="minutes-") as folder:
        path = Path(folder, "records.parquet")
        with ParquetWriter(path, table.schema, compression="zstd") as writer:
            for document in documents:
                table.add(document)
                if table.rows >= ROWS or table.characters >= CHARACTERS:
                    writer.write_batch(table.batch())
            if table.rows:
                writer.write_batch(table.batch())
        yield from in_pieces(path)
