"""The options of ``minutes parse`` for typer: for help, for what is not plain, and to say what is wrong."""

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
    OutOption,
    TimeoutOption,
)
from minutes_cli.cli._reading import Reading
from minutes_cli.cli._running import JOBS, SECONDS, running_of
from minutes_cli.cli.parse import Asked, run


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
    jobs: JobsOption = JOBS,
    timeout: TimeoutOption = SECONDS,
    engine: EngineOption = None,
) -> int:
    """Overview (of several records one line each) on stdout, or JSON there or, with -o, into files."""
    reading = Reading(kind, convention, encoding, fix)
    reading.check()
    asked = Asked(reading, running_of(jobs, timeout, engine), bool(context.obj))
    return run(files or [], asked, as_json=as_json, pretty=pretty, explain=explain, turns=turns, out=out, force=force)
