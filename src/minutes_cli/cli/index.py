"""minutes index"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_cli.cli._files import Tally, gather, mention
from minutes_cli.cli._print import Line, Progress, message, show, write_data
from minutes_cli.cli._read import JobsOption, TimeoutOption
from minutes_cli.cli._running import JOBS, SECONDS, running_of
from minutes_cli.cli._text import count, pad, visible
from minutes_cli.engine import Failure, Running
from minutes_cli.errors import UsageError

if TYPE_CHECKING:
    from minutes_cli.store.build import Fault, Summary
    from minutes_cli.store.status import Contents, Status

_SHOWN = 3
"""Paths that the status names of each sort; --json has all of them."""


def index(
    context: typer.Context,
    folder: Annotated[
        str | None, typer.Argument(metavar="FOLDER", help="The records, with folders below it.", show_default=False)
    ] = None,
    file: Annotated[
        str | None,
        typer.Option("--index", metavar="FILE", help="The index; without it FOLDER/.minutes/index.sqlite."),
    ] = None,
    status: Annotated[bool, typer.Option("--status", help="Say what is in the index; change nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write the status as JSON.")] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make the index anew, also where it is damaged or of another folder.")
    ] = False,
    jobs: JobsOption = JOBS,
    timeout: TimeoutOption = SECONDS,
) -> int:
    """Bring an index up to date and say in one line what was done, or say what is in it."""
    from minutes_cli.store import default_path

    if as_json and not status:
        raise UsageError("--json belongs to the status; add --status")
    running = running_of(jobs, timeout)
    if status and (rebuild or running != running_of()):
        raise UsageError("--status changes nothing; leave --rebuild, --jobs and --timeout out")
    folder = _folder(folder, file, rebuild)
    path = file or default_path(folder)
    if status:
        return _status(path, folder, as_json=as_json)
    return _update(path, folder, running, rebuild=rebuild, debug=bool(context.obj))


def _folder(folder: str | None, file: str | None, rebuild: bool) -> str:
    """The folder that was given, else the one that the index is of."""
    if folder is None:
        if file is None or rebuild:
            raise UsageError("no FOLDER given; name the folder of the records (minutes index FOLDER)")
        from minutes_cli.store.status import root

        folder = os.path.relpath(root(file))
    if os.path.isfile(folder):
        raise UsageError(f"{folder}: a file, not a folder; an index is of a folder of records")
    if not os.path.isdir(folder):
        raise UsageError(f"{folder}: no such folder; check the name")
    return folder


def _update(path: str, folder: str, running: Running, *, rebuild: bool, debug: bool) -> int:
    from minutes_cli.store.build import update

    inputs = gather([folder])
    if not inputs.files and not os.path.exists(path):
        return 2  # it was said that there are no records; an index of nothing would only be in the way
    bar = Progress(0)

    def step(number: int, total: int, file: str) -> None:
        nonlocal bar
        if number == 1:
            bar = Progress(total)
        bar.at(number, file)

    tally = Tally(inputs.errors)

    def fault(found: Fault) -> None:
        bar.clear()
        mention(tally, Failure(found.words, found.trace), debug=debug)

    try:
        files = [file.path for file in inputs.files]
        done = update(path, folder, files, running=running, rebuild=rebuild, step=step, fault=fault)
    finally:
        bar.clear()
    message(_summary(path, folder, done))
    return 2 if tally.faults else 0


def _summary(path: str, folder: str, done: Summary) -> str:
    what = f"{done.new:,} new, {done.changed:,} changed, {done.removed:,} removed"
    if done.rebuilt:
        what = "all read anew"
    records = count(done.new + done.changed + done.unchanged, "record")
    size = f"{_size(done.text)} of text, {_size(os.path.getsize(path))} of index"
    return f"index of {folder}: {records} ({what}), {size}"


def _status(path: str, folder: str, *, as_json: bool) -> int:
    from minutes_cli.store.status import inspect

    inputs = gather([folder])
    found = inspect(path, [file.path for file in inputs.files])
    if as_json:
        from minutes_cli.export.json import dumps

        contents = found.contents and found.contents._asdict()
        write_data(dumps({**found._asdict(), "contents": contents}))
    else:
        show(_table(found))
    return 2 if found.integrity != "ok" else 0


def _table(found: Status) -> Iterator[Line]:
    rows = [
        ("index", found.path),
        ("records in", found.root or "?"),
        ("size", _size(found.bytes)),
        ("made by", f"minutes {found.minutes}, schema {found.schema}"),
        ("tokenizer", found.tokenizer),
        ("integrity", found.integrity if found.integrity == "ok" else f"{found.integrity}; run with --rebuild"),
    ]
    if found.outdated:
        rows.append(("outdated", f"{found.outdated}; minutes index makes it anew"))
    if found.contents:
        rows += _contents(found.contents)
    for key, value in rows:
        yield [(pad(key, 11), "key"), (visible(value), "")]


def _contents(contents: Contents) -> Iterator[tuple[str, str]]:
    yield "records", f"{contents.records:,}"
    yield "passages", f"{contents.passages:,}"
    yield "words", f"{contents.words:,} different ones"
    yield "text", _size(contents.text)
    if contents.dead >= 0.005:
        yield "deleted", f"{contents.dead:.0%} of the lists"
    for key, paths in (("new", contents.new), ("changed", contents.changed), ("missing", contents.missing)):
        if paths:
            more = f" … and {len(paths) - _SHOWN:,} more" if len(paths) > _SHOWN else ""
            yield key, f"{count(len(paths), 'file')}: {', '.join(paths[:_SHOWN])}{more}"


def _size(number: int) -> str:
    return f"{number / 1e6:,.1f} MB"
