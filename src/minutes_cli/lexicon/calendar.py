"""Dates and times of day as Japanese records write them, as ISO strings.

Era years start where the era does: 令和1 = 2019, 平成1 = 1989, 昭和1 = 1926, 大正1 = 1912, 明治1 = 1868.
"""

from __future__ import annotations

import datetime
import re

from minutes_cli.lexicon.numerals import DIGITS, to_int
from minutes_cli.patterns import lazy

#: The western year before the first year of each era.
ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
ERAS |= {"M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018}
ERAS |= {"Ｍ": 1867, "Ｔ": 1911, "Ｓ": 1925, "Ｈ": 1988, "Ｒ": 2018}
_N = rf"[{DIGITS}][{DIGITS}\s]{{0,5}}?"

DATE = lazy(
    rf"(?P<era>明治|大正|昭和|平成|令和|"
    rf"(?<![A-Za-z])[MTSHRＭＴＳＨＲ])\s*(?P<year>{_N})\s*[年.．](?:\s*[（(]\d{{4}}年?[）)])?"
    rf"\s*(?P<month>{_N})\s*[月.．/／]\s*(?P<day>{_N})\s*(?:日|(?![{DIGITS}]))"
    rf"|(?:西暦\s*)?(?P<year4>[12１２][0-9０-９]{{3}}|[一二][〇一二三四五六七八九]{{3}})\s*[年/／.．-]"
    rf"(?:\s*[（(](?:令和|平成|昭和)\s*{_N}\s*年?[）)]\s*年?)?"
    rf"\s*(?P<month4>{_N})\s*[月/／.．-]\s*(?P<day4>{_N})\s*(?:日|(?![{DIGITS}]))"
)

TIME = lazy(
    rf"(?P<noon>正午)|(?P<half>午前|午後|午后|AM|PM)?\s*(?:(?P<hour>{_N})\s*時(?![間点期限的休停中保金代短])"
    rf"\s*(?:(?P<minute>{_N})\s*分|(?P<thirty>半))?|(?P<clock>[0-9０-９]{{1,2}})\s*[:：]\s*(?P<past>[0-9０-９]{{2}}))"
)

#: A text that is nothing but a time of day, in brackets or without.
ONLY_TIME = lazy(
    rf"[（(〔]?(?:午前|午後)?[{DIGITS}]+時(?:[{DIGITS}]+分|半)?[）)〕]?|[{DIGITS}]{{1,2}}[:：][{DIGITS}]{{2}}"
)


def find_date(text: str) -> str | None:
    """The first date in *text* as YYYY-MM-DD; None where there is none or where it does not exist."""
    for match in DATE.finditer(text):
        if iso := date_of(match):
            return iso
    return None


def date_of(match: re.Match[str]) -> str | None:
    """The date behind a match of :data:`DATE`."""
    part = match.groupdict()
    if part["era"]:
        year = to_int(part["year"])
        year = year + ERAS[part["era"]] if year else None  # no era has a year 0
        month, day = to_int(part["month"]), to_int(part["day"])
    else:
        year, month, day = to_int(part["year4"]), to_int(part["month4"]), to_int(part["day4"])
    if year is None or month is None or day is None:
        return None
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def times(text: str) -> list[str]:
    """All times of day in *text*, in order, as HH:MM in 24 hours."""
    return [iso for match in TIME.finditer(text) if (iso := _time_of(match))]


def _time_of(match: re.Match[str]) -> str | None:
    part = match.groupdict()
    if part["noon"]:
        return "12:00"
    hour = to_int(part["hour"] or part["clock"] or "")
    minute = 30 if part["thirty"] else to_int(part["minute"] or part["past"] or "0")
    if hour is None or minute is None:
        return None
    if part["half"] in ("午後", "午后", "PM") and hour < 12:
        hour += 12
    return f"{hour:02}:{minute:02}" if hour < 25 and minute < 60 else None
