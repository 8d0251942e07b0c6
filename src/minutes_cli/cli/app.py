"""The typer app: one row per subcommand."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer

NORMALIZE_EXAMPLES = """The corrected text goes to standard output in UTF-8, with the line ends of the record.
Files (-o, -i) keep its encoding and byte order mark; --to-utf8 makes them UTF-8.
The diff is UTF-8 on standard output and in the encoding of the record in a file, so that patch -p1 takes it.

\b
Example: minutes normalize --table scan.txt
         minutes normalize scan.txt -o clean.txt
         minutes normalize -i --json records/ > edits.jsonl
         minutes normalize --undo edits.jsonl -i records/
"""


EXPORT_EXAMPLES = """\b
Example: minutes export records/ --to jsonl -o turns.jsonl
         minutes export records/ --to parquet -o dataset/
"""


GREP_EXAMPLES = """PATTERN is a regular expression (Python's) unless -F or --word is given. It is matched against
the text with line wraps and page breaks joined and slips of OCR corrected; each match is shown as it stands in
the record. Without PATH it searches what is piped in, else the folder at hand. The exit code is 0 when something
was found, 1 when nothing was, 2 on errors.

\b
Example: minutes grep 待機児童 records/
         minutes grep --word 打合せ -C1 record.txt
         minutes grep -e 保育 -e 予算 --all --scope turn --role 委員 records/
         minutes grep --kwic --sort right 防災 records/
         minutes grep --count-by speaker 子育て records/
"""


SUMMARIZE_EXAMPLES = """\b
Example: minutes summarize record.txt
         minutes summarize record.txt --speaker 渡辺 --chars 200
         minutes summarize record.txt --by exchange
         minutes summarize records/ --by role --format markdown -o summary.md
"""


STATS_EXAMPLES = """Only what is said counts: the text of turns. Rates are per 10,000 characters of the same row.

\b
Example: minutes stats records/
         minutes stats records/ --term 待機児童 --by year --bars
         minutes stats records/ --by role --csv > roles.csv
"""


REPORT_EXAMPLES = """\b
Example: minutes report records/ -o report.html
         minutes report record.txt -o report.html --title まとめ
"""


CHECK_EXAMPLES = """Settings come from minutes.toml, or [tool.minutes.check] in pyproject.toml, in the folder of
the record or above it. The exit code is 0 when nothing is found, 1 when something is (see --fail-on), 2 when something
could not be checked.

\b
Example: minutes check records/
         minutes check --fix --diff record.txt
         minutes check --explain empty-turn
         minutes check --format sarif -o findings.sarif records/
         minutes check --write-baseline known.json records/
"""


DIFF_EXAMPLES = """The exit code is 0 when both are the same, 1 when they differ, 2 on errors. Folders are compared by
the paths in them. A parse result is what parse --json or export writes; it can be compared with a record too.

\b
Example: minutes diff draft.txt final.txt
         minutes diff --stat old/ new/
         minutes parse --json records/ > before.jsonl
         minutes diff before.jsonl records/
"""


class Row(NamedTuple):
    """A subcommand: its name, the module beside this one with a function of that name, and its help."""

    name: str
    module: str
    help: str
    epilog: str


COMMANDS = (
    Row(
        "parse",
        "parse",
        "Show who said what: meeting, speakers, turns.",
        "\b\nExample: minutes parse record.txt\n         minutes parse --json records/ > records.jsonl",
    ),
    Row(
        "export",
        "export",
        "Write records in a format for other programs.",
        EXPORT_EXAMPLES,
    ),
    Row("grep", "grep", "Search records: who said it, when, under which item.", GREP_EXAMPLES),
    Row("summarize", "summarize", "Say in short who said what, asked what and answered.", SUMMARIZE_EXAMPLES),
    Row("stats", "stats", "Count turns, characters and terms across records.", STATS_EXAMPLES),
    Row("report", "report", "Put records on one page to read: HTML that opens offline.", REPORT_EXAMPLES),
    Row(
        "index",
        "index",
        "Keep an index beside the records for quick searches.",
        "\b\nExample: minutes index records/\n         minutes index records/ --status",
    ),
    Row("diff", "diff", "Compare two versions of a record or of parse results.", DIFF_EXAMPLES),
    Row("normalize", "normalize", "Correct slips of OCR and typing, each with a reason.", NORMALIZE_EXAMPLES),
    Row("check", "check", "Find what is wrong in records, where, and what to do.", CHECK_EXAMPLES),
    Row(
        "conventions",
        "conventions",
        "List the ways of marking speakers that minutes knows.",
        "Example: minutes parse --convention circle-label record.txt",
    ),
    Row(
        "schema",
        "schema",
        "Print the JSON Schema of the JSON output.",
        "\b\nExample: minutes schema > minutes.schema.json\n         minutes schema --of summary",
    ),
)
MODEL = (
    Row(
        "train",
        "model",
        "Count the characters of records and write a model.",
        "Example: minutes model train records/ -o own.model",
    ),
    Row(
        "info",
        "model",
        "Say what a model was made of, and its size.",
        "Example: minutes model info own.model",
    ),
)


def build(called: str) -> typer.Typer:
    """The app for a command line that begins with *called*: of the other subcommands only name and help.

    Their options would cost more than most commands do.
    """
    # Without markup mode and pretty exceptions typer does not import rich (130 ms).
    app = typer.Typer(
        name="minutes",
        help="Turn the records of Japanese public meetings into data.",
        epilog="Example: minutes parse record.txt",
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        rich_markup_mode=None,
    )
    model = typer.Typer(
        help="Make a character model of records, or see its facts.",
        epilog="Example: minutes model train records/ -o own.model",
        add_completion=False,
        rich_markup_mode=None,
    )
    app.callback()(_options)
    for row in COMMANDS:
        _add(app, row, whole=row.name == called)
    for row in MODEL:
        _add(model, row, whole=called == "model")
    app.add_typer(model, name="model")
    return app


def _add(app: typer.Typer, row: Row, *, whole: bool) -> None:
    function = _function(row) if whole else _elsewhere
    app.command(row.name, help=row.help, epilog=row.epilog)(function)


def _function(row: Row) -> Callable[..., Any]:
    module = import_module(f"minutes_cli.cli.{row.module}")
    made: Callable[..., Any] = module.as_command() if hasattr(module, "as_command") else getattr(module, row.name)
    return made


def _elsewhere() -> None:
    """Stands for a subcommand that is not called."""


def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback when minutes itself fails.")] = False,
) -> None:
    """Both are taken by main() before typer runs; they stand here for the help."""
