"""Names of elements of OpenDocument texts that are no text of the record."""

from __future__ import annotations

from typing import Any

from minutes_cli.ingest.office.odt_styles import TEXT

__all__ = ["COUNTS_PAGES", "GONE", "all_text"]

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"

GONE = frozenset(
    [_OFFICE + "forms", _OFFICE + "event-listeners", _OFFICE + "annotation-end"]
    + [TEXT + tag for tag in "sequence-decls user-field-decls variable-decls alphabetical-index-auto-mark-file".split()]
    + [TEXT + tag for tag in "number note-citation hidden-paragraph table-of-content-source".split()]
    + [TEXT + tag for tag in "alphabetical-index-source bibliography-source dde-connection-decls".split()]
)
COUNTS_PAGES = frozenset((TEXT + "page-number", TEXT + "page-count", TEXT + "page-continuation"))


def all_text(element: Any) -> str:
    """The text of the paragraphs in *element*, of comments without who wrote them."""
    return "".join("".join(block.itertext()) for block in element.iter(TEXT + "p", TEXT + "h"))
