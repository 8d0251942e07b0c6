"""minutes export --to parquet into a folder: a dataset that is kept up to date with its records."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial

from minutes_cli import __version__
from minutes_cli.cli._exporting import read_documents
from minutes_cli.cli._files import Input, Inputs, gather, size_of
from minutes_cli.cli._print import Progress, message
from minutes_cli.cli._reading import Reading
from minutes_cli.cli._text import count
from minutes_cli.engine import Running
from minutes_cli.errors import UsageError
from minutes_cli.export import Options
from minutes_cli.export.columns import NAMES
from minutes_cli.export.turn_table import FORMAT
from minutes_cli.ingest import STDIN
from minutes_cli.model import Document
from minutes_cli.store.dataset.manifest import MANIFEST, Header, load
from minutes_cli.store.dataset.place import Place, is_url, place_of
from minutes_cli.store.dataset.states import state_of
from minutes_cli.store.dataset.update import Fault, Summary, Wanted, update

#: The partitions say it.
_IN_PATHS = "body"


def export_dataset(
    options: Options, paths: list[str], reading: Reading, out: str, running: Running, *, force: bool
) -> int:
    """Bring the dataset *out* up to date with the records behind *paths*; 2 when any of them could not be read."""
    place = place_of(out if running.engine is None or is_url(out) else os.path.abspath(out))
    inputs = gather(paths)
    if any(file.path == STDIN for file in inputs.files):
        raise UsageError(
            "-: a dataset is kept up to date with files, so name them; or write one file: -o turns.parquet"
        )
    named = [file.path for file in inputs.files if file.path in paths]
    missing = [path for path in named if state_of(path) is None]
    for path in missing:
        message(f"{path}: no such file; check the name and the folder")
    if not inputs.files or len(missing) == len(inputs.files) or ((inputs.faults or missing) and not force):
        # It was said what is missing: a share that is not mounted must not empty a dataset.
        message(f"{out}: left as it is, since not all that was named is there; --force goes on without it")
        return 2
    wanted = _wanted(inputs, paths, options, reading)
    _check(place, wanted.header, force=force)
    bar = Progress(len(inputs.files))

    def step(number: int, total: int, path: str) -> None:
        bar.at(number, path)

    def fault(found: Fault) -> None:
        bar.clear()
        message(found.words)

    try:
        done = update(place, wanted, running, step=step, fault=fault)
    except KeyboardInterrupt:
        bar.clear()
        message(f"{out}: stopped; the same command goes on where this one was")
        raise
    finally:
        bar.clear()
    message(_summary(out, done))
    return 2 if inputs.faults or done.failed else 0


def _wanted(inputs: Inputs, paths: list[str], options: Options, reading: Reading) -> Wanted:
    from minutes_cli.lexicon.tokens import identity

    columns = tuple(name for name in options.columns or NAMES if name != _IN_PATHS)
    if "path" not in columns:
        raise UsageError("a dataset needs the column path, to be kept up to date; add it to --columns")
    words = {"tokens": identity() if options.tokens else None}
    made = {
        "columns": list(columns),
        **words,
        **{name: value and str(value) for name, value in reading._asdict().items()},
    }
    once = {file.path: size_of(file) for file in inputs.files}
    return Wanted(
        Header(FORMAT, __version__, made, tuple(path.rstrip("/") or path for path in paths)),
        columns,
        options.tokens,
        partial(_documents, reading),
        tuple(once),
        tuple(once.values()),
    )


def _documents(reading: Reading, path: str) -> tuple[Document, ...]:
    documents, _ = read_documents("parquet", reading, Input(path, path))
    return documents


def _check(place: Place, header: Header, *, force: bool) -> None:
    """Raise UsageError where something else is at *place*, or a dataset of other records."""
    if force:
        with suppress(UsageError):
            load(place)
            return
        place.remove(MANIFEST)  # damaged: what it was of is not asked any more
        return
    known = load(place)
    if known is None:
        if others := place.names():
            raise UsageError(
                f"{place.root}: holds other files ({others[0]}, …) and no dataset; choose a folder of its own"
            )
    elif known.header.inputs != header.inputs:
        before = " ".join(known.header.inputs)
        raise UsageError(
            f"{place.root}: a dataset of {before}; name these, or --force makes it one of what is named now"
        )


def _summary(out: str, done: Summary) -> str:
    what = f"{done.new:,} new, {done.changed:,} changed, {done.removed:,} removed"
    failed = f", {done.failed:,} failed" if done.failed else ""
    records = count(done.new + done.changed + done.unchanged, "record")
    return f"{out}: {records} ({what}{failed}), {count(done.turns, 'turn')} in {count(done.partitions, 'partition')}"
