"""One search over many files: from the index where it is fresh, else by reading them."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from minutes_cli.cli._files import Input, Inputs
from minutes_cli.cli._print import message
from minutes_cli.cli._reading import Reading
from minutes_cli.cli._text import count
from minutes_cli.errors import MinutesError
from minutes_cli.limit import limited
from minutes_cli.passage import Record
from minutes_cli.search.model import Mode, Result, nothing
from minutes_cli.search.run import Places, Search, search

if TYPE_CHECKING:
    from minutes_cli.store import Index

#: ``store.schema.FOLDER``; importing it from there would load SQLite (10 ms), which most searches need not.
INDEX_FOLDER = ".minutes"
Served = Mapping[str, int]
"""Paths that the index knows as they are now, with the ids of their records."""


class Look:
    """Looks into one file after the other, and remembers how."""

    def __init__(
        self, prepared: Search, reading: Reading, indexed: Indexed | None, *, whole: bool, all_told: bool
    ) -> None:
        """With *whole* nothing is ruled out; unless *all_told*, results need not tell exchange and meeting."""
        self._prepared, self._reading, self._indexed = prepared, reading, indexed
        self._whole, self._all_told = whole, all_told
        self._loaded = self._parsed = self._ruled_out = self._not_proposed = 0

    def __call__(self, file: Input) -> Result:
        """What is found in one file. Raises IngestError, or StoreError for a damaged index."""
        indexed = self._indexed
        if indexed is None or file.path not in indexed.served:
            return self._scan(file.path)
        record = indexed.served[file.path]
        if indexed.proposed is not None and record not in indexed.proposed and not self._whole:
            self._not_proposed += 1
            return nothing(file.path)
        self._loaded += 1
        places = [None if found is None else found.get(record, ()) for found in indexed.places]
        return self._search(indexed.store.load(record, file.path), places)

    def _search(self, record: Record, places: Sequence[Collection[int] | None] = ()) -> Result:
        if self._prepared.query.mode is not Mode.REGEX:
            return search(self._prepared, record, places)
        with limited(record.path, sum(len(passage.text) for passage in record.passages)):
            return search(self._prepared, record, places)

    def _scan(self, path: str) -> Result:
        # Nothing of this is needed where the index serves all.
        from minutes_cli.ingest import is_text, read_bytes, understand
        from minutes_cli.search.prefilter import possible

        raw = read_bytes(path)
        if not raw:
            return nothing(path)
        prepared, reading = self._prepared, self._reading
        if (
            not self._whole
            and is_text(path, raw)
            and not possible(raw, prepared.needs, folded=prepared.folded, encoding=reading.encoding, fix=reading.fix)
        ):
            self._ruled_out += 1
            return nothing(path)
        from minutes_cli.parse.passages import searchable

        self._parsed += 1
        document = reading.understand(
            understand(path, raw, reading.encoding, digest=False), header=self._all_told
        ).document
        return self._search(searchable(document, path, numbered=self._all_told))

    def words(self) -> str:
        """How the search was done, in words."""
        scanned = f"{count(self._parsed, 'file')} parsed, {self._ruled_out:,} ruled out by their bytes"
        if self._indexed is None:
            return scanned
        asked = "" if self._indexed.proposed is not None else " (it cannot serve this search, so all of them)"
        return (
            f"index {self._indexed.store.path}: {count(self._loaded, 'record')} looked into{asked}, "
            f"{self._not_proposed:,} ruled out; {scanned}"
        )


class Indexed(NamedTuple):
    """An index for a search. ``proposed``: the records to look into, None for all.

    ``places``: for every matcher the passages to look into, by record; None for all.
    """

    store: Index
    served: Served
    proposed: frozenset[int] | None
    places: Sequence[Places | None]


def indexed(
    prepared: Search, inputs: Inputs, paths: Sequence[str], file: str | None, *, verbose: bool
) -> Indexed | None:
    """The index for the files behind *paths*: *file*, or the one that lies beside or above the first of them.

    None where there is none; one that does not fit is said with *verbose*, or when it is *file*.
    """
    folder = os.path.dirname(paths[0]) if os.path.isfile(paths[0]) else paths[0]
    if file is None and not _may_be_indexed(folder):
        return None
    from minutes_cli.store import Index, OutdatedError, locate

    path = file or locate(folder)
    if path is None:
        return None
    try:
        index = Index(path)
        served = index.fresh(one.path for one in inputs.files)
        proposed, places = _proposed(index, prepared)
    except MinutesError as e:
        if file is not None and not isinstance(e, OutdatedError):
            raise
        # The search itself goes on without it, and finds the same.
        if verbose or file is not None or not isinstance(e, OutdatedError):
            message(f"{e}; searching without it")
        return None
    return Indexed(index, served, proposed, places)


def _may_be_indexed(folder: str) -> bool:
    """Whether there is a folder of an index in *folder* or above it; without one the store need not be loaded."""
    above = os.path.realpath(folder)
    while not os.path.isdir(os.path.join(above, INDEX_FOLDER)):
        here, above = above, os.path.dirname(above)
        if above == here:
            return False
    return True


def _proposed(index: Index, prepared: Search) -> tuple[frozenset[int] | None, Sequence[Places | None]]:
    """The records to look into, and for every matcher that asks for words the passages."""
    places = [index.passages(matcher.forms) if matcher.forms else None for matcher in prepared.wanted]
    by_pattern: dict[int, set[int] | None] = {}
    for matcher, found in zip(prepared.wanted, places, strict=True):
        ids = index.propose(matcher.needs) if found is None else set(found)
        before = by_pattern.get(matcher.number, set())
        by_pattern[matcher.number] = None if ids is None or before is None else before | ids
    return _combined(list(by_pattern.values()), together=prepared.together), places


def _combined(patterns: Sequence[set[int] | None], *, together: bool) -> frozenset[int] | None:
    """The records in which all patterns (*together*), or any of them, may be found; None for all records."""
    known = [ids for ids in patterns if ids is not None]
    if together:
        return frozenset(set.intersection(*known)) if known else None
    return frozenset().union(*known) if len(known) == len(patterns) else None
