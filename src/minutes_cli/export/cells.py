"""Rows as CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from minutes_cli.patterns import lazy

__all__ = ["as_csv"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_QUOTED = lazy('[,"\n\r]')


def as_csv(
    head: Sequence[str], rows: Iterable[Sequence[object]], clean: Callable[[str], str] | None = None
) -> Iterator[str]:
    """*rows* under *head* as CSV with line feeds, None as nothing; *clean* is done to every text.

    Text that a spreadsheet would take for a formula gets ``'`` before it (OWASP: CSV injection).
    """
    yield ",".join(head) + "\n"
    for row in rows:
        yield ",".join(_cell(value, clean) for value in row) + "\n"


def _cell(value: object, clean: Callable[[str], str] | None) -> str:
    if not isinstance(value, str):
        return "" if value is None else str(value)
    text = ("'" if value.startswith(_FORMULA) else "") + value
    if clean is not None:
        text = clean(text)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
