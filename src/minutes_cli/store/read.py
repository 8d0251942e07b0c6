"""A search's side of an index: which files it knows, which records may hold what is sought, the records themselves."""

from __future__ import annotations

import os
import sqlite3
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import TracebackType
from typing import NamedTuple

from minutes_cli.passage import Record
from minutes_cli.store.grams import question, spelled
from minutes_cli.store.schema import (
    FOLDER,
    NAME,
    OutdatedError,
    StoreError,
    command,
    faults,
    open_for_reading,
    outdated,
    read_meta,
    root_of,
)


class State(NamedTuple):
    """A file as it was when it was read into the index: what :func:`os.stat` said."""

    id: int
    size: int
    modified: int
    changed: int
    racy: int
    sha256: str


def locate(path: str) -> str | None:
    """The index that lies beside *path* (a file or folder) or nearest above it; None where there is none."""
    folder = os.path.realpath(path)
    while True:
        found = os.path.join(folder, FOLDER, NAME)
        if os.path.isfile(found):
            return found
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


class Index:
    """An open index, as it was when it was opened: what another process writes meanwhile does not show.

    Closed by :meth:`close` or as a context manager. Everything may raise StoreError for a damaged file.
    """

    def __init__(self, path: str) -> None:
        """Open the index at *path*. Raises StoreError, and OutdatedError where another version made it."""
        self.path = path
        self._db = open_for_reading(path)
        try:
            with faults(path):
                self.meta = read_meta(self._db)
            self._ranges: list[tuple[int, int, int]] = []
            self._refuse(outdated(self.meta))
            self.root = root_of(path, self.meta)
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def fresh(self, files: Iterable[str]) -> dict[str, int]:
        """Those of *files* that the index knows as they now are, each with the id of its record.

        What its times leave in doubt is read and compared with what was indexed.
        """
        known = self._known()
        folders: dict[str, str | None] = {}
        served: dict[str, int] = {}
        for file in files:  # plain, for this is most of what a search costs that finds nothing
            head, separator, name = file.rpartition(os.sep)
            folder = head + separator
            if folder not in folders:
                folders[folder] = below(self.root, folder or ".")
            prefix = folders[folder]
            row = None if prefix is None else known.get(prefix + name)
            if row is None:
                continue
            try:
                now = os.stat(file)
            except OSError:
                continue
            told = by_times(now, *row[2:])
            if told or (told is None and digest(file) == self._sha256(row[1])):
                served[file] = row[1]
        return served

    def _known(self) -> dict[str, tuple[str, int, int, int, int, int]]:
        """By path: path, id, size, modified, changed, racy. As :meth:`states`, in half the time."""
        with faults(self.path):
            rows = self._db.execute("SELECT path, id, size, modified, changed, racy FROM record")
            known = {row[0]: row for row in rows}
        for path in [path for path in known if isinstance(path, bytes)]:
            known[os.fsdecode(path)] = known.pop(path)
        return known

    def _sha256(self, record: int) -> str:
        with faults(self.path):
            return str(self._db.execute("SELECT sha256 FROM record WHERE id=?", (record,)).fetchone()[0])

    def propose(self, needs: Sequence[Collection[str]]) -> set[int] | None:
        """Ids of the records that may hold, of each set of *needs*, at least one text in a passage.

        All others are ruled out; ids of deleted records may be among them. None: it could be any record.
        """
        found: set[int] | None = None
        with faults(self.path):
            for literals in needs:
                if not literals:
                    return set()
                asked = question(literals)
                if asked is None:
                    continue
                rows = self._db.execute("SELECT rowid FROM grams WHERE grams MATCH ?", (asked,)).fetchall()
                ids = {row[0] for row in rows}
                found = ids if found is None else found & ids
                if not found:
                    return found
        return found

    def passages(self, ways: Collection[Collection[str]]) -> Mapping[int, Sequence[int]]:
        """Passages that hold all words (normalized forms) of at least one of the *ways*: their numbers, by record id.

        Numbers count from 0, in order. Raises OutdatedError where the index holds the words of another tokenizer.
        """
        ranges = self._ranges = self._ranges or self._checked_ranges()
        if not all(ways):  # one of them asks for nothing
            return {record: range(many) for _, many, record in ranges}
        starts = [first for first, _, _ in ranges]
        asked = " OR ".join(["(" + " AND ".join([f'"{spelled(form)}"' for form in way]) + ")" for way in ways])
        with faults(self.path):
            rows = self._db.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid", (asked,)).fetchall()
        places: dict[int, list[int]] = {}
        for (row,) in rows:
            at = bisect_right(starts, row) - 1
            first, many, record = ranges[at] if at >= 0 else (row, 0, 0)
            if row - first < many:  # else it is of a record that was deleted
                places.setdefault(record, []).append(row - first)
        return places

    def _checked_ranges(self) -> list[tuple[int, int, int]]:
        """The first row of each record in the list of words, how many it has, and its id."""
        from minutes_cli.lexicon.words import tokenizer_identity

        self._refuse(outdated(self.meta, tokenizer_identity()))
        with faults(self.path):
            rows = self._db.execute("SELECT first, passages, id FROM record WHERE passages > 0 ORDER BY first")
            return rows.fetchall()

    def load(self, record: int, path: str) -> Record:
        """The record with that id; *path* is what the user calls it."""
        from minutes_cli.store.pack import unpack

        with faults(self.path):
            row = self._db.execute("SELECT header, text, shape FROM content WHERE record=?", (record,)).fetchone()
        try:
            return unpack(path, *row)
        except Exception as e:  # no row, or one that is damaged: whatever it is that does not fit
            words = f"record {record} cannot be read ({type(e).__name__})"
            again = command(self.path, "--rebuild ")
            raise StoreError(f"{self.path}: damaged: {words}; make it anew with {again}") from None

    def states(self) -> dict[str, State]:
        """All files that are indexed, by their path below the root (with slashes)."""
        with faults(self.path):
            return read_states(self._db)

    def _refuse(self, reason: str | None) -> None:
        if reason:
            raise OutdatedError(f"{self.path}: the index is outdated: {reason}; run {command(self.path)}")


