"""The typer app: one row per subcommand."""

from __future__ import annotations

from typing import Annotated

import typer

from minutes_cli.cli.conventions import conventions
from minutes_cli.cli.export import export
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
