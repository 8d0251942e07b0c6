"""minutes report"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_cli.cli._files import Input, Tally, gather, worked
from minutes_cli.cli._output import writing
from minutes_cli.cli._print import write_out
from minutes_cli.cli._read import (
    EncodingOption,
    EngineOption,
    Files,
    FixOption,
    ForceOption,
    JobsOption,
    TimeoutOption,
)
from minutes_cli.cli._reading import Reading
from minutes_cli.cli._remembering import Cutter
from minutes_cli.cli._running import JOBS, SECONDS, running_of
from minutes_cli.errors import UsageError
from minutes_cli.ingest import STDIN

if TYPE_CHECKING:
    from minutes_cli.passage import Record
    from minutes_cli.summarize.model import Analysis


def report(
    context: typer.Context,
    files: Files = None,
    out: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="The page to write, e.g. report.html; - for stdout."),
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="WORDS", help="The title of the page, instead of the meeting's.")
    ] = None,
    encoding: EncodingOption = None,
    fix: FixOption = "safe",
    force: ForceOption = False,
    jobs: JobsOption = JOBS,
    timeout: TimeoutOption = SECONDS,
    engine: EngineOption = None,
) -> int:
    """All records together on one page. Records that cannot be read are mentioned; the page is made of the others."""
    from minutes_cli.parse import no_collection

    reading = Reading(encoding=encoding, fix=fix)
    reading.check()
    running = running_of(jobs, timeout, engine)
    if out is None:
        raise UsageError("no page named; say where it goes: minutes report FILE -o report.html")
    if os.path.isdir(out) or out.endswith(("/", os.sep)):
        raise UsageError(f"{out}: is a folder; name the page itself: -o {os.path.join(out, 'report.html')}")
    inputs = gather(files or [])
    tally = Tally(inputs.errors)

    work = partial(_read, reading, Cutter())

    def page() -> Iterator[bytes]:
        with no_collection():
            done = worked(inputs, work, tally, debug=bool(context.obj), running=running)
            yield from _page([made for _, made in done], title)

    if out == STDIN:
        for chunk in page():
            write_out(chunk)
    else:
        with writing(out, inputs.files, force) as write:  # first of all: it refuses before hours of work are done
            for chunk in page():
                write(chunk)
    return 2 if tally.faults else 0


def _read(reading: Reading, cut: Cutter, file: Input) -> tuple[Record, Analysis]:
    from minutes_cli.parse import no_collection
    from minutes_cli.parse.passages import searchable
    from minutes_cli.summarize.analysis import analyse, looked_at

    document = reading.document(file.path)
    record = searchable(document, file.path)
    with no_collection():
        return record, looked_at(analyse(document, record, cut))


def _page(records: list[tuple[Record, Analysis]], title: str | None) -> Iterator[bytes]:
    """The page, nothing when no record could be read."""
    if not records:
        return iter(())
    from minutes_cli.export.report import write_report
    from minutes_cli.summarize.model import By
    from minutes_cli.summarize.summary import summarize

    return write_report(records, summarize([analysis for _, analysis in records], By.SPEAKER), title)
