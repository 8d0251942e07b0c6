"""The options that say how a record is read and where results go."""

from __future__ import annotations

from typing import Annotated

import typer

from minutes_cli.cli._reading import FixChoice
from minutes_cli.cli._running import SECONDS
from minutes_cli.model import Kind

Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="FILE...", help="Files, folders, patterns, or - for standard input.", show_default=False),
]
KindOption = Annotated[
    Kind | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help=f"Say what sort of record it is instead of having it inferred: {', '.join(Kind)}.",
    ),
]
ConventionOption = Annotated[
    str | None,
    typer.Option(
        "--convention",
        metavar="NAME",
        help="Say how speakers are marked instead of having it inferred; see 'minutes conventions'.",
    ),
]
EncodingOption = Annotated[
    str | None,
    typer.Option("--encoding", metavar="NAME", help="Force an encoding: utf-8, cp932, euc-jp, iso-2022-jp, …"),
]
OutOption = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE|FOLDER",
        help="Write to a file; into a folder (a name that ends with /, or several records) one file each.",
    ),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Overwrite existing output files.")]
FixOption = Annotated[
    FixChoice,
    typer.Option(
        "--fix",
        metavar="WHICH",
        help="Read through which corrections: safe, all (also those to ask about), or none; see 'minutes normalize'.",
    ),
]
JobsOption = Annotated[
    str,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        help="Work with N processes; auto: as many as there are cores, one where there is little to do.",
    ),
]
TimeoutOption = Annotated[
    float,
    typer.Option(
        "--timeout",
        metavar="SECONDS",
        help=f"Leave out a file that takes longer, and say so; 0 for no limit.  [default: {SECONDS:g}]",
        show_default=False,
    ),
]
EngineOption = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="ADDRESS",
        help="Work on a Dask cluster: dask://HOST:PORT, or dask for one on this machine (minutes-cli[cluster]).",
        show_default=False,
    ),
]
