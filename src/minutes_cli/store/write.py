"""The writing side of an index: one process at a time, in batches that are there as a whole or not at all."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from typing import NamedTuple

from minutes_cli import __version__
from minutes_cli.store.pack import Packed
from minutes_cli.store.read import State, read_states
from minutes_cli.store.schema import (
    APPLICATION,
    FOLDER,
    NAME,
    PATIENCE,
    SCHEMA,
    TABLES,
    StoreError,
    faults,
    is_index,
    open_for_reading,
    open_for_writing,
    outdated,
    read_meta,
    root_of,
    statements,
)

#: A batch is committed when it holds so many bytes of text, or is so many seconds old.
_BATCH, _AGE = 16_000_000, 3.0
#: The share of passages in the lists that may be of deleted records before the lists are written anew.
_DEAD = 0.3
#: Bytes of each list that FTS5 gathers before it writes them.
_GATHER = 32 << 20


class Row(NamedTuple):
    """A record ready to be written. ``words``: of each passage its normalized forms, spelled, with blanks between."""

    path: str
    size: int
    modified: int
    changed: int
    racy: int
    sha256: str
    packed: Packed
    pairs: str
    words: list[str]
    bytes: int


@contextmanager
def lock(path: str, command: str = "minutes index", option: str = "--index") -> Iterator[None]:
    """Keep other writers of what is at *path* out. Raises StoreError when one, a *command*, is at work.

    *option* is the one that names another place.

    The lock is one of SQLite on an empty file beside it: it ends with the process, also when it is killed.
    """
    folder = os.path.dirname(path)
    try:
        os.makedirs(folder or ".", exist_ok=True)
    except OSError as e:
        raise StoreError(f"{folder}: cannot be made ({e.strerror}); name another place with {option}") from None
    with faults(path):
        connection = sqlite3.connect(path + ".lock", timeout=0, isolation_level=None)
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as e:
            if e.sqlite_errorname == "SQLITE_BUSY":
                words = f"another {command} is writing it; try again when it has ended"
                raise StoreError(f"{path}: {words}") from None
            with faults(path):
                raise
        yield
    finally:
        connection.close()


def tokenizer() -> str:
    """The tokenizer whose words a new index holds."""
    from minutes_cli.lexicon.words import tokenizer_identity

    return tokenizer_identity()


def is_there(path: str) -> bool:
    """Whether anything stands at *path* that is not empty."""
    return os.path.lexists(path) and not (os.path.isfile(path) and not os.path.getsize(path))


def usable(path: str, root: str) -> bool:
    """Whether the index at *path* is of this version and this tokenizer, so that it can be brought up to date.

    Raises StoreError when it is damaged, or no index, or not of the folder *root*.
    """
    connection = open_for_reading(path)
    try:
        with faults(path):
            meta = read_meta(connection)
        if outdated(meta, tokenizer()):
            return False
        if root_of(path, meta) != root:
            words = f"it lists the records of {root_of(path, meta)}"
            raise StoreError(f"{path}: {words}; name another file with --index, or replace it with --rebuild")
        return True
    finally:
        connection.close()


def check_replaceable(path: str) -> None:
    """Raise StoreError when what stands at *path* is no index that minutes made: it is not ours to overwrite."""
    ours = os.path.abspath(path).endswith(os.path.join(os.sep, FOLDER, NAME)) and os.path.isfile(path)
    if is_there(path) and not (ours or is_index(path)):
        raise StoreError(f"{path}: no index of minutes, so it is not replaced; delete it or name another file")


def create(path: str, root: str, home: str) -> None:
    """Make an empty index of the folder *root* at *path*; it will be moved into the folder *home*.

    Both folders with links resolved. Raises StoreError.
    """
    remove(path)
    near = root == home or home.startswith(os.path.join(root, ""))
    facts = {
        "schema": SCHEMA,
        "minutes": __version__,
        "tokenizer": tokenizer(),
        "root": os.path.relpath(root, home) if near else root,  # so that the folder may be moved with its index
        "next": 0,  # number of the next passage
        "dropped": 0,  # numbers that are in no list any more
    }
    connection = open_for_writing(path)
    try:
        with faults(path):
            connection.execute("BEGIN IMMEDIATE")
            for statement in statements(TABLES):
                connection.execute(statement)
            # Lists are gathered in memory and written in few large pieces: merging many small ones takes longer.
            for table in ("grams", "words"):
                connection.execute(f"INSERT INTO {table}({table}, rank) VALUES('hashsize', {_GATHER})")
            connection.executemany("INSERT INTO meta VALUES(?, ?)", facts.items())
            connection.execute(f"PRAGMA application_id={APPLICATION}")
            connection.execute("COMMIT")
    finally:
        connection.close()


def replace(old: str, new: str) -> None:
    """Put the index at *new* (closed) in the place of *old*. Raises StoreError when somebody is reading that.

    A journal that a killed process has left beside *old* must go first: it would be taken for one of *new*.
    """
    if is_index(old):
        connection = sqlite3.connect(old, timeout=PATIENCE, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.DatabaseError as e:  # damaged: then what lies beside it is of no use either
            if e.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise StoreError(f"{old}: another process is reading it; try again when it has ended") from None
        finally:
            connection.close()
    _remove_journal(old)
    os.replace(new, old)


def remove(path: str) -> None:
    """Delete the index at *path*, which may be missing."""
    with suppress(FileNotFoundError):
        os.remove(path)
    _remove_journal(path)


def _remove_journal(path: str) -> None:
    for ending in ("-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            os.remove(path + ending)


class Writer:
    """An index open for writing. Whoever opens one holds the :func:`lock`."""

    def __init__(self, path: str) -> None:
        """Open the index at *path*, which :func:`create` has made. Raises StoreError."""
        self.path = path
        self._db = open_for_writing(path)
        with faults(path):
            self._next = int(read_meta(self._db)["next"])
        self._pending = 0
        self._since = time.monotonic()

    def states(self) -> dict[str, State]:
        """All files that are indexed, by their path below the root."""
        with faults(self.path):
            return read_states(self._db)

    def text(self) -> int:
        """How many bytes the text of all passages has."""
        with faults(self.path):
            return int(self._db.execute("SELECT total(bytes) FROM record").fetchone()[0])

    def put(self, row: Row) -> None:
        """Write a record, in place of the one of the same path."""
        with faults(self.path):
            self._begin()
            self._remove(row.path)
            new = self._db.execute(
                "INSERT INTO record(path, size, modified, changed, racy, sha256, first, passages, bytes)"
                " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (_stored(row.path), *row[1:6], self._next, len(row.words), row.bytes),
            ).lastrowid
            self._db.execute("INSERT INTO content VALUES(?, ?, ?, ?)", (new, *row.packed))
            self._db.execute("INSERT INTO grams(rowid, list) VALUES(?, ?)", (new, row.pairs))
            listed = enumerate(row.words, self._next)
            self._db.executemany("INSERT INTO words(rowid, list) VALUES(?, ?)", listed)
            self._next += len(row.words)
            self._pending += row.bytes
            if self._pending > _BATCH or time.monotonic() - self._since > _AGE:
                self.commit()

    def remove(self, path: str) -> None:
        """Take the record of the file *path* (below the root) out, if there is one."""
        with faults(self.path):
            self._begin()
            self._remove(path)

    def touch(self, path: str, times: tuple[int, int, int]) -> None:
        """Keep the record of *path*, whose content is the same, with new (modified, changed, racy)."""
        with faults(self.path):
            self._begin()
            self._db.execute("UPDATE record SET modified=?, changed=?, racy=? WHERE path=?", (*times, _stored(path)))

    def commit(self) -> None:
        """Make what was written so far last."""
        with faults(self.path):
            if self._db.in_transaction:
                self._db.execute("UPDATE meta SET value=? WHERE key='next'", (self._next,))
                self._db.execute("COMMIT")
            self._pending = 0
            self._since = time.monotonic()

    def compact(self) -> bool:
        """Write the lists anew when much in them is of deleted records; whether it was so."""
        with faults(self.path):
            ids, ranges = [], []
            for record, first, many in self._db.execute("SELECT id, first, passages FROM record"):
                ids.append(record)
                ranges.append(range(first, first + many))
            live = sum(map(len, ranges))
            listed = self._next - int(read_meta(self._db)["dropped"])
            if listed - live <= _DEAD * listed:
                return False
            self._begin()
            self._rewrite("grams", ids)
            self._rewrite("words", chain.from_iterable(ranges))
            self._db.execute("UPDATE meta SET value=? WHERE key='dropped'", (self._next - live,))
            self.commit()
            return True

    def _rewrite(self, table: str, alive: Iterable[int]) -> None:
        """Turn lists back into what was inserted, for the rows that are alive, and insert that."""
        self._db.execute("CREATE TEMP TABLE alive(doc INTEGER PRIMARY KEY)")
        self._db.executemany("INSERT INTO temp.alive VALUES(?)", ((row,) for row in alive))
        self._db.execute(f"CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', '{table}', 'instance')")
        self._db.execute(
            "CREATE TEMP TABLE kept AS SELECT doc, group_concat(term, ' ') AS list FROM temp.terms"
            " WHERE doc IN (SELECT doc FROM temp.alive) GROUP BY doc"
        )
        self._db.execute(f"INSERT INTO {table}({table}) VALUES('delete-all')")
        self._db.execute(f"INSERT INTO {table}(rowid, list) SELECT doc, list FROM temp.kept")
        for made in ("terms", "kept", "alive"):
            self._db.execute(f"DROP TABLE temp.{made}")

    def close(self) -> None:
        """Commit, and leave one file without anything beside it, unless a reader is there."""
        self.commit()
        with faults(self.path):
            self._db.close()

    def abandon(self) -> None:
        """Close without the batch at hand."""
        with suppress(sqlite3.Error):
            self._db.close()

    def _begin(self) -> None:
        if not self._db.in_transaction:
            self._db.execute("BEGIN IMMEDIATE")

    def _remove(self, path: str) -> None:
        stored = _stored(path)
        self._db.execute("DELETE FROM content WHERE record IN (SELECT id FROM record WHERE path=?)", (stored,))
        self._db.execute("DELETE FROM record WHERE path=?", (stored,))


def _stored(path: str) -> str | bytes:
    """A path as SQLite can keep it: on Linux it may be bytes that are no Unicode."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path)
    return path
