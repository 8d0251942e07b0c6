"""Documents -> bytes of a file format: one small file per format, one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import TypeVar, cast

from minutes_cli.export.columns import NAMES
from minutes_cli.export.model import Options, Shape, Writer
from minutes_cli.model import Document

__all__ = ["WRITERS", "Options", "Shape", "Writer"]

Piece = TypeVar("Piece")
Write = Callable[[Iterable[Document], Options], Iterator[Piece]]


def _of(module: str, name: str | None = None) -> Write[bytes]:
    """The function *name*, by default ``write_`` and its name, of a module beside this one; loaded when it is called.

    Loading all of them takes longer than parsing a record.
    """

    def write(documents: Iterable[Document], options: Options) -> Iterator[bytes]:
        found = getattr(import_module(f"minutes_cli.export.{module}"), name or f"write_{module}")
        return cast(Write[bytes], found)(documents, options)

    return write


def _convokit(documents: Iterable[Document], options: Options) -> Iterator[tuple[str, bytes]]:
    from minutes_cli.export.convokit import write_convokit

    return write_convokit(documents, options)


WRITERS: dict[str, Writer] = {
    "json": Writer(
        _of("json", "write_json_lines"),
        ".json",
        Shape.LINES,
        "one object per record with everything found (see minutes schema)",
    ),
    "jsonl": Writer(
        _of("jsonl"), ".jsonl", Shape.MANY, "one turn per line, with speaker, heading, date and meeting", turns=True
    ),
    "csv": Writer(_of("csv"), ".csv", Shape.MANY, "table with one row per turn", columns=NAMES, bom=True, turns=True),
    "tsv": Writer(
        _of("csv", "write_tsv"),
        ".tsv",
        Shape.MANY,
        "the same with tabs, a line per turn",
        columns=NAMES,
        bom=True,
        turns=True,
    ),
    "xlsx": Writer(
        _of("xlsx"),
        ".xlsx",
        Shape.MANY,
        "Excel workbook: a sheet each for turns, speakers, sections, edits …",
        text=False,
        columns=NAMES,
        needs=("xlsxwriter",),
        extra="xlsx",
    ),
    "parquet": Writer(
        _of("parquet"),
        ".parquet",
        Shape.MANY,
        "one row per turn with typed columns, for DuckDB, pandas, Spark",
        text=False,
        columns=NAMES,
        tokens=True,
        needs=("pyarrow",),
        extra="parquet",
        turns=True,
    ),
    "sqlite": Writer(
        _of("sqlite"),
        ".db",
        Shape.MANY,
        "database of all that was found, with full-text search, ready for Datasette",
        text=False,
    ),
    "kokkai": Writer(
        _of("kokkai"),
        ".kokkai.json",
        Shape.MANY,
        "fields of the minutes API of the National Diet Library",
        from_text=True,
    ),
    "tei": Writer(
        _of("tei"),
        ".tei.xml",
        Shape.ONE,
        "TEI P5 as ParlaMint has it: utterances, speakers, events",
        from_text=True,
    ),
    "akn": Writer(_of("akn"), ".akn.xml", Shape.ONE, "Akoma Ntoso 3.0 debate", from_text=True),
    "khcoder": Writer(
        _of("khcoder"),
        ".khcoder.csv",
        Shape.MANY,
        "table for KH Coder 3: text in one column, variables in the others",
        turns=True,
    ),
    "convokit": Writer(
        None,
        "",
        Shape.FOLDER,
        "corpus for ConvoKit 5: utterances, speakers, conversations",
        turns=True,
        files=_convokit,
    ),
    "conllu": Writer(
        _of("conllu"),
        ".conllu",
        Shape.MANY,
        "CoNLL-U: words by Sudachi with parts of speech and speaker",
        turns=True,
        from_text=True,
    ),
    "markdown": Writer(_of("markdown"), ".md", Shape.ONE, "reading copy that minutes parses to the same turns again"),
    "html": Writer(_of("html"), ".html", Shape.ONE, "reading copy: one page with anchors, contents and corrections"),
    "text": Writer(_of("text"), ".txt", Shape.ONE, "the corrected text, as UTF-8", from_text=True),
    "patch": Writer(
        _of("patch"),
        ".patch",
        Shape.MANY,
        "the corrections as a unified diff against the original",
        from_text=True,
    ),
}
