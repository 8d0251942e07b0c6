"""From what stands on the command line to files: folders are walked, patterns expanded."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from minutes_cli.errors import IngestError

STDIN = "-"
#: A path that holds one of these may be a pattern.
_MAGIC = frozenset("*?[")


def find_files(
    paths: Iterable[str], suffixes: Collection[str], on_error: Callable[[IngestError], None] | None = None
) -> Iterator[str]:
    """The files behind *paths*, in their order: files as given, folders walked, patterns expanded.

    A folder gives the files with one of *suffixes*, sorted, without hidden ones; a link back to a folder
    already seen is not followed. ``-`` stays ``-``. Whether a file can be read shows when it is read.
    Faults (no match, a folder without records, an unreadable folder) go to *on_error*, and the search goes
    on; without it the first one is raised as IngestError.
    """
    report = on_error or _raise
    for path in paths:
        if "://" in path:
            from minutes_cli.ingest.remote import find_remote

            yield from find_remote(path, suffixes, report)
        elif path == STDIN or os.path.isfile(path):
            yield path
        elif os.path.isdir(path):
            yield from _walk(path, suffixes, report)
        elif _MAGIC.intersection(path) and not os.path.lexists(path):
            # The shell expands patterns, except that of Windows, and bash leaves ** alone.
            matches = _expand(path.replace(os.sep, "/"))
            if not matches:
                report(IngestError(f"{path}: no file matches the pattern"))
            for match in matches:
                yield from find_files([match], suffixes, report)
        else:
            yield path  # missing, a device …: reading it gives the fault its words


def _raise(error: IngestError) -> None:
    raise error


def _walk(top: str, suffixes: Collection[str], report: Callable[[IngestError], None]) -> Iterator[str]:
    found = 0
    for folder in _folders(top, report):
        for name in folder.files:
            dot = name.rfind(".")
            suffix = name[dot:].lower() if dot > 0 else ""
            if suffix in suffixes:
                found += 1
                yield os.path.join(folder.path, name)
    if not found and os.access(top, os.R_OK):
        report(IngestError(f"{top}: no records in this folder (looked for {', '.join(suffixes)})"))


class _Folder(NamedTuple):
    """A folder with the names in it that are not hidden, sorted."""

    path: str
    files: list[str]
    folders: list[str]


def _folders(top: str, report: Callable[[IngestError], None]) -> Iterator[_Folder]:
    """*top* and all folders below it, in sorted order, each once."""
    seen: set[tuple[int, int]] = set()
    todo = [top]
    while todo:
        path = todo.pop()
        try:
            identity = os.stat(path)
        except OSError as e:
            report(IngestError(f"{path}: {e.strerror}"))
            continue
        if (identity.st_dev, identity.st_ino) in seen:
            continue
        seen.add((identity.st_dev, identity.st_ino))
        folder = _look_into(path, report)
        yield folder
        todo += [os.path.join(path, name) for name in reversed(folder.folders)]


def _look_into(path: str, report: Callable[[IngestError], None]) -> _Folder:
    files: list[str] = []
    folders: list[str] = []
    try:
        with os.scandir(path) as entries:  # tells folders from files without asking for each
            for entry in entries:
                if not entry.name.startswith("."):
                    (folders if _is_folder(entry) else files).append(entry.name)
    except OSError as e:
        report(IngestError(f"{path}: cannot look into this folder ({e.strerror}); check its permissions"))
    return _Folder(path, sorted(files), sorted(folders))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself: what is wrong with it shows when it is read, and costs no other file
        return False


def _expand(pattern: str) -> list[str]:
    """Paths that match, sorted. ``**/`` stands for any folders, without the endless ones of link loops."""
    from glob import escape, glob  # few command lines hold patterns

    base, deep, rest = pattern.partition("**/")
    if not deep:
        return sorted(glob(pattern))
    hits: set[str] = set()
    for top in sorted(glob(base)) if base else ["."]:
        for folder in _folders(top, lambda _: None):
            inside = "" if folder.path == "." else os.path.join(escape(folder.path.removeprefix("./")), "")
            hits.update(_expand(inside + rest))
    return sorted(hits)