def read_states(connection: sqlite3.Connection) -> dict[str, State]:
    """All files that are indexed, by their path below the root (with slashes)."""
    rows = connection.execute("SELECT path, id, size, modified, changed, racy, sha256 FROM record")
    return {os.fsdecode(path): State._make(rest) for path, *rest in rows.fetchall()}


def below(root: str, folder: str) -> str | None:
    """How paths of the index begin for the files of *folder*, ``""`` for those of *root* itself; None if outside."""
    real = os.path.realpath(folder)
    if real == root:
        return ""
    top = root if root.endswith(os.sep) else root + os.sep
    return real[len(top) :].replace(os.sep, "/") + "/" if real.startswith(top) else None


def is_same(path: str, state: State) -> bool:
    """Whether the file is as it was indexed: by its size and times, and where these leave doubt by its content.

    The time of the inode counts too, because the other one can be set back. A file is ``racy`` when it was indexed so
    soon after it was written that it may have been written again within the same tick of the clock.
    """
    try:
        now = os.stat(path)
    except OSError:
        return False
    told = by_times(now, *state[1:5])
    return digest(path) == state.sha256 if told is None else told


def by_times(now: os.stat_result, size: int, modified: int, changed: int, racy: int) -> bool | None:
    """What size and times tell of :func:`is_same`; None where they leave doubt."""
    if now.st_size != size:
        return False
    return True if now.st_mtime_ns == modified and now.st_ctime_ns == changed and not racy else None


def digest(path: str) -> str | None:
    """SHA-256 of the file, None where it cannot be read."""
    import hashlib

    try:
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    except OSError:
        return None
