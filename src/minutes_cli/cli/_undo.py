"""minutes normalize --undo"""

from __future__ import annotations

from collections.abc import Sequence

from minutes_cli.cli._files import Input, for_each, gather
from minutes_cli.cli._output import output
from minutes_cli.cli._place import Place
from minutes_cli.errors import UsageError
from minutes_cli.export.edits import Recorded, original_bytes, read_edits, recorded_for
from minutes_cli.ingest import read


def undo_all(paths: Sequence[str], edits: str, place: Place, encoding: str | None, *, debug: bool) -> int:
    """Give back the originals of corrected texts, byte for byte, on stdout or where *place* says."""
    known = _read(edits)
    inputs = gather(paths)
    with output(place.out, inputs, None, force=place.force) as sink:

        def work(file: Input) -> None:
            recorded = recorded_for(file.path, known)
            if recorded is None:
                raise UsageError(f"{file.path}: {edits} says nothing about it; name what --json wrote about it")
            corrected = read(file.path, encoding)
            original = original_bytes(corrected, recorded)
            if place.in_place:
                place.replace(file.path, corrected.raw, original)
            else:
                sink(file, original)

        return for_each(inputs, work, debug=debug, progress=not place.on_screen)


def _read(path: str) -> tuple[Recorded, ...]:
    try:
        with open(path, "rb") as file:
            return read_edits(file.read(), path)
    except OSError as e:
        raise UsageError(f"{path}: cannot read the edits ({e.strerror}); name what --json wrote") from None
