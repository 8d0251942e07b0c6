"""The options of ``minutes grep``: one table, from which the quick reader, typer and the help are made."""

from typing import NamedTuple

from minutes_cli.cli._options import Option

SCOPES = ("sentence", "paragraph", "turn", "exchange", "section", "record")
KINDS = ("verbatim", "summary", "outline", "petition", "slides", "unknown")


class Options(NamedTuple):
    """What the user asks for; None and empty where nothing was said."""

    patterns: tuple[str, ...] = ()
    pattern_file: str | None = None
    fixed: bool = False
    ignore_case: bool = False
    whole: bool = False
    word: bool = False
    synonyms: str | None = None
    expand: bool = False
    raw: bool = False
    any: bool = False
    every: bool = False
    without: tuple[str, ...] = ()
    scope: str | None = None
    near: int | None = None
    speaker: str | None = None
    role: str | None = None
    affiliation: str | None = None
    section: str | None = None
    kind: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    body: str | None = None
    events: bool = False
    after: int | None = None
    before: int | None = None
    context: int | None = None
    context_unit: str | None = None
    counts: bool = False
    count_by: str | None = None
    files_with: bool = False
    files_without: bool = False
    null: bool = False
    only: bool = False
    most: int | None = None
    quiet: bool = False
    kwic: bool = False
    sort: str | None = None
    width: int | None = None
    turn: bool = False
    as_json: bool = False
    as_csv: bool = False
    no_path: bool = False
    no_line: bool = False
    no_speaker: bool = False
    colour: str | None = None
    encoding: str | None = None
    convention: str | None = None
    fix: str | None = None
    index_file: str | None = None
    no_index: bool = False
    verbose: bool = False
    as_usual: bool = False


