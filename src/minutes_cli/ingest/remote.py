"""Records that a URL names (``s3://…``, ``file://…``): found, measured, read and written through fsspec.

fsspec and the driver for the kind of URL are loaded only when one is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from minutes_cli.errors import IngestError, MinutesError, OutputError, UsageError

__all__ = [
    "find_remote",
    "is_there",
    "listed",
    "local_path",
    "put",
    "read_remote",
    "size_of_remote",
    "state_of_remote",
    "system_of",
    "writing_remote",
]

_MAGIC = frozenset("*?[")
#: In these a question mark is no pattern, and there are no folders.
_WEB = ("http://", "https://")
#: What listings have told already, in bytes: asking for each file would take a way to the server and back.
_sizes: dict[str, int] = {}


def find_remote(url: str, suffixes: Collection[str], report: Callable[[IngestError], None]) -> Iterator[str]:
    """The files behind *url* as URLs: the file itself, a folder walked, or a pattern expanded; as on a disk."""
    if url.startswith(_WEB):
        yield url
        return
    try:
        system, path = system_of(url)
        kind = _kind(system, path)
        if kind == "directory":
            found = _listed(url, path, system.find(path, detail=True))
        elif kind is None and _MAGIC.intersection(path):
            yield from _matches(url, system, path, suffixes, report)
            return
        else:
            yield url  # missing: reading it gives the fault its words
            return
    except IngestError as e:
        report(e)
        return
    except Exception as e:  # every driver has faults of its own
        report(IngestError(f"{url}: cannot be looked into ({_one_line(e)}); check address and credentials"))
        return
    some = [file for file in found if os.path.splitext(file)[1].lower() in suffixes]
    yield from some
    if not some:
        report(IngestError(f"{url}: no records in this folder (looked for {', '.join(suffixes)})"))


def read_remote(url: str, most: int, too_large: Callable[[int], str]) -> bytes:
    """The bytes of one file. Raises IngestError, before anything is read where it has more than *most* bytes."""
    try:
        system, path = system_of(url)
        told = system.info(path)
        if told["type"] == "directory":
            raise IngestError(f"{url}: a folder, not a file")
        size = told.get("size")
        if size is not None and size > most:
            raise IngestError(f"{url}: {too_large(size)}")
        raw = bytes(system.cat_file(path))
    except IngestError:
        raise
    except FileNotFoundError:
        raise IngestError(f"{url}: no such file; check the name and the folder") from None
    except PermissionError:
        raise IngestError(f"{url}: no permission to read it; check the credentials") from None
    except Exception as e:  # every driver has faults of its own
        raise IngestError(f"{url}: cannot be read ({_one_line(e)})") from None
    if size is not None and len(raw) != size:
        raise IngestError(f"{url}: changed while it was read; run it again when nobody writes to it")
    if len(raw) > most:
        raise IngestError(f"{url}: {too_large(len(raw))}")
    return raw


def size_of_remote(url: str) -> int:
    """Bytes of the file, 0 where that cannot be told: reading it tells why."""
    if url not in _sizes:
        try:
            system, path = system_of(url)
            _sizes[url] = system.size(path) or 0
        except Exception:  # every driver has faults of its own
            return 0
    return _sizes[url]


def is_there(url: str) -> bool:
    """Whether *url* names a file. Raises UsageError."""
    try:
        system, path = system_of(url)
        return _kind(system, path) == "file"
    except IngestError as e:
        raise UsageError(str(e)) from None
    except Exception as e:  # every driver has faults of its own
        raise UsageError(f"{url}: cannot be looked for ({_one_line(e)}); check address and credentials") from None


@contextmanager
def writing_remote(url: str, used: Callable[[], bool]) -> Iterator[BinaryIO]:
    """A stream whose bytes go to *url* as a whole when the block ends well and *used* says that there are any.

    Until then they are in a temporary file. Raises UsageError where there is no driver, and OutputError.
    """
    try:
        system_of(url)
    except MinutesError as e:
        raise UsageError(str(e)) from None
    with TemporaryDirectory(prefix="minutes-") as folder:
        local = os.path.join(folder, "output")
        with open(local, "xb") as stream:
            yield stream
        if used():
            put(url, local)


def put(url: str, local: str) -> None:
    """Make the file *local* what *url* names; in a store of objects it is there at once. Raises OutputError."""
    try:
        system, path = system_of(url)
        with suppress(NotImplementedError):  # stores of objects have no folders
            system.makedirs(os.path.dirname(path), exist_ok=True)
        system.put_file(local, path)
    except Exception as e:  # every driver has faults of its own
        raise OutputError(f"{url}: cannot write ({_one_line(e)})") from None


def state_of_remote(url: str) -> str | None:
    """A word that changes when the file does, beginning with its size and ``-``; None where it cannot be had."""
    try:
        system, path = system_of(url)
        return f"{system.size(path)}-{system.ukey(path)}"
    except Exception:  # every driver has faults of its own; reading it tells which
        return None


def listed(url: str) -> list[str]:
    """All files below *url*, sorted, as paths below it; none where there is nothing. Raises OutputError."""
    try:
        system, path = system_of(url)
        system.invalidate_cache()  # others write what this process has not heard of
        top = path.rstrip("/") + "/"
        return sorted(str(name).removeprefix(top) for name in system.find(top))
    except FileNotFoundError:
        return []
    except Exception as e:  # every driver has faults of its own
        raise OutputError(f"{url}: cannot be looked into ({_one_line(e)}); check address and credentials") from None


def local_path(url: str) -> str | None:
    """The path on this machine that a URL of the kind ``file://`` names; None for all others."""
    if not url.startswith(("file://", "local://")):
        return None
    return system_of(url)[1]


