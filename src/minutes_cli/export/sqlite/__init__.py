"""Records as one SQLite database with keys, views and a search that finds Japanese, ready for Datasette.

What is in it: :mod:`minutes_cli.export.tables`; how: :mod:`minutes_cli.export.sqlite.schema`. Of several texts in a
cell (labels of a speaker) it holds a JSON array. The same documents give the same bytes with the same SQLite.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from minutes_cli import __version__
from minutes_cli.errors import UsageError
from minutes_cli.export.columns import Type, Value
from minutes_cli.export.files import in_pieces
from minutes_cli.export.json import FORMAT, escape_surrogates
from minutes_cli.export.model import Options
from minutes_cli.export.sqlite.schema import APPLICATION, VERSION, datasette, descriptions, indexes, schema
from minutes_cli.export.tables import TABLES, Table
from minutes_cli.model import Document

if TYPE_CHECKING:
    from sqlite3 import Connection

__all__ = ["grams", "write_sqlite"]

_ENDS_WORD = re.compile('[\x00-\x20"\x7f]+')
_BUILD = f"""
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION};
"""
_FINISH = """
INSERT INTO turns_long (turns_long) VALUES ('optimize');
INSERT INTO turns_short (turns_short) VALUES ('optimize');
ANALYZE;
"""


def write_sqlite(documents: Iterable[Document], options: Options) -> Iterator[bytes]:
    """*documents* as one database. Raises UsageError where the SQLite of this Python has no such full-text search."""
    import sqlite3

    with tempfile.TemporaryDirectory(prefix="minutes-") as folder:
        path = Path(folder, "records.db")
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.executescript(_BUILD)
            _create(connection)
            connection.execute("BEGIN")
            _fill(connection, documents)
            connection.execute("COMMIT")
            connection.executescript(indexes())
            connection.executescript(_FINISH)
        finally:
            connection.close()
        yield from in_pieces(path)


def grams(text: str) -> list[str]:
    """Every character of *text* and every two beside each other, each once, in order; blanks part them."""
    found: set[str] = set()
    for word in _ENDS_WORD.split(text):
        found.update(word)
        found.update(map("".join, pairwise(word)))
    return sorted(found)


def _create(connection: Connection) -> None:
    from sqlite3 import OperationalError

    try:
        connection.executescript(schema())
    except OperationalError as e:
        if "fts5" in str(e) or "tokenizer" in str(e):
            raise UsageError(f"sqlite needs a Python whose SQLite is 3.34 or later and has FTS5 ({e})") from None
        raise
    metadata = {"format": FORMAT, "generator": f"minutes-cli {__version__}", "datasette": datasette()}
    connection.executemany("INSERT INTO metadata VALUES (?, ?)", metadata.items())
    connection.executemany("INSERT INTO descriptions VALUES (?, ?, ?)", descriptions())


def _fill(connection: Connection, documents: Iterable[Document]) -> None:
    counters = {table.name: count(1) for table in TABLES}
    for document in documents:
        record = 0
        ids: dict[tuple[str, Value], int] = {}
        for table in TABLES:
            rows = list(table.rows(document))
            numbers = [next(counters[table.name]) for _ in rows]
            if table.name == "records":
                record = numbers[0]
            elif table.fields[0].name == "id":
                ids |= {(table.name, row[0]): number for row, number in zip(rows, numbers, strict=True)}
            cells = [
                [number, *(() if table.name == "records" else (record,)), *_cells(table, row, ids)]
                for number, row in zip(numbers, rows, strict=True)
            ]
            _insert(connection, f"INSERT INTO {table.name} VALUES", cells)
            if table.name == "turns":
                text = [field.name for field in table.fields].index("text")
                said = [(number, row[text]) for number, row in zip(numbers, rows, strict=True)]
                _insert(connection, "INSERT INTO turns_long (rowid, text) VALUES", said)
                short = [(number, " ".join(grams(str(text)))) for number, text in said]
                _insert(connection, "INSERT INTO turns_short (rowid, text) VALUES", short)


def _cells(table: Table, row: Sequence[Value], ids: dict[tuple[str, Value], int]) -> Iterator[object]:
    for field, value in zip(table.fields, row, strict=True):
        if field.to:
            yield ids.get((field.to, value))
        elif field.type is Type.TEXTS:
            yield json.dumps(escape_surrogates(value), ensure_ascii=False)
        else:
            yield value


def _insert(connection: Connection, into: str, rows: Sequence[Sequence[object]]) -> None:
    if not rows:
        return
    # The name of a file that is not UTF-8 reaches us with lone surrogates, which SQLite cannot hold.
    connection.executemany(f"{into} ({', '.join('?' * len(rows[0]))})", map(escape_surrogates, rows))
