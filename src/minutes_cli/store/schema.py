"""The file of an index: its tables, how it is opened, and what is said when that fails.

On the reading path: only sqlite3 and what Python has loaded anyway.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from minutes_cli import __version__
from minutes_cli.errors import MinutesError

#: Raised whenever what the tables hold, or how it is packed, changes: an older file is then built anew.
SCHEMA = 1
#: In the header of the file, so that nothing else is ever taken for an index, or overwritten as one: "MINU".
APPLICATION = 0x4D494E55
FOLDER, NAME = ".minutes", "index.sqlite"
#: Seconds to wait for another process that writes.
PATIENCE = 20.0

# A record is kept whole (see pack.py): `content` has its text in one column, uncompressed, and all else beside it.
# Grams are listed by record, words by passage: passage number n of a record is row `first + n`. Neither ids of
# records nor numbers of passages ever come back, so that what the lists still say of deleted ones means nothing.
# The tokenizer `ascii` takes runs of characters above 127 whole; see grams.spelled.
TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE record(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path NOT NULL UNIQUE,        -- below the root, with slashes; bytes where it is no Unicode
    size INTEGER NOT NULL,       -- of the file, bytes
    modified INTEGER NOT NULL,   -- st_mtime_ns
    changed INTEGER NOT NULL,    -- st_ctime_ns
    racy INTEGER NOT NULL,       -- 1: so young when read that a change may not show in its times
    sha256 TEXT NOT NULL,
    first INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    bytes INTEGER NOT NULL       -- of the text in UTF-8
);
CREATE TABLE content(record INTEGER PRIMARY KEY, header TEXT NOT NULL, text TEXT NOT NULL, shape BLOB NOT NULL);
CREATE VIRTUAL TABLE grams USING fts5(list, content='', detail=none, columnsize=0, tokenize='ascii');
CREATE VIRTUAL TABLE words USING fts5(list, content='', detail=none, columnsize=0, tokenize='ascii');
"""


class StoreError(MinutesError):
    """An index cannot be used: missing, damaged, busy, of something else."""


class OutdatedError(StoreError):
    """An index that another version of minutes or of the tokenizer made: not wrong in itself, but never mixed."""


def default_path(folder: str) -> str:
    """Where the index of *folder* is kept."""
    return os.path.join(folder, FOLDER, NAME)


def root_of(path: str, meta: dict[str, str | int]) -> str:
    """The folder whose records the index at *path* lists, with links resolved."""
    return os.path.normpath(os.path.join(os.path.dirname(os.path.realpath(path)), str(meta["root"])))


def command(path: str, option: str = "") -> str:
    """What the user types to bring the index at *path* up to date."""
    folder, name = os.path.split(path)
    if name == NAME and os.path.basename(folder) == FOLDER:
        return f"minutes index {option}{os.path.dirname(folder) or '.'}"
    return f"minutes index {option}FOLDER --index {path}"


def is_index(path: str) -> bool:
    """Whether the file has the mark of an index in its header, damaged or not."""
    try:
        with open(path, "rb") as file:
            header = file.read(100)
    except OSError:
        return False
    return header[:15] == b"SQLite format 3" and header[68:72] == APPLICATION.to_bytes(4, "big")


@contextmanager
def faults(path: str) -> Iterator[None]:
    """Give what SQLite says about the file at *path* as StoreError, in words that say what to do."""
    try:
        yield
    except (sqlite3.DatabaseError, UnicodeDecodeError) as e:  # a damaged text is no UTF-8
        raise StoreError(_words(path, e)) from None


def _words(path: str, error: Exception) -> str:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return f"{path}: the index is locked by another process; try again when it has ended"
    if name.startswith("SQLITE_FULL"):
        return f"{path}: no space left for the index; free some and run {command(path)} again"
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM")):
        return f"{path}: no permission to write the index; name another place with --index"
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PROTOCOL")):
        return f"{path}: the index cannot be read or written here ({error}); check the folder and its permissions"
    return f"{path}: no index of minutes, or damaged ({error}); make it anew with {command(path, '--rebuild ')}"


def open_for_reading(path: str) -> sqlite3.Connection:
    """Open an index that another process may be writing, and that may lie where nothing can be written.

    Raises StoreError.
    """
    if not os.path.isfile(path):
        raise StoreError(f"{path}: no such index; make it with {command(path)}")
    uri = "file:" + "".join(f"%{ord(c):02x}" if c in "%?#" else c for c in os.path.abspath(path).replace(os.sep, "/"))
    with faults(path):
        try:
            return _begun(uri + "?mode=ro")
        except sqlite3.OperationalError:
            # Reading beside a writer takes a shared file beside the index, which cannot be made in a folder without
            # write permission. Where nobody has left anything to be taken over, the file alone is all there is.
            if os.path.exists(path + "-wal") and os.path.getsize(path + "-wal"):
                raise
            return _begun(uri + "?immutable=1")


def _begun(uri: str) -> sqlite3.Connection:
    """A connection that sees one state of the file from now on, whatever is written meanwhile."""
    connection = sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)
    try:
        connection.execute("BEGIN")
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def open_for_writing(path: str) -> sqlite3.Connection:
    """Open the file, or make it, empty. Raises StoreError.

    Where the file system has no shared memory (some network drives) SQLite keeps its usual journal instead of WAL:
    as safe, but a reader and a writer wait for one another.
    """
    with faults(path):
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            connection.execute("PRAGMA page_size=8192")  # only for a file that is new
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("PRAGMA cache_size=-65536")
        except BaseException:
            connection.close()
            raise
        return connection


def statements(script: str) -> Iterator[str]:
    """The statements of *script*: executescript() would commit after each."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def read_meta(connection: sqlite3.Connection) -> dict[str, str | int]:
    """What the index says about itself: schema, minutes, tokenizer, root."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name='meta'").fetchone():
        raise sqlite3.DatabaseError("it has no tables of minutes")
    return dict(connection.execute("SELECT key, value FROM meta").fetchall())


def outdated(meta: dict[str, str | int], tokenizer: str | None = None) -> str | None:
    """Why an index must not be used by this version, with this tokenizer (None: not asked); None where it may be."""
    if meta.get("schema") != SCHEMA:
        return f"it has schema {meta.get('schema')}, this version of minutes {SCHEMA}"
    if meta.get("minutes") != __version__:
        return f"minutes {meta.get('minutes')} made it, this is {__version__}"
    if tokenizer is not None and meta.get("tokenizer") != tokenizer:
        return f"its words are those of {meta.get('tokenizer')}, here is {tokenizer}"
    return None
