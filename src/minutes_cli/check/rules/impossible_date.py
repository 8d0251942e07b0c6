"""M502: a date or time that does not exist. A day that does, with a wrong weekday, belongs to M503."""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Iterator

from minutes_cli.check.dates import Clock, Dated, clocks_in, dates_in, hours_in
from minutes_cli.check.front import around, within
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.lexicon.calendar import ERAS
from minutes_cli.lexicon.numerals import DIGITS, to_int
from minutes_cli.patterns import lazy

#: The last day of each era that is over.
_LAST_DAYS = {
    "明治": datetime.date(1912, 7, 30),
    "大正": datetime.date(1926, 12, 25),
    "昭和": datetime.date(1989, 1, 7),
    "平成": datetime.date(2019, 4, 30),
}
#: Before that year Japan counted by the moon: other months had 30 days.
_SUN_SINCE = 1873
_LEAP_YEAR = 2000
_B = r"[ 　]{0,2}"
_TWO_YEARS = {
    era: lazy(
        rf"{era}(?:(?<=[（(]{era}){_B}(?P<inside>[{DIGITS}]{{1,4}}){_B}年?(?P<term_inside>度?){_B}[）)]"
        rf"|{_B}(?P<outside>[{DIGITS}]{{1,4}}){_B}年?(?P<term>度?){_B}[（(]{_B}(?:西暦)?{_B}(?P<west>[0-9０-９]{{4}}){_B}"
        rf"年?(?P<west_term>度?){_B}[）)])"
    )
    for era in ERAS
    if len(era) > 1
}
_WEST_BEFORE = lazy(rf"(?<![0-9０-９])(?P<west>[0-9０-９]{{4}}){_B}年?(?P<west_term>度?){_B}[（(]$")


def _find(subject: Subject) -> Iterator[Flaw]:
    text = subject.document.view.text
    stretches = around(subject)
    for date in dates_in(text):
        if why := _no_such_day(subject, date, stretches):
            yield _flaw(subject, date.start, date.end, why)
    if "時" in text:
        for hour in hours_in(text):
            if why := _no_such_time(hour, spoken=not (hour.hour > 24 and within(stretches, hour.start))):
                yield _flaw(subject, hour.start, hour.end, why)
    for start, end in stretches:
        for clock in clocks_in(text, start, end):
            if "時" not in text[clock.start : clock.end] and (why := _no_such_time(clock, spoken=False)):
                yield _flaw(subject, clock.start, clock.end, why)
    yield from _contradictions(subject)


def _flaw(subject: Subject, start: int, end: int, why: str) -> Flaw:
    written = " ".join(subject.document.view.text[start:end].split())
    return Flaw(subject.span(start, end), f"{written} does not exist: {why}; look it up and correct it")


def _no_such_day(subject: Subject, date: Dated, stretches: list[tuple[int, int]]) -> str | None:
    """Why there is no such day; None where there is, or where it may be something else than a day."""
    if date.era_year == 0:
        return "no era has a year 0"
    if date.year is not None and date.year < _SUN_SINCE:
        return None
    signs = not any(c in "月" for c in subject.document.view.text[date.start : date.end])
    if signs and date.weekday is None and not within(stretches, date.start):
        return None  # the number of a version or of a section
    if not 1 <= date.month <= 12:
        return f"no year has a month {date.month}"
    days = monthrange(date.year or _LEAP_YEAR, date.month)[1] if (date.year or 1) < 10_000 else 31
    if not 1 <= date.day <= days:
        return f"the month has {days} days"
    return _era_is_over(subject, date)


def _era_is_over(subject: Subject, date: Dated) -> str | None:
    """Records from before an era's end may well plan beyond it; later ones cannot."""
    last = _LAST_DAYS.get(date.era or "")
    held = subject.document.meeting.date
    if last is None or held is None or date.date is None or date.date <= last:
        return None
    return f"{date.era} ended on {last}" if datetime.date.fromisoformat(held) > last else None


def _no_such_time(clock: Clock, *, spoken: bool) -> str | None:
    if clock.minute > 59:
        return "an hour has 60 minutes"
    if clock.hour > 24 and (clock.half or not spoken):
        return "a day has 24 hours"
    if clock.half == "午前" and clock.hour > 12:
        return "the morning has 12 hours"
    return None


def _contradictions(subject: Subject) -> Iterator[Flaw]:
    """An era's year and the western one beside it that are not the same: 令和5年（2024年）."""
    text = subject.document.view.text
    for era, pattern in _TWO_YEARS.items():
        for match in pattern.finditer(text) if era in text else ():
            start, west, west_term = match.start(), match["west"], match["west_term"]
            year, term = to_int(match["outside"] or match["inside"]), match["term"] or match["term_inside"]
            if match["inside"]:
                before = _WEST_BEFORE.search(text, max(0, start - 12), start)
                if before is None:
                    continue
                start, west, west_term = before.start(), before["west"], before["west_term"]
            right = ERAS[era] + year if year else None
            if bool(term) == bool(west_term) and right is not None and right != int(west):
                yield Flaw(
                    subject.span(start, match.end()),
                    f"{text[start : match.end()]} contradicts itself: {era}{year}年 is {right}; correct one of the two",
                )


_RECORD = """令和6年第1回あおば町議会定例会会議録
{}
○議長（山田太郎君）　ただいまから会議を開きます。
○1番（佐藤花子君）　{}
○議長（山田太郎君）　本日はこれで散会いたします。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "A day that no calendar has (2月30日, 13月1日, 令和0年), a time that no clock shows (10時75分, 午前15時), a "
        "day after the end of its era in a record that was made after it, or two years beside each other that are "
        "not the same one (令和5年（2024年）). Numbers with signs between them count as dates around the speeches "
        "or with a weekday only, and 25時 in a speech is left alone: some people count so."
    ),
    must=(
        Example(_RECORD.format("令和6年2月30日", "質問いたします。"), (2,)),
        Example(_RECORD.format("令和6年3月4日（月）午前10時75分開会", "締切りは13月15日です。"), (2, 4)),
        Example(_RECORD.format("令和6年3月4日", "令和5年（2024年）の話です。"), (4,)),
        Example(_RECORD.format("令和6年3月4日", "平成35年3月31日に終わります。"), (4,)),
        Example(_RECORD.format("2023/2/29　10:00～11:60", "質問いたします。"), (2,)),
    ),
    must_not=(
        Example(_RECORD.format("令和6年2月29日", "31分の9、9/31と書きます。平成30年（2018年）の話です。")),
        Example(_RECORD.format("令和6年3月4日", "店は25時まで、資料は2.13.45です。令和5年度（2024年3月まで）です。")),
        Example(_RECORD.format("平成30年3月5日", "計画は平成35年3月31日に終わります。")),
        Example(_RECORD.format("令和6年3月4日", "3か月45日の間、72時間ごとに測り、5時60分の1ずつ減らします。")),
    ),
)
