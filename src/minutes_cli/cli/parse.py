"""minutes parse"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from minutes_cli.cli._files import Input, Inputs, for_each, gather
from minutes_cli.cli._options import Option, read
from minutes_cli.cli._print import Line, message, room, show, width
from minutes_cli.cli._reading import Reading
from minutes_cli.cli._running import running_of
from minutes_cli.cli._text import count
from minutes_cli.engine import Running
from minutes_cli.errors import UsageError

if TYPE_CHECKING:
    from minutes_cli.cli._summary import Summary

#: Options that are read without typer, which would cost as much as a third of parsing a small record. Their help, and
#: all the others, stand in ``_parse_command``.
_PLAIN = (
    Option("as_json", ("--json",), "flag", ""),
    Option("pretty", ("--pretty",), "flag", ""),
    Option("explain", ("--explain",), "flag", ""),
)


class Asked(NamedTuple):
    """How records are read, where that is done, and whether a fault of ours is shown in full."""

    reading: Reading
    running: Running
    debug: bool


def quick(arguments: list[str], debug: bool) -> int | None:
    """Run on plain *arguments* without typer; None for what typer has to read or to explain."""
    given = read(_PLAIN, arguments)
    return None if given is None else run(given.words, Asked(Reading(), running_of(), debug), **given.values)


def as_command() -> Callable[..., int]:
    """What typer runs."""
    from minutes_cli.cli._parse_command import parse

    return parse


def run(
    paths: Sequence[str],
    asked: Asked,
    *,
    as_json: bool = False,
    pretty: bool = False,
    explain: bool = False,
    turns: bool | None = None,
    out: str | None = None,
    force: bool = False,
) -> int:
    """Overview (of several records one line each) on stdout, or JSON there or, with *out*, into files."""
    if not (as_json or pretty or out is not None):
        return _overviews(gather(paths), asked, turns=turns, explain=explain)
    if explain:
        raise UsageError("--explain belongs to the overview; the JSON has the same under layout")
    return _json(gather(paths), asked, pretty=pretty, out=out, force=force)


def _overviews(inputs: Inputs, asked: Asked, *, turns: bool | None, explain: bool) -> int:
    if len(inputs.files) > 1 and turns is None and not explain:
        return _one_line_each(inputs, asked)
    shown = 0

    def use(file: Input, lines: list[Line]) -> None:
        nonlocal shown
        show([[], *lines] if shown else lines)
        shown += 1

    work = partial(_overview, asked.reading, width(), turns is not False, explain)
    progress = not sys.stdout.isatty()
    return for_each(inputs, work, use, debug=asked.debug, running=asked.running, progress=progress)


def _overview(reading: Reading, columns: int, turns: bool, explain: bool, file: Input) -> list[Line]:
    from minutes_cli.cli import _overview

    document, proposed = reading.record(file.path)
    lines = list(_overview.overview(document, columns, turns=turns, proposed=proposed))
    return lines + list(_overview.explain(document, columns)) if explain else lines


def _one_line_each(inputs: Inputs, asked: Asked) -> int:
    from minutes_cli.cli._summary import Summary

    columns = room()
    summary = Summary([file.path for file in inputs.files], None if columns == sys.maxsize else columns)
    shown = 0

    def use(file: Input, row: Line) -> None:
        nonlocal shown
        show([row] if shown else [summary.head(), row])
        shown += 1

    work = partial(_row, summary, asked.reading)
    progress = not sys.stdout.isatty()
    code = for_each(inputs, work, use, debug=asked.debug, running=asked.running, progress=progress)
    if shown:
        message(f"{count(shown, 'record')}; minutes parse FILE shows one in full, --turns all of them")
    return code


def _row(summary: Summary, reading: Reading, file: Input) -> Line:
    return summary.row(file.path, reading.document(file.path))


def _json(inputs: Inputs, asked: Asked, *, pretty: bool, out: str | None, force: bool) -> int:
    from minutes_cli.cli._output import output

    on_screen = out in (None, "-") and sys.stdout.isatty()
    work = partial(_json_of, asked.reading, pretty or (on_screen and not inputs.several))
    with output(out, inputs, ".json", force=force) as sink:
        return for_each(inputs, work, sink, debug=asked.debug, running=asked.running, progress=not on_screen)


def _json_of(reading: Reading, indent: bool, file: Input) -> bytes:
    from minutes_cli.export.json import write_json

    return write_json(reading.document(file.path), pretty=indent)
