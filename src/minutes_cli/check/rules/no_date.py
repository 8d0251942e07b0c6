"""M501: no date of the meeting."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from minutes_cli.check.dates import Dated, dates_in
from minutes_cli.check.front import back_rows, front_rows, is_title
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject, whole
from minutes_cli.model import BlockKind, Kind
from minutes_cli.patterns import lazy

_DATED_KINDS = (Kind.VERBATIM, Kind.SUMMARY, Kind.OUTLINE, Kind.PETITION)
#: A day that may be that of the meeting, also without its year.
_DAY = lazy(
    r"(?<!第)(?<!第[0-9０-９])[0-9０-９一二三四五六七八九十][ 　]{0,2}(?:日(?![0-9０-９間])|"
    r"[/／.．-][ 　]?[0-9０-９]{1,2}(?![0-9０-９]))"
)
_LONGEST = 60
_SPOKEN = (BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.TABLE)


def _find(subject: Subject) -> Iterator[Flaw]:
    document = subject.document
    if document.kind not in _DATED_KINDS or document.meeting.date is not None:
        return
    rows = front_rows(subject)
    begins = document.meeting.addressee or document.meeting.session or any(is_title(row) for row in rows)
    if not begins:
        return  # an excerpt that begins in the middle: the date stands elsewhere
    if any(len(row.text) <= _LONGEST and _DAY.search(row.text) for row in (*rows, *back_rows(subject))):
        return
    if any(date.year is not None and _alone(subject, date) for date in dates_in(document.view.text)):
        return
    what = "letter" if document.kind is Kind.PETITION else "meeting"
    yield whole(f"no date of the {what} stands in the record; add the date with its year, below the title for example")


def _alone(subject: Subject, date: Dated) -> bool:
    """Whether a date stands on a line of its own or nearly so, and nobody says it."""
    blocks = subject.document.blocks
    block = blocks[bisect_right(blocks, date.start, key=lambda block: block.start) - 1]
    if subject.document.turns and block.kind in _SPOKEN:
        return False
    text = subject.document.view.text
    before = text[
        max(text.rfind("\n", max(0, date.start - _LONGEST), date.start), date.start - _LONGEST, 0) : date.start
    ]
    after = text[date.end : date.end + _LONGEST].partition("\n")[0]
    return len((before + after).strip()) <= _LONGEST // 4


_RECORD = """令和6年第1回あおば町議会定例会会議録
{}
○議長（山田太郎君）　{}
○1番（佐藤花子君）　質問いたします。
○議長（山田太郎君）　本日はこれで散会いたします。
{}
"""
_LETTER = """あおば町長　山田太郎　様

通学路の安全に関する要望書
{}
あおば小学校保護者会会長　佐藤花子

記
1 横断歩道を塗り直すこと。
2 街灯を増やすこと。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "Neither the lines before the first speaker nor those behind the last say on which day the meeting was "
        "held, or a letter when it was written, so nobody can sort or quote the record by its date. A text without "
        "the title of a record is taken for an excerpt and left alone."
    ),
    must=(
        Example(_RECORD.format("場所　役場議場", "ただいまから3月15日までの会議を開きます。", ""), (1,)),
        Example(_LETTER.format("令和　年　月　日"), (1,)),
    ),
    must_not=(
        Example(_RECORD.format("令和6年3月4日", "ただいまから会議を開きます。", "")),
        Example(_RECORD.format("場所　役場議場", "ただいまから会議を開きます。", "令和6年3月4日　署名議員　佐藤花子")),
        Example(_RECORD.format("日時：3/4 10:00", "ただいまから会議を開きます。", "")),
        Example(
            "○議長（山田太郎君）　会議を続けます。\n○1番（佐藤花子君）　質問します。\n"
            "○議長（山田太郎君）　散会します。\n"
        ),
        Example(_LETTER.format("令和6年3月4日")),
    ),
)
