"""The options that say how a record is read, and the one call that reads and parses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, NamedTuple

import typer

from minutes_cli.errors import UsageError
from minutes_cli.ingest import read
from minutes_cli.ingest.text import canonical_encoding
from minutes_cli.model import Document, Edit, Kind

Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="FILE...", help="Files, folders, patterns, or - for standard input.", show_default=False),
]
KindOption = Annotated[
    Kind | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help=f"Say what sort of record it is instead of having it inferred: {', '.join(Kind)}.",
    ),
]
ConventionOption = Annotated[
    str | None,
    typer.Option(
        "--convention",
        metavar="NAME",
        help="Say how speakers are marked instead of having it inferred; see 'minutes conventions'.",
    ),
]
EncodingOption = Annotated[
    str | None,
    typer.Option("--encoding", metavar="NAME", help="Force an encoding: utf-8, cp932, euc-jp, iso-2022-jp, …"),
]
OutOption = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE|FOLDER",
        help="Write to a file; into a folder (a name that ends with /, or several records) one file each.",
    ),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Overwrite existing output files.")]
# The values of normalize.Fix, which is not imported for them: --fix none must not pay for any of it.
FixChoice = Literal["safe", "all", "none"]
FixOption = Annotated[
    FixChoice,
    typer.Option(
        "--fix",
        metavar="WHICH",
        help="Read through which corrections: safe, all (also those to ask about), or none; see 'minutes normalize'.",
    ),
]


class Record(NamedTuple):
    """A record read and understood, and the corrections that were found but not applied."""

    document: Document
    proposed: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: what the user fixed, None for what is to be inferred."""

    kind: Kind | None = None
    convention: str | None = None
    encoding: str | None = None
    fix: FixChoice = "safe"

    def check(self) -> None:
        """Raise once for a wrong option, not once per record."""
        if self.encoding is not None:
            canonical_encoding(self.encoding)
        if self.convention is not None:
            from minutes_cli.parse.conventions import CONVENTIONS

            known = [c.name for c in CONVENTIONS]
            if self.convention not in known:
                raise UsageError(f"unknown convention {self.convention!r}; known are {', '.join(known)}")

    def document(self, path: str) -> Document:
        """Read, correct and parse one record. Raises IngestError."""
        return self.record(path).document

    def record(self, path: str) -> Record:
        """The document with what was not corrected in it. Raises IngestError."""
        from minutes_cli.parse import parse

        source = read(path, self.encoding)
        if self.fix == "none":
            return Record(parse(source, kind=self.kind, convention=self.convention))
        from minutes_cli.normalize import Fix, Settings, normalize

        # Hints are never applied, so that reading need not look for them.
        result = normalize(source, Settings(ignore=("hint-*",)), Fix(self.fix))
        return Record(parse(result.view, kind=self.kind, convention=self.convention), result.proposed)
