"""Where corrected texts go: stdout, other files (``-o``), or the files they came from (``--in-place``)."""

from __future__ import annotations

import os
from dataclasses import dataclass

from minutes_cli.cli import _print
from minutes_cli.cli._output import rewrite
from minutes_cli.errors import UsageError
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

    def replace(self, path: str, old: bytes, new: bytes) -> bool:
        """Write *new* in place of *old*; a file that stays the same is not touched. Raises MinutesError."""
        if path != STDIN and old == new:
            return False
        rewrite(path, new, self.suffix or (".bak" if self.backup else None))
        return True


def refuse_in_place(source: Source) -> None:
    """Raise UsageError for a record whose corrected text cannot take the place of its file: a PDF and the like."""
    if not source.is_text:
        raise UsageError(
            f"{source.name}: {file_of(source.media_type)} cannot be corrected in place; write its corrected text with "
            "minutes normalize -o FILE"
        )
