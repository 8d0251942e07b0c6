"""The file formats that records come in: one row each, one file beside this one each. The last row always fits."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from minutes_cli.errors import IngestError
from minutes_cli.ingest.sniff import (
    is_api_json,
    is_docx,
    is_html,
    is_markdown,
    is_odt,
    is_own_json,
    is_pdf,
    is_srt,
    is_vtt,
    is_xlsx,
)

if TYPE_CHECKING:  # a search that finds its files in the index reads none of them
    from minutes_cli.model import Source

__all__ = ["FORMATS", "PACKED_SUFFIXES", "SUFFIXES", "Format", "file_of", "format_of"]


class Format(NamedTuple):
    """How one format is known and read.

    ``fits`` looks at the bytes and, where they cannot tell, at the name. ``module`` holds ``read(raw, name,
    encoding) -> Source``, which raises IngestError; *encoding* is the one that the user forces, or None. ``suffixes``
    are those that are looked for in folders. ``extra`` names the extra of the package that brings what ``module``
    imports, None where nothing is needed. ``file`` is what people call a file of the format.
    """

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    fits: Callable[[bytes, str], bool]
    module: str
    extra: str | None = None
    file: str = "a text file"

    @property
    def is_text(self) -> bool:
        """Whether the text is the file itself, decoded."""
        return self.module == "text"

    def read(self, raw: bytes, name: str, encoding: str | None) -> Source:
        """The record in *raw*. Raises IngestError, also where the extra is not installed."""
        try:
            module = import_module(f"minutes_cli.ingest.{self.module}")
            source: Source = module.read(raw, name, encoding)
        except ModuleNotFoundError as e:
            if self.extra is None or (e.name or "").startswith("minutes_cli"):
                raise
            imported = (e.name or "").partition(".")[0]
            raise IngestError(
                f"{name}: reading {self.name} needs {_PACKAGES.get(imported, imported)}, which is not installed; "
                f"minutes-cli[{self.extra}] brings it: pip install '.[{self.extra}]' where minutes is checked out"
            ) from None
        return source


#: Packages that pip knows by another name than Python.
_PACKAGES = {"docx": "python-docx"}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ODT = "application/vnd.oasis.opendocument.text"

FORMATS: tuple[Format, ...] = (
    Format("PDF", "application/pdf", (".pdf",), is_pdf, "pdf", "pdf", "a PDF"),
    Format("Word (docx)", _WORD, (".docx",), is_docx, "office.docx", "docx", "a Word file"),
    Format("Excel (xlsx)", _EXCEL, (".xlsx",), is_xlsx, "office.xlsx", "xlsx", "an Excel workbook"),
    Format("OpenDocument text", _ODT, (".odt",), is_odt, "office.odt", "odt", "an OpenDocument text"),
    Format("HTML", "text/html", (".html", ".htm"), is_html, "html", "html", "a web page"),
    Format("WebVTT", "text/vtt", (".vtt",), is_vtt, "subtitles", file="a file of subtitles"),
    Format("SubRip", "application/x-subrip", (".srt",), is_srt, "subtitles", file="a file of subtitles"),
    Format("JSON of the Diet's minutes API", "application/json", (), is_api_json, "api_json", file="a JSON file"),
    Format("JSON that minutes wrote", "application/json", (), is_own_json, "own_json", file="a JSON file"),
    Format("Markdown", "text/markdown", (".md", ".markdown"), is_markdown, "text"),
    Format("plain text", "text/plain", (".txt", ".text"), lambda raw, name: True, "text"),
)

SUFFIXES: tuple[str, ...] = tuple(suffix for row in reversed(FORMATS) for suffix in row.suffixes)
"""The suffixes that are looked for in folders."""

PACKED_SUFFIXES = frozenset(suffix for row in FORMATS if not row.is_text for suffix in row.suffixes)
"""Those of files that are no text."""


def file_of(media_type: str) -> str:
    """What people call a file of this media type: a Word file, a PDF."""
    return next((row.file for row in FORMATS if row.media_type == media_type), f"a file of type {media_type}")


def format_of(raw: bytes, name: str) -> Format:
    """The first format that fits the bytes *raw* of the file *name*."""
    return next(row for row in FORMATS if row.fits(raw, name))
