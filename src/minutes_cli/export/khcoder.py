"""Turns as the table that a user of KH Coder 3 opens: the text to analyse in one column, variables in the others.

A CSV in UTF-8 with a byte order mark: KH Coder takes ``.csv`` as it takes Excel files, and the mark is what it (and
Excel) knows UTF-8 by. The first row names the variables; on opening, choose the column 発言 as text. What KH Coder
does with a table (its ``kh_spreadsheet.pm`` and ``kh_spreadsheet/csv.pm``) decides how the cells are written:

- It marks documents with ``<h5>``, so half-width angle brackets are no text to it: it makes round ones of them. Here
  they are ＜ and ＞ in every cell, which stay brackets.
- Line ends in the text are ends of paragraphs (段落). Those and tabs in variables it drops; here they are blanks there.
- A variable without a value is a full stop; here such cells are empty.
- Control characters stop it (``2023 - EIQ``): here they can be seen, as in ␛ (see :mod:`minutes_cli.export.shown`).

Text that a spreadsheet would take for a formula has ``'`` before it. 出典 leads back to the original.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from minutes_cli.export.cells import as_csv
from minutes_cli.export.columns import Row, rows_of
from minutes_cli.export.csv import BOM
from minutes_cli.export.model import Options
from minutes_cli.export.shown import shown
from minutes_cli.model import Document, TurnKind

__all__ = ["VARIABLES", "write_khcoder"]

TEXT = "発言"

_KINDS = {
    TurnKind.SPEECH: "発言",
    TurnKind.QUESTION: "質問",
    TurnKind.ANSWER: "答弁",
    TurnKind.REPORT: "報告",
    TurnKind.STATEMENT: "意見表明",
}
_WIDE = str.maketrans("<>", "＜＞")
_BLANKS = str.maketrans("\n\t", "  ")


def _source(row: Row) -> str:
    """Where the speech stands, as people quote it: file, page or place, lines."""
    source, turn = row.document.view.source, row.turn
    first, last = turn.lines
    parts = [
        f"{turn.page}頁" if turn.page is not None else None,
        place if (place := source.where(turn.span.start)) != f"page {turn.page}" else None,
        f"{first}行" if first == last else f"{first}-{last}行",
    ]
    return " ".join([source.name, *filter(None, parts)])


VARIABLES: dict[str, Callable[[Row], str | None]] = {
    "発言者": lambda r: r.speaker.name or r.speaker.label if r.speaker else r.turn.label,
    "役職": lambda r: (r.speaker.role or r.speaker.title) if r.speaker else None,
    "肩書": lambda r: r.speaker.title if r.speaker else None,
    "会派・所属": lambda r: r.speaker.affiliation if r.speaker else None,
    "発言の種類": lambda r: _KINDS[r.turn.kind],
    "会議名": lambda r: r.document.meeting.title,
    "会議体": lambda r: r.document.meeting.body,
    "日付": lambda r: r.document.meeting.date,
    "見出し": lambda r: r.section.heading if r.section else None,
    "発言番号": lambda r: str(r.turn.order),
    "出典": _source,
}
"""The variables, and how each is had."""


def write_khcoder(documents: Iterable[Document], options: Options) -> Iterator[bytes]:
    """The turns of *documents* under one head; no row for a turn without text, which is no document to KH Coder."""
    rows = (
        [row.turn.text, *(_variable(get(row)) for get in VARIABLES.values())]
        for document in documents
        for row in rows_of(document)
        if row.turn.text.strip()
    )
    yield BOM
    for line in as_csv([TEXT, *VARIABLES], rows, _readable):
        yield line.encode()


def _variable(value: str | None) -> str | None:
    return None if value is None else value.translate(_BLANKS)


def _readable(text: str) -> str:
    return shown(text).translate(_WIDE)
