"""minutes export: from records to the file, the files or the folder that is asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import partial
from importlib.util import find_spec
from itertools import chain
from typing import NamedTuple

from minutes_cli.cli._files import Input, Inputs, Tally, for_each, gather, worked
from minutes_cli.cli._output import means_folder, targets_in, writing, writing_folder
from minutes_cli.cli._print import is_terminal, message, write_data, write_out
from minutes_cli.cli._reading import Reading
from minutes_cli.engine import Running
from minutes_cli.errors import UsageError
from minutes_cli.export import WRITERS, Options, Shape, Writer
from minutes_cli.export.results import is_result, is_whole, needs_text, read_results
from minutes_cli.ingest import STDIN, read_bytes, understand
from minutes_cli.model import Document

Notes = tuple[str, ...]
"""What the user should hear of a record that was read."""


def format_of_name(out: str | None) -> str | None:
    """The format that the name after ``-o`` says by its ending: the longest that fits, of one alone."""
    name = os.path.basename(out or "").lower()
    fitting = [other for other, writer in WRITERS.items() if writer.suffix and name.endswith(writer.suffix)]
    longest = max((len(WRITERS[other].suffix) for other in fitting), default=0)
    found = [other for other in fitting if len(WRITERS[other].suffix) == longest]
    return found[0] if len(found) == 1 else None


def unknown_format(to: str | None, out: str | None) -> UsageError:
    """What to say where neither *to* nor the name *out* says a format."""
    asked = "no format given"
    if to:
        asked = f"unknown format {to!r}"
    elif out and not out.endswith("/"):
        asked = f"{out}: its name says no format"
    return UsageError(f"{asked}; choose with --to one of {', '.join(WRITERS)}")


def check_options(name: str, writer: Writer, options: Options) -> None:
    """Raise UsageError for an option that the format has no use for, or a column that it does not have."""
    if options.columns and not writer.columns:
        able = [other for other, row in WRITERS.items() if row.columns]
        raise UsageError(f"--columns does not go with {name}; it goes with {', '.join(able)}")
    if options.bom and not writer.bom:
        able = [other for other, row in WRITERS.items() if row.bom]
        raise UsageError(f"--bom does not go with {name}; it goes with {', '.join(able)}")
    if options.tokens and not writer.tokens:
        able = [other for other, row in WRITERS.items() if row.tokens]
        raise UsageError(f"--tokens does not go with {name}; it goes with {', '.join(able)}")
    for column in options.columns:
        if column not in writer.columns:
            raise UsageError(f"unknown column {column!r}; {name} has {', '.join(writer.columns)}")
    if len(set(options.columns)) < len(options.columns):
        raise UsageError("--columns names a column twice")


def list_formats() -> int:
    """Print the table of formats."""
    from minutes_cli.cli._overview import table
    from minutes_cli.cli._print import room, show

    rows = [
        [name, writer.suffix, writer.about + (f" (minutes-cli[{writer.extra}])" if writer.extra else "")]
        for name, writer in WRITERS.items()
    ]
    show(table(["format", "suffix", "content"], rows, room(), shrink=(2,), whole=True))
    return 0


def list_columns(name: str, writer: Writer) -> int:
    """Print the names that --columns may choose from."""
    if not writer.columns:
        check_options(name, writer, Options(columns=("list",)))
    write_data("".join(f"{column}\n" for column in writer.columns).encode())
    return 0


def export(
    name: str,
    writer: Writer,
    options: Options,
    paths: list[str],
    reading: Reading,
    out: str | None,
    running: Running,
    *,
    force: bool,
    debug: bool,
) -> int:
    """Write the records behind *paths*; the exit code is 2 when any of them could not be read."""
    out = None if out == STDIN else out
    _check_target(name, writer, out)
    if out is not None and name == "parquet" and _means_dataset(out):
        from minutes_cli.cli._dataset import export_dataset

        return export_dataset(options, paths, reading, out, running, force=force)
    inputs = gather(paths)
    apart = (
        out is not None and writer.shape is not Shape.FOLDER and means_folder(out, inputs, together=_holds(writer, out))
    )
    if out is None and inputs.several and writer.shape is Shape.ONE:
        raise UsageError(f"{name} holds one record a file: several records need a folder, as in -o {name}/")
    run = _Run(name, writer, options, inputs, reading, running, Tally(inputs.errors), debug)
    if out is None:
        send = write_data if writer.text else write_out
        for data in run.together():
            send(data)
    elif writer.shape is Shape.FOLDER:
        with writing_folder(out, force) as into:
            for file, data in run.files():
                into(file, data)
    elif apart:
        return run.apart(out, force)
    else:
        with writing(out, inputs.files, force) as pen:
            for data in run.together():
                pen(data)
    return 2 if run.tally.faults else 0


def _means_dataset(out: str) -> bool:
    """Whether *out* names a folder: Parquet there is a dataset, which is one table in many files."""
    return out.endswith(("/", os.sep)) or os.path.isdir(out) or not (os.path.splitext(out)[1] or os.path.exists(out))


def _check_target(name: str, writer: Writer, out: str | None) -> None:
    missing = [package for package in writer.needs if find_spec(package) is None]
    if missing:
        raise UsageError(
            f"writing {name} needs {' and '.join(missing)}, which is not installed; minutes-cli[{writer.extra}] brings "
            f"it: pip install '.[{writer.extra}]' where minutes is checked out"
        )
    if out is None and writer.shape is Shape.FOLDER:
        raise UsageError(f"{name} is a folder of files; name it: -o {name}/")
    if out is None and not writer.text and is_terminal():
        raise UsageError(f"{name} is nothing to read on a screen; name a file: -o records{writer.suffix}")


def _holds(writer: Writer, out: str) -> bool:
    """Whether the file *out* may hold several records."""
    return writer.shape is Shape.MANY or (writer.shape is Shape.LINES and out.endswith(".jsonl"))


class _Run(NamedTuple):
    """One run of the command."""

    name: str
    writer: Writer
    options: Options
    inputs: Inputs
    reading: Reading
    running: Running
    tally: Tally
    debug: bool

    def together(self) -> Iterator[bytes]:
        """The pieces of one file with all records; none where no record could be read."""
        assert self.writer.write is not None
        documents = self._documents()
        for first in documents:  # what is written before the first record is written only if there is one
            yield b""  # the file is there then, also when there is nothing to say of any of them
            return (yield from self.writer.write(chain((first,), documents), self.options))

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The pieces of the files of one folder with all records; none where no record could be read."""
        assert self.writer.files is not None
        documents = self._documents()
        for first in documents:
            return (yield from self.writer.files(chain((first,), documents), self.options))

    def apart(self, folder: str, force: bool) -> int:
        """Write a file for each record into *folder*; the exit code."""
        paths = targets_in(folder, self.inputs.files, self.writer.suffix)
        alone = frozenset(path for path, target in paths.items() if not _holds(self.writer, target))

        def use(file: Input, made: tuple[bytes, Notes]) -> None:
            data, notes = made
            _say(notes)
            with writing(paths[file.path], self.inputs.files, force) as pen:
                pen(data)

        work = partial(_written, self.name, self.options, self.reading, alone)
        return for_each(self.inputs, work, use, debug=self.debug, running=self.running)

    def _documents(self) -> Iterator[Document]:
        work = partial(read_documents, self.name, self.reading)
        found = worked(
            self.inputs, work, self.tally, debug=self.debug, running=self.running, progress=not is_terminal()
        )
        for _, (documents, notes) in found:
            _say(notes)
            yield from documents


