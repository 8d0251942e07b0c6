"""A Summary as an Excel file: one sheet each for groups, terms, key sentences, sentences by form, exchanges, records.

Texts are always cells of text, never formulas or links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from minutes_cli.errors import UsageError
from minutes_cli.export.json import escape_surrogates
from minutes_cli.export.summary.csv import EXCHANGE_COLUMNS, PERSON, exchange_rows
from minutes_cli.export.summary.shown import FORMS, Voices, marked, part, voice
from minutes_cli.export.workbook import LONGEST_CELL, MOST_ROWS, OPTIONS, write_text
from minutes_cli.summarize.model import By, Group, Quote, Summary

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["check", "write_xlsx"]

_QUOTE = ("path", "line", "page", "turn", "label", "text", "as in the record", "form", "shown by", "shortened")
_WIDTHS = {
    **dict.fromkeys(("text", "as in the record", "question", "answer"), 80),
    **dict.fromkeys(("group", "label", "section", "sections", "records", "path", "title", "reasons", "body"), 28),
    **dict.fromkeys(("asker_label", "answerer_label", "longest_path", "affiliation", "term"), 28),
}
_WIDTH = 12


class _Sheet(NamedTuple):
    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[object]]


def check() -> None:
    """Raise UsageError where the package that writes Excel files is not installed."""
    if find_spec("xlsxwriter") is None:
        raise UsageError(
            "writing xlsx needs xlsxwriter, which is not installed; minutes-cli[xlsx] brings it: pip install '.[xlsx]' "
            "where minutes is checked out"
        )


def write_xlsx(summary: Summary, voices: Voices) -> bytes:
    """*summary* as the bytes of an .xlsx file, the same for the same summary. Raises UsageError for too many rows."""
    check()
    from datetime import datetime

    from xlsxwriter import Workbook

    stream = BytesIO()
    with Workbook(stream, {**OPTIONS, "in_memory": True}) as book:
        book.set_properties({"title": f"Summary by {summary.by.value}", "created": datetime(2000, 1, 1)})
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        share = book.add_format({"num_format": "0.0%", "valign": "top"})
        for sheet in _sheets(summary, voices):
            _fill(book.add_worksheet(sheet.name), sheet, head, text, share)
    return stream.getvalue()


def _sheets(summary: Summary, voices: Voices) -> Iterator[_Sheet]:
    groups = summary.groups
    if summary.by is not By.EXCHANGE:
        figures = ("turns", "characters", "share", "longest", "longest_path", "longest_line")
        counts = (title for _, title in FORMS)
        yield _Sheet(
            "groups", ("group", *PERSON, *figures, *counts, "records", "sections"), (_figures(g) for g in groups)
        )
        terms = ((g.heading, t.term, t.times, t.elsewhere, t.score) for g in groups for t in g.terms)
        yield _Sheet("key terms", ("group", "term", "count", "others", "score"), terms)
        best = ((g.heading, q.score, *_quote(q, voices)) for g in groups for q in g.sentences)
        yield _Sheet("key sentences", ("group", "score", *_QUOTE), best)
        forms = ((g.heading, *_quote(q, voices)) for g in groups for field, _ in FORMS for q in part(g, field))
        yield _Sheet("requests and commitments", ("group", *_QUOTE), forms)
    exchanges = {(a.path, a.number): a for a in summary.exchanges}
    for group in groups:
        exchanges |= {(a.path, a.number): a for a in group.exchanges}
    paths = {record.path: at for at, record in enumerate(summary.records)}
    ordered = sorted(exchanges.values(), key=lambda a: (paths.get(a.path, len(paths)), a.number))
    yield _Sheet("exchanges", EXCHANGE_COLUMNS, exchange_rows(ordered))
    yield _Sheet("records", ("path", "title", "date", "body", "turns", "characters"), summary.records)


def _figures(group: Group) -> list[object]:
    longest = group.longest
    return [
        group.heading,
        *(getattr(group.person, name) if group.person else None for name in PERSON),
        group.turns,
        group.characters,
        group.share,
        *((longest.characters, longest.path, longest.line) if longest else (None, None, None)),
        *(len(part(group, field)) for field, _ in FORMS),
        "\n".join(group.records),
        "\n".join(group.sections),
    ]


def _quote(quote: Quote, voices: Voices) -> list[object]:
    return [
        quote.path,
        quote.line,
        quote.page,
        quote.turn,
        voice(quote, voices),
        quote.text,
        marked(quote),
        quote.form.value,
        quote.shown,
        "yes" if quote.shortened else "no",
    ]


def _fill(sheet: Worksheet, content: _Sheet, head: Format, text: Format, share: Format) -> None:
    for column, name in enumerate(content.head):
        sheet.write_string(0, column, name, head)
        sheet.set_column(column, column, _WIDTHS.get(name, _WIDTH))
    last = 0
    for last, row in enumerate(content.rows, 1):
        if last >= MOST_ROWS:
            raise UsageError(f"more than {MOST_ROWS - 1:,} {content.name}, too many for xlsx; choose csv or json")
        for column, value in enumerate(row):
            _write(sheet, last, column, value, share if content.head[column] == "share" else text)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(content.head) - 1)


def _write(sheet: Worksheet, row: int, column: int, value: Any, form: Format) -> None:
    if isinstance(value, str):
        write_text(sheet, row, column, _fitting(escape_surrogates(value)), form)
    elif value is not None:
        sheet.write_number(row, column, value, form)


def _fitting(text: str) -> str:
    """*text* as far as a cell holds it, with … for the rest."""
    if len(text.encode("utf-16-le")) <= 2 * LONGEST_CELL:
        return text
    return text.encode("utf-16-le")[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"
