"""JSON that minutes wrote is no record. It would be read as a text without speakers, which nobody means."""

from __future__ import annotations

from minutes_cli.errors import IngestError
from minutes_cli.model import Source

__all__ = ["read"]


def read(raw: bytes, name: str, encoding: str | None) -> Source:
    """Raise IngestError: say which commands take it."""
    raise IngestError(f"{name}: JSON that minutes wrote, not a record; minutes export and minutes diff take it")
