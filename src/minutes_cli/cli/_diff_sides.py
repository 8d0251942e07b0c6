"""The two sides of ``minutes diff``: which records each holds, and their transcripts."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from minutes_cli.cli._print import message
from minutes_cli.cli._reading import Reading
from minutes_cli.compare.loading import NoResultError, check_format, from_result, from_turns, is_turn
from minutes_cli.compare.model import Sort, Transcript, Unit
from minutes_cli.errors import IngestError, MinutesError
from minutes_cli.export.results.values import as_utf_8, one_object, values
from minutes_cli.ingest import SUFFIXES, find, read_bytes, understand
from minutes_cli.ingest.find import find_files
from minutes_cli.ingest.sniff import is_api_json

if TYPE_CHECKING:
    from minutes_cli.model import Document

RESULTS = (".json", ".jsonl", ".ndjson")
#: Text that begins like an object or a list of objects is taken for JSON, whatever its name.
_JSON = re.compile(rb"[ \t\r\n]*(?:\[[ \t\r\n]*)?\{[ \t\r\n]*[\"}]")


class Entry(NamedTuple):
    """One record of a side. ``key`` is the path that it is known by, ``path`` the file it is in.

    ``parts`` are the JSON values that it is made of: none for a record that has yet to be parsed, whose bytes are
    ``raw`` where they have been read. ``where`` says which value of the file it is.
    """

    key: str
    path: str
    raw: bytes | None = None
    parts: tuple[bytes, ...] = ()
    where: str = ""

    @property
    def is_record(self) -> bool:
        """Whether it has yet to be parsed."""
        return not self.parts


class Side(NamedTuple):
    """What OLD or NEW stands for. ``single``: one file with one record, whatever its name."""

    path: str
    entries: tuple[Entry, ...]
    single: bool
    faults: int = 0


def gather_side(path: str) -> Side:
    """The records behind *path*. Faults inside a folder are mentioned and counted; else raises MinutesError."""
    if not os.path.isdir(path):
        files = list(find([path]))
        if files == [path]:
            entries = _entries(path, None)
            return Side(path, tuple(entries), len(entries) == 1)
        top, faults = os.path.commonpath([os.path.dirname(file) or "." for file in files]), 0
    else:
        top = path
        files, faults = _in_folder(path)
    found: list[Entry] = []
    for file in files:
        relative = os.path.relpath(file, top)
        if _has_suffix(file, SUFFIXES):
            found.append(Entry(relative, file))  # read when its turn comes: a folder may be large
            continue
        try:
            found += _entries(file, relative)
        except MinutesError as e:
            message(str(e))
            faults += 1
    return Side(path, tuple(found), False, faults)


def _in_folder(path: str) -> tuple[list[str], int]:
    """The records below a folder, or where it has none its parse results; how many folders could not be looked into."""
    for suffixes in (SUFFIXES, RESULTS):
        faults: list[IngestError] = []
        if files := list(find_files([path], suffixes, faults.append)):
            for fault in faults:
                message(str(fault))
            return files, len(faults)
    raise IngestError(f"{path}: neither records ({', '.join(SUFFIXES)}) nor parse results ({', '.join(RESULTS)}) in it")


def _has_suffix(path: str, suffixes: Sequence[str]) -> bool:
    return os.path.splitext(path)[1].lower() in suffixes


def _entries(path: str, key: str | None) -> list[Entry]:
    """The records in a file. One alone is known by *key*; without that by its own name."""
    raw = read_bytes(path)
    if not is_api_json(raw, path) and (_has_suffix(path, RESULTS) or _JSON.match(as_utf_8(raw[:1024]))):
        return _results(path, raw, key)
    return [Entry(key or os.path.basename(path), path, raw)]


def _results(path: str, raw: bytes, key: str | None) -> list[Entry]:
    """The parse results in a file: one object, a list of objects, or one object a line; or one turn a line."""
    rows: dict[str, list[bytes]] = {}
    entries: list[Entry] = []
    for where, part in values(path, raw):
        with _named(path, where):
            data = one_object(part)
            if is_turn(data):
                rows.setdefault(str(data["path"]), []).append(part)
                continue
            check_format(data)
        source = data.get("source")
        name = source.get("path") if isinstance(source, dict) else None
        entries.append(Entry(str(name or os.path.basename(path)), path, parts=(part,), where=where))
    if rows and entries:
        raise IngestError(f"{path}: parse results and single turns in one file; keep them apart")
    entries += [Entry(name, path, parts=tuple(parts), where=name) for name, parts in rows.items()]
    if not entries:
        raise IngestError(f"{path}: an empty list; write parse results with 'minutes parse --json'")
    return [entries[0]._replace(key=key or entries[0].key, where="")] if len(entries) == 1 else entries


@contextmanager
def _named(path: str, where: str) -> Iterator[None]:
    """Put the file, and the place in it, before what is wrong with a parse result."""
    try:
        yield
    except NoResultError as e:
        raise IngestError(": ".join(part for part in (path, where, str(e)) if part)) from None


def read_entry(entry: Entry) -> bytes:
    """The bytes of a record. Raises IngestError."""
    return read_bytes(entry.path) if entry.raw is None else entry.raw


def transcript(entry: Entry, raw: bytes, reading: Reading) -> Transcript:
    """What *entry* says; *raw* are its bytes, if it is a record. Raises IngestError."""
    if entry.is_record:
        return _of_document(reading.understand(understand(entry.path, raw, reading.encoding)).document)
    with _named(entry.path, entry.where):
        values = [one_object(part) for part in entry.parts]
        return from_turns(values) if is_turn(values[0]) else from_result(values[0])


def _of_document(document: Document) -> Transcript:
    from minutes_cli.export.json import document_to_dict

    source = document.view.source
    lines = tuple(_outside(document))
    return from_result(document_to_dict(document), lambda offset: source.place(offset).line, lines)


def _outside(document: Document) -> Iterator[Unit]:
    """The lines that belong to no turn, item, heading or event and are no page furniture."""
    from minutes_cli.model import BlockKind

    elsewhere = {BlockKind.HEADING, BlockKind.LABEL, BlockKind.EVENT, BlockKind.FURNITURE}
    inside = iter(sorted([*(turn.span for turn in document.turns), *(item.span for item in document.items)]))
    around = next(inside, None)
    seen, place = document.view, document.view.source.place
    for block in document.blocks:
        if block.kind in elsewhere:
            continue
        start = block.start
        for line in seen.text[block.start : block.end].splitlines(keepends=True):
            if text := line.strip():
                first = start + line.index(text[0])
                span = seen.to_source(first, first + len(text))
                while around is not None and around.end <= span.start:
                    around = next(inside, None)
                if around is None or span.end <= around.start:
                    lines = (place(span.start).line, place(max(span.start, span.end - 1)).line)
                    yield Unit(Sort.LINE, "", text, span, lines)
            start += len(line)
