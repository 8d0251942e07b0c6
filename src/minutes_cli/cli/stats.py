"""minutes stats"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Annotated

import typer

from minutes_cli.cli._counting import Counting, counted_in
from minutes_cli.cli._figures import Result, csv_text, doubts, json_text
from minutes_cli.cli._figures_screen import EIGHTHS, bar_lines, table_lines
from minutes_cli.cli._files import Input, Inputs, for_each, gather
from minutes_cli.cli._grep_options import KINDS, OPTIONS
from minutes_cli.cli._output import writing
from minutes_cli.cli._print import PLAIN_WIDTH, is_terminal, message, plain, room, show, width, write_out, write_text
from minutes_cli.cli._read import (
    ConventionOption,
    EncodingOption,
    EngineOption,
    Files,
    FixOption,
    ForceOption,
    JobsOption,
    TimeoutOption,
)
from minutes_cli.cli._reading import Reading
from minutes_cli.cli._running import JOBS, SECONDS, running_of
from minutes_cli.cli._text import count
from minutes_cli.cli.grep import as_text
from minutes_cli.errors import UsageError
from minutes_cli.ingest import STDIN
from minutes_cli.search.model import Filters, Mode, Query
from minutes_cli.summarize.figures import By
from minutes_cli.summarize.ranked import Sort, usual_sort

_HELP = {option.name: option.help for option in OPTIONS}


#: Endings of files in which nobody would look for a table in plain text.
_OTHER_FORMATS = frozenset((".xlsx", ".xls", ".html", ".htm", ".md", ".pdf", ".parquet", ".jsonl", ".tsv"))


def stats(
    context: typer.Context,
    files: Files = None,
    by: Annotated[By, typer.Option("--by", metavar="WHAT", help=f"A row for each: {', '.join(By)}.")] = By.SPEAKER,
    terms: Annotated[
        list[str] | None,
        typer.Option("--term", metavar="TERM", help="Count this term; can be repeated.", show_default=False),
    ] = None,
    word: Annotated[
        bool, typer.Option("-W", "--word", help="Terms are words in any spelling and inflection, as in grep.")
    ] = False,
    regex: Annotated[bool, typer.Option("-E", "--regex", help="Terms are regular expressions, as in grep.")] = False,
    ignore_case: Annotated[bool, typer.Option("-i", "--ignore-case", help=_HELP["ignore_case"])] = False,
    speaker: Annotated[str | None, typer.Option("--speaker", metavar="PATTERN", help=_HELP["speaker"])] = None,
    role: Annotated[str | None, typer.Option("--role", metavar="PATTERN", help=_HELP["role"])] = None,
    affiliation: Annotated[
        str | None, typer.Option("--affiliation", metavar="PATTERN", help=_HELP["affiliation"])
    ] = None,
    section: Annotated[str | None, typer.Option("--section", metavar="PATTERN", help=_HELP["section"])] = None,
    kinds: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help=_HELP["kind"], show_default=False)
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help=_HELP["since"])] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help=_HELP["until"])] = None,
    body: Annotated[str | None, typer.Option("--body", metavar="PATTERN", help=_HELP["body"])] = None,
    sort: Annotated[
        Sort | None,
        typer.Option(
            "--sort",
            metavar="KEY",
            help=f"{', '.join(Sort)}; without it time by year and month, else count with --term, else characters.",
            show_default=False,
        ),
    ] = None,
    top: Annotated[
        int | None,
        typer.Option("--top", metavar="N", min=1, help="Only the first N rows; a row for all others together."),
    ] = None,
    bars: Annotated[bool, typer.Option("--bars", help="Bars: characters, or how often a term is said.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write CSV in UTF-8, with a header and without total.")] = False,
    convention: ConventionOption = None,
    encoding: EncodingOption = None,
    fix: FixOption = "safe",
    out: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write to a file; .csv and .json say the format."),
    ] = None,
    force: ForceOption = False,
    jobs: JobsOption = JOBS,
    timeout: TimeoutOption = SECONDS,
    engine: EngineOption = None,
) -> int:
    """Figures across all records on stdout or in a file, what else must be known on stderr."""
    form = _form(out, as_json=as_json, as_csv=as_csv, bars=bars)
    wanted = tuple(dict.fromkeys(map(as_text, terms or ())))
    _check_terms(wanted, sort, word=word, regex=regex, ignore_case=ignore_case)
    order = sort or usual_sort(by, terms=bool(wanted))
    if top is not None and order in (Sort.NAME, Sort.TIME):
        raise UsageError(f"--top takes the highest rows, and these are sorted by {order}; add --sort characters")
    for kind in kinds or ():
        if kind not in KINDS:
            raise UsageError(f"unknown kind {kind!r}; known are {', '.join(KINDS)}")
    filters = Filters(
        _text(speaker), _text(role), _text(affiliation), _text(section), tuple(kinds or ()), since, until, _text(body)
    )
    mode = Mode.WORD if word else Mode.REGEX if regex else Mode.LITERAL
    query = Query(wanted, mode, ignore_case, filters=filters)
    reading = Reading(None, convention, encoding, fix)
    reading.check()
    running = running_of(jobs, timeout, engine)
    counting = Counting(by, query)
    work = partial(counted_in, by, query, reading)
    inputs = _once(gather(files or []))
    with _into(out, inputs, force=force) as file:
        code = for_each(inputs, work, counting, debug=bool(context.obj), running=running)
        result = counting.result(order, top, inputs)
        notes = [] if result is None else [*_write(result, form, file), *counting.notes(result)]
    for note in notes:
        message(note)
    return code


def _text(pattern: str | None) -> str | None:
    return None if pattern is None else as_text(pattern)


def _form(out: str | None, *, as_json: bool, as_csv: bool, bars: bool) -> str:
    """``json``, ``csv``, ``bars`` or ``table``; where nothing is said, what the name of the file says."""
    asked = [name for name, given in (("json", as_json), ("csv", as_csv), ("bars", bars)) if given]
    if len(asked) > 1:
        raise UsageError(f"--{asked[0]} and --{asked[1]} exclude one another; choose one")
    suffix = os.path.splitext(out or "")[1].lower()
    if not asked and suffix in _OTHER_FORMATS:
        raise UsageError(f"{out}: figures are written as text, CSV or JSON; name a .txt, .csv or .json file")
    return asked[0] if asked else suffix[1:] if suffix in (".json", ".csv") else "table"


def _check_terms(terms: tuple[str, ...], sort: Sort | None, *, word: bool, regex: bool, ignore_case: bool) -> None:
    """Raise UsageError for options that do not go together."""
    for term in terms:
        if not term.strip():
            raise UsageError("--term is empty; give what to count: --term 待機児童")
        if "\n" in term:
            raise UsageError("--term holds a line end; give each line as a --term of its own")
    if word and regex:
        raise UsageError("--word and --regex exclude one another: --word compares words, not characters")
    for flag, given in (("--word", word), ("--regex", regex), ("--ignore-case", ignore_case)):
        if given and not terms:
            raise UsageError(f"{flag} says how terms are matched; give one: --term 待機児童")
    if sort in (Sort.COUNT, Sort.RATE) and not terms:
        raise UsageError(f"--sort {sort} sorts by how often a term is said; give one: --term 待機児童")


def _once(inputs: Inputs) -> Inputs:
    """Each file once, however it was named: counted twice it would make the figures wrong."""
    files: dict[str, Input] = {}
    for file in inputs.files:
        files.setdefault(file.path if file.path == STDIN else os.path.realpath(file.path), file)
    again = len(inputs.files) - len(files)
    if again:
        message(f"{count(again, 'file')} named more than once; each is counted once")
    return inputs._replace(files=tuple(files.values()))


@contextmanager
def _into(out: str | None, inputs: Inputs, *, force: bool) -> Iterator[Callable[[bytes], None] | None]:
    """What writes to the file *out*; None for standard output."""
    if out is None or out == STDIN:
        yield None
        return
    with writing(out, inputs.files, force) as pen:
        yield pen


def _write(result: Result, form: str, pen: Callable[[bytes], None] | None) -> list[str]:
    """Write *result*; what is to be said of that."""
    screen = pen is None and is_terminal()
    if form in ("json", "csv"):
        text = json_text(result, screen=screen) if form == "json" else csv_text(result, screen=screen)
        if pen is not None:
            pen(text.encode(errors="surrogateescape"))
        else:
            write_out(text.encode()) if form == "json" else write_text(text)
        return []
    notes = []
    if form == "bars":
        blocks = pen is not None or _has_blocks()
        lines = list(bar_lines(result, width() if pen is None else PLAIN_WIDTH, ascii_only=not blocks))
    else:
        lines, narrow = table_lines(result, room() if pen is None else sys.maxsize)
        if narrow:
            notes.append(f"no room for {', '.join(narrow)}; --csv has everything")
    if pen is None:
        show(lines)
    else:
        pen(plain(lines).encode(errors="surrogateescape"))
    notes += doubts(result.ranked.rows)
    return notes


def _has_blocks() -> bool:
    """Whether standard output takes the blocks of which bars are made."""
    try:
        EIGHTHS.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
