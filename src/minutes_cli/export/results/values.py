"""JSON files of ours as values: which bytes they are, one object or many, and what is wrong with those that are not."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from minutes_cli.compare.result_fields import NoResultError, is_turn
from minutes_cli.errors import IngestError

__all__ = ["as_utf_8", "is_ours", "one_object", "values"]

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # what > writes in older PowerShells
_BLANKS = b" \t\r\n"
#: How what we write begins; what was cut off behind this is still ours, and damaged.
_FIRST_FIELD = re.compile(rb'(?:\[\s*)?\{\s*"format"\s*:\s*"minutes(?:-[a-z]+)?/[0-9]')
_ROW = re.compile(rb'(?:\[\s*)?\{\s*"path"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*"meeting"\s*:')
#: Somewhere in an object whose fields another program has put into another order.
_FORMAT = re.compile(rb'"format"\s*:\s*"minutes(?:-[a-z]+)?/[0-9]')
_HEAD = 4_096


def is_ours(raw: bytes) -> bool:
    """Whether *raw* is JSON with a format of ours, or with turns as ``--to jsonl`` writes them, whole or damaged."""
    head = as_utf_8(raw[:_HEAD]).lstrip(_BLANKS)
    if head[:1] not in (b"{", b"["):
        return False
    if _FIRST_FIELD.match(head) or _ROW.match(head):
        return True
    data = as_utf_8(raw)
    if not _FORMAT.search(data) and b'"span"' not in data:
        return False
    first = data.lstrip(_BLANKS).split(b"\n", 1)[0]
    return any(_is_object_of_ours(part) for part in (first, data))


def _is_object_of_ours(part: bytes) -> bool:
    import orjson

    try:
        value = orjson.loads(part)
    except orjson.JSONDecodeError:
        return False
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, dict):
        return False
    form = value.get("format")
    return is_turn(value) or (isinstance(form, str) and form.startswith("minutes"))


def as_utf_8(raw: bytes) -> bytes:
    """JSON as UTF-8 without a mark."""
    if raw.startswith(_UTF_16):
        return raw.decode("utf-16", "replace").encode("utf-8", "replace")
    return raw.removeprefix(codecs.BOM_UTF8)


def values(path: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    """The JSON values in a file: the words for the place of each, and its text.

    They are one, or those of a list, or one a line. Raises IngestError; *path* is for its words.
    """
    import orjson

    raw = as_utf_8(raw)
    if not raw.strip():
        raise IngestError(f"{path}: nothing in it; write parse results with 'minutes parse --json'")
    lines = [(number, line) for number, line in enumerate(raw.split(b"\n"), 1) if line.strip()]
    if len(lines) > 1 and all(line.strip().startswith(b"{") for _, line in lines):
        yield from ((f"line {number}", line) for number, line in lines)
        return
    try:
        whole = orjson.loads(raw)
    except orjson.JSONDecodeError as e:
        raise IngestError(
            f"{path}: no JSON at line {e.lineno}, column {e.colno} ({e.msg}); is the file whole?"
        ) from None
    if isinstance(whole, list):
        yield from ((f"[{number}]", orjson.dumps(value)) for number, value in enumerate(whole))
    else:
        yield "", raw


def one_object(part: bytes) -> dict[str, Any]:
    """One JSON object. Raises NoResultError."""
    import orjson

    try:
        data = orjson.loads(part)
    except orjson.JSONDecodeError as e:
        raise NoResultError(f"no JSON at column {e.colno} ({e.msg}); is the file whole?") from None
    if not isinstance(data, dict):
        raise NoResultError("JSON, but no object; 'minutes parse --json' writes one a record")
    return data
