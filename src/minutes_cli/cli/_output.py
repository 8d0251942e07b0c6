"""Where results go (``-o``): stdout, one file, or a folder with one file per record.

A file appears whole or not at all: it is written under another name and then renamed.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import BinaryIO, Protocol

from minutes_cli.cli._files import Input, Inputs
from minutes_cli.cli._print import write_data
from minutes_cli.errors import MinutesError, OutputError, UsageError
from minutes_cli.ingest import PACKED_SUFFIXES, STDIN

_IS_THERE = "exists already; --force overwrites it"
_IS_READ = "is one of the records to read; choose another name for the output"


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
    elif means_folder(out, inputs):
        targets = targets_in(out, inputs.files, suffix)

        def into_folder(file: Input, data: bytes) -> None:
            with writing(targets[file.path], inputs.files, force) as write:
                write(data)

        yield into_folder
    else:
        with writing(out, inputs.files, force) as write:
            yield lambda file, data: write(data)


def means_folder(out: str, inputs: Inputs, *, together: bool | None = None) -> bool:
    """Whether ``-o`` *out* is a folder with a file for each record.

    *together*: whether one file can hold several; by default one can whose name ends in ``.jsonl``. Raises UsageError
    where several records are to go into a file that holds one.
    """
    if out.endswith(("/", os.sep)) or os.path.isdir(out):
        return True
    together = out.endswith(".jsonl") if together is None else together
    if not inputs.several or (together and os.path.splitext(out)[1]):
        return False
    if os.path.splitext(out)[1] or os.path.exists(out):
        raise UsageError(f"{out}: several records need a folder ({os.path.splitext(out)[0]}/) or a .jsonl file")
    return True


def targets_in(folder: str, files: Sequence[Input], suffix: str | None) -> dict[str, str]:
    """Input path -> path of its result. a.txt and a.md in one folder become a.txt.json and a.md.json.

    Records of one name out of several folders keep these: a/record.txt and b/record.txt become a/record.json and
    b/record.json. Raises UsageError where names are still the same.
    """
    names = _names({f.path: f.relative for f in files}, suffix)
    if len(set(names.values())) < len(files) and len({f.path for f in files}) == len(files) > 1:
        names = _names(_below_all(files), suffix)
    for name, times in Counter(names[f.path] for f in files).items():
        if times > 1:
            raise UsageError(f"{name}: {times} records would be written to this name; give their folder instead")
    return {path: os.path.join(folder, name) for path, name in names.items()}


def _names(relative: Mapping[str, str], suffix: str | None) -> dict[str, str]:
    short = {p: _kept(name) if suffix is None else os.path.splitext(name)[0] + suffix for p, name in relative.items()}
    uses = Counter(short.values())
    return {path: name if uses[name] == 1 else relative[path] + (suffix or "") for path, name in short.items()}


def _below_all(files: Sequence[Input]) -> dict[str, str]:
    """Every path, from the deepest folder that holds all of them."""
    whole = {f.path: os.path.abspath(f.path) for f in files}
    top = os.path.commonpath([os.path.dirname(path) for path in whole.values()])
    return {path: os.path.relpath(absolute, top) for path, absolute in whole.items()}


def _kept(name: str) -> str:
    """The name of the corrected text of a record: that of the record, and behind that of a PDF or the like ``.txt``."""
    return name + ".txt" if os.path.splitext(name)[1].lower() in PACKED_SUFFIXES else name


@contextmanager
def writing(path: str, files: Sequence[Input], force: bool) -> Iterator[Pen]:
    """A pen for *path*. A new file appears there only when the block ends well and something was written."""
    if "://" in path:
        with _writing_remote(path, files, force) as pen:
            yield pen
        return
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


@contextmanager
def _writing_remote(url: str, files: Sequence[Input], force: bool) -> Iterator[Pen]:
    from minutes_cli.ingest.remote import is_there, writing_remote

    if any(file.path == url for file in files):
        raise UsageError(f"{url}: {_IS_READ}")
    if not force and is_there(url):
        raise UsageError(f"{url}: {_IS_THERE}")
    pen: Pen | None = None
    with writing_remote(url, lambda: pen is not None and pen.used) as stream:
        pen = Pen(url, stream)
        yield pen


@contextmanager
def writing_folder(path: str, force: bool) -> Iterator[Callable[[str, bytes], None]]:
    """Takes pieces of the files of a new folder *path*, which appears there only when the block ends well.

    With *force* it takes the place of a folder that is there, whole; never of one that holds other files than it gets.
    """
    if "://" in path:
        raise UsageError(f"{path}: this format is a folder whose files belong together; write it to a disk and copy it")
    whole = os.path.realpath(path)
    if os.path.exists(whole) and not os.path.isdir(whole):
        raise UsageError(f"{path}: a file, and this format needs a folder; choose another name")
    there = _files_below(whole)
    if there and not force:
        raise UsageError(f"{path}: {_IS_THERE}")
    temporary = _beside(whole)
    written: set[str] = set()
    try:
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        try:
            os.mkdir(temporary)

            def into(name: str, data: bytes) -> None:
                target = os.path.join(temporary, name)
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with open(target, "ab") as stream:
                    stream.write(data)
                written.add(os.path.normpath(name))

            yield into
            if others := sorted(there - written):
                raise UsageError(f"{path}: holds other files ({others[0]}, …); choose a folder of its own")
            if written:
                if os.path.isdir(whole):
                    shutil.rmtree(whole)
                os.replace(temporary, whole)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    except OSError as e:
        raise OutputError(f"{path}: cannot write ({e.strerror})") from None


def _files_below(folder: str) -> set[str]:
    return {os.path.relpath(os.path.join(top, name), folder) for top, _, names in os.walk(folder) for name in names}


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
        raise UsageError(f"{path}: {_IS_READ}")
    if not force and stat.S_ISREG(os.stat(path).st_mode):
        raise UsageError(f"{path}: {_IS_THERE}")
