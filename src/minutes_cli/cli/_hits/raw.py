"""--raw: lines as they stand in the file, shown as grep shows them, with the label above as the speaker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from minutes_cli.cli._hits.colour import PLAIN, Palette
from minutes_cli.cli._hits.context import around, rule
from minutes_cli.cli._hits.hit import Mark, Options, Stretch, clean, counted, listed, merged, written
from minutes_cli.cli._hits.lines import grouped, writer
from minutes_cli.cli._hits.table import as_csv, as_json
from minutes_cli.search.raw import RawHit

COLUMNS = ("path", "line", "column", "label", "before", "match", "after", "pattern", "pattern_text")
"""What is known of a match in a raw line."""


class RawFile(NamedTuple):
    """What a raw search finds in one file, in its order; ``text`` is all of the file, for the lines around it."""

    path: str
    found: Sequence[RawHit]
    text: str = ""


def raw_lines(files: Iterable[RawFile], options: Options) -> Iterator[str]:
    """The matching lines, with ``only`` the matches, with ``before`` and ``after`` the lines around them."""
    around_them = (options.before or options.after) and not options.only
    one = _in_context if around_them else _matching
    return grouped(((file.path, one(file, options)) for file in files), options, rule(options) if around_them else "")


def raw_counts(files: Iterable[RawFile], options: Options) -> Iterator[str]:
    """``path:count`` of the matching lines of every file, with ``only`` of the matches."""
    for file in files:
        number = sum(len(line.matches) if options.only else 1 for line in islice(file.found, options.most))
        yield counted(file.path, number, options)


def raw_paths(files: Iterable[RawFile], options: Options, *, without: bool = False) -> Iterator[str]:
    """The files with matches, or those *without*."""
    for file in files:
        if bool(file.found) is not without:
            yield listed(file.path, options)


def raw_json(files: Iterable[RawFile], options: Options) -> Iterator[str]:
    """An object per match with what is known of it: the names of :data:`COLUMNS`."""
    return ("".join(as_json(row, options) for row in _objects(file, options)) for file in files)


def raw_csv(files: Iterable[RawFile], options: Options) -> Iterator[str]:
    """A row per match under :data:`COLUMNS`."""
    return as_csv(COLUMNS, (list(row.values()) for file in files for row in _objects(file, options)), options)


def _objects(file: RawFile, options: Options) -> Iterator[dict[str, Any]]:
    for line in islice(file.found, options.most):
        for start, end, pattern, _ in line.matches:
            text = options.patterns[pattern] if pattern < len(options.patterns) else None
            parts = (line.text[:start], line.text[start:end], line.text[end:])
            cells = (file.path, line.line, start + 1, line.label, *parts, pattern + 1, text)
            yield dict(zip(COLUMNS, cells, strict=True))


def _matching(file: RawFile, options: Options) -> str:
    write, palette = writer(file.path, options), options.palette
    found = []
    for line in islice(file.found, options.most):
        called = None if line.label is None else clean(line.label)
        if options.only:
            for start, end, *_ in line.matches:
                match = Stretch(line.text[start:end], (Mark(0, end - start),))
                found.append(write(line.line, called, written(match, palette)))
        else:
            found.append(write(line.line, called, _shown(line, palette)))
    return "".join(found)


def _in_context(file: RawFile, options: Options) -> str:
    matching, other = writer(file.path, options), writer(file.path, options, "-")
    found = {line.line - 1: line for line in islice(file.found, options.most)}
    if not found:
        return ""
    texts = _lines(file.text)

    def write(at: int) -> str:
        line = found.get(at)
        if line is None:
            return other(at + 1, None, clean(texts[at]))
        return matching(line.line, None if line.label is None else clean(line.label), _shown(line, options.palette))

    groups = around(range(len(texts)), found, options.before, options.after)
    return rule(options).join("".join(map(write, group)) for group in groups)


def _shown(line: RawHit, palette: Palette) -> str:
    if palette is PLAIN:
        return clean(line.text)
    marks = (Mark(start, end) for start, end in merged([(start, end) for start, end, *_ in line.matches]))
    return written(Stretch(line.text, tuple(marks)), palette)


def _lines(text: str) -> list[str]:
    """The lines of *text* without their ends, which are those of ``ingest.text.line_starts``."""
    for end in ("\r\n", "\r", "\f"):
        text = text.replace(end, "\n")
    return text.removesuffix("\n").split("\n")
