"""How a record is read: the one call that reads, corrects and parses it. Loads neither typer nor the parser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from minutes_cli.errors import UsageError
from minutes_cli.ingest import read

if TYPE_CHECKING:
    from minutes_cli.model import Document, Edit, Kind, Source

# The values of normalize.Fix, which is not imported for them: --fix none must not pay for any of it.
FixChoice = Literal["safe", "all", "none"]


class Record(NamedTuple):
    """A record read and understood, and the corrections that were found but not applied."""

    document: Document
    proposed: tuple[Edit, ...] = ()


class Reading(NamedTuple):
    """How to read: what the user fixed, None for what is to be inferred."""

    kind: Kind | None = None
    convention: str | None = None
    encoding: str | None = None
    fix: FixChoice = "safe"

    def check(self) -> None:
        """Raise once for a wrong option, not once per record."""
        if self.encoding is not None:
            from minutes_cli.ingest.text import canonical_encoding

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
        return self.understand(read(path, self.encoding))

    def understand(self, source: Source, *, header: bool = True) -> Record:
        """As :meth:`record`, for a source that has been read; what it says of the meeting only with *header*."""
        from minutes_cli.parse import parse

        if self.fix == "none":
            return Record(parse(source, kind=self.kind, convention=self.convention, header=header))
        from minutes_cli.normalize import Fix, Settings, normalize

        # Hints are never applied, so that reading need not look for them.
        result = normalize(source, Settings(ignore=("hint-*",)), Fix(self.fix))
        document = parse(result.view, kind=self.kind, convention=self.convention, header=header)
        return Record(document, result.proposed)
