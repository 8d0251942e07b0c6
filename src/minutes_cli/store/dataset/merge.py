"""One partition put together: the turns that stay, and those that have been staged, sorted by record.

The file depends on nothing but what is in it: not on the order in which records came, nor on runs that were stopped.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from minutes_cli.export.columns import chosen
from minutes_cli.export.parquet import CHARACTERS, ROWS
from minutes_cli.export.turn_table import schema_of
from minutes_cli.parse import no_collection
from minutes_cli.store.dataset.place import Place

if TYPE_CHECKING:
    import pyarrow

__all__ = ["Merging", "Partition", "Piece", "part_of"]


class Piece(NamedTuple):
    """Turns of the record *path*, as it stands in the column of that name: a record batch of a staged file."""

    path: str
    staged: str
    batch: int


class Partition(NamedTuple):
    """What a partition shall hold: of the turns that are there those of the records ``keep``, and new ``pieces``.

    ``path`` is where it is, ``name`` what it is called in the dataset.
    """

    path: str
    name: str
    keep: frozenset[str]
    pieces: tuple[Piece, ...]


class Merging(NamedTuple):
    """Writes partitions of the dataset at ``place`` anew."""

    place: Place
    columns: tuple[str, ...]
    tokens: bool

    def __call__(self, tasks: tuple[Partition, ...]) -> tuple[int, ...]:
        """Write each of *tasks*, and return its rows; one without any is removed. Raises OutputError."""
        with no_collection(), ExitStack() as opened:
            staged = _Staged(self.place, opened)
            return tuple([self._write(task, staged) for task in tasks])

    def _write(self, partition: Partition, staged: _Staged) -> int:
        from pyarrow.parquet import ParquetWriter

        name, schema, rows = part_of(partition.name), schema_of(chosen(self.columns), tokens=self.tokens), 0
        with ExitStack() as opened:
            tables = _groups(_units(partition, self.place, schema, staged, opened))
            first = next(tables, None)
            if first is None:
                self.place.remove(name)
                return 0
            with (
                self.place.writing(name) as path,
                ParquetWriter(path, schema, compression="zstd", use_dictionary=_repeating(schema)) as writer,
            ):
                for table in chain((first,), tables):
                    writer.write_table(table.replace_schema_metadata(schema.metadata), row_group_size=len(table))
                    rows += len(table)
        return rows


class _Staged:
    """The staged files, each opened once for all partitions that take rows of it."""

    def __init__(self, place: Place, opened: ExitStack) -> None:
        self._place, self._opened = place, opened
        self._files: dict[str, Any] = {}

    def table(self, piece: Piece) -> pyarrow.Table:
        """The rows of *piece*; nothing else is read."""
        import pyarrow as pa

        if piece.staged not in self._files:
            stream = self._opened.enter_context(self._place.open_native(piece.staged))
            self._files[piece.staged] = self._opened.enter_context(pa.ipc.open_file(stream))
        return pa.Table.from_batches([self._files[piece.staged].get_batch(piece.batch)])


def part_of(partition: str) -> str:
    """The file in a partition."""
    return f"{partition}/part-0.parquet"


def _repeating(schema: pyarrow.Schema) -> list[str]:
    """The columns whose values come again and again, so that a dictionary of them pays."""
    return [name for name in schema.names if name not in ("text", "paragraphs", "id", "order", "events", "tokens")]


def _units(
    partition: Partition, place: Place, schema: pyarrow.Schema, staged: _Staged, opened: ExitStack
) -> Iterator[tuple[str, list[pyarrow.Table]]]:
    """The turns of each record, sorted by its path; no more in memory than is asked for."""
    new = ((piece.path, staged.table(piece)) for piece in sorted(partition.pieces))
    both = heapq.merge(_kept(partition, place, opened), new, key=lambda unit: unit[0])
    for path, units in groupby(both, key=lambda unit: unit[0]):
        yield path, [table if table.schema.equals(schema) else table.cast(schema) for _, table in units]


def _kept(partition: Partition, place: Place, opened: ExitStack) -> Iterator[tuple[str, pyarrow.Table]]:
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow.parquet import ParquetFile

    if not partition.keep:
        return
    try:
        stream = opened.enter_context(place.open(part_of(partition.name)))
    except FileNotFoundError:
        return
    for batch in ParquetFile(stream).iter_batches(batch_size=1024):
        start = 0
        runs = pc.run_end_encode(batch.column("path"))
        for path, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
            if path in partition.keep:
                yield path, pa.Table.from_batches([batch.slice(start, end - start)])
            start = end


def _groups(units: Iterable[tuple[str, list[pyarrow.Table]]]) -> Iterator[pyarrow.Table]:
    """Row groups: of whole records, as many as a row group should have; one that is larger stands alone."""
    import pyarrow as pa

    group: list[pyarrow.Table] = []
    rows = size = 0
    for _, tables in units:
        more, larger = sum(map(len, tables)), sum(map(_characters, tables))
        if group and (rows + more > ROWS or size + larger > CHARACTERS):
            yield pa.concat_tables(group).combine_chunks()
            group, rows, size = [], 0, 0
        group += tables
        rows, size = rows + more, size + larger
    if group:
        yield pa.concat_tables(group).combine_chunks()


def _characters(table: pyarrow.Table) -> int:
    """How much text a table holds, whatever its columns are: the same for the same rows."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if "text" not in table.column_names:
        return 0
    return int(pc.sum(pc.binary_length(table.column("text").cast(pa.binary()))).as_py() or 0)
