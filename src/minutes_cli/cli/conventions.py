"""minutes conventions"""

from __future__ import annotations

from minutes_cli.cli._overview import table
from minutes_cli.cli._print import room, show


def conventions() -> int:
    """List the table of conventions."""
    from minutes_cli.parse.conventions import CONVENTIONS

    rows = [[c.name, c.example, c.about] for c in CONVENTIONS]
    show(table(["name", "example", "about"], rows, room(), shrink=(2, 1), whole=True))
    return 0
