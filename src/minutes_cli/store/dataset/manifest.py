"""What a dataset says of itself: how it was made, and of every record its state, its content and where its turns are.

``_minutes/manifest.jsonl``: first how it was made, then a line per record, sorted by path.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, NamedTuple

from minutes_cli.errors import UsageError
from minutes_cli.store.dataset.place import KEEPING, Place

__all__ = [
    "FORMAT",
    "MANIFEST",
    "Entry",
    "Header",
    "Manifest",
    "entry_of",
    "load",
    "path_of",
    "path_row",
    "row_of",
    "save",
]

FORMAT = "minutes-dataset/1"
"""Raised whenever the folders, the manifest or the meaning of either change."""
MANIFEST = f"{KEEPING}/manifest.jsonl"


class Header(NamedTuple):
    """How a dataset was made. Where anything but ``inputs`` differs, records must be read anew.

    ``schema`` is the version of the columns, ``options`` all that changes what stands in them, ``inputs`` the paths
    that were named.
    """

    schema: str
    minutes: str
    options: dict[str, Any]
    inputs: tuple[str, ...]

    def makes_the_same(self, other: Header) -> bool:
        """Whether both make the same rows of a record."""
        return self[:3] == other[:3]


class Entry(NamedTuple):
    """A record. ``parts``: the partitions that its turns are in, and how many in each; ``error``: why there are none.

    ``tag`` stands for its state when it was read; where it is ``racy``, the record was written so shortly before that
    only its content tells whether it is the same.
    """

    path: str
    tag: str
    racy: bool
    sha256: str
    parts: tuple[tuple[str, int], ...]
    error: str | None = None


class Manifest(NamedTuple):
    """A dataset as it stands."""

    header: Header
    entries: dict[str, Entry]


def load(place: Place) -> Manifest | None:
    """The manifest of the dataset at *place*; None where there is none. Raises UsageError for a damaged one."""
    data = place.read(MANIFEST)
    if data is None:
        return None
    import orjson

    try:
        first, *lines = data.splitlines()
        head = orjson.loads(first)
        if head.pop("format") != FORMAT:
            return Manifest(Header("", "", {}, tuple(head.get("inputs", ()))), {})
        header = Header(head["schema"], head["minutes"], head["options"], tuple(map(path_of, head["inputs"])))
        entries = (entry_of(orjson.loads(line)) for line in lines)
        return Manifest(header, {entry.path: entry for entry in entries})
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(
            f"{place.path(MANIFEST)}: damaged, so nobody knows what the dataset holds; --force makes it anew"
        ) from None


def save(place: Place, manifest: Manifest) -> None:
    """Put *manifest* in the place of the one that is there, at once. Raises OutputError."""
    place.write(MANIFEST, b"".join(_lines(manifest)))


def _lines(manifest: Manifest) -> Iterator[bytes]:
    from minutes_cli.export.json import dumps

    head = {"format": FORMAT, **manifest.header._asdict()}
    head["inputs"] = [path_row(path) for path in manifest.header.inputs]
    yield dumps(head)
    for path in sorted(manifest.entries):
        yield dumps(row_of(manifest.entries[path]))


def row_of(entry: Entry) -> dict[str, Any]:
    """*entry* for JSON."""
    return {**entry._asdict(), "path": path_row(entry.path)}


def entry_of(row: dict[str, Any]) -> Entry:
    """The entry that *row* was made of. Raises KeyError, TypeError or ValueError for anything else."""
    path = path_of(row["path"])
    parts = tuple((str(part), int(rows)) for part, rows in row["parts"])
    return Entry(path, row["tag"], row["racy"], row["sha256"], parts, row["error"])


def path_row(path: str) -> Any:
    """*path*; one whose bytes are no UTF-8, which JSON cannot hold, as those bytes in hexadecimal digits."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return {"bytes": os.fsencode(path).hex()}
    return path


def path_of(row: Any) -> str:
    """The path that :func:`path_row` made *row* of."""
    return os.fsdecode(bytes.fromhex(row["bytes"])) if isinstance(row, dict) else str(row)