def system_of(url: str) -> tuple[Any, str]:
    """The driver for *url*, and the path in it. Raises IngestError."""
    try:
        from fsspec.core import url_to_fs
        from fsspec.registry import known_implementations
    except ImportError:
        raise IngestError(
            f"{url}: URLs need fsspec, which is not installed; minutes-cli[cluster] brings it: "
            "pip install '.[cluster]' where minutes is checked out"
        ) from None
    kind = url.partition("://")[0]
    try:
        system, path = url_to_fs(url)
    except ImportError as e:
        package = known_implementations.get(kind, {}).get("class", "fsspec").partition(".")[0]
        what = f"needs {package}, which is not installed: pip install {package}"
        raise IngestError(f"{url}: {kind}:// {what if package != 'fsspec' else _one_line(e)}") from None
    except ValueError as e:
        known = "s3://, gs://, abfs://, file:// and what else fsspec knows"
        raise IngestError(f"{url}: not understood ({_one_line(e)}); there are {known}") from None
    return system, path


def _kind(system: Any, path: str) -> str | None:
    """``file``, ``directory``, or None where there is nothing."""
    try:
        return str(system.info(path)["type"])
    except FileNotFoundError:
        return None


def _matches(
    url: str, system: Any, path: str, suffixes: Collection[str], report: Callable[[IngestError], None]
) -> Iterator[str]:
    base = path[: path.rfind("/", 0, min(path.index(sign) for sign in _MAGIC.intersection(path))) + 1]
    whole = {name: told for name, told in system.glob(path, detail=True).items() if "/." not in "/" + name[len(base) :]}
    matches = sorted(whole)
    if not matches:
        report(IngestError(f"{url}: no file matches the pattern"))
    for name in matches:
        match = _url(url, path, name)
        if whole[name]["type"] == "directory":
            yield from find_remote(match, suffixes, report)
        else:
            _sizes[match] = whole[name].get("size") or 0
            yield match


def _listed(url: str, top: str, found: dict[str, dict[str, Any]]) -> list[str]:
    """The files that a listing holds, without hidden ones, folder by folder as those of a disk are walked."""
    places = []
    for name, told in found.items():
        parts = name[len(top.rstrip("/")) :].strip("/").split("/")
        if not any(part.startswith(".") for part in parts):
            order = [(1, part) for part in parts[:-1]] + [(0, parts[-1])]  # files stand before folders
            places.append((order, name, told))
    files = []
    for _, name, told in sorted(places, key=lambda place: place[0]):
        file = _url(url, top, name)
        _sizes[file] = told.get("size") or 0
        files.append(file)
    return files


def _url(url: str, path: str, name: str) -> str:
    """The URL of *name*, which was found below *path*, the path in *url*; written as *url* is."""
    head, chained, rest = url.partition("::")
    inside = path.strip("/")
    if inside and head.rstrip("/").endswith(inside):
        start = head.rstrip("/").removesuffix(inside)
        return start + name.lstrip("/") + chained + rest
    return head.partition("://")[0] + "://" + name + chained + rest


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
