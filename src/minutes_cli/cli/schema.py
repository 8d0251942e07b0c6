"""minutes schema"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from minutes_cli.cli._print import write_out


class Of(StrEnum):
    """Which JSON the schema is of."""

    RECORD = "record"  # parse --json, export --to json
    SUMMARY = "summary"  # summarize --json
    FINDINGS = "findings"  # check --format json


def schema(
    of: Annotated[
        Of,
        typer.Option(
            "--of",
            metavar="WHAT",
            help="Of which JSON: record (of parse and export), summary (of summarize) or findings (of check).",
        ),
    ] = Of.RECORD,
) -> int:
    """Print the JSON Schema."""
    write_out(_schema(of))
    return 0


def _schema(of: Of) -> bytes:
    if of is Of.SUMMARY:
        from minutes_cli.export.summary import schema as of_summaries

        return of_summaries()
    if of is Of.FINDINGS:
        from minutes_cli.export.findings.json import schema as of_findings

        return of_findings()
    from minutes_cli.export.schema import schema as of_records

    return of_records()
