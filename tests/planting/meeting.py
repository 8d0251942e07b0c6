"""Faults of dates, times, the agenda and numbers."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random

from .record import (
    DATE,
    NUMBER,
    Clean,
    Planted,
    as_in,
    bounds,
    changed,
    day_of,
    line_of,
    meeting_dates,
    moved,
    number_in,
    one_line,
    pick,
    prose,
    spots,
)

# M501 to M504


def dates_removed(clean: Clean, rng: Random) -> Planted | None:
    """The record was made from last month's, and its date was deleted to be filled in later."""
    dates = meeting_dates(clean)
    if not dates or any(prose(clean) and m.start() > prose(clean)[0][0] for m in dates):
        return None
    text = clean.text
    for match in reversed(dates):
        text = changed(text, *match.span(), "")
    return Planted("no-date", text, frozenset({1}), f"{len(dates)} times {dates[0].group()} removed")


def date_left_open(clean: Clean, rng: Random) -> Planted | None:
    """A template in which the month and the day were never filled in."""
    dates = meeting_dates(clean)
    if not dates or any(prose(clean) and m.start() > prose(clean)[0][0] for m in dates):
        return None
    text = clean.text
    for match in reversed(dates):
        text = changed(text, match.start("month"), match.end(), "　　月　　日")
    lines = frozenset({1, *(line_of(text, m.start()) for m in dates[:1])})
    return Planted("no-date", text, lines, f"{dates[0].group()} left open")


_DAY = re.compile(rf"(?P<month>{NUMBER})月(?P<day>{NUMBER})日")
_CLOCK = re.compile(rf"(?P<half>午前|午後)[ 　]?(?P<hour>{NUMBER})時(?:[ 　]?(?P<minute>{NUMBER}|零)分)?")


def day_that_is_none(clean: Clean, rng: Random) -> Planted | None:
    """A day beyond the end of its month, a slip of one key."""
    chosen = pick(rng, [m for m in _DAY.finditer(clean.text) if number_in(m["month"]) in (2, 4, 6, 9, 11)])
    if chosen is None:
        return None
    day = 30 if number_in(chosen["month"]) == 2 else 31
    return one_line("impossible-date", clean, *chosen.span("day"), as_in(chosen["day"], day), "day")


def month_that_is_none(clean: Clean, rng: Random) -> Planted | None:
    """A thirteenth month."""
    chosen = pick(rng, list(_DAY.finditer(clean.text)))
    return chosen and one_line("impossible-date", clean, *chosen.span("month"), as_in(chosen["month"], 13), "month")


def hour_that_is_none(clean: Clean, rng: Random) -> Planted | None:
    """An hour that the clock does not have."""
    chosen = pick(rng, list(_CLOCK.finditer(clean.text)))
    return chosen and one_line("impossible-date", clean, *chosen.span("hour"), as_in(chosen["hour"], 25), "hour")


def minute_that_is_none(clean: Clean, rng: Random) -> Planted | None:
    """A minute that the clock does not have."""
    chosen = pick(rng, [m for m in _CLOCK.finditer(clean.text) if m["minute"] not in (None, "零")])
    after = as_in(chosen["minute"], rng.choice((60, 75, 90))) if chosen else ""
    return chosen and one_line("impossible-date", clean, *chosen.span("minute"), after, "minute")


def other_weekday(clean: Clean, rng: Random) -> Planted | None:
    """The weekday of last year's calendar."""
    chosen = pick(rng, [m for m in DATE.finditer(clean.text) if m["weekday"]])
    if chosen is None:
        return None
    at = chosen.start("weekday") + next(i for i, c in enumerate(chosen["weekday"]) if c in "月火水木金土日")
    after = rng.choice([c for c in "月火水木金土日" if c != clean.text[at]])
    return one_line("wrong-weekday", clean, at, at + 1, after, "weekday", ("impossible-date",))


def day_before(clean: Clean, rng: Random) -> Planted | None:
    """A meeting was put off by a day or two, and the weekday stayed."""
    dates = [m for m in DATE.finditer(clean.text) if m["weekday"] and 3 < day_of(m).day < 26]
    chosen = pick(rng, dates)
    if chosen is None or clean.text.count(clean.text[chosen.start("month") : chosen.end("day") + 1]) > 1:
        return None
    return one_line("wrong-weekday", clean, *chosen.span(), moved(chosen, rng.choice((-2, -1, 1, 2))), "day")


def other_file_name(clean: Clean, rng: Random) -> Planted | None:
    """The file has the name of another meeting (letters and slides are filed under other days than their own)."""
    dates = meeting_dates(clean)
    if not dates or not clean.document.turns:
        return None
    day, other = day_of(dates[0]), moved(dates[0], rng.choice((-14, -7, 7, 14)))
    match = DATE.match(other)
    day = day_of(match) if match else day
    era, year = ("令和", day.year - 2018) if day.year > 2018 else ("昭和", day.year - 1925)
    japanese = f"{era}{year}年{day.month}月{day.day}日"
    name = rng.choice((f"{day:%Y%m%d}_kaigiroku.txt", f"{day:%Y-%m-%d}.txt", f"{japanese}.txt"))
    lines = frozenset({1, *(line_of(clean.text, m.start()) for m in dates)})
    return Planted("date-mismatch", clean.text, lines, f"the file is called {name}", path=name)


def other_date_in_heading(clean: Clean, rng: Random) -> Planted | None:
    """The day stands twice, and one of them is that of the week before."""
    dates = meeting_dates(clean)
    chosen = pick(rng, dates[1:])
    if chosen is None:
        return None
    text = changed(clean.text, *chosen.span(), moved(chosen, rng.choice((-14, -7, 7))))
    lines = frozenset(line_of(clean.text, m.start()) for m in (dates[0], chosen))
    return Planted("date-mismatch", text, lines, f"{chosen.group()} moved", ("end-before-start",))


def other_date_in_title(clean: Clean, rng: Random) -> Planted | None:
    """The title still has the day of the meeting before."""
    dates = meeting_dates(clean)
    end = bounds(clean.text, 0)[1]
    if not dates or dates[0].start() < end or not re.search("録|要旨|概要", clean.text[:end]):
        return None
    other = re.sub("[ 　]?[（(].*", "", moved(dates[0], rng.choice((-28, -14, -7))))
    text = changed(clean.text, end, end, f"（{other}）")
    lines = frozenset({1, *(line_of(clean.text, m.start()) for m in dates)})
    return Planted("date-mismatch", text, lines, f"{other} in the title")


# M505


def morning_for_afternoon(clean: Clean, rng: Random) -> Planted | None:
    """午前 for 午後 at the closing, the commonest slip."""
    clocks = _clock_lines(clean)
    last = clocks[-1] if clocks else None
    if last is None or len(clocks) < 2 or last["half"] != "午後" or number_in(last["hour"]) > 8:
        return None
    return one_line("end-before-start", clean, *last.span("half"), "午前", "closing")


def hour_mistyped(clean: Clean, rng: Random) -> Planted | None:
    """The hour of the closing is before the opening."""
    clocks = _clock_lines(clean)
    if len(clocks) < 2 or clocks[0]["half"] != clocks[-1]["half"]:
        return None
    hour = number_in(clocks[0]["hour"]) - 1
    last = clocks[-1]
    return one_line("end-before-start", clean, *last.span("hour"), as_in(last["hour"], max(hour, 1)), "closing")


def recess_swapped(clean: Clean, rng: Random) -> Planted | None:
    """The times of a recess stand in each other's place."""
    clocks = _clock_lines(clean)
    pairs = []
    for one, two in pairwise(clocks):
        between = clean.text[bounds(clean.text, one.start())[0] : bounds(clean.text, two.start())[1]]
        if "休憩" in between and "再開" in between and between.count("\n") < 3:
            pairs.append((one, two))
    chosen = pick(rng, pairs)
    if chosen is None:
        return None
    one, two = chosen
    text = changed(changed(clean.text, *two.span(), one.group()), *one.span(), two.group())
    lines = frozenset(line_of(clean.text, m.start()) for m in chosen)
    return Planted("end-before-start", text, lines, f"{one.group()} and {two.group()} swapped")


_TIME = rf"(?:午前|午後)?(?:{NUMBER})[時：:](?:(?:{NUMBER})分?)?"
_RANGE = re.compile(rf"({_TIME})([ 　]?(?:から|～|〜|－|-|―)[ 　]?)({_TIME})")


def range_swapped(clean: Clean, rng: Random) -> Planted | None:
    """Beginning and end in the heading stand in each other's place."""
    found = spots(clean)
    chosen = _RANGE.search(clean.text, 0, found[0].start if found else 0)
    if chosen is None or ("午" in chosen[1]) != ("午" in chosen[3]):
        return None
    return one_line("end-before-start", clean, *chosen.span(), chosen[3] + chosen[2] + chosen[1], "times")


def _clock_lines(clean: Clean) -> list[re.Match[str]]:
    """Times that stand in short lines of their own, after the agenda: opening, recess, closing."""
    found = spots(clean)
    first = found[0].start - 120 if found else 0
    return [
        m
        for m in _CLOCK.finditer(clean.text)
        if m.start() > first and len("".join(clean.text[slice(*bounds(clean.text, m.start()))].split())) < 16
    ]


PLANTERS = {
    "no-date": (dates_removed, date_left_open),
    "impossible-date": (day_that_is_none, month_that_is_none, hour_that_is_none, minute_that_is_none),
    "wrong-weekday": (other_weekday, day_before),
    "date-mismatch": (other_file_name, other_date_in_heading, other_date_in_title),
    "end-before-start": (morning_for_afternoon, recess_swapped, range_swapped, hour_mistyped),
}
