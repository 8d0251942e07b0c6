"""What stands around the speeches of a record: the lines before the first speaker and those behind the last."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from minutes_cli.check.dates import Dated, dates_in
from minutes_cli.check.once import once
from minutes_cli.check.subject import Subject
from minutes_cli.model import BlockKind
from minutes_cli.parse.layout import Row
from minutes_cli.parse.layout import rows as rows_of
from minutes_cli.patterns import lazy

#: So many characters of a record without speakers are looked at as if they stood before its first one.
_WITHOUT_SPEAKERS = 3_000
#: Characters and lines beyond these are no longer the beginning or the end of a record.
_MOST_CHARACTERS, _MOST = 60_000, 400
_NUMBER = r"[\s\d０-９一二三四五六七八九十.．、）)（(○◎・]*"
#: Lines that say when a session opens and closes: ２ 開会 令和６年１月３０日.
OPENING_LINE = lazy(_NUMBER + r"開\s*[会會]")
CLOSING_LINE = lazy(_NUMBER + r"[閉散]\s*[会會]")
_LONGEST_TITLE = 60
#: A character of every word for records: most lines have none.
_TITLE_SIGN = lazy(r"[録錄要概果摘メ]")
_TITLE = lazy(
    r"(?:[会會]議|議事)録|速記録|[会會]議[錄録]|議事[錄録]|"
    r"議事要[旨録]|"
    r"議事概要|"
    r"会議概要|"
    r"会議要旨|"
    r"会議結果|発言録|"
    r"摘録|議事メモ|記録|の概要"
)


def front_end(subject: Subject) -> int:
    """Where the first speaker's label begins in the corrected text."""
    for block in subject.document.blocks:
        if block.kind is BlockKind.LABEL:
            return block.start
    return min(len(subject.document.view.text), _WITHOUT_SPEAKERS)


@once
def front_rows(subject: Subject) -> list[Row]:
    """The lines before the first speaker that are not blank, with their places in the corrected text."""
    return [
        row for row in rows_of(subject.document.view.text[: min(front_end(subject), _MOST_CHARACTERS)]) if row.text
    ][:_MOST]


@once
def back_rows(subject: Subject) -> list[Row]:
    """The lines behind the last speech that are not blank, with their places in the corrected text."""
    text = subject.document.view.text
    found: list[Row] = []
    for block in subject.document.blocks[::-1]:
        if block.kind is BlockKind.BACK:
            found[:0] = [
                shifted(row, block.start)
                for row in rows_of(text[block.start : min(block.end, block.start + _MOST_CHARACTERS)])
                if row.text
            ]
        if block.kind is BlockKind.LABEL or len(found) > _MOST:
            break
    return found


def dated_rows(subject: Subject, rows: Sequence[Row]) -> Iterator[tuple[Row, list[Dated]]]:
    """Each of *rows*, which stand in order, with the dates in it."""
    dates = dates_in(subject.document.view.text)
    at = 0
    for row in rows:
        at = bisect_left(dates, row.start, lo=at, key=lambda date: date.start)
        here: list[Dated] = []
        while at < len(dates) and dates[at].start < row.end:
            here.append(dates[at])
            at += 1
        yield row, here


def shifted(row: Row, by: int) -> Row:
    """*row* so many characters further on."""
    return row._replace(start=row.start + by, body=row.body + by, end=row.end + by, stop=row.stop + by)


def is_title(row: Row) -> bool:
    """Whether a line reads like the title of a record."""
    text = row.text
    if len(text) > _LONGEST_TITLE or "。" in text or not _TITLE_SIGN.search(text):
        return False
    return bool(_TITLE.search("".join(text.split())))


@once
def around(subject: Subject) -> list[tuple[int, int]]:
    """The stretches of the corrected text before the first speaker, of its events and behind the last, in order."""
    kinds = (BlockKind.EVENT, BlockKind.BACK, BlockKind.FRONT)
    front = front_end(subject)
    return [(0, front), *((b.start, b.end) for b in subject.document.blocks if b.kind in kinds and b.start >= front)]


def within(stretches: Sequence[tuple[int, int]], start: int) -> bool:
    """Whether the place lies in one of *stretches*, which stand in order."""
    at = bisect_right(stretches, start, key=lambda stretch: stretch[0]) - 1
    return at >= 0 and start < stretches[at][1]
