"""What the table of formats is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from minutes_cli.model import Document

__all__ = ["Options", "Shape", "Writer"]


class Shape(StrEnum):
    """What a format puts into one file."""

    ONE = "one"  # a record
    LINES = "lines"  # a record; several, a line each, where the name of the file says so (.jsonl), and on stdout
    MANY = "many"  # one record or several
    FOLDER = "folder"  # one record or several in several files, which belong together


class Options(NamedTuple):
    """What the user asks of a format; one that has no use for an option refuses it (see Writer)."""

    columns: tuple[str, ...] = ()  # --columns; () for those that the format has by itself
    bom: bool = False  # --bom: a byte order mark before UTF-8, by which Excel knows it
    tokens: bool = False  # --tokens: the words of each turn


class Writer(NamedTuple):
    """One format.

    ``write`` takes documents as they come and gives the bytes of a file piece by piece, so that neither has to be in
    memory as a whole. For Shape.FOLDER ``files`` does, and gives the name of the file (``/`` parts folders) with each
    piece; the pieces of one file need not follow one another.

    ``suffix`` is for file names, ``about`` one line of help, ``text`` whether a terminal can show it. ``columns`` are
    the names that --columns may choose from, ``bom`` and ``tokens`` say whether these may be asked for; the command
    line refuses all else. ``needs`` are the packages that ``write`` imports and that not everybody has, ``extra`` the
    extra of ours that brings them. ``turns``: it holds nothing but turns, so that a record without any leaves nothing.
    ``from_text``: it takes the text of the record, which a document read from JSON does not have.
    """

    write: Callable[[Iterable[Document], Options], Iterator[bytes]] | None
    suffix: str
    shape: Shape
    about: str
    text: bool = True
    columns: tuple[str, ...] = ()
    bom: bool = False
    tokens: bool = False
    needs: tuple[str, ...] = ()
    extra: str | None = None
    turns: bool = False
    from_text: bool = False
    files: Callable[[Iterable[Document], Options], Iterator[tuple[str, bytes]]] | None = None
