"""minutes export"""

from __future__ import annotations

from typing import Annotated

import typer

from minutes_cli.cli._read import ConventionOption, EncodingOption, Files, FixOption, ForceOption, KindOption
from minutes_cli.cli._reading import Reading


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
            help="Write to a file; into a folder (a name that ends with /) one file per record. - is stdout.",
            show_default=False,
        ),
    ] = None,
    force: ForceOption = False,
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
    options = Options(tuple(part.strip() for part in (columns or "").split(",") if part.strip()), bom)
    _exporting.check_options(name, writer, options)
    reading = Reading(kind, convention, encoding, fix)
    reading.check()
    return _exporting.export(name, writer, options, files or [], reading, out, force=force, debug=bool(context.obj))
