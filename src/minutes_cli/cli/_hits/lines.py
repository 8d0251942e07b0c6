"""Hits as lines, as grep writes them: ``path:line:speaker: sentence``. On a terminal they stand under their record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from minutes_cli.cli._hits.hit import Options, alone, hits, labels, line_of, named, shown, who
from minutes_cli.search.model import Result

Writer = Callable[[int, str | None, str], str]
"""Line, speaker, text -> a line of output."""


def lines(results: Iterable[Result], options: Options) -> Iterator[str]:
    """The matching sentences, one a line; with ``only`` the matches, one a line. A piece per record with hits."""
    return grouped(((r.record.path, _record(r, options)) for r in results if r.found), options)


def grouped(records: Iterable[tuple[str, str]], options: Options, between: str = "") -> Iterator[str]:
    """What was written of each record (path and text), *between* two of them.

    On a terminal the path stands above it instead, and a blank line between.
    """
    palette = options.palette
    first = True
    for path, text in records:
        if not text:
            continue
        if options.screen and options.path:
            yield f"{'' if first else chr(10)}{palette.path}{named(path, options)}{palette.off}\n{text}"
        else:
            yield text if first else between + text
        first = False


def writer(path: str, options: Options, separator: str = ":") -> Writer:
    """What writes lines of the record *path*, with *separator* behind the path, the line number and the speaker."""
    palette = options.palette
    head = (
        f"{palette.path}{named(path, options)}{palette.off}{separator}" if options.path and not options.screen else ""
    )
    number, speaker = options.line, options.speaker
    blank = " " if options.screen and options.line else ""

    def write(line: int, called: str | None, text: str) -> str:
        place = f"{head}{palette.line}{line}{palette.off}{separator}" if number else head
        if speaker and called is not None:
            place += f"{blank}{palette.speaker}{called}{palette.off}{separator} "
        return f"{place}{text}\n"

    return write


def _record(result: Result, options: Options) -> str:
    write = writer(result.record.path, options)
    called = labels(result.record)
    found = []
    for hit in hits(result, options.most):
        for part in alone(hit) if options.only else (hit,):
            line = line_of(hit.passage, part.matches[0].start)
            found.append(write(line, who(hit.passage, called), shown(part, options.palette)))
    return "".join(found)
