"""The folder that a dataset lies in: on this machine, or wherever fsspec reaches (``s3://bucket/dataset``).

A file appears there whole or not at all: it is written on this machine under another name first.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, NamedTuple

from minutes_cli.errors import OutputError

__all__ = ["KEEPING", "Place", "is_url", "place_of"]

KEEPING = "_minutes"
"""The folder in a dataset for what is no data; readers of datasets leave out names that begin with _."""


def is_url(path: str) -> bool:
    """Whether *path* is for fsspec."""
    return "://" in path


def place_of(path: str) -> Place:
    """The folder *path*, which may be a URL; one of this machine is none."""
    if not is_url(path):
        return Place(path)
    from minutes_cli.ingest.remote import local_path

    return Place(local_path(path) or path)


class Place(NamedTuple):
    """A folder; names in it have ``/`` between their parts."""

    root: str

    def path(self, name: str) -> str:
        """Where *name* is, as libraries take it."""
        return f"{self.root.rstrip('/')}/{name}" if is_url(self.root) else os.path.join(self.root, *name.split("/"))

    def names(self, below: str = "") -> list[str]:
        """All files in the folder *below* and its folders, sorted; none where there is no such folder."""
        if is_url(self.root):
            from minutes_cli.ingest.remote import listed

            head = f"{below}/" if below else ""
            return [head + name for name in listed(self.path(below) if below else self.root)]
        whole = self.path(below) if below else self.root
        return sorted(
            os.path.relpath(os.path.join(folder, name), self.root).replace(os.sep, "/")
            for folder, _, names in os.walk(whole)
            for name in names
        )

    def has(self, name: str) -> bool:
        """Whether the file *name* is there. Raises UsageError for a URL that cannot be asked."""
        if is_url(self.root):
            from minutes_cli.ingest.remote import is_there

            return is_there(self.path(name))
        return os.path.isfile(self.path(name))

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where there is none. Raises OutputError."""
        try:
            with self.open(name) as stream:
                data: bytes = stream.read()
                return data
        except FileNotFoundError:
            return None
        except OSError as e:
            raise OutputError(f"{self.path(name)}: cannot be read ({e.strerror or e})") from None

    def open(self, name: str) -> IO[bytes]:
        """The file, for reading. Raises OSError."""
        if is_url(self.root):
            system, path = _system(self.path(name))
            stream: IO[bytes] = system.open(path, "rb")
            return stream
        return open(self.path(name), "rb")

    def open_native(self, name: str) -> Any:
        """As :meth:`open`, for pyarrow. Not mapped into memory: whole pages around what is read would count as used."""
        if is_url(self.root):
            return self.open(name)
        import pyarrow as pa

        return pa.OSFile(self.path(name))

    @contextmanager
    def writing(self, name: str) -> Iterator[str]:
        """A path to write to; when the block ends well, what is there becomes the file *name*. Raises OutputError."""
        path = self.path(name)
        try:
            if is_url(self.root):
                from minutes_cli.ingest.remote import put

                with tempfile.TemporaryDirectory(prefix="minutes-") as folder:
                    temporary = os.path.join(folder, "file")
                    yield temporary
                    put(path, temporary)
                return
            temporary = self.path(f"{KEEPING}/unfinished-{os.getpid()}")
            os.makedirs(os.path.dirname(temporary), exist_ok=True)
            try:
                yield temporary
                os.makedirs(os.path.dirname(path), exist_ok=True)
                os.replace(temporary, path)
            finally:
                with suppress(FileNotFoundError):
                    os.unlink(temporary)
        except OSError as e:
            raise OutputError(f"{path}: cannot write ({e.strerror or e})") from None

    def write(self, name: str, data: bytes) -> None:
        """Put *data* into the file *name*, in place of what is there. Raises OutputError."""
        with self.writing(name) as path, open(path, "wb") as stream:
            stream.write(data)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there, and the folders that are empty then."""
        if is_url(self.root):
            system, path = _system(self.path(name))
            with suppress(FileNotFoundError):
                system.rm_file(path)
            return
        with suppress(FileNotFoundError):
            os.unlink(self.path(name))
        folder = name
        while "/" in folder:
            folder = folder.rpartition("/")[0]
            try:
                os.rmdir(self.path(folder))
            except OSError:  # it holds other files, or is gone
                return


def _system(url: str) -> tuple[Any, str]:
    """The driver for *url*, and the path in it. Raises IngestError."""
    from minutes_cli.ingest.remote import system_of

    return system_of(url)
