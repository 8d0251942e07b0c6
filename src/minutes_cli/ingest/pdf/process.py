"""The pages of a PDF as :mod:`.glyphs` gives them, which runs in a process of its own so that it may fail there."""

from __future__ import annotations

import subprocess
import sys
from array import array
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import IO, Any, NamedTuple

from minutes_cli.errors import IngestError

MAX_PAGES = 10_000
"""Pages in the longest PDF. A year of the largest assemblies has about 4,000; a tree of pages that leads back to itself
has as many as it likes."""

MAX_GLYPHS = 100_000
"""Glyphs on the fullest page. A page of a newspaper has 15,000."""

MAX_MEMORY = 900_000_000
"""Bytes of memory for the library that reads the PDF; it takes about 100 MB and twice the file."""

__all__ = ["MAX_GLYPHS", "MAX_MEMORY", "MAX_PAGES", "PageGlyphs", "glyph_pages"]

_FAULTS = {
    "password": "needs a password; save it without one, with the program that opens it",
    "locked": "protected in a way that cannot be read here; save it without protection, with the program that opens it",
    "damaged": "a damaged PDF; open it in a program that shows PDF, and save or print it as a PDF from there",
}


class PageGlyphs(NamedTuple):
    """One page as it is shown, and every glyph of it in the order of the file; places in hundredths of a point.

    ``characters`` are code points, 0 where the font does not say which. ``directions``: 0 to the right, 1 down, 2 to
    the left, 3 up, 4 any other. ``shared`` is 1 for a letter that shares a glyph with the one before (a ligature).
    ``fault`` says why a page could not be read (``damaged``, ``crowded``), then there are no glyphs.
    """

    width: int = 0
    height: int = 0
    characters: array[int] = array("i")
    lefts: array[int] = array("i")
    tops: array[int] = array("i")
    rights: array[int] = array("i")
    bottoms: array[int] = array("i")
    sizes: array[int] = array("i")
    directions: array[int] = array("i")
    shared: array[int] = array("i")
    images: int = 0
    drawn: int = 0
    notes: int = 0
    fault: str | None = None


def glyph_pages(raw: bytes, name: str) -> Iterator[PageGlyphs]:
    """The pages of the PDF *raw*, one after the other.

    Raises IngestError where it cannot be opened, and where reading it would take too long, too much memory or more than
    MAX_PAGES; ModuleNotFoundError where pypdfium2 is missing.
    """
    if find_spec("pypdfium2") is None:
        raise ModuleNotFoundError("No module named 'pypdfium2'", name="pypdfium2")
    program = Path(__file__).with_name("glyphs.py")
    limits = map(str, (MAX_PAGES, MAX_GLYPHS, MAX_MEMORY + 2 * len(raw)))
    # -P: else the files beside the program would stand for modules of Python with the same name
    process = subprocess.Popen(
        [sys.executable, "-P", str(program), *limits],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None and process.stdout is not None
    feeding = Thread(target=_feed, args=(process.stdin, raw), daemon=True)
    feeding.start()
    try:
        yield from _pages(process.stdout, name)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        feeding.join()


def _feed(pipe: IO[bytes], raw: bytes) -> None:
    with suppress(BrokenPipeError, OSError), pipe:  # it may end before it has read everything
        pipe.write(raw)


def _pages(answers: IO[bytes], name: str) -> Iterator[PageGlyphs]:
    import orjson

    def answer() -> dict[str, Any] | None:
        line = answers.readline()
        found: dict[str, Any] | None = orjson.loads(line) if line.endswith(b"\n") else None
        return found

    first = answer()
    if first is None:
        raise IngestError(f"{name}: {_GAVE_UP.format(where='while it was opened')}")
    if "fault" in first:
        raise IngestError(f"{name}: {_FAULTS[first['fault']]}")
    pages = first["pages"]
    if pages > MAX_PAGES:
        raise IngestError(
            f"{name}: {pages:,} pages, and one record may have {MAX_PAGES:,} at most; "
            "is it one record? else divide it into files of one meeting each"
        )
    for number in range(1, pages + 1):
        found = answer()
        if found is None:
            raise IngestError(f"{name}: {_GAVE_UP.format(where=f'on page {number:,} of {pages:,}')}")
        yield _page(found)


_GAVE_UP = (
    "a PDF that takes too much time or memory {where}, or is damaged there; open it in a program that shows PDF, and "
    "save or print it as a PDF from there"
)


def _page(found: dict[str, Any]) -> PageGlyphs:
    width, height = found.get("size", (0, 0))
    numbers = array("i", found.get("glyphs", ()))
    characters, lefts, tops, rights, bottoms, sizes, directions, shared = (numbers[i::8] for i in range(8))
    return PageGlyphs(
        width,
        height,
        characters,
        lefts,
        tops,
        rights,
        bottoms,
        sizes,
        directions,
        shared,
        images=found.get("images", 0),
        drawn=found.get("drawn", 0),
        notes=found.get("notes", 0),
        fault=found.get("fault"),
    )