OPTIONS: tuple[Option, ...] = (
    # What matches
    Option("patterns", ("-e", "--regexp"), "texts", "A pattern; can be repeated.", "PATTERN"),
    Option("pattern_file", ("-f", "--file"), "text", "Take patterns from this file, one a line.", "FILE"),
    Option("fixed", ("-F", "--fixed-strings"), "flag", "Patterns are plain text, no regular expressions."),
    Option("ignore_case", ("-i", "--ignore-case"), "flag", "Ignore case and width: ＤＸ = DX = dx, ﾃﾞｰﾀ = データ."),
    Option("whole", ("-w", "--word-regexp"), "flag", "Only where the match does not go on in the same script."),
    Option("word", ("-W", "--word"), "flag", "Match words in any spelling and inflection (打合せ finds 打ち合わせ)."),
    Option("synonyms", ("--synonyms",), "text", "Also find the words of the same line of this word list.", "FILE"),
    Option("expand", ("--expand",), "flag", "Print what would be searched, and exit."),
    Option("raw", ("--raw",), "flag", "Search the lines as they stand in the file: no joining, no corrections."),
    # Several patterns
    Option("any", ("--any",), "flag", "With several -e: any of them (as without it)."),
    Option("every", ("--all",), "flag", "With several -e: all of them in one scope."),
    Option("without", ("--not",), "texts", "What must be absent from the scope; can be repeated.", "PATTERN"),
    Option("scope", ("--scope",), "choice", f"Within what they must meet: {', '.join(SCOPES)}.", "SCOPE", SCOPES),
    Option("near", ("--near",), "number", "All -e within N characters of each other.", "N"),
    # Where to search
    Option("speaker", ("--speaker",), "text", "Only what they say: name, role or label.", "PATTERN"),
    Option("role", ("--role",), "text", "Only speakers with this role or title.", "PATTERN"),
    Option("affiliation", ("--affiliation",), "text", "Only speakers from there.", "PATTERN"),
    Option("section", ("--section",), "text", "Only under this heading.", "PATTERN"),
    Option("kind", ("--kind",), "texts", f"Only this kind of record: {', '.join(KINDS)}.", "KIND"),
    Option("since", ("--since",), "text", "Only meetings from this day, month or year on.", "DATE"),
    Option("until", ("--until",), "text", "Only meetings up to this day, month or year.", "DATE"),
    Option("body", ("--body",), "text", "Only meetings of this body.", "PATTERN"),
    Option("events", ("--events",), "flag", "Also search interjections and stage directions."),
    # What is printed
    Option("after", ("-A", "--after-context"), "number", "Also print N units behind each match.", "N"),
    Option("before", ("-B", "--before-context"), "number", "Also print N units before each match.", "N"),
    Option("context", ("-C", "--context"), "number", "Also print N units on both sides.", "N"),
    Option(
        "context_unit",
        ("--context-unit",),
        "choice",
        "What -A, -B and -C count: sentence or turn.",
        "UNIT",
        ("sentence", "turn"),
    ),
    Option("counts", ("-c", "--count"), "flag", "Print only how many sentences match, per record (matches with -o)."),
    Option(
        "count_by",
        ("--count-by",),
        "choice",
        "Print how many matches per speaker, record, section or year.",
        "WHAT",
        ("speaker", "record", "section", "year"),
    ),
    Option("files_with", ("-l", "--files-with-matches"), "flag", "Print only the paths of records with matches."),
    Option("files_without", ("-L", "--files-without-match"), "flag", "Print only the paths of records without any."),
    Option("null", ("-0", "--null"), "flag", "With -l and -L: end paths with a NUL, for xargs -0."),
    Option("only", ("-o", "--only-matching"), "flag", "Print only what matches."),
    Option("most", ("-m", "--max-count"), "number", "Stop after N matching sentences of a record.", "N"),
    Option("quiet", ("-q", "--quiet"), "flag", "Print nothing; the exit code says whether anything was found."),
    Option("kwic", ("--kwic",), "flag", "Matches in a column, with what stands before and behind them."),
    Option(
        "sort",
        ("--sort",),
        "choice",
        "Sort --kwic by left or right context, speaker or date.",
        "KEY",
        ("left", "right", "speaker", "date", "none"),
    ),
    Option(
        "width",
        ("--width",),
        "number",
        "Columns of context on either side with --kwic; without it what fits.",
        "COLUMNS",
    ),
    Option("turn", ("--turn",), "flag", "Print the whole turn."),
    Option("as_json", ("--json",), "flag", "One JSON object per match and line."),
    Option("as_csv", ("--csv",), "flag", "One row per match, with a header."),
    Option("no_path", ("-I", "--no-filename"), "flag", "Leave out the path."),
    Option("no_line", ("-N", "--no-line-number"), "flag", "Leave out the line number."),
    Option("no_speaker", ("--no-speaker",), "flag", "Leave out the speaker."),
    Option(
        "colour",
        ("--color", "--colour"),
        "choice",
        "auto (on a terminal), always or never.",
        "WHEN",
        ("auto", "always", "never"),
    ),
    # How records are read
    Option("encoding", ("--encoding",), "text", "Force an encoding: utf-8, cp932, euc-jp, …", "NAME"),
    Option("convention", ("--convention",), "text", "How speakers are marked; see 'minutes conventions'.", "NAME"),
    Option(
        "fix",
        ("--fix",),
        "choice",
        "Search through which corrections: safe (default), all, or none.",
        "WHICH",
        ("safe", "all", "none"),
    ),
    Option("index_file", ("--index",), "text", "Use this index instead of .minutes/index.sqlite.", "FILE"),
    Option("no_index", ("--no-index",), "flag", "Use no index."),
    Option("verbose", ("-v", "--verbose"), "flag", "Say on stderr how the search was done."),
    # Fingers type these after grep; they change nothing here.
    Option(
        "as_usual",
        (
            "-n",
            "-H",
            "-r",
            "-R",
            "-E",
            "-P",
            "-a",
            "--line-number",
            "--with-filename",
            "--recursive",
            "--extended-regexp",
        ),
        "flag",
        "What grep needs them for is so by default.",
        hidden=True,
    ),
)
