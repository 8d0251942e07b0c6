"""Summary -> bytes of a file format: one small file per format, one table."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from minutes_cli.export.summary.csv import write_csv
from minutes_cli.export.summary.html import write_html
from minutes_cli.export.summary.json import schema, write_json
from minutes_cli.export.summary.markdown import write_markdown
from minutes_cli.export.summary.shown import Voices
from minutes_cli.export.summary.xlsx import write_xlsx
from minutes_cli.summarize.model import Summary

__all__ = ["WRITERS", "Writer", "schema"]


class Writer(NamedTuple):
    """One format: ``write`` is pure, ``suffixes`` are those of its file names, ``about`` one line of help."""

    write: Callable[[Summary, Voices], bytes]
    suffixes: tuple[str, ...]
    about: str
    text: bool = True


WRITERS: dict[str, Writer] = {
    "json": Writer(write_json, (".json",), "everything, with places and scores"),
    "csv": Writer(write_csv, (".csv",), "one row per group; by exchange one row per answer"),
    "markdown": Writer(write_markdown, (".md", ".markdown"), "a page to read and to paste"),
    "html": Writer(write_html, (".html", ".htm"), "a page to read and to print"),
    "xlsx": Writer(write_xlsx, (".xlsx",), "an Excel file with a sheet for each part", text=False),
}
