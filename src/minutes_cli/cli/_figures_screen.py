"""Figures to read: a table, or bars. Prints nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from minutes_cli.cli._figures import Result, is_doubtful, names, number, percent, rate
from minutes_cli.cli._overview import table
from minutes_cli.cli._print import Line
from minutes_cli.cli._text import columns, cut, cut_front, pad, visible
from minutes_cli.summarize.figures import By, Head, Row
from minutes_cli.summarize.ranked import Sort

EIGHTHS = "▏▎▍▌▋▊▉█"
#: What gives way first where the screen is narrow.
_LESS = ("role", "longest", "in records", "in turns", "records", "share", "turns", "characters")
_NARROWEST = 10
_NARROWEST_PATH = 24
#: So many years or months without records are shown one by one; more of them in one line.
_SHORT_GAP = 3


class Column(NamedTuple):
    """A column of the table: its name and what stands in it, by row."""

    name: str
    cell: Callable[[Row], str]
    right: bool = True


def table_lines(result: Result, width: int) -> tuple[list[Line], list[str]]:
    """The table with its total, in *width* columns, and the names of the columns for which there is no room."""
    result = _without_long_gaps(result)
    rows = [*result.every_row, result.ranked.total]
    first = [*_names(result), "total"]
    shown, left_out = _columns(result), []
    for name in _LESS:
        if _rest(rows, shown, width) >= _least(result, first):
            break
        left_out += [c.name for c in shown if c.name == name]
        shown = [c for c in shown if c.name != name]
    rest = _rest(rows, shown, width)
    if len(result.terms) > 1 and rest < _least(result, first):
        return list(_term_by_term(result, rows, first, width)), left_out
    if result.ranked.by is By.RECORD:
        first = _cut_front(first, max(rest, _NARROWEST))
    head = [result.ranked.by.value, *(c.name for c in shown)]
    cells = [[name, *(c.cell(row) for c in shown)] for name, row in zip(first, rows, strict=True)]
    right = [i for i, c in enumerate(shown, 1) if c.right]
    shrink = [i for i in range(len(head)) if i not in right]
    return list(table(head, cells, width, shrink=shrink, right=right)), left_out


def _without_long_gaps(result: Result) -> Result:
    """*result* with years, or months, without records put together to one row, where more than three follow."""
    rows: list[Row] = []
    for empty, together in groupby(result.ranked.rows, key=lambda row: row.records == 0):
        gap = list(together)
        if empty and len(gap) > _SHORT_GAP:
            name = f"{gap[0].head.name}–{gap[-1].head.name}"
            gap = [gap[0]._replace(head=Head(name), rows=len(gap))]
        rows += gap
    return result._replace(ranked=result.ranked._replace(rows=tuple(rows)))


def _names(result: Result) -> list[str]:
    """What the rows are called, safe to print."""
    return [visible(name) for name in names(result)]


def _cut_front(called: Sequence[str], width: int) -> list[str]:
    """Paths in *width* columns: they differ at their end."""
    return [cut_front(name, width) for name in called]


def _least(result: Result, first: Sequence[str]) -> int:
    """How many columns the names of the rows need to be told apart."""
    return min(_NARROWEST_PATH if result.ranked.by is By.RECORD else _NARROWEST, max(map(columns, first)))


def _columns(result: Result) -> list[Column]:
    total = result.ranked.total
    found = [
        Column("records", lambda row: number(row.records)),
        Column("turns", lambda row: number(row.turns)),
        Column("characters", lambda row: number(row.characters)),
    ]
    if result.ranked.by is By.SPEAKER:
        found.insert(0, Column("role", _office, right=False))
    if any(map(is_doubtful, result.ranked.rows)):
        found.insert(0, Column("?", _doubt))
    if not result.terms:
        return [
            *found,
            Column("share", lambda row: percent(row, total)),
            Column("longest", lambda row: number(row.longest.characters if row.longest else None)),
        ]
    for i, term in enumerate(result.terms):
        found += _of(i, visible(term))
    if len(result.terms) == 1:
        found += [
            Column("in turns", lambda row: number(row.terms[0].turns)),
            Column("in records", lambda row: number(row.terms[0].records)),
        ]
    return found


def _of(i: int, term: str) -> list[Column]:
    return [
        Column(term, lambda row: number(row.terms[i].times)),
        Column("per 10,000", lambda row: rate(row.terms[i], row.characters)),
    ]


def _doubt(row: Row) -> str:
    return "?" if is_doubtful(row) else ""


def _office(row: Row) -> str:
    person = row.head.person
    if person is None:
        return ""
    told = (person.affiliation, person.role, person.title)
    return visible(" ".join(p for p in told if p and (person.name or p not in person.label)))


def _rest(rows: Sequence[Row], shown: Sequence[Column], width: int) -> int:
    """What the other columns leave for the names of the rows."""
    for column in shown:
        widest = max(columns(column.name), *(columns(column.cell(row)) for row in rows))
        width -= 2 + (widest if column.right else min(widest, _NARROWEST))
    return width


def _term_by_term(result: Result, rows: Sequence[Row], first: Sequence[str], width: int) -> Iterator[Line]:
    """A line for each row and term."""
    cells = []
    for name, row in zip(first, rows, strict=True):
        for i, (term, told) in enumerate(zip(result.terms, row.terms, strict=True)):
            cells.append(["" if i else name, visible(term), number(told.times), rate(told, row.characters)])
    head = [result.ranked.by.value, "term", "count", "per 10,000"]
    return table(head, cells, width, shrink=(0, 1), right=(2, 3))


def bar_lines(result: Result, width: int, *, ascii_only: bool) -> Iterator[Line]:
    """Bars in *width* columns: of characters or turns; of each term its rate, or with ``--sort count`` its count."""
    result = _without_long_gaps(result)
    if not result.terms:
        yield from _bars(result, _plain(result), width, ascii_only)
        return
    for i, term in enumerate(result.terms):
        if i:
            yield []
        yield from _bars(result, _of_term(result, i, term), width, ascii_only)


class _Measure(NamedTuple):
    """What the bars show. ``most`` is the longest of them; ``words`` stand behind each."""

    title: str
    value: Callable[[Row], float]
    most: float
    words: Callable[[Row], str]


def _plain(result: Result) -> _Measure:
    total = result.ranked.total

    def value(row: Row) -> float:
        return row.turns if result.ranked.sort is Sort.TURNS else row.characters

    def words(row: Row) -> str:
        share = "" if result.ranked.sort is Sort.TURNS else f"  {percent(row, total):>7}"
        return f"{number(int(value(row)))}{share}"

    title = "turns" if result.ranked.sort is Sort.TURNS else "characters"
    return _Measure(title, value, max(map(value, result.every_row), default=0), words)


def _of_term(result: Result, i: int, term: str) -> _Measure:
    counted = result.ranked.sort is Sort.COUNT
    value = _times if counted else _rate
    what = "times in so many characters" if counted else "per 10,000 characters (times in so many)"
    most = max((value(row, k) for row in result.every_row for k in range(len(result.terms))), default=0)

    def words(row: Row) -> str:
        told = row.terms[i]
        times = f"{number(told.times)} in {number(row.characters)}"
        return times if counted else f"{rate(told, row.characters)}  ({times})"

    return _Measure(f"{visible(term)}: {what}", lambda row: value(row, i), most, words)


def _times(row: Row, term: int) -> float:
    return row.terms[term].times


def _rate(row: Row, term: int) -> float:
    return row.terms[term].rate(row.characters) or 0.0


def _bars(result: Result, measure: _Measure, width: int, ascii_only: bool) -> Iterator[Line]:
    yield [(cut(measure.title, width), "faint")]
    rows = result.every_row
    called = _names(result)
    if result.ranked.by is By.RECORD:
        called = _cut_front(called, width // 3)
    words = ["no records" if row.records == 0 else measure.words(row) for row in rows]
    doubt = 2 if any(map(is_doubtful, rows)) else 0
    label = min(max(map(columns, called), default=0), width // 3)
    widest = max(map(columns, words), default=0)
    room = max(width - label - doubt - widest - 4, 1)
    for name, row, said in zip(called, rows, words, strict=True):
        part = measure.value(row) / measure.most if measure.most else 0.0
        yield [
            (pad(name, label), "speaker"),
            (f" {_doubt(row):1}" if doubt else "", "warn"),
            ("  ", ""),
            (pad(bar_of(part, room, ascii_only=ascii_only), room), "key"),
            ("  ", ""),
            (pad(said, widest, right=True), "faint" if row.records == 0 else ""),
        ]


def bar_of(part: float, room: int, *, ascii_only: bool) -> str:
    """A bar that fills *part* (0 to 1) of *room* columns; anything above 0 shows at least as a sliver."""
    if part <= 0:
        return ""
    if ascii_only:
        return "#" * round(part * room) or "."
    eighths = max(1, round(part * room * 8))
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (EIGHTHS[rest - 1] if rest else "")
