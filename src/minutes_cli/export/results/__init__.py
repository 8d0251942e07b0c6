"""Documents back from what ``minutes export --to json`` and ``--to jsonl`` wrote.

Neither holds the text of the record. Its place is taken by as many U+FFFD as it had characters, so that every span
keeps its meaning; ``Source.raw`` is empty, by which :func:`has_text` knows such a document. ``blocks`` and ``spoken``,
which point into the text, are empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from minutes_cli.compare.result_fields import NoResultError, check_format, is_turn
from minutes_cli.errors import IngestError, UsageError
from minutes_cli.export.results.fields import document_from
from minutes_cli.export.results.rows import document_from_rows
from minutes_cli.export.results.values import is_ours, one_object, values
from minutes_cli.model import Document

__all__ = ["has_text", "is_result", "is_whole", "needs_text", "read_results"]


def is_result(raw: bytes) -> bool:
    """Whether *raw* is JSON that we wrote: an object of minutes/1, or lines of them, or of turns.

    Our other formats and damaged files are, too: reading them as records would be no use, and
    :func:`read_results` says what is wrong.
    """
    return is_ours(raw)


def read_results(raw: bytes, name: str) -> tuple[Document, ...]:
    """The documents in *raw*, of ``jsonl`` with what its lines say. Raises IngestError; *name* is for its words."""
    parts = [(where, _loaded(name, where, part)) for where, part in values(name, raw)]
    if not parts:
        raise IngestError(f"{name}: an empty list; write parse results with 'minutes parse --json'")
    rows = [is_turn(data) for _, data in parts]
    if all(rows):
        return tuple(_of_rows(name, parts))
    if any(rows):
        raise IngestError(f"{name}: parse results and single turns in one file; keep them apart")
    return tuple(_of_object(name, where, data) for where, data in parts)


def has_text(document: Document) -> bool:
    """Whether the text of the record is at hand, and not only what was understood of it."""
    return bool(document.view.source.raw)


def is_whole(document: Document) -> bool:
    """Whether *document* is all of a record, and not only its turns (from ``jsonl``)."""
    return bool(document.view.source.sha256)


def needs_text(document: Document, name: str) -> None:
    """Raise UsageError where the text of the record is not at hand; *name* is the format that needs it."""
    if not has_text(document):
        path = document.view.source.name
        raise UsageError(f"{path}: read from JSON, which does not hold the text that {name} needs; name the record")


def _loaded(name: str, where: str, part: bytes) -> dict[str, Any]:
    try:
        return one_object(part)
    except NoResultError as e:
        raise _named(name, where, e) from None


def _of_object(name: str, where: str, data: dict[str, Any]) -> Document:
    try:
        check_format(data)
        return document_from(data)
    except NoResultError as e:
        raise _named(name, where, e) from None


def _of_rows(name: str, rows: list[tuple[str, dict[str, Any]]]) -> Iterator[Document]:
    """A document for every stretch of rows that one record gives: same path, ever higher order."""
    record, last = 0, (None, 0)
    numbers = []
    for _, row in rows:
        path, order = row["path"], row["order"] if isinstance(row["order"], int) else 0
        record += path != last[0] or order <= last[1]
        last = (path, order)
        numbers.append(record)
    for _, stretch in groupby(zip(numbers, rows, strict=True), key=lambda pair: pair[0]):
        here = [row for _, row in stretch]
        try:
            yield document_from_rows(here)
        except NoResultError as e:
            raise _named(name, "", e) from None


def _named(name: str, where: str, fault: NoResultError) -> IngestError:
    return IngestError(": ".join(part for part in (name, where, str(fault)) if part))
