"""Records read into a file of the staging folder: what a worker does, and what a run that was stopped has done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple
from urllib.parse import quote

from minutes_cli.engine import Failure, Running, attempt
from minutes_cli.export.columns import chosen
from minutes_cli.export.turn_table import TurnTable
from minutes_cli.model import Document
from minutes_cli.parse import no_collection
from minutes_cli.store.dataset.manifest import Entry, entry_of, row_of
from minutes_cli.store.dataset.place import KEEPING, Place
from minutes_cli.store.dataset.states import state_of

__all__ = ["STAGE", "Slice", "Staged", "Staging", "ToRead", "is_partition", "partition_of", "staged"]

STAGE = f"{KEEPING}/stage"
_ENTRIES = b"minutes-entries"
#: What stands for "unknown" in the name of a folder, as Hive, Spark, DuckDB and pyarrow know it.
_NONE = "__HIVE_DEFAULT_PARTITION__"
#: Characters that a name keeps as they are: letters of any script; all others become %XX, which readers decode.
_KEPT = "　 -.~（）・"
_LONGEST = 240


class ToRead(NamedTuple):
    """A record to read."""

    path: str


class Slice(NamedTuple):
    """Turns of one record in one partition: a record batch of a staged file, so that nothing else of it is read."""

    part: str
    batch: int
    rows: int


_Entries = tuple[tuple[Entry, tuple[Slice, ...]], ...]


class Staged(NamedTuple):
    """What a file of the staging folder holds: ``entries`` with, for each, its slices."""

    name: str
    entries: _Entries


class Staging(NamedTuple):
    """Reads records, and puts their turns into a file of the staging folder. Picklable where ``read`` is.

    ``key`` stands for all that decides what becomes of a record: staged files with another one are not used.
    """

    place: Place
    key: str
    columns: tuple[str, ...]
    tokens: bool
    read: Callable[[str], tuple[Document, ...]]
    running: Running

    def __call__(self, tasks: tuple[ToRead, ...]) -> Staged:
        """Read all *tasks*. A record that cannot be read has an entry with an error. Raises OutputError."""
        with no_collection():  # a tenth of the time: thousands of rows wait in the table, and none is in a cycle
            return self._staged(tasks)

    def _staged(self, tasks: tuple[ToRead, ...]) -> Staged:
        table = TurnTable(chosen(self.columns), tokens=self.tokens)
        count = 0
        found: list[tuple[Entry, tuple[Slice, ...]]] = []
        for task in tasks:
            state = state_of(task.path)
            documents = attempt(self._documents, task, self.running)
            tag, racy = state or ("", True)
            if isinstance(documents, Failure):
                found.append((Entry(task.path, tag, racy, "", (), documents.words), ()))
                continue
            slices = _slices(table, documents, count)
            count += len(slices)
            sizes: dict[str, int] = {}
            for part, _, rows in slices:
                sizes[part] = sizes.get(part, 0) + rows
            sha256 = documents[0].view.source.sha256 if len(documents) == 1 else ""
            found.append((Entry(task.path, tag, racy, sha256, tuple(sizes.items())), slices))
        return self._written(table, tuple(found))

    def _documents(self, task: ToRead) -> tuple[Document, ...]:
        return self.read(task.path)

    def _written(self, table: TurnTable, entries: _Entries) -> Staged:
        import pyarrow as pa

        content = _dumps(entries)
        name = f"{STAGE}/{self.key}-{hashlib.sha256(content).hexdigest()[:24]}.arrow"
        schema = table.schema.with_metadata({**table.schema.metadata, _ENTRIES: content})
        with self.place.writing(name) as path, pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
            whole, start = table.batch().replace_schema_metadata(schema.metadata), 0
            for _, slices in entries:
                for one in slices:
                    writer.write_batch(whole.slice(start, one.rows))
                    start += one.rows
        return Staged(name, entries)


def _slices(table: TurnTable, documents: Sequence[Document], first: int) -> tuple[Slice, ...]:
    """Put *documents* into *table*, as batches from number *first* on."""
    found: list[Slice] = []
    for document in documents:
        if rows := table.add(document):
            found.append(Slice(partition_of(document), first + len(found), rows))
    return tuple(found)


def partition_of(document: Document) -> str:
    """The folder for the turns of *document*: ``year=2023/body=町議会``."""
    meeting = document.meeting
    return f"year={(meeting.date or '')[:4] or _NONE}/body={_folder(meeting.body)}"


def is_partition(folder: str) -> bool:
    """Whether *folder* is named as partitions are."""
    year, _, body = folder.partition("/")
    return year.startswith("year=") and body.startswith("body=") and "/" not in body


def _folder(name: str | None) -> str:
    if not name:
        return _NONE
    folder = "".join(c if c.isalnum() or c in _KEPT else quote(c, safe="", errors="replace") for c in name)
    folder = folder.rstrip(" .")
    while len(folder.encode()) > _LONGEST:
        folder = folder[:-1]
    return folder or _NONE


def staged(place: Place, key: str) -> list[Staged]:
    """What runs that were stopped have left: whole files, for no other appear. Those of another *key* are removed."""
    found = []
    for name in place.names(STAGE):
        if not name.startswith(f"{STAGE}/{key}-"):
            place.remove(name)
            continue
        import pyarrow as pa  # a run that finds nothing staged need not load it

        with place.open(name) as stream, pa.ipc.open_file(stream) as reader:
            rows = _loads(reader.schema.metadata[_ENTRIES])
        found.append(Staged(name, rows))
    return found


def _dumps(entries: _Entries) -> bytes:
    from minutes_cli.export.json import dumps

    return dumps([[row_of(entry), slices] for entry, slices in entries])


def _loads(data: bytes) -> _Entries:
    import orjson

    return tuple((entry_of(row), tuple(Slice(*one) for one in slices)) for row, slices in orjson.loads(data))
