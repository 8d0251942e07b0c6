"""From what stands on the command line to files: folders are walked, patterns expanded."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator

from minutes_cli.errors import IngestError
from minutes_cli.ingest.binary import NOT_YET

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
        if path == STDIN or os.path.isfile(path):
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
    unread: set[str] = set()
    for folder in _folders(top, report):
        for name in _names(folder, report):
            path = os.path.join(folder, name)
            if name.startswith(".") or os.path.isdir(path):
                continue
            suffix = os.path.splitext(name)[1].lower()
            if suffix in suffixes:
                found += 1
                yield path
            elif suffix in NOT_YET:
                unread.add(suffix)
    if not found and os.access(top, os.R_OK):
        also = f"; {', '.join(sorted(unread))} cannot be read yet" if unread else ""
        report(IngestError(f"{top}: no records in this folder (looked for {', '.join(suffixes)}){also}"))


def _folders(top: str, report: Callable[[IngestError], None]) -> Iterator[str]:
    """*top* and all folders below it, in sorted order, each once."""
    seen: set[tuple[int, int]] = set()
    todo = [top]
    while todo:
        folder = todo.pop()
        try:
            identity = os.stat(folder)
        except OSError as e:
            report(IngestError(f"{folder}: {e.strerror}"))
            continue
        if (identity.st_dev, identity.st_ino) in seen:
            continue
        seen.add((identity.st_dev, identity.st_ino))
        yield folder
        below = [os.path.join(folder, n) for n in _names(folder, None) if not n.startswith(".")]
        todo += [path for path in reversed(below) if os.path.isdir(path)]


def _names(folder: str, report: Callable[[IngestError], None] | None) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError as e:
        if report:
            report(IngestError(f"{folder}: cannot look into this folder ({e.strerror}); check its permissions"))
        return []


def _expand(pattern: str) -> list[str]:
    """Paths that match, sorted. ``**/`` stands for any folders, without the endless ones of link loops."""
    from glob import escape, glob  # few command lines hold patterns

    base, deep, rest = pattern.partition("**/")
    if not deep:
        return sorted(glob(pattern))
    hits: set[str] = set()
    for top in sorted(glob(base)) if base else ["."]:
        for folder in _folders(top, lambda _: None):
            inside = "" if folder == "." else os.path.join(escape(folder.removeprefix("./")), "")
            hits.update(_expand(inside + rest))
    return sorted(hits)
