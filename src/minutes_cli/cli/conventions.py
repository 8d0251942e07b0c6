"""minutes conventions"""

from __future__ import annotations

from minutes_cli.cli._overview import table
from minutes_cli.cli._print import show, width


def conventions() -> int:
    """List the table of conventions."""
    from minutes_cli.parse.conventions import CONVENTIONS

    rows = [[c.name, c.example, c.about] for c in CONVENTIONS]
    show(table(["name", "example", "about"], rows, width(), shrink=(2, 1)))
    return 0
