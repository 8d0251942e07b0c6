"""M503: a weekday that does not fit the date. Dates that do not exist belong to M502."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterator

from minutes_cli.check.dates import WEEKDAYS, Dated, dates_in, day_of
from minutes_cli.check.front import front_end
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.model import BlockKind, Safety

_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: A day without a year in a speech lies so near the meeting (days), before or after it.
_NEAR = 330
#: A year that stands so many characters before a day may be the year of that day (昨年の台風は … 9月5日水曜日).
_REACH = 60


def _find(subject: Subject) -> Iterator[Flaw]:
    text = subject.document.view.text
    dated = [date for date in dates_in(text) if date.weekday is not None]
    if not dated:
        return
    blocks = subject.document.blocks
    labels = [block.end for block in blocks if block.kind is BlockKind.LABEL]
    front = front_end(subject)
    back = min((block.start for block in blocks if block.kind is BlockKind.BACK), default=len(text))
    for date in dated:
        spoken = front <= date.start < back
        before = bisect_right(labels, date.start)
        since = max(date.start - _REACH, labels[before - 1] if before else 0) if spoken else None
        day = _day(subject, date, since)
        if day is not None and day.weekday() != date.weekday:
            written = " ".join(text[date.start : date.end].split())
            right = _ENGLISH[day.weekday()] if text[date.said].isascii() else WEEKDAYS[day.weekday()]
            right = right[: date.said_end - date.said] if date.said_end - date.said == len("Mon") else right
            yield Flaw(
                subject.span(date.start, date.end),
                f"the weekday of {written} "
                f"does not "
                f"fit: "
                f"{day} "
                f"is a "
                f"{_ENGLISH[day.weekday()]} "
                f"({WEEKDAYS[day.weekday()]}); "
                "correct the weekday or the date",
                subject.replaced(
                    subject.span(date.said, date.said_end),
                    right,
                    "wrong-weekday",
                    f"{day} is a {_ENGLISH[day.weekday()]}; the date may be what is wrong",
                    Safety.ASK,
                ),
            )


def _day(subject: Subject, date: Dated, spoken_since: int | None) -> datetime.date | None:
    """The day that is meant; None where that is not certain, or where its weekday fits one of the days it may be.

    What is said from *spoken_since* on may name its year; None where nobody says it.
    """
    if date.year is not None:
        return date.date
    meeting = subject.document.meeting.date
    if meeting is None or date.other_year:
        return None
    held = datetime.date.fromisoformat(meeting)
    days = [day for year in (held.year - 1, held.year, held.year + 1) if (day := day_of(year, date.month, date.day))]
    if not days:
        return None
    nearest = min(days, key=lambda day: abs((day - held).days))
    if spoken_since is None:
        return nearest
    if "年" in subject.document.view.text[spoken_since : date.start]:
        return None
    near = [day for day in days if abs((day - held).days) <= _NEAR]
    return None if any(day.weekday() == date.weekday for day in near) else nearest


_RECORD = """令和6年第1回あおば町議会定例会会議録
{}
○議長（山田太郎君）　ただいまから会議を開きます。
○1番（佐藤花子君）　{}
○議長（山田太郎君）　本日はこれで散会いたします。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "The weekday printed with a date is not the weekday of that day: either the date or the weekday is wrong, "
        "so look it up and correct the one that is. A day without a year is taken to be that nearest to the meeting; "
        "in a speech it may also be one of the year before or the year after that is not a whole year away, and "
        "nothing is said where a year is spoken of just before it."
    ),
    must=(
        Example(_RECORD.format("令和6年3月4日（火）", "質問いたします。"), (2,)),
        Example(_RECORD.format("令和6年3月4日（月）", "締切りは3月15日木曜日です。"), (4,)),
        Example(_RECORD.format("2024/3/4(Tue)", "質問いたします。"), (2,)),
        Example("潮見会議　議事概要\n日時：令和六年三月四日（日曜日）\n議事\n・あいさつ\n", (2,)),
    ),
    must_not=(
        Example(_RECORD.format("令和6年3月4日（月）", "締切りは3月15日金曜日です。")),
        Example(_RECORD.format("令和6年3月4日（月）", "昨年の火事は3月15日水曜日のことでした。")),
        Example(_RECORD.format("令和6年3月4日（月）", "祭りは10月12日土曜日、この前のは10月12日木曜日でした。")),
        Example(_RECORD.format("令和６年３月４日（月曜日）", "3月20日（水・祝）は休みます。")),
    ),
)
