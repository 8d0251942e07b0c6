"""minutes grep --raw: lines as they stand in the files, without joining, corrections or parsing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from minutes_cli.cli._files import Input, Tally, gather, worked
from minutes_cli.cli._grep_options import Options
from minutes_cli.cli._hits.raw import RawFile, raw_counts, raw_csv, raw_json, raw_lines, raw_paths
from minutes_cli.cli._print import is_terminal, message
from minutes_cli.cli._search_records import FAULT, FOUND, here, how_shown, show
from minutes_cli.cli._text import count
from minutes_cli.ingest import is_text, read_bytes, read_text
from minutes_cli.limit import limited
from minutes_cli.search.model import Query
from minutes_cli.search.prefilter import possible_lines
from minutes_cli.search.raw import raw_search
from minutes_cli.search.run import prepare


def grep_raw(query: Query, options: Options, paths: list[str], debug: bool) -> int:
    """Search the lines of the files behind *paths* and print those that match; the exit code of grep."""
    prepared = prepare(query)
    finders = [matcher.matches for matcher in prepared.wanted]
    read = 0

    def look(file: Input) -> RawFile:
        nonlocal read
        raw = read_bytes(file.path)
        if not raw or (
            is_text(file.path, raw)
            and not possible_lines(raw, prepared.needs, folded=prepared.folded, encoding=options.encoding)
        ):
            return RawFile(file.path, ())
        read += 1
        text = read_text(file.path, raw, options.encoding)
        with limited(file.path, len(text)):
            return RawFile(file.path, raw_search(text, finders), text)

    inputs = here(gather(paths)) if paths == ["."] else gather(paths)
    tally = Tally(inputs.errors)
    found = worked(inputs, look, tally, debug=debug, progress=not is_terminal())
    code = show((file for _, file in found), _shape(options), options)
    if options.verbose:
        message(f"{count(read, 'file')} read, {len(inputs.files) - read:,} ruled out by their bytes")
    if options.quiet and code == FOUND:
        return FOUND
    return FAULT if tally.faults else code


def _shape(options: Options) -> Callable[[Iterable[RawFile]], Iterator[str]]:
    how = how_shown(options)
    if options.files_with or options.files_without:
        return lambda files: raw_paths(files, how, without=options.files_without)
    if options.counts:
        return lambda files: raw_counts(files, how)
    if options.as_json or options.as_csv:
        return lambda files: (raw_json if options.as_json else raw_csv)(files, how)
    return lambda files: raw_lines(files, how)
