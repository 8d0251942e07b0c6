"""Document -> bytes of a file format: one small file per format, one table."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from minutes_cli.export.json import write_json
from minutes_cli.export.jsonl import write_jsonl
from minutes_cli.model import Document


class Writer(NamedTuple):
    """One format: ``write`` is pure, ``suffix`` is for file names, ``about`` one line of help."""

    write: Callable[[Document], bytes]
    suffix: str
    about: str


WRITERS: dict[str, Writer] = {
    "json": Writer(write_json, ".json", "one object per record with everything found (see minutes schema)"),
    "jsonl": Writer(write_jsonl, ".jsonl", "one turn per line, with speaker, heading, date and meeting"),
}