def _written(
    name: str, options: Options, reading: Reading, alone: AbstractSet[str], file: Input
) -> tuple[bytes, Notes]:
    """The bytes of the file for one record, or for the records in one file. Raises MinutesError."""
    documents, notes = read_documents(name, reading, file)
    if len(documents) > 1 and file.path in alone:
        raise UsageError(f"{file.path}: {len(documents):,} records, and {name} holds one a file")
    write = WRITERS[name].write
    assert write is not None
    return b"".join(write(documents, options)), notes


def read_documents(name: str, reading: Reading, file: Input) -> tuple[tuple[Document, ...], Notes]:
    """The document of a record, or those in a file that ``export`` wrote as JSON; and what to say of them.

    Raises MinutesError where the format *name* cannot hold them.
    """
    writer, raw = WRITERS[name], read_bytes(file.path)
    if is_result(raw):
        documents = read_results(raw, file.path)
    else:
        documents = (reading.understand(understand(file.path, raw, reading.encoding)).document,)
    notes = []
    for document in documents:
        if writer.from_text:
            needs_text(document, name)
        if not (writer.turns or is_whole(document)):
            raise UsageError(f"{file.path}: rows of turns, and {name} holds more of a record; name the record")
        if writer.turns and not document.turns:
            notes.append(f"{file.path}: no turns in it ({document.kind.value}), so nothing to write as {name}")
    return documents, tuple(notes)


def _say(notes: Notes) -> None:
    for words in notes:
        message(words)
