"""minutes grep over records as they are understood: files in, what is found out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar, cast

from minutes_cli.cli._files import Inputs, Tally, gather, worked
from minutes_cli.cli._grep_options import Options
from minutes_cli.cli._hits.hit import Options as Shown
from minutes_cli.cli._print import is_terminal, message, width, write_text
from minutes_cli.cli._reading import FixChoice, Reading
from minutes_cli.cli._searching import Indexed, Look, indexed
from minutes_cli.errors import UsageError
from minutes_cli.search.model import Mode, Query, Result, Scope
from minutes_cli.search.run import Search, prepare

FOUND, NOT_FOUND, FAULT = 0, 1, 2
#: Cutting so many bytes into words takes longer than reading how the dictionary spells those that are sought.
_MUCH = 3_000_000


def grep_records(query: Query, options: Options, paths: list[str], debug: bool) -> int:
    """Search the records behind *paths* and print what is found; the exit code of grep."""
    reading = Reading(None, options.convention, options.encoding, cast(FixChoice, options.fix or "safe"))
    reading.check()
    inputs = here(gather(paths)) if paths == ["."] else gather(paths)
    prepared = prepare(query)
    found_index = _index(prepared, reading, options, inputs, paths)
    if query.mode is Mode.WORD and _is_much(inputs, found_index):
        from minutes_cli.search.words import read_spellings

        read_spellings([matcher.term or query.patterns[matcher.number] for matcher in prepared.wanted])
        prepared = prepare(query)  # now it says which files can be ruled out by their bytes
    # How much somebody says is counted over all records, with and without matches.
    look = Look(
        prepared,
        reading,
        found_index,
        whole=options.count_by == "speaker",
        all_told=_all_told(query, options),
    )
    tally = Tally(inputs.errors)
    found = worked(inputs, look, tally, debug=debug, progress=not is_terminal())
    code = show((result for _, result in found), _shape(options), options)
    if options.verbose:
        message(look.words())
    if code == NOT_FOUND and query.mode is Mode.REGEX and any(r"\|" in pattern for pattern in query.patterns):
        message(r"\| searches for a bar; alternatives stand between bars alone: 予算|決算")
    if options.quiet and code == FOUND:
        return FOUND
    return FAULT if tally.faults else code


def _all_told(query: Query, options: Options) -> bool:
    """Whether anything is asked for that lines of text do not show and that takes time to find out."""
    of_meeting = query.filters.since or query.filters.until or query.filters.body
    other_form = options.as_json or options.as_csv or options.kwic or options.count_by is not None
    return bool(of_meeting or other_form or query.scope is Scope.EXCHANGE)


def here(inputs: Inputs) -> Inputs:
    """The files of the folder at hand by their names alone, as ripgrep has them."""
    return inputs._replace(files=tuple(one._replace(path=one.path.removeprefix("./")) for one in inputs.files))


def _is_much(inputs: Inputs, index: Indexed | None) -> bool:
    """Whether so much has to be read that the spellings of the words, which take two seconds, pay."""
    served = index.served if index else {}
    size = 0
    for one in inputs.files:
        if one.path not in served and os.path.isfile(one.path):
            size += os.stat(one.path).st_size
    return size > _MUCH


def _index(prepared: Search, reading: Reading, options: Options, inputs: Inputs, paths: list[str]) -> Indexed | None:
    """The index to use, if there is one and the records are to be read as it was made."""
    if options.no_index:
        return None
    if reading != Reading():
        if options.index_file is not None:
            raise UsageError("the index holds records as they are read by default; leave --index or the options out")
        return None
    return indexed(prepared, inputs, paths, options.index_file, verbose=options.verbose)


class Looked(Protocol):
    """What is known of a file that was searched."""

    @property
    def found(self) -> Sequence[object]: ...


One = TypeVar("One", bound=Looked)


def show(looked: Iterable[One], write: Callable[[Iterable[One]], Iterator[str]], options: Options) -> int:
    """Print what was found in the files *looked* into, as *write* has it; FOUND or NOT_FOUND."""
    any_found = False

    def watched() -> Iterator[One]:
        nonlocal any_found
        for one in looked:
            # As in grep, with -L the records without a match are what is looked for.
            any_found = any_found or bool(one.found) is not options.files_without
            yield one

    if options.quiet:
        any(bool(one.found) is not options.files_without for one in watched())
    else:
        for piece in write(watched()):
            write_text(piece)
    return FOUND if any_found else NOT_FOUND


def _shape(options: Options) -> Callable[[Iterable[Result]], Iterator[str]]:
    """How *options* want the results written."""
    how = how_shown(options)
    if options.files_with or options.files_without:
        from minutes_cli.cli._hits.counts import paths

        return lambda results: paths(results, how, without=options.files_without)
    if options.counts:
        from minutes_cli.cli._hits.counts import counts

        return lambda results: counts(results, how)
    if options.count_by:
        from minutes_cli.cli._hits.counts import By, count_by, written

        by, form = By(options.count_by), "json" if options.as_json else "csv" if options.as_csv else None
        return lambda results: written(count_by(results, by), by, how, form)
    if options.as_json or options.as_csv:
        from minutes_cli.cli._hits.jsonl import csv_lines, json_lines

        return lambda results: (json_lines if options.as_json else csv_lines)(results, how)
    if options.kwic:
        from minutes_cli.cli._hits.kwic import Sort, kwic

        return lambda results: kwic(results, how, Sort(options.sort or "none"))
    if options.turn:
        from minutes_cli.cli._hits.whole import whole_turns

        return lambda results: whole_turns(results, how)
    if how.before or how.after:
        from minutes_cli.cli._hits.context import in_context

        return lambda results: in_context(results, how)
    from minutes_cli.cli._hits.lines import lines

    return lambda results: lines(results, how)


def how_shown(options: Options) -> Shown:
    """How hits are shown, as *options* and the terminal say."""
    screen = is_terminal()
    taken = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    either = options.context or 0
    return Shown(
        screen=screen,
        colour=options.colour == "always" or (options.colour != "never" and screen and taken),
        path=not options.no_path,
        line=not options.no_line,
        speaker=not options.no_speaker,
        only=options.only,
        most=options.most,
        before=either if options.before is None else options.before,
        after=either if options.after is None else options.after,
        turns=options.context_unit == "turn",
        width=width(),
        context=options.width,
        patterns=options.patterns,
        end="\0" if options.null else "\n",
    )
