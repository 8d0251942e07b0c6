"""Rows as CSV and as JSON lines, safe for spreadsheets and for screens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from minutes_cli.cli._hits.hit import Options, clean


def as_csv(head: Sequence[str], rows: Iterable[Sequence[object]], options: Options) -> Iterator[str]:
    """*rows* under *head* as CSV that is safe for spreadsheets, and on a screen for that."""
    from minutes_cli.export import cells

    return cells.as_csv(head, rows, clean if options.screen else None)


def as_json(row: Mapping[str, object], options: Options) -> str:
    r"""*row* as JSON on a line. On a screen what could steer it is escaped (``\u009b``), which JSON reads alike."""
    from minutes_cli.export.json import dumps

    text = dumps(row).decode()
    if not options.screen or text[:-1].isprintable():
        return text
    import json

    return "".join(c if c.isprintable() or c in "\n\u3000" else json.dumps(c)[1:-1] for c in text)
