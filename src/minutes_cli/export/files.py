"""Files that a library writes on the disk, as pieces of bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

__all__ = ["in_pieces"]

_PIECE = 1_000_000


def in_pieces(path: Path) -> Iterator[bytes]:
    """The bytes of the file *path*, about a megabyte at a time."""
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece
