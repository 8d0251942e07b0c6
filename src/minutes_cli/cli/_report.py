"""What ``minutes normalize`` gives of a record: its corrected text, or its corrections in one of several shapes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from itertools import chain

from minutes_cli.cli import _corrections, _diff
from minutes_cli.cli._print import Line, plain
from minutes_cli.cli._text import visible
from minutes_cli.errors import UsageError
from minutes_cli.export.edits import write_edits
from minutes_cli.export.encode import byte_view, corrected_bytes
from minutes_cli.model import View
from minutes_cli.normalize import Normalized


class Shape(StrEnum):
    """The shapes, by the names of their options."""

    TEXT = "text"
    DIFF = "diff"
    JSON = "json"
    TABLE = "table"
    EXPLAIN = "explain"


SUFFIXES = {Shape.TEXT: None, Shape.DIFF: ".diff", Shape.JSON: ".json", Shape.TABLE: ".txt", Shape.EXPLAIN: ".txt"}
"""How files with them are called in a folder; the text keeps the name of its record."""


def data(result: Normalized, shape: Shape, *, own_encoding: bool, pretty: bool = False) -> bytes:
    """The result for a file or a pipe: in UTF-8, or text and diff in the encoding of the record.

    Raises UsageError when that encoding lacks a character.
    """
    match shape:
        case Shape.TEXT:
            return text_bytes(result.view) if own_encoding else result.view.text.encode()
        case Shape.DIFF:
            return _diff_bytes(result.view, own_encoding)
        case Shape.JSON:
            return write_edits(result, pretty=pretty)
        case Shape.TABLE | Shape.EXPLAIN:
            return plain(lines(result, shape, sys.maxsize)).encode("utf-8", "backslashreplace")


def lines(result: Normalized, shape: Shape, width: int) -> Iterator[Line]:
    """The result for a terminal of so many columns: nothing in it can steer the terminal. JSON has no such form."""
    match shape:
        case Shape.DIFF:
            return _diff.styled(result.view, result.view.source.name)
        case Shape.TABLE:
            return _corrections.corrections(result, width)
        case Shape.EXPLAIN:
            return chain(_corrections.corrections(result, width), _corrections.notes(result, width))
        case _:
            return ([(visible(line), "")] for line in result.view.text.removesuffix("\n").split("\n"))


def text_bytes(seen: View) -> bytes:
    """The corrected text in the encoding of the record. Raises UsageError when that lacks a character."""
    try:
        return corrected_bytes(seen)
    except UnicodeEncodeError as e:
        source = seen.source
        word = e.object[e.start : e.end]
        raise UsageError(f"{source.name}: {word!r} cannot be written in {source.encoding}; add --to-utf8") from None


def _diff_bytes(seen: View, own_encoding: bool) -> bytes:
    """The diff; for the record's own encoding, which UTF-8 is too, made of its very bytes, so that it applies."""
    name = seen.source.name
    if own_encoding or seen.source.encoding in ("utf-8", "utf-8-sig"):
        text_bytes(seen)  # for its fault
        inside = byte_view(seen)
        if inside is not None:
            name_in_bytes = os.fsencode(name).replace(b"\n", b"?").decode("latin-1")
            return _diff.unified(inside, name_in_bytes).encode("latin-1")
    text = _diff.unified(seen, visible(name))
    return text.encode(seen.source.encoding if own_encoding else "utf-8", "backslashreplace")
