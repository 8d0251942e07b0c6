"""The corrected text of a record: what ``minutes normalize`` gives, as UTF-8 with the line ends of the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minutes_cli.export.model import Options
from minutes_cli.export.results import needs_text
from minutes_cli.model import Document

__all__ = ["write_text"]


def write_text(documents: Iterable[Document], options: Options) -> Iterator[bytes]:
    """The corrected texts of *documents*. Raises UsageError for one read back from JSON."""
    for document in documents:
        needs_text(document, "text")
        yield document.view.text.encode("utf-8", "backslashreplace")
