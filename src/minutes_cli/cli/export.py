"""minutes export"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from minutes_cli.cli._files import Input, for_each, gather
from minutes_cli.cli._output import output
from minutes_cli.cli._print import message
from minutes_cli.cli._read import ConventionOption, EncodingOption, Files, FixOption, ForceOption, KindOption, OutOption
from minutes_cli.cli._reading import Reading
from minutes_cli.errors import UsageError


def export(
    context: typer.Context,
    files: Files = None,
    to: Annotated[str | None, typer.Option("--to", metavar="FORMAT", help="What to write; see --list.")] = None,
    formats: Annotated[bool, typer.Option("--list", help="List the formats and exit.")] = False,
    kind: KindOption = None,
    convention: ConventionOption = None,
    encoding: EncodingOption = None,
    fix: FixOption = "safe",
    out: OutOption = None,
    force: ForceOption = False,
) -> int:
    """Records in one of the formats of WRITERS, on stdout or, with -o, into files."""
    from minutes_cli.export import WRITERS

    if formats:
        return _list()
    if to not in WRITERS:
        asked = f"unknown format {to!r}" if to else "no format given"
        raise UsageError(f"{asked}; choose with --to one of {', '.join(WRITERS)}")
    writer = WRITERS[to]
    reading = Reading(kind, convention, encoding, fix)
    reading.check()
    inputs = gather(files or [])
    on_screen = out in (None, "-") and sys.stdout.isatty()
    with output(out, inputs, writer.suffix, force=force) as sink:

        def work(file: Input) -> None:
            document = reading.document(file.path)
            data = writer.write(document)
            if not data:
                message(f"{file.path}: no turns in it ({document.kind.value}), so nothing to write as {to}")
            sink(file, data)

        return for_each(inputs, work, debug=bool(context.obj), progress=not on_screen)


def _list() -> int:
    from minutes_cli.cli._overview import table
    from minutes_cli.cli._print import room, show
    from minutes_cli.export import WRITERS

    rows = [[name, w.suffix, w.about] for name, w in WRITERS.items()]
    show(table(["format", "suffix", "content"], rows, room(), shrink=(2,), whole=True))
    return 0
