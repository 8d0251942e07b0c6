"""Dates and times of day as a record writes them, with their places, also those that do not exist.

Places count code points of the text that is given, for rules that of the corrected text: a number that OCR has garbled
is a matter of its correction.
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from minutes_cli.lexicon.calendar import ERAS
from minutes_cli.lexicon.numerals import DIGITS, to_int
from minutes_cli.patterns import lazy

WEEKDAYS = "月火水木金土日"
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_N = rf"[{DIGITS}](?:[ 　]?[{DIGITS}]){{0,4}}"
_B = r"[ 　\t]{0,4}"
_ERA = r"明[ 　]?治|大[ 　]?正|昭[ 　]?和|平[ 　]?成|令[ 　]?和"
_LETTER = r"(?<![A-Za-zＡ-Ｚ])[MTSHRＭＴＳＨＲ]"
_WEST = r"(?<![0-9０-９])[0-9０-９]{4}|[一二][〇零一二三四五六七八九]{3}"
_OTHER_COUNT = rf"(?:[（(][^（）()]{{1,14}}[）)]{_B})?"  # 令和5年（2023年）
_WEEKDAY = (
    rf"(?:{_B}[（(〔［\[【](?P<inner>[^（）()〔〕［］\[\]【】\n]{{1,10}})[）)〕］\]】]|"
    rf"[、,]?{_B}(?P<bare>[{WEEKDAYS}]){_B}曜)?"
)
_INNER = lazy(r"[\s祝日・･、,]*?([月火水木金土日])\s*(?:曜\s*日?)?[\s・･、,]*(?:祝\s*日?|休\s*日?|振替(?:休日)?)?\s*")

#: The day behind a month, from its 月 on: with a fixed first character, records are searched fast.
_FROM_MONTH = lazy(rf"月(?<=[{DIGITS} 　]月){_B}(?P<day>{_N}){_B}日(?!間|目)" + _WEEKDAY)
#: The year before a month, up to its end.
_YEAR = lazy(
    rf"(?:(?P<era>{_ERA}|{_LETTER}){_B}(?P<year>{_N})|(?P<west>{_WEST})){_B}{_OTHER_COUNT}年{_B}{_OTHER_COUNT}年?{_B}$"
)
#: 2023/11/22, R5.11.22, 11/26(水), from the first sign on.
_FROM_SIGN = {
    sign: lazy(
        rf"{re.escape(sign)}(?<=[0-9０-９元]{re.escape(sign)}) ?(?P<one>[0-9０-９]{{1,2}})(?![0-9０-９])"
        rf"(?: ?{re.escape(sign)} ?(?P<two>[0-9０-９]{{1,2}})(?![0-9０-９]))?(?!{re.escape(sign)})日?" + _WEEKDAY
    )
    for sign in "/／.．-"
}
_TO_SIGN = lazy(
    rf"(?:(?P<era>{_ERA}|{_LETTER})[ 　]?(?P<year>[0-9０-９]{{1,2}}|元)"
    r"|(?<![0-9０-９/／.．\-])(?P<number>[0-9０-９]{4}|[0-9０-９]{1,2}))[/／.．-]$"
)
_BLANKS = " 　\t"
_DIGITS = frozenset("0123456789０１２３４５６７８９〇零一二三四五六七八九十百千元")
_YEAR_ENDS = frozenset("年）) 　\t")
_MOST_DIGITS, _MOST_BLANKS = 9, 4
_FARTHEST_YEAR, _FARTHEST_SIGNED = 48, 8
_FROM_HOUR = lazy(
    rf"時(?<=[{DIGITS} 　]時)(?!間|点|期|限|給|速|価|計|短|差|代)(?:{_B}(?P<minute>{_N}){_B}分(?!の)|(?P<thirty>半))?"
)
_FROM_COLON = lazy(
    r"[:：](?<=[0-9０-９][:：])(?<![0-9０-９][:：][0-9０-９]{2}[:：])"
    r"(?P<minute>[0-9０-９]{2})(?![0-9０-９:：])(?P<thirty>$^)?"
)
_NOON = lazy(r"正[ 　]?午")
_HALF = lazy(rf"(?:午{_B}([前後后])|([AP])M){_B}$")
_NO_CLOCK_BEHIND = frozenset(".．/／:：")
_FARTHEST_HALF = 10


class Dated(NamedTuple):
    """A date at ``[start, end)``, with its weekday; ``year`` is western, None where none is given in numbers.

    ``era`` and ``era_year`` are as written. ``weekday`` counts from Monday = 0 and its word stands at
    ``[said, said_end)``. ``other_year`` says that a year that is not given in numbers stands before it (翌年3月1日).
    """

    start: int
    end: int
    year: int | None
    month: int
    day: int
    era: str | None = None
    era_year: int | None = None
    weekday: int | None = None
    said: int = 0
    said_end: int = 0
    other_year: bool = False

    @property
    def date(self) -> datetime.date | None:
        """The day, where it has a year and exists."""
        return None if self.year is None else day_of(self.year, self.month, self.day)


class Clock(NamedTuple):
    """A time of day at ``[start, end)``; ``half`` is 午前, 午後 or None. Hour and minute are as written."""

    start: int
    end: int
    half: str | None
    hour: int
    minute: int

    @property
    def minutes(self) -> int:
        """Minutes since midnight: 午後1時 and 13時 are the same."""
        return (self.hour + (12 if self.half == "午後" and self.hour < 12 else 0)) * 60 + self.minute


def day_of(year: int, month: int, day: int) -> datetime.date | None:
    """The day; None where the calendar has none such."""
    exists = 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    return datetime.date(year, month, day) if exists else None


@lru_cache(maxsize=1)
def dates_in(text: str) -> tuple[Dated, ...]:
    """As :func:`find_dates`, for a whole record: several rules ask for its dates."""
    return tuple(find_dates(text))


def find_dates(text: str) -> list[Dated]:
    """All dates with a month and a day in *text*, in its order."""
    found = list(_in_words(text))
    for sign, pattern in _FROM_SIGN.items():
        if sign in text:
            found += _with_signs(text, pattern)
    return sorted(found)


def _in_words(text: str) -> Iterator[Dated]:
    for match in _FROM_MONTH.finditer(text):
        start, end = _number_before(text, match.start())
        month, day = to_int(text[start:end]), to_int(match["day"])
        if month is None or day is None:
            continue
        found = None
        if text[max(0, start - 1) : start] in _YEAR_ENDS:
            found = _YEAR.search(text, max(0, start - _FARTHEST_YEAR), start)
        year, era, era_year = _year(found["era"], found["year"], found["west"]) if found else (None, None, None)
        other_year = year is None and text[max(0, start - 2) : start].rstrip(_BLANKS)[-1:] == "年"
        if found is not None and year is not None:
            start = found.start()
        elif any(c in _BLANKS for c in text[start:end]):
            continue  # 第１ ５月１０日: which of the numbers belong to the month is not said
        yield Dated(start, match.end(), year, month, day, era, era_year, *_weekday(match), other_year)


def _number_before(text: str, at: int) -> tuple[int, int]:
    """Where the number that ends at *at* begins and ends: digits, at most a blank between two, and blanks behind."""
    end = at
    while end > 0 and at - end < _MOST_BLANKS and text[end - 1] in _BLANKS:
        end -= 1
    start = end
    while start > 0 and end - start < _MOST_DIGITS:
        if text[start - 1] in _DIGITS:
            start -= 1
        elif text[start - 1] in _BLANKS and start > 1 and start < end and text[start - 2] in _DIGITS:
            start -= 2
        else:
            break
    return start, end


def _with_signs(text: str, pattern: re.Pattern[str]) -> Iterator[Dated]:
    for match in pattern.finditer(text):
        low = max(0, match.start() - _FARTHEST_SIGNED)
        before = _TO_SIGN.search(text, low, match.start() + 1)
        if before is None:
            continue
        number, one, two = before["number"], int(match["one"]), match["two"]
        weekday = _weekday(match)
        if two is None:
            if number and len(number) <= 2 and weekday[0] is not None:
                yield Dated(before.start(), match.end(), None, int(number), one, None, None, *weekday)
        elif not number or (len(number) == 4 and 1868 <= int(number) < 2200):
            year, era, era_year = _year(before["era"], before["year"], number)
            yield Dated(before.start(), match.end(), year, one, int(two), era, era_year, *weekday)


_NO_BLANKS = {ord(" "): None, ord("　"): None}


def _year(era: str | None, year: str | None, west: str | None) -> tuple[int | None, str | None, int | None]:
    """The western year, the era and the year of it."""
    if era and year:
        name = era.translate(_NO_BLANKS)
        number = to_int(year)
        return (None if number is None else ERAS[name] + number), name, number
    return (to_int(west) if west else None), None, None


def _weekday(match: re.Match[str]) -> tuple[int | None, int, int]:
    """The weekday behind a date, and where it stands."""
    if match["bare"]:
        return WEEKDAYS.index(match["bare"]), *match.span("bare")
    if inner := match["inner"]:
        start = match.start("inner")
        if said := _INNER.fullmatch(inner):
            return WEEKDAYS.index(said[1]), start + said.start(1), start + said.end(1)
        if inner.isascii() and inner.isalpha() and inner[:3].lower() in _ENGLISH:
            return _ENGLISH.index(inner[:3].lower()), start, start + len(inner)
    return None, 0, 0


def hours_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Clock]:
    """The times of day in ``text[start:end]`` that are written with 時: 午前10時5分, 午後一時半."""
    yield from _times(text, _FROM_HOUR, start, end)


def clocks_in(text: str, start: int = 0, end: int | None = None) -> list[Clock]:
    """All times of day in ``text[start:end]``, in its order: 午前10時5分, 正午, 17:05."""
    noons = [Clock(at.start(), at.end(), None, 12, 0) for at in _NOON.finditer(text, start, _stop(text, end))]
    with_colons = [
        clock
        for clock in _times(text, _FROM_COLON, start, end)
        if clock.start == 0 or text[clock.start - 1] not in _NO_CLOCK_BEHIND
    ]
    return sorted([*noons, *hours_in(text, start, end), *with_colons])


def _times(text: str, pattern: re.Pattern[str], start: int, end: int | None) -> Iterator[Clock]:
    for match in pattern.finditer(text, start, _stop(text, end)):
        low, high = _number_before(text, match.start())
        low = max(low, start)
        written = _last_number(text[low:high])
        hour = to_int(written)
        minute = 30 if match["thirty"] else to_int(match["minute"] or "0")
        if hour is not None and minute is not None:
            begin, half = _half(text, max(start, high - len(written)))
            yield Clock(begin, match.end(), half, hour, minute)


def _last_number(written: str) -> str:
    """5/19 9時 is at nine, １ ６ 時 at sixteen: only single digits are set apart."""
    pieces = written.split()
    return written if all(len(piece) == 1 for piece in pieces) else pieces[-1]


def _half(text: str, at: int) -> tuple[int, str | None]:
    """Where a time whose hour begins at *at* begins with its 午前 or 午後, and which of them it is."""
    found = _HALF.search(text, max(0, at - _FARTHEST_HALF), at)
    if found is None:
        return at, None
    return found.start(), "午前" if (found[1] or found[2]) in "前A" else "午後"


def _stop(text: str, end: int | None) -> int:
    return len(text) if end is None else end
