"""M505: the meeting ends before it begins, or times run backwards. Times that no clock shows belong to M502."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from minutes_cli.check.dates import Clock, clocks_in
from minutes_cli.check.front import CLOSING_LINE, OPENING_LINE, back_rows, dated_rows, front_rows
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.lexicon.calendar import ONLY_TIME
from minutes_cli.model import BlockKind
from minutes_cli.patterns import lazy

_OPENS = lazy(r"開\s?[会會]|開\s?議|開\s?催|開\s?始|再\s?開|日\s?時|と\s?き")
_CLOSES = lazy(r"[散閉延]\s?[会會]|閉\s?議|終\s?了")
_PAUSES = lazy(r"休\s?憩|中\s?断|中\s?止|懇\s?談")
_NEXT_DAY = lazy(r"翌日|翌朝|日付|延会|延會")
_RANGE = lazy(r"[~～〜\-－‐―—–ー]|から|より|至")
_MAY_BE_TIME = lazy(r"[時:：午]")
_LONGEST = 60
_HALF_DAY, _DAY = 12 * 60, 24 * 60
#: Without 午前 or 午後, an hour up to 12 may be one of the afternoon, if not more than this many minutes go by.
_MOST_MINUTES = 8 * 60
#: Meetings that begin this late may go on until so early.
_EVENING, _SMALL_HOURS = 18 * 60, 6 * 60


class _Moment(NamedTuple):
    """A time of day that the record gives for something that happened, and whether the meeting is over then."""

    clock: Clock
    closes: bool
    opens: bool


def _find(subject: Subject) -> Iterator[Flaw]:
    text = subject.document.view.text
    rows = front_rows(subject)
    before = [*_ranges(text, [(row.body, row.end) for row in rows if len(row.text) <= 2 * _LONGEST])]
    told = [moment for row in rows if len(row.text) <= _LONGEST for moment in _moments(text, row.body, row.end)]
    front = rows[-1].end if rows else 0
    events = [
        moment
        for block in subject.document.blocks
        if block.kind is BlockKind.EVENT and block.end - block.start <= 2 * _LONGEST and block.start >= front
        for moment in _moments(text, block.start, block.end)
    ]
    for row in back_rows(subject):
        if len(row.text) <= _LONGEST:
            events += _moments(text, row.body, row.end)
    events.sort()
    if told and not any(moment.closes for moment in told):
        events[:0] = told[-1:]
    seen = set()
    for earlier, later in (*before, *_backwards(text, told), *_backwards(text, events)):
        if later not in seen:
            seen.add(later)
            yield _flaw(subject, earlier, later)
    yield from _days(subject)


def _flaw(subject: Subject, earlier: Clock, later: Clock) -> Flaw:
    text = subject.document.view.text
    first, second = ("".join(text[c.start : c.end].split()) for c in (earlier, later))
    where = "before" if earlier.start < later.start else "behind"
    hint = " (is it 午後?)" if later.half == "午前" and where == "before" else ""
    return Flaw(
        subject.span(later.start, later.end),
        f"{second} does not go with {first} {where} it: times run backwards; correct the wrong one{hint}",
    )


def _ranges(text: str, lines: Iterable[tuple[int, int]]) -> Iterator[tuple[Clock, Clock]]:
    """From when to when, in one line: 午後3時～午後2時."""
    for start, end in lines:
        if not _MAY_BE_TIME.search(text, start, end):
            continue
        clocks = [clock for clock in clocks_in(text, start, end) if _real(clock)]
        for first, second in zip(clocks[::2], clocks[1::2], strict=False):
            between = text[first.end : second.start]
            if len(between) <= 8 and _RANGE.search(between) and _goes_on(first.minutes, second) is None:
                yield first, second


def _moments(text: str, start: int, end: int) -> list[_Moment]:
    """The times in lines that say what happened, or that are nothing but a time."""
    if "\n" in text[start:end]:
        lines = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]+", text[start:end])]
        return [moment for low, high in lines for moment in _moments(text, low, high)]
    line = text[start:end]
    if not _MAY_BE_TIME.search(line):
        return []
    opens, closes = bool(_OPENS.search(line)), bool(_CLOSES.search(line))
    if not (opens or closes or _PAUSES.search(line) or ONLY_TIME.fullmatch(re.sub(r"\s", "", line))):
        return []
    clocks = [clock for clock in clocks_in(text, start, end) if _real(clock)]
    if any(_RANGE.search(text[a.end : b.start]) for a, b in pairwise(clocks)):
        return []
    return [_Moment(clock, closes and not opens, opens) for clock in clocks]


def _real(clock: Clock) -> bool:
    return clock.hour <= 24 and clock.minute <= 59 and not (clock.half == "午前" and clock.hour > 12)


def _goes_on(before: int, clock: Clock) -> int | None:
    """The minute of the day that *clock* shows when it comes after *before*; None when it cannot."""
    minutes = clock.minutes
    if minutes >= before:
        return minutes
    if clock.half is None and clock.hour <= 12 and before <= minutes + _HALF_DAY <= before + _MOST_MINUTES:
        return minutes + _HALF_DAY
    if before >= _EVENING and minutes <= _SMALL_HOURS:
        return minutes + _DAY
    return None


def _backwards(text: str, moments: Sequence[_Moment]) -> Iterator[tuple[Clock, Clock]]:
    """The times that do not go with the one before them: (that one, the wrong one).

    Behind a closing begins another day, and an opening behind an opening is one that was planned or told again.
    The wrong one is the earlier of the two where the others go on without it and do not without the later one.
    """
    last: _Moment | None = None
    last_minutes, before_last = 0, 0
    for i, moment in enumerate(moments):
        clock = moment.clock
        anew = last is not None and ((last.closes and not moment.closes) or (last.opens and moment.opens))
        if last is None or anew or _NEXT_DAY.search(text, last.clock.end, min(clock.end, last.clock.end + 400)):
            last, last_minutes, before_last = moment, clock.minutes, 0
            continue
        minutes = _goes_on(last_minutes, clock)
        if minutes is None:
            after = moments[i + 1].clock if i + 1 < len(moments) else None
            instead = _goes_on(before_last, clock)
            earlier_is_wrong = (
                instead is not None
                and after is not None
                and _goes_on(last_minutes, after) is None
                and _goes_on(instead, after) is not None
            )
            if not earlier_is_wrong:
                yield last.clock, clock
                continue
            yield clock, last.clock
            minutes = instead or clock.minutes
        else:
            before_last = last_minutes
        last, last_minutes = moment, minutes


def _days(subject: Subject) -> Iterator[Flaw]:
    """The day of closing before the day of opening, in the lines before the first speaker."""
    opening: datetime.date | None = None
    for row, dates in dated_rows(subject, front_rows(subject)):
        if len(dates) != 1 or len(row.text) > _LONGEST or dates[0].date is None:
            continue
        if OPENING_LINE.match(row.text):
            opening = dates[0].date
        elif opening is not None and CLOSING_LINE.match(row.text):
            if dates[0].date < opening:
                yield Flaw(
                    subject.span(dates[0].start, dates[0].end),
                    f"the meeting closes on {dates[0].date}, before it opens on {opening}; correct the wrong one",
                )
            opening = None


_RECORD = """令和6年第1回あおば町議会定例会会議録
令和6年3月4日（月）
　　　{}　開会
○議長（山田太郎君）　ただいまから会議を開きます。
　　　{}　休憩
　　　{}　再開
○1番（佐藤花子君）　質問いたします。
○議長（山田太郎君）　本日はこれで散会いたします。
　　　{}　散会
"""
_SHORT = "あおば町民会議　議事概要\n日時：令和6年3月4日 {}\n議事\n・あいさつ\n"

RULE = Rule(
    find=_find,
    explanation=(
        "A meeting closes before it opens, or one of the times of its opening, recess, reopening and closing is "
        "earlier than the one before it: 午前 for 午後, two times that changed places, a slip in a number. Hours "
        "without 午前 and 午後 may be of the afternoon (11時から1時まで), and meetings may go on past midnight or "
        "on the next day."
    ),
    must=(
        Example(_RECORD.format("午前10時00分", "午前11時50分", "午前1時10分", "午後3時00分"), (6,)),
        Example(_RECORD.format("午後10時00分", "午前11時50分", "午後1時10分", "午後3時00分"), (3,)),
        Example(_RECORD.format("午前十時", "午前十一時五十分", "午後一時十分", "午前十一時"), (9,)),
        Example(_SHORT.format("15:00～13:30"), (2,)),
        Example(_SHORT.format("午前10時から9時まで"), (2,)),
        Example(
            "第1回あおば町議会会議録\n開会　令和6年3月5日 午前10時\n閉会　令和6年3月4日 午前11時\n"
            "○議長（山田太郎君）　開会します。\n○1番（佐藤花子君）　賛成です。\n",
            (3,),
        ),
    ),
    must_not=(
        Example(_RECORD.format("午前10時00分", "午前11時50分", "午後1時10分", "午後3時00分")),
        Example(_RECORD.format("10時00分", "11時50分", "1時10分", "3時00分")),
        Example(_RECORD.format("午後6時00分", "午後11時50分", "午前0時10分", "午前1時00分")),
        Example(_SHORT.format("午後2時～3時30分")),
        Example(
            "第1回あおば町議会会議録\n令和6年3月4日\n　午前10時　開議\n○議長（山田太郎君）　開議します。\n"
            "　午後3時　散会\n○議長（山田太郎君）　おはようございます。\n　午前10時　開議\n"
            "○1番（佐藤花子君）　賛成です。\n"
        ),
    ),
)
