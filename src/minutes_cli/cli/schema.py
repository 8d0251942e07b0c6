"""minutes schema"""

from __future__ import annotations

from minutes_cli.cli._print import write_out


def schema() -> int:
    """Print the JSON Schema."""
    from minutes_cli.export.schema import schema as read_schema

    write_out(read_schema())
    return 0
