"""minutes normalize --undo"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from minutes_cli.cli._files import Input, for_each, gather
from minutes_cli.cli._output import output
from minutes_cli.cli._place import New, Place
from minutes_cli.engine import Running
from minutes_cli.errors import UsageError
from minutes_cli.export.edits import Recorded, original_bytes, read_edits, recorded_for
from minutes_cli.ingest import read
from minutes_cli.model import Source


class _Undone(NamedTuple):
    original: bytes
    corrected: Source


def undo_all(
    paths: Sequence[str], edits: str, place: Place, encoding: str | None, *, running: Running, debug: bool
) -> int:
    """Give back the originals of corrected texts, byte for byte, on stdout or where *place* says.

    It is done in this process: to hand the edits of all records to others would take longer than to undo them.
    """
    known = _read(edits)
    inputs = gather(paths)
    with output(place.out, inputs, None, force=place.force) as sink:

        def use(file: Input, undone: _Undone) -> None:
            if place.in_place:
                place.replace(file.path, New.of(undone.corrected, undone.original))
            else:
                sink(file, undone.original)

        work = partial(_undone, known, edits, encoding)
        here = running._replace(jobs=1, engine=None)
        return for_each(inputs, work, use, debug=debug, running=here, progress=not place.on_screen)


def _undone(known: tuple[Recorded, ...], edits: str, encoding: str | None, file: Input) -> _Undone:
    recorded = recorded_for(file.path, known)
    if recorded is None:
        raise UsageError(f"{file.path}: {edits} says nothing about it; name what --json wrote about it")
    corrected = read(file.path, encoding)
    return _Undone(original_bytes(corrected, recorded), corrected)


def _read(path: str) -> tuple[Recorded, ...]:
    try:
        with open(path, "rb") as file:
            return read_edits(file.read(), path)
    except OSError as e:
        raise UsageError(f"{path}: cannot read the edits ({e.strerror}); name what --json wrote") from None
