"""M504: title, heading and file name give different dates. A closing before the opening belongs to M505."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from minutes_cli.check.dates import Dated, day_of, find_dates
from minutes_cli.check.front import CLOSING_LINE, OPENING_LINE, dated_rows, front_rows, is_title
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.parse.layout import RULE as RULER
from minutes_cli.parse.layout import Row
from minutes_cli.patterns import lazy

_YEAR_AHEAD = r"(?=[^\w]*(?:令|平|昭|西|[0-9０-９元一二]|[MTSHR]))"
_HELD = lazy(r"(?:開催|会議|実施)?(?:の)?(?:日時|年月日|期日|月日|日程|日)[:：はにが]?" + _YEAR_AHEAD + r"|とき[:：]?")
_OPENS = lazy(r"開\s?[会會議]|開\s?催|午\s?[前後]|正\s?午|[0-9０-９]\s?[:：時]")
#: Dates of something else than the meeting at hand.
_OTHERS = lazy(
    r"招集|召集|告示|会期|調製|作成|公[布開表]|発行|掲載|次回|前回|提出|議決|付託|受理|期間|締切|現在|閉[会會]|散[会會]"
    r"|延[会會]|日.{0,8}(?:から|[~～〜]).{0,8}日"
)
#: What may stand in one line with the day without making a sentence of it.
_BESIDE = lazy(
    r"[0-9０-９]{1,2}[:：][0-9０-９]{2}|第\S{1,4}日(?:目)?|[（）()〔〕\[\]【】\s、・:：]|開\s?[会會議催]|午[前後]|[月火水木金土日]曜日?|於.*"
    r"|[0-9０-９一二三四五六七八九十零]+[時分]|[~～〜\-－]|から"
)
_EIGHT_DIGITS = lazy(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
#: What may stand before the words of a field: marks, and the number of its line.
_LEADING = "#=・○◯〇◎-*■◆1234567890１２３４５６７８９０.．、 　"
#: The day stands so many lines below the title at most; what tells when a meeting opens is no longer.
_NEAR_TITLE, _SHORT = 4, 40
#: A day with its weekday is hardly a slip.
_WITH_WEEKDAY = 2
_LEAP_YEAR = 2000


def _find(subject: Subject) -> Iterator[Flaw]:
    stated = _stated(subject, front_rows(subject))
    weights: Counter[datetime.date] = Counter()
    for date in stated:
        if date.date is not None:
            weights[date.date] += _WITH_WEEKDAY if date.weekday is not None else 1
    if not weights:
        return
    right = weights.most_common(1)[0][0]
    text = subject.document.view.text
    for date in stated:
        if (date.month, date.day) != (right.month, right.day) or date.year not in (right.year, None):
            yield Flaw(
                subject.span(date.start, date.end),
                f"{' '.join(text[date.start : date.end].split())} is another day than {right}, which the record gives "
                "as that of the meeting elsewhere; correct the one that is wrong",
            )
    named = _in_name(subject.source.name)
    if named and not set(named) & set(weights):
        first = next(date for date in stated if date.date is not None)
        yield Flaw(
            subject.span(first.start, first.end),
            f"the record gives {right} as the day of the meeting, the name of its file {named[0]}; correct the one "
            "that is wrong",
        )


def _stated(subject: Subject, rows: Sequence[Row]) -> list[Dated]:
    """What the beginning of the record gives as the day of the meeting.

    A date with a weekday that does not fit it is a matter of M503, and tells no day.
    """
    found: list[Dated] = []
    name = _tight(subject.document.meeting.title or "")
    since_title = _NEAR_TITLE + 1
    opened: Dated | None = None
    for i, (row, dates) in enumerate(dated_rows(subject, rows)):
        title = is_title(row) or (bool(dates) and _tight(row.text) == name and not _alone(row, dates[0]))
        since_title = 0 if title else since_title + 1
        if len(dates) != 1:
            continue
        (date,) = dates
        if OPENING_LINE.match(row.text):
            opened = date
        elif CLOSING_LINE.match(row.text) and opened is not None and opened.date == date.date is not None:
            found += [opened, date]  # a session of one day
        if _OTHERS.search(_tight(row.text)):
            continue
        misfit = date.weekday is not None and date.date is not None and date.date.weekday() != date.weekday
        if misfit or day_of(date.year or _LEAP_YEAR, date.month, date.day) is None:
            continue
        following = rows[i + 1] if i + 1 < len(rows) else None
        below = since_title <= _NEAR_TITLE and _holds_the_day(row, date)
        head = i == 0 and following is not None and following.kind is RULER and _alone(row, date)
        if title or (date.year is not None and (below or head or _tells(row, date, following))):
            found.append(date)
            since_title = since_title if title else _NEAR_TITLE + 1
    return found or _only_day(subject, rows)


def _only_day(subject: Subject, rows: Sequence[Row]) -> list[Dated]:
    """The day that stands on a line of its own, where the beginning of the record has no other."""
    days = [(row, date) for row, dates in dated_rows(subject, rows) for date in dates if date.date is not None]
    return [date for row, date in days if len(days) == 1 and _alone(row, date) and not _OTHERS.search(row.text)]


def _tight(text: str) -> str:
    return "".join(text.split()).lstrip(_LEADING)


def _holds_the_day(row: Row, date: Dated) -> bool:
    """Whether a line is nothing but the day, or the day and then the place."""
    behind = row.text[date.end - row.body :]
    return _alone(row, date) or (date.start == row.body and len(behind) <= _SHORT // 2 and "。" not in behind)


def _alone(row: Row, date: Dated) -> bool:
    return not _BESIDE.sub("", row.text[: date.start - row.body] + row.text[date.end - row.body :])


def _tells(row: Row, date: Dated, following: Row | None) -> bool:
    """Whether a line is the field for the day, or the day with the time of opening in it or in the line behind it."""
    if _HELD.match(_tight(row.text)):
        return True
    if date.start != row.body and _tight(row.text[: date.start - row.body]):
        return False
    opens = bool(_OPENS.search(row.text[date.end - row.body :])) or (
        following is not None and len(following.text) < _SHORT and bool(_OPENS.search(following.text))
    )
    return opens and _alone(row, date)


def _in_name(name: str) -> list[datetime.date]:
    """The days in the name of a file: 20231122, 2023-11-22, R5.11.22, 令和5年11月22日."""
    stem = re.sub(r"(?<=\d)_(?=\d)", "-", PurePath(name).stem).replace("_", " ")
    days = [day_of(int(y), int(m), int(d)) for y, m, d in _EIGHT_DIGITS.findall(stem)]
    days += [date.date for date in find_dates(stem)]
    return [day for day in days if day is not None]


_RECORD = """{}
{}
場所　あおば町役場
{}
○議長（山田太郎君）　ただいまから会議を開きます。
○1番（佐藤花子君）　昨日、3月3日に見てまいりました。
○議長（山田太郎君）　本日はこれで散会いたします。
"""
_TITLE = "令和6年第1回あおば町議会定例会会議録"

RULE = Rule(
    find=_find,
    explanation=(
        "The title, the line below it, the line for the date and time, or the name of the file give different days "
        "for one meeting; one of them is usually left over from the record before. Days of the convocation, of "
        "publication, of the whole session or of the next meeting are left alone, and so are those in speeches."
    ),
    must=(
        Example(_RECORD.format(_TITLE, "令和6年3月4日（月）", "日時　令和6年3月5日　午前10時"), (4,)),
        Example(_RECORD.format(_TITLE + "（令和6年3月4日）", "日時：令和6年4月4日", ""), (2,)),
        Example(_RECORD.format(_TITLE, "令和6年3月4日", ""), (2,), path="会議録_2024-03-11.txt"),
        Example(_RECORD.format(_TITLE, "令和6年3月4日", ""), (2,), path="R6.3.5定例会.txt"),
    ),
    must_not=(
        Example(
            _RECORD.format(_TITLE + "（第2日）", "令和6年3月5日", "招集年月日　令和6年3月4日"), path="20240305.txt"
        ),
        Example(_RECORD.format(_TITLE, "令和6年3月4日", "会期　令和6年3月4日から令和6年3月22日まで")),
        Example(_RECORD.format(_TITLE, "令和6年3月4日", "次回　令和6年4月10日"), path="第20240099号.txt"),
        Example(
            _RECORD.format("令和5年度第4回あおば町民会議　議事録", "令和6年3月4日（月）", "開催日時：2024/3/4 10:00～")
        ),
    ),
)
