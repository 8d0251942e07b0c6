"""Rows as CSV and as JSON lines, safe for spreadsheets and for screens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from minutes_cli.cli._hits.hit import Options, clean
from minutes_cli.patterns import lazy

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_QUOTED = lazy('[,"\n\r]')


def as_csv(head: Sequence[str], rows: Iterable[Sequence[object]], options: Options) -> Iterator[str]:
    """*rows* under *head* as CSV with line feeds, None as nothing.

    Text that a spreadsheet would take for a formula gets ``'`` before it (OWASP: CSV injection).
    """
    yield ",".join(head) + "\n"
    for row in rows:
        yield ",".join(_cell(value, options) for value in row) + "\n"


def _cell(value: object, options: Options) -> str:
    if not isinstance(value, str):
        return "" if value is None else str(value)
    text = ("'" if value.startswith(_FORMULA) else "") + value
    if options.screen:
        text = clean(text)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def as_json(row: Mapping[str, object], options: Options) -> str:
    r"""*row* as JSON on a line. On a screen what could steer it is escaped (``\u009b``), which JSON reads alike."""
    from minutes_cli.export.json import dumps

    text = dumps(row).decode()
    if not options.screen or text[:-1].isprintable():
        return text
    import json

    return "".join(c if c.isprintable() or c in "\n\u3000" else json.dumps(c)[1:-1] for c in text)
