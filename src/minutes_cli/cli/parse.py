"""minutes parse"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from minutes_cli.cli._files import Input, Inputs, for_each, gather
from minutes_cli.cli._output import output
from minutes_cli.cli._print import message, room, show, width
from minutes_cli.cli._read import ConventionOption, EncodingOption, Files, FixOption, ForceOption, KindOption, OutOption
from minutes_cli.cli._reading import Reading
from minutes_cli.cli._text import count
from minutes_cli.errors import UsageError


def parse(
    context: typer.Context,
    files: Files = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Write JSON: one object, for several records one per line.")
    ] = False,
    pretty: Annotated[
        bool, typer.Option("--pretty", help="Indent the JSON (as on a terminal with one record).")
    ] = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Also show why this layout was chosen and how each line was taken."),
    ] = False,
    turns: Annotated[
        bool | None,
        typer.Option(
            "--turns/--no-turns",
            help="Show the overview of each record, also of several, with or without the list of its turns.",
            show_default=False,
        ),
    ] = None,
    kind: KindOption = None,
    convention: ConventionOption = None,
    encoding: EncodingOption = None,
    fix: FixOption = "safe",
    out: OutOption = None,
    force: ForceOption = False,
) -> int:
    """Overview (of several records one line each) on stdout, or JSON there or, with -o, into files."""
    reading = Reading(kind, convention, encoding, fix)
    reading.check()
    if not (as_json or pretty or out is not None):
        return _overviews(files or [], reading, turns=turns, explain=explain, debug=bool(context.obj))
    if explain:
        raise UsageError("--explain belongs to the overview; the JSON has the same under layout")
    return _json(files or [], reading, pretty=pretty, out=out, force=force, debug=bool(context.obj))


def _overviews(paths: list[str], reading: Reading, *, turns: bool | None, explain: bool, debug: bool) -> int:
    from minutes_cli.cli import _overview

    inputs = gather(paths)
    if len(inputs.files) > 1 and turns is None and not explain:
        return _one_line_each(inputs, reading, debug=debug)
    shown = 0

    def work(file: Input) -> None:
        nonlocal shown
        document, proposed = reading.record(file.path)
        lines = list(_overview.overview(document, width(), turns=turns is not False, proposed=proposed))
        if explain:
            lines += _overview.explain(document, width())
        show([[], *lines] if shown else lines)
        shown += 1

    return for_each(inputs, work, debug=debug, progress=not sys.stdout.isatty())


def _one_line_each(inputs: Inputs, reading: Reading, *, debug: bool) -> int:
    from minutes_cli.cli._summary import Summary

    columns = room()
    summary = Summary([file.path for file in inputs.files], None if columns == sys.maxsize else columns)
    shown = 0

    def work(file: Input) -> None:
        nonlocal shown
        row = summary.row(file.path, reading.document(file.path))
        show([row] if shown else [summary.head(), row])
        shown += 1

    code = for_each(inputs, work, debug=debug, progress=not sys.stdout.isatty())
    if shown:
        message(f"{count(shown, 'record')}; minutes parse FILE shows one in full, --turns all of them")
    return code


def _json(paths: list[str], reading: Reading, *, pretty: bool, out: str | None, force: bool, debug: bool) -> int:
    from minutes_cli.export.json import write_json

    inputs = gather(paths)
    on_screen = out in (None, "-") and sys.stdout.isatty()
    indent = pretty or (on_screen and not inputs.several)
    with output(out, inputs, ".json", force=force) as sink:

        def work(file: Input) -> None:
            sink(file, write_json(reading.document(file.path), pretty=indent))

        return for_each(inputs, work, debug=debug, progress=not on_screen)
