"""Files -> Source: the only code that opens a record and the only code that decodes bytes."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from minutes_cli.errors import IngestError
from minutes_cli.ingest.find import STDIN, find_files
from minutes_cli.ingest.formats import PACKED_SUFFIXES, SUFFIXES, format_of

if TYPE_CHECKING:  # a search that finds its files in the index reads none of them
    from minutes_cli.model import Source

MAX_BYTES = 100_000_000
"""Bytes in the largest record. Parsing takes about 7 bytes of memory for each of them, and 11 with --json (measured on
verbatim records of 10 and 40 MB); a year of the largest assemblies has less than a tenth. Very short lines take more,
which text.MAX_LINES limits."""

__all__ = [
    "MAX_BYTES",
    "PACKED_SUFFIXES",
    "STDIN",
    "SUFFIXES",
    "find",
    "is_text",
    "read",
    "read_bytes",
    "read_text",
    "understand",
]


def find(paths: Iterable[str], on_error: Callable[[IngestError], None] | None = None) -> Iterator[str]:
    """The files behind *paths* (files, folders, patterns, ``-``); see :func:`find.find_files`."""
    return find_files(paths, SUFFIXES, on_error)


def read(path: str, encoding: str | None = None) -> Source:
    """Read one file, or standard input for ``-``. Raises IngestError."""
    return understand(path, read_bytes(path), encoding)


def understand(path: str, raw: bytes, encoding: str | None = None, *, digest: bool = True) -> Source:
    """The Source in the bytes *raw* of the file *path*. Raises IngestError.

    Who does not ask for the *digest* may get a Source without its SHA-256.
    """
    found = format_of(raw, path)
    if found.is_text and not digest:
        from minutes_cli.ingest import text

        return text.read(raw, path, encoding, digest=False)
    return found.read(raw, path, encoding)


def is_text(path: str, raw: bytes) -> bool:
    """Whether the text of the file *path* is its bytes *raw*, decoded."""
    return format_of(raw, path).is_text


def read_text(path: str, raw: bytes, encoding: str | None = None) -> str:
    """The text in the bytes *raw* of the file *path*, without the rest of its Source. Raises IngestError."""
    if encoding is None and raw.isascii() is False and b"\0" not in raw and is_text(path, raw):
        try:
            return raw.decode("utf-8").removeprefix("\ufeff")  # nearly all files, and all that this asks of them
        except UnicodeDecodeError:
            pass  # one of the encodings that are tried below
    return understand(path, raw, encoding).text


def read_bytes(path: str) -> bytes:
    """The bytes of one file, or of standard input for ``-``. Raises IngestError."""
    if path == STDIN:
        return _standard_input()
    if "://" in str(path):
        from minutes_cli.ingest.remote import read_remote

        return read_remote(path, MAX_BYTES, _too_large)
    try:
        with open(_open(path), "rb") as file:
            return _whole(path, file)
    except OSError as e:
        raise IngestError(_words(path, e)) from None


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise IngestError("-: standard input is closed")
    raw = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise IngestError(f"-: more than {_megabytes(MAX_BYTES)}, the most that one record may have; {_DIVIDE}")
    return raw


#: A regular file that holds more than it says is one that grows, or one of those that a system makes up.
_SPARE = 65_536
_DIVIDE = "is it one record? else divide it into files of one meeting each"


def _whole(path: str, file: BinaryIO) -> bytes:
    """All of *file*. Raises IngestError, before anything is read, where it is too large; and where it changes."""
    before = os.fstat(file.fileno())
    if before.st_size > MAX_BYTES:
        raise IngestError(f"{path}: {_too_large(before.st_size)}")
    most_read = before.st_size + _SPARE
    raw = file.read(most_read)
    after = os.fstat(file.fileno())
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    if not same or len(raw) == most_read or len(raw) < before.st_size:
        raise IngestError(f"{path}: changed while it was read; run it again when nobody writes to it")
    return raw


def _too_large(size: int) -> str:
    return f"{_megabytes(size)}, and one record may have {_megabytes(MAX_BYTES)} at most; {_DIVIDE}"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"


#: Opening a FIFO or a device may wait for ever, unless it is said not to; Windows has neither.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def _open(path: str) -> int:
    """Open *path*, if it is a regular file, and return its descriptor."""
    try:
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as e:
        if os.path.isdir(path):  # Windows opens none
            raise IngestError(f"{path}: a folder, not a file") from None
        raise IngestError(_words(path, e)) from None
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return descriptor
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise IngestError(f"{path}: a folder, not a file")
    raise IngestError(f"{path}: not a regular file (a pipe or a device); pipe its content in and give -")


def _words(path: str, error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"{path}: no such file; check the name and the folder"
    if isinstance(error, PermissionError):
        return f"{path}: no permission to read it; ask its owner or check its mode"
    return f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})"
