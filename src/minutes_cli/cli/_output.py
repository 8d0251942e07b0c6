"""Where results go (``-o``): stdout, one file, or a folder with one file per record.

A file appears whole or not at all: it is written under another name and then renamed.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import BinaryIO, Protocol

from minutes_cli.cli._files import Input, Inputs
from minutes_cli.cli._print import write_data
from minutes_cli.errors import MinutesError, OutputError, UsageError
from minutes_cli.ingest import STDIN


class Sink(Protocol):
    """Takes the result of one record at a time."""

    def __call__(self, file: Input, data: bytes) -> None: ...


@contextmanager
def output(out: str | None, inputs: Inputs, suffix: str | None, *, force: bool) -> Iterator[Sink]:
    """The place that ``-o`` *out* means, for results that end in *suffix*, or in a folder keep their names (None).

    A folder when *out* ends with a slash, is one already, or several records come in and *out* does not
    end in ``.jsonl``. Raises UsageError (exists, is an input, …) and OutputError.
    """
    if out is None or out == STDIN:
        yield lambda file, data: write_data(data)
    elif _means_folder(out, inputs):
        targets = _targets(out, inputs.files, suffix)

        def into_folder(file: Input, data: bytes) -> None:
            with writing(targets[file.path], inputs.files, force) as write:
                write(data)

        yield into_folder
    else:
        with writing(out, inputs.files, force) as write:
            yield lambda file, data: write(data)


def _means_folder(out: str, inputs: Inputs) -> bool:
    if out.endswith(("/", os.sep)) or os.path.isdir(out):
        return True
    if not inputs.several or out.endswith(".jsonl"):
        return False
    if os.path.splitext(out)[1] or os.path.exists(out):
        raise UsageError(f"{out}: several records need a folder ({os.path.splitext(out)[0]}/) or a .jsonl file")
    return True


def _targets(folder: str, files: Sequence[Input], suffix: str | None) -> dict[str, str]:
    """Input path -> path of its result. a.txt and a.md in one folder become a.txt.json and a.md.json."""
    short = {f.path: f.relative if suffix is None else os.path.splitext(f.relative)[0] + suffix for f in files}
    uses = Counter(short.values())
    long = {f.path: f.relative + (suffix or "") for f in files}
    names = {path: name if uses[name] == 1 else long[path] for path, name in short.items()}
    for name, times in Counter(names.values()).items():
        if times > 1:
            raise UsageError(f"{name}: {times} records would be written to this name; give their folder instead")
    return {path: os.path.join(folder, name) for path, name in names.items()}


@contextmanager
def writing(path: str, files: Sequence[Input], force: bool) -> Iterator[Pen]:
    """A pen for *path*. A new file appears there only when the block ends well and something was written."""
    _refuse(path, files, force)
    try:
        if os.path.exists(path) and not stat.S_ISREG(os.stat(path).st_mode):
            # /dev/stdout, a named pipe: there is nothing to rename, and a device must not be replaced.
            with open(path, "wb") as stream:
                yield Pen(path, stream)
            return
        path = os.path.realpath(path)  # through a link, not in place of it
        os.makedirs(os.path.dirname(path), exist_ok=True)
        temporary = _beside(path)
        try:
            with open(temporary, "xb") as stream:
                pen = Pen(path, stream)
                yield pen
            if pen.used:  # else its record could not be read: no empty file in place of an old result
                os.replace(temporary, path)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
    except BrokenPipeError:
        raise
    except OSError as e:
        raise OutputError(f"{path}: cannot write ({e.strerror})") from None


def rewrite(path: str, data: bytes, backup: str | None) -> None:
    """Put *data* in place of what the file *path* holds; a copy of that stays beside it, named with suffix *backup*.

    Raises MinutesError; the file is then as it was.
    """
    if path == STDIN:
        raise UsageError("-: standard input cannot be corrected in place; leave --in-place out")
    whole = os.path.realpath(path)  # through a link, not in place of it
    temporary = _beside(whole)
    try:
        if backup is not None:
            _copy(path, path + backup)
        try:
            with open(temporary, "xb") as stream:
                stream.write(data)
            shutil.copymode(whole, temporary)
            os.replace(temporary, whole)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
    except OSError as e:
        raise MinutesError(f"{path}: cannot be written in place ({e.strerror}); it is as it was") from None


def _beside(path: str) -> str:
    return os.path.join(os.path.dirname(path), f".minutes-{os.getpid()}.tmp")


def _copy(path: str, copy: str) -> None:
    try:
        with open(copy, "xb") as new, open(path, "rb") as old:
            shutil.copyfileobj(old, new)
    except FileExistsError:
        raise UsageError(f"{copy}: exists already; move it away first") from None
    shutil.copystat(path, copy)


class Pen:
    """Writes to one file and knows whether it did."""

    def __init__(self, path: str, stream: BinaryIO) -> None:
        self.path = path
        self.stream = stream
        self.used = False

    def __call__(self, data: bytes) -> None:
        self.used = True
        try:
            self.stream.write(data)
        except BrokenPipeError:
            raise
        except OSError as e:
            raise OutputError(f"{self.path}: cannot write ({e.strerror})") from None


def _refuse(path: str, files: Sequence[Input], force: bool) -> None:
    if not os.path.exists(path):
        return
    if any(f.path != STDIN and os.path.exists(f.path) and os.path.samefile(f.path, path) for f in files):
        raise UsageError(f"{path}: is one of the records to read; choose another name for the output")
    if not force and stat.S_ISREG(os.stat(path).st_mode):
        raise UsageError(f"{path}: exists already; --force overwrites it")
