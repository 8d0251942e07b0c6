"""Numbers that count the items of a list: where one is left out or stands twice.

A list begins with 1 (the agenda anywhere: an excerpt begins in the middle) and counts on. Lists may lie inside one
another; a list in a speech ends with it. A number that does not fit is given once, as what it most likely is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from minutes_cli.check.bills import Bill, bill_slips
from minutes_cli.check.lists import AGENDA, BARE, Numbered, Wrapped, counts, groups_of, heads_in
from minutes_cli.check.once import once
from minutes_cli.check.subject import Subject
from minutes_cli.lexicon.numerals import DIGITS
from minutes_cli.model import Kind
from minutes_cli.normalize.enumerators.forms import Family
from minutes_cli.normalize.enumerators.garbled import garbled_heads

#: Numbers are left out, not another list begun, if at most so many are missing.
_MOST_MISSING = 2
#: So near behind an item (characters) those that it stands for may be named: 日程第２から日程第４まで.
_NEAR = 200
#: Farther apart (characters), two numbers in a speech are hardly of one list.
_FARTHEST = 6_000
_B = r"[ 　]{0,3}"
#: Two items (1), (3) tell as much as three of another form.
_SHORT = frozenset({Family.BRACKETS.value, Family.CIRCLED.value, Family.KANJI.value, *AGENDA})
#: Lists lie in one another at most so deep.
_DEEPEST = 8
#: So many characters behind a number say whether an item is the same one again.
_COMPARED = 8


class _List(NamedTuple):
    """A list that may go on: its last item, the number that it counts as, and how many items there are."""

    last: Numbered
    number: int
    items: int


class Slip(NamedTuple):
    """A number that does not fit: the item before it, the item, whether its number stands twice, what is expected."""

    before: Numbered
    item: Numbered
    twice: bool
    expected: int


@once
def slips(subject: Subject) -> list[Slip]:
    """The numbers of a record that do not fit, in its order."""
    if subject.document.kind in (Kind.SLIDES, Kind.UNKNOWN):
        return []
    text = subject.document.view.text
    wrapped = Wrapped(text)
    heads = [head for head in heads_in(text) if not (counts(text, head) and wrapped(head))]
    groups = groups_of(subject.document.blocks, heads)
    found = list(_bills(subject))
    if any(slip for group in groups for slip in _misfits(group, _never)):
        # Something does not fit: now it is worth the while to ask whether each number counts at all.
        known = _Known(subject, heads)
        found += [slip for group in groups for slip in _misfits(group, wrapped) if not known.explains(slip)]
    return sorted(found, key=lambda slip: slip.item.start)


def _bills(subject: Subject) -> Iterator[Slip]:
    for before, item, twice in bill_slips(subject):
        yield Slip(_of_bill(before), _of_bill(item), twice, before.number + 1)


def _of_bill(bill: Bill) -> Numbered:
    return Numbered(bill.start, bill.end, bill.word, bill.number, 1)


def _never(head: Numbered) -> bool:
    return False


def _misfits(heads: Sequence[Numbered], wrapped: Callable[[Numbered], bool]) -> Iterator[Slip]:
    """The numbers of one form, in order, that fit none of the lists that are open; the innermost list stands last."""
    open_: list[_List] = []
    for i, head in enumerate(heads):
        after = heads[i + 1].number if i + 1 < len(heads) else None
        number = head.number
        if number == 1 and not (open_ and open_[-1].items == 1 and open_[-1].number == 1 and after == 3):
            open_.append(_List(head, 1, 1))
            continue
        at = next(
            (j for j in range(len(open_) - 1, max(-1, len(open_) - _DEEPEST), -1) if open_[j].number == number - 1),
            None,
        )
        if at is not None:
            open_[at:] = [_List(head, number, open_[at].items + 1)]
        elif not open_:
            if head.form in AGENDA:
                open_.append(_List(head, number, 1))
        elif wrapped(head):
            continue
        elif wrapped(open_[-1].last) and number == open_[-1].number:
            open_[-1] = open_[-1]._replace(last=head)
        elif slip := _judged(open_[-1], head, after):
            yield slip
            counts_as = number if not slip.twice and after != slip.expected + 1 else slip.expected
            counts_as = open_[-1].number if slip.twice and after == slip.expected else counts_as
            open_[-1] = _List(head, counts_as, open_[-1].items + 1)
        else:
            open_.clear()


def _judged(list_: _List, head: Numbered, after: int | None) -> Slip | None:
    """What is wrong with *head*, which does not go on with *list_* and is followed by the number *after*."""
    expected, number = list_.number + 1, head.number
    goes_on = after is None or after == 1
    if list_.items + 1 + (not goes_on) < (2 if head.form in _SHORT or head.in_front else 3):
        return None
    if head.level > 1 and head.start - list_.last.start > _FARTHEST:
        return None
    slip = Slip(list_.last, head, number < expected, expected)
    if after == expected + 1:  # 1 2 2 4, 1 2 9 4: only this one is wrong
        return slip
    if after == number == expected + 1:  # 1 2 4 4 5: the first of the two
        return slip._replace(twice=True)
    if number == list_.number and list_.items > 1 and (goes_on or after == expected):
        return slip
    if expected < number <= list_.number + 1 + _MOST_MISSING and (goes_on or after == number + 1):
        return slip
    return None


class _Known:
    """What else of a record tells why a number may be missing or stand twice."""

    def __init__(self, subject: Subject, heads: Sequence[Numbered]) -> None:
        self._subject = subject
        self._text = subject.document.view.text
        self._heads = heads
        self._names = sorted(person.span.start for person in subject.document.attendance)
        self._garbled: dict[str, list[int]] = defaultdict(list)
        for edit in subject.corrections:
            self._garbled[edit.rule].append(edit.span.start)
        for starts in self._garbled.values():
            starts.sort()

    def explains(self, slip: Slip) -> bool:
        """Whether what seems to be missing stands there in another way or cannot be read, or may well stand twice."""
        between = self._text[slip.before.end : slip.item.start]
        if self._unread(slip, between) or self._seat(slip.item):
            return True
        if slip.twice:
            # A heading that comes back: 日程第３　一般質問 stands again for each who asks.
            return _words_behind(self._text, slip.before) == _words_behind(self._text, slip.item) != ""
        missing = range(slip.expected, slip.item.number)
        low, high = bisect_right(self._heads, slip.before), bisect_left(self._heads, slip.item)
        if any(self._heads[i].number in missing for i in range(low, high)):
            return True
        if slip.item.form in AGENDA and self._together(slip, between):
            return True
        return any(_sign(slip.item.form, number).search(between) for number in missing)

    def _together(self, slip: Slip, between: str) -> bool:
        """Whether one line stands for several items of the agenda."""
        around = self._text[slip.before.start : slip.item.end + _NEAR]
        return "一括" in around or between.rstrip()[-1:] in ("～", "〜", "~")

    def _unread(self, slip: Slip, between: str) -> bool:
        """Whether a number of the same form stands there that OCR has garbled: a matter of its correction."""
        starts = self._garbled["ocr-number" if slip.item.form in BARE else "ocr-enumerator"]
        span = self._subject.span(slip.before.start, slip.item.end)
        at = bisect_left(starts, span.start)
        if at < len(starts) and starts[at] < span.end:
            return True
        return any(slip.item.form in head.families for head in garbled_heads("\n" + between))

    def _seat(self, head: Numbered) -> bool:
        """Whether *head* stands in a line of the attendance list: absent members leave gaps in the numbers of seats."""
        start, end = self._subject.span(head.start, head.end)
        stop = self._subject.text.find("\n", end)
        at = bisect_left(self._names, start)
        return at < len(self._names) and (stop < 0 or self._names[at] < stop)


def _words_behind(text: str, head: Numbered) -> str:
    stop = text.find("\n", head.end)
    line = text[head.end : stop if stop >= 0 else len(text)]
    return "".join(line.split())[:_COMPARED]


@lru_cache(maxsize=64)
def _sign(form: str, number: int) -> re.Pattern[str]:
    """What *number* looks like inside a line instead of at the beginning of one."""
    digits = str(number)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in digits)
    kanji = "〇一二三四五六七八九十"[number] if number <= 10 else digits
    written = f"(?:{digits}|{wide}|{kanji})(?![{DIGITS}])"
    if form == Family.CIRCLED:
        return re.compile(chr(ord("①") + number - 1) if number <= 20 else written)
    if form in (Family.BRACKETS, Family.BRACKET):
        return re.compile(rf"(?:[（(]|(?<![{DIGITS}])){_B}{written}{_B}[）)]")
    if form in BARE:
        return re.compile(rf"[ 　]{written}[ 　.．、]")
    return re.compile(
        rf"(?<![一-龥]){form.rstrip('第は…に')}第?{_B}{written}" if form[0] != "第" else rf"(?<![一-龥])第{_B}{written}"
    )
