"""The typer app: one row per subcommand."""

from __future__ import annotations

from typing import Annotated

import typer

from minutes_cli.cli._grep_options import OPTIONS
from minutes_cli.cli._options import command
from minutes_cli.cli.conventions import conventions
from minutes_cli.cli.export import export
from minutes_cli.cli.grep import grep
from minutes_cli.cli.index import index
from minutes_cli.cli.model import info, train
from minutes_cli.cli.normalize import normalize
from minutes_cli.cli.parse import parse
from minutes_cli.cli.schema import schema

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


NORMALIZE_EXAMPLES = """The corrected text goes to standard output in UTF-8, with the line ends of the record.
Files (-o, -i) keep its encoding and byte order mark; --to-utf8 makes them UTF-8.
The diff is UTF-8 on standard output and in the encoding of the record in a file, so that patch -p1 takes it.

\b
Example: minutes normalize --table scan.txt
         minutes normalize scan.txt -o clean.txt
         minutes normalize -i --json records/ > edits.jsonl
         minutes normalize --undo edits.jsonl -i records/
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


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback when minutes itself fails.")] = False,
) -> None:
    """Both are taken by main() before typer runs; they stand here for the help."""


app.command(
    "parse",
    help="Show who said what: meeting, speakers, turns.",
    epilog="\b\nExample: minutes parse record.txt\n         minutes parse --json records/ > records.jsonl",
)(parse)
app.command(
    "export",
    help="Write records in a format for other programs.",
    epilog="Example: minutes export records/ --to jsonl -o turns.jsonl",
)(export)
app.command(
    "grep",
    help="Search records: who said it, when, under which item.",
    epilog=GREP_EXAMPLES,
)(command(OPTIONS, grep, "[PATTERN] [PATH]...", "What to search for (unless -e gives it), and files, folders or -."))
app.command(
    "index",
    help="Keep an index beside the records, so that grep need not read them.",
    epilog="\b\nExample: minutes index records/\n         minutes index records/ --status",
)(index)
app.command(
    "normalize",
    help="Correct slips of OCR and typing, each with a reason.",
    epilog=NORMALIZE_EXAMPLES,
)(normalize)
app.add_typer(model, name="model")
model.command(
    "train",
    help="Count the characters of records and write a model.",
    epilog="Example: minutes model train records/ -o own.model",
)(train)
model.command(
    "info",
    help="Say what a model was made of, and its size.",
    epilog="Example: minutes model info own.model",
)(info)
app.command(
    "conventions",
    help="List the ways of marking speakers that minutes knows.",
    epilog="Example: minutes parse --convention circle-label record.txt",
)(conventions)
app.command(
    "schema",
    help="Print the JSON Schema of the JSON output.",
    epilog="Example: minutes schema > minutes.schema.json",
)(schema)
