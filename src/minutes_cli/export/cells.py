"""Rows as CSV or TSV that no spreadsheet takes for formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from minutes_cli.patterns import lazy

__all__ = ["as_csv", "as_tsv"]

# The wide ones are formulas to Excel with Japanese input.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_QUOTED = lazy('[,"\n\r]')
_TSV = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def as_csv(
    head: Sequence[str], rows: Iterable[Sequence[object]], clean: Callable[[str], str] | None = None
) -> Iterator[str]:
    """*rows* under *head* as CSV with line feeds, None as nothing; *clean* is done to every text.

    Text that a spreadsheet would take for a formula gets ``'`` before it (OWASP: CSV injection).
    """
    yield ",".join(head) + "\n"
    for row in rows:
        yield ",".join(_quoted(_harmless(value, clean)) for value in row) + "\n"


def as_tsv(
    head: Sequence[str], rows: Iterable[Sequence[object]], clean: Callable[[str], str] | None = None
) -> Iterator[str]:
    r"""*rows* under *head* as lines of cells with tabs between them; else as in :func:`as_csv`.

    Tabs, line ends and backslashes inside a cell are written ``\t``, ``\n``, ``\r`` and ``\\``.
    """
    yield "\t".join(head) + "\n"
    for row in rows:
        yield "\t".join(_harmless(value, clean).translate(_TSV) for value in row) + "\n"


def _harmless(value: object, clean: Callable[[str], str] | None) -> str:
    if not isinstance(value, str):
        return "" if value is None else str(value)
    text = ("'" if value.startswith(_FORMULA) else "") + value
    return text if clean is None else clean(text)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
