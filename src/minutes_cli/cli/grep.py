"""minutes grep"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable

from minutes_cli.cli._grep_options import KINDS, OPTIONS, Options
from minutes_cli.cli._options import Given, read
from minutes_cli.errors import UsageError
from minutes_cli.search.model import Filters, Mode, Query, Scope

FOUND, NOT_FOUND, FAULT = 0, 1, 2


def quick(arguments: list[str], debug: bool) -> int | None:
    """Run on plain *arguments* without typer; None for what typer has to explain."""
    given = read(OPTIONS, arguments)
    return None if given is None else grep(given, debug)


def as_command() -> Callable[..., int]:
    """What typer runs: for help, and to say what is wrong with a command line."""
    from minutes_cli.cli._options import command

    words = "What to search for (unless -e gives it), and files, folders or -."
    return command(OPTIONS, grep, "[PATTERN] [PATH]...", words)


def grep(given: Given, debug: bool) -> int:
    """Search records, print what is found; 0 found, 1 not found, 2 a fault."""
    options = Options(**given.values)
    patterns, paths = _patterns(options, given.words)
    check(options)
    if options.most == 0:
        return NOT_FOUND
    query = query_of(options, patterns)
    if options.expand:
        from minutes_cli.cli._expand import expansion

        return expansion(query)
    if options.raw:
        from minutes_cli.cli._raw import grep_raw

        return grep_raw(query, options, paths or default_paths(), debug)
    from minutes_cli.cli._search_records import grep_records

    return grep_records(query, options, paths or default_paths(), debug)


def _patterns(options: Options, words: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
    """As in grep: the first word is the pattern unless -e or -f gave one; a pattern with line ends is several."""
    given = options.patterns
    if options.pattern_file is not None:
        given = (*given, *_lines(options.pattern_file))
    elif not given:
        if not words:
            raise UsageError("no pattern given; name what to search for: minutes grep PATTERN [PATH...]")
        given, words = words[:1], words[1:]
    return tuple(line for pattern in given for line in as_text(pattern).split("\n")), list(words)


def _lines(path: str) -> list[str]:
    from minutes_cli.ingest import read as read_source

    lines = [line for line in read_source(path).text.splitlines() if line]
    if not lines:
        raise UsageError(f"{path}: no pattern in it; write one a line")
    return lines


def as_text(word: str) -> str:
    """*word* of the command line as it was typed, also where the system says that it takes ASCII alone."""
    if word.isprintable():  # nothing was left undecoded
        return word
    try:
        return os.fsencode(word).decode("utf-8")
    except UnicodeError:
        raise UsageError(f"{word!r} is no text in UTF-8; set the locale to the encoding of the terminal") from None


def default_paths() -> list[str]:
    """Where nothing is named: what is piped in, else the folder at hand, as in ripgrep."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (AttributeError, OSError, ValueError):
        return ["."]
    return ["-"] if stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode) else ["."]


#: Options of which each asks for another output.
_SHAPES = (
    ("-c", "counts"),
    ("--count-by", "count_by"),
    ("-l", "files_with"),
    ("-L", "files_without"),
    ("--kwic", "kwic"),
    ("--turn", "turn"),
)
_NOT_RAW = (
    ("--word", "word"),
    ("--synonyms", "synonyms"),
    ("--all", "every"),
    ("--not", "without"),
    ("--scope", "scope"),
    ("--near", "near"),
    ("--speaker", "speaker"),
    ("--role", "role"),
    ("--affiliation", "affiliation"),
    ("--section", "section"),
    ("--kind", "kind"),
    ("--since", "since"),
    ("--until", "until"),
    ("--body", "body"),
    ("--events", "events"),
    ("--context-unit", "context_unit"),
    ("--count-by", "count_by"),
    ("--kwic", "kwic"),
    ("--turn", "turn"),
    ("--csv", "as_csv"),
    ("--convention", "convention"),
    ("--fix", "fix"),
    ("--index", "index_file"),
)


def check(options: Options) -> None:
    """Raise UsageError for options that do not go together."""
    shapes = [flag for flag, name in _SHAPES if getattr(options, name)]
    if len(shapes) > 1:
        raise UsageError(f"{' and '.join(shapes)} exclude one another; choose one")
    if shapes and shapes[0] != "--count-by" and (options.as_json or options.as_csv):
        raise UsageError(f"--{'json' if options.as_json else 'csv'} and {shapes[0]} exclude one another; choose one")
    if options.count_by and options.most is not None:
        raise UsageError("--count-by counts all matches, so -m has no meaning there; leave one out")
    if options.scope and not (options.every or options.without or options.near is not None):
        raise UsageError("--scope says within what patterns must meet; give --all, --not or --near, too")
    if options.null and not (options.files_with or options.files_without):
        raise UsageError("--null ends the paths of -l and -L; give one of them")
    if options.as_json and options.as_csv:
        raise UsageError("--json and --csv exclude one another; choose one")
    if options.any and (options.every or options.near is not None):
        raise UsageError(f"--any and {'--all' if options.every else '--near'} exclude one another; choose one")
    if options.fixed and options.word:
        raise UsageError("-F and --word exclude one another: --word compares words, not characters")
    if options.raw:
        for flag, name in _NOT_RAW:
            if getattr(options, name):
                raise UsageError(f"--raw searches lines as they stand, so {flag} has no meaning there; leave one out")
    for kind in options.kind:
        if kind not in KINDS:
            raise UsageError(f"unknown kind {kind!r}; known are {', '.join(KINDS)}")
    if options.index_file and options.no_index:
        raise UsageError("--index and --no-index exclude one another; choose one")
    for flag, name, needed in (
        ("--sort", "sort", "kwic"),
        ("--width", "width", "kwic"),
    ):
        if getattr(options, name) is not None and not getattr(options, needed):
            raise UsageError(f"{flag} belongs to --{needed}")
    if options.context_unit and not any((options.after, options.before, options.context)):
        raise UsageError("--context-unit says what -A, -B and -C count; give one of them")


def query_of(options: Options, patterns: tuple[str, ...]) -> Query:
    """The query that *options* and *patterns* ask for. Raises UsageError."""
    near = options.near
    scope = Scope(options.scope or ("turn" if near is not None else "sentence"))
    mode = Mode.WORD if options.word else Mode.LITERAL if options.fixed else Mode.REGEX
    told = {name: getattr(options, name) for name in ("speaker", "role", "affiliation", "section", "body")}
    filters = Filters(
        **{name: None if text is None else as_text(text) for name, text in told.items()},
        kind=options.kind,
        since=options.since,
        until=options.until,
    )
    return Query(
        patterns,
        mode,
        options.ignore_case,
        options.whole,
        options.every,
        tuple(map(as_text, options.without)),
        scope,
        near,
        options.events,
        _synonyms(options.synonyms),
        filters,
    )


def _synonyms(path: str | None) -> tuple[tuple[str, ...], ...]:
    if path is None:
        return ()
    from minutes_cli.ingest import read as read_source
    from minutes_cli.search.synonyms import read_synonyms

    return read_synonyms(read_source(path).text, path)
