"""Rows as CSV and as JSON lines, safe for spreadsheets and for screens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from minutes_cli.cli._hits.hit import Options, clean
from minutes_cli.cli._text import escaped


def as_csv(head: Sequence[str], rows: Iterable[Sequence[object]], options: Options) -> Iterator[str]:
    """*rows* under *head* as CSV that is safe for spreadsheets, and on a screen for that."""
    from minutes_cli.export import cells

    return cells.as_csv(head, rows, clean if options.screen else None)


def as_json(row: Mapping[str, object], options: Options) -> str:
    r"""*row* as JSON on a line. On a screen what could steer it is escaped (``\u009b``), which JSON reads alike."""
    from minutes_cli.export.json import dumps

    text = dumps(row).decode()
    return escaped(text) if options.screen else text
