"""minutes export"""

from __future__ import annotations

from typing import Annotated

import typer

from minutes_cli.cli._read import (
    ConventionOption,
    EncodingOption,
    EngineOption,
    Files,
    FixOption,
    ForceOption,
    JobsOption,
    KindOption,
    TimeoutOption,
)
from minutes_cli.cli._reading import Reading
from minutes_cli.cli._running import JOBS, SECONDS, running_of


def export(
    context: typer.Context,
    files: Files = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help="What to write; see --list. Without it the name after -o says it.",
            show_default=False,
        ),
    ] = None,
    formats: Annotated[bool, typer.Option("--list", help="List the formats and exit.")] = False,
    columns: Annotated[
        str | None,
        typer.Option(
            "--columns",
            metavar="NAME,…",
            help="Only these columns, in this order (csv, tsv, xlsx, parquet); --columns list names them all.",
            show_default=False,
        ),
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin with a byte order mark, by which Excel knows UTF-8 (csv, tsv).")
    ] = False,
    tokens: Annotated[
        bool, typer.Option("--tokens", help="Add the words of each turn, with lemma and part of speech (parquet).")
    ] = False,
    kind: KindOption = None,
    convention: ConventionOption = None,
    encoding: EncodingOption = None,
    fix: FixOption = "safe",
    out: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE|FOLDER",
            help="Write to a file; into a folder (its name ends with /) one file per record, or a Parquet dataset.",
            show_default=False,
        ),
    ] = None,
    force: ForceOption = False,
    jobs: JobsOption = JOBS,
    timeout: TimeoutOption = SECONDS,
    engine: EngineOption = None,
) -> int:
    """Records in one of the formats of WRITERS, on stdout or, with -o, into files."""
    from minutes_cli.cli import _exporting
    from minutes_cli.export import WRITERS, Options

    if formats:
        return _exporting.list_formats()
    name = to.lower() if to else _exporting.format_of_name(out)
    if columns == "list" and name is None:
        name = "csv"
    if name not in WRITERS:
        raise _exporting.unknown_format(to, out)
    writer = WRITERS[name]
    if columns == "list":
        return _exporting.list_columns(name, writer)
    options = Options(tuple(part.strip() for part in (columns or "").split(",") if part.strip()), bom, tokens)
    _exporting.check_options(name, writer, options)
    reading = Reading(kind, convention, encoding, fix)
    reading.check()
    running = running_of(jobs, timeout, engine)
    debug = bool(context.obj)
    return _exporting.export(name, writer, options, files or [], reading, out, running, force=force, debug=debug)
