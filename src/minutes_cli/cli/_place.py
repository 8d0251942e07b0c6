"""Where corrected texts go: stdout, other files (``-o``), or the files they came from (``--in-place``)."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import NamedTuple, Self

from minutes_cli.cli import _print
from minutes_cli.cli._output import rewrite
from minutes_cli.errors import MinutesError, UsageError
from minutes_cli.ingest import STDIN
from minutes_cli.ingest.formats import file_of
from minutes_cli.model import Source


@dataclass(frozen=True, slots=True)
class Place:
    """What the user says about the place. ``suffix``: with ``--in-place`` keep the old file under this ending."""

    out: str | None = None
    in_place: bool = False
    backup: bool = False
    suffix: str | None = None
    to_utf8: bool = False
    force: bool = False

    def check(self) -> None:
        """Raise UsageError for what does not fit together."""
        if self.suffix is not None and (not self.suffix or os.sep in self.suffix):
            raise UsageError(f"--suffix {self.suffix!r} is no ending of a file name; .orig would be one")
        if not self.in_place and (self.backup or self.suffix):
            raise UsageError(f"{'--backup' if self.backup else '--suffix'} belongs to --in-place")
        if self.to_utf8 and not (self.in_place or self.is_file):
            raise UsageError("--to-utf8 is for files (-o, --in-place); standard output is UTF-8 anyway")

    @property
    def is_file(self) -> bool:
        """Whether ``-o`` names a file or folder."""
        return self.out not in (None, STDIN)

    @property
    def on_screen(self) -> bool:
        """Whether what is not written into files goes to a terminal."""
        return not self.is_file and _print.is_terminal()

    def replace(self, path: str, new: New) -> bool:
        """Write *new* into the file; one that stays the same is not touched. Raises MinutesError."""
        if path != STDIN and new.data is None:
            return False
        replace(path, new, self.suffix or (".bak" if self.backup else None))
        return True


class New(NamedTuple):
    """What a file shall hold, None where that is what it holds; ``old`` tells what it held when it was read."""

    data: bytes | None
    old: str  # SHA-256

    @classmethod
    def of(cls, source: Source, data: bytes) -> Self:
        """*data* in place of what *source* was read from."""
        return cls(None if data == source.raw else data, source.sha256)


def replace(path: str, new: New, backup: str | None) -> None:
    """Write *new* into the file *path*; with *backup* the old one is kept under this ending. Raises MinutesError.

    Files may have to wait long between being read and being written: one that somebody else has changed meanwhile is
    left alone.
    """
    if path != STDIN and _digest(path) != new.old:
        raise MinutesError(f"{path}: somebody has changed it since it was read, so it is left as it is; run this again")
    rewrite(path, new.data or b"", backup)


def _digest(path: str) -> str | None:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def refuse_in_place(source: Source) -> None:
    """Raise UsageError for a record whose corrected text cannot take the place of its file: a PDF and the like."""
    if not source.is_text:
        raise UsageError(
            f"{source.name}: {file_of(source.media_type)} cannot be corrected in place; write its corrected text with "
            "minutes normalize -o FILE"
        )
