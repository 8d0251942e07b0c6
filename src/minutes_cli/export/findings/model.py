"""What the writers of findings are given, and what a writer is."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from minutes_cli.check.model import Reported, Row


class Report(NamedTuple):
    """What ``minutes check`` found.

    ``findings`` come sorted by path and place, and may come only once; ``files`` are the paths that were checked, in
    order; ``rules`` those that ran. ``errors`` says what could not be checked, a line each, with its path.
    """

    findings: Iterable[Reported]
    files: tuple[str, ...] = ()
    rules: tuple[Row, ...] = ()
    errors: tuple[str, ...] = ()
    version: str = ""


class Writer(NamedTuple):
    """One format: ``write`` makes the pieces of its file, ``about`` is one line of help."""

    about: str
    write: Callable[[Report], Iterator[bytes]]
