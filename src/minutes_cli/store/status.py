"""What is in an index, whether it is sound, and which files it does not know as they now are."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from minutes_cli.store.read import is_same, read_states
from minutes_cli.store.schema import SCHEMA, faults, open_for_reading, outdated, read_meta, root_of


class Contents(NamedTuple):
    """What an index of this schema lists. ``words``: different normalized forms; ``text``: bytes of all passages.

    ``dead``: share (0 to 1) of its lists that is of deleted records. Paths are below the root.
    """

    records: int
    passages: int
    words: int
    text: int
    dead: float
    new: tuple[str, ...]  # files that are not in the index
    changed: tuple[str, ...]  # files that are not as they were indexed
    missing: tuple[str, ...]  # records whose files are gone


class Status(NamedTuple):
    """An index as it is. ``outdated``: why it is not used; ``contents``: None where its schema is another one."""

    path: str
    root: str | None
    bytes: int
    schema: int | str | None
    minutes: str
    tokenizer: str
    outdated: str | None
    integrity: str  # "ok", or what SQLite says
    contents: Contents | None


def root(path: str) -> str:
    """The folder of the index at *path*. Raises StoreError."""
    connection = open_for_reading(path)
    try:
        with faults(path):
            return root_of(path, read_meta(connection))
    finally:
        connection.close()


def inspect(path: str, files: Sequence[str]) -> Status:
    """Look into the index at *path*; *files* are those that now stand in its folder. Raises StoreError."""
    from minutes_cli.lexicon.words import tokenizer_identity

    connection = open_for_reading(path)
    try:
        with faults(path):
            meta = read_meta(connection)
            sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            known = meta.get("schema") == SCHEMA
            contents = _contents(connection, meta, root_of(path, meta), files) if known and sound == "ok" else None
    finally:
        connection.close()
    return Status(
        path,
        root_of(path, meta) if "root" in meta else None,
        sum(os.path.getsize(path + end) for end in ("", "-wal") if os.path.exists(path + end)),
        meta.get("schema"),
        str(meta.get("minutes")),
        str(meta.get("tokenizer")),
        outdated(meta, tokenizer_identity()),
        sound,
        contents,
    )


def _contents(
    connection: sqlite3.Connection, meta: dict[str, str | int], folder: str, files: Sequence[str]
) -> Contents:
    records, passages, text = connection.execute(
        "SELECT count(*), total(passages), total(bytes) FROM record"
    ).fetchone()
    connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'words', 'row')")
    words = connection.execute("SELECT count(*) FROM temp.terms").fetchone()[0]
    listed = int(meta["next"]) - int(meta["dropped"])
    states = read_states(connection)
    found = {
        os.path.relpath(os.path.realpath(os.path.dirname(f)) + os.sep + os.path.basename(f), folder): f for f in files
    }
    found = {name.replace(os.sep, "/"): file for name, file in found.items()}
    return Contents(
        records,
        int(passages),
        words,
        int(text),
        (listed - passages) / listed if listed else 0.0,
        tuple(sorted(found.keys() - states.keys())),
        tuple(sorted(name for name, file in found.items() if name in states and not is_same(file, states[name]))),
        tuple(sorted(states.keys() - found.keys())),
    )
