"""The numbers of bills (議案第5号) in the lists before the first speaker.

Councils number bills for a whole year and take up some of them, so numbers that are left out say little: only one that
is missing from a row without any other gap, and that the record never names, does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from minutes_cli.check.front import front_rows
from minutes_cli.check.subject import Subject
from minutes_cli.lexicon.numerals import DIGITS, to_int
from minutes_cli.patterns import lazy

_WORD = "議案|報告|承認|認定|同意|諮問|発議|請願|陳情|意見書案|決議案|議"
_B = r"[ 　]{0,2}"
_BILL = lazy(rf"(?P<word>{_WORD}){_B}第{_B}(?P<number>[{DIGITS}]{{1,4}}){_B}号")
_CHANGED = lazy(r"修正|撤回|訂正|動議|から|ないし|乃至|及び|・|[～〜~]")
#: So many numbers beside the one that is left out, or that stands twice, must follow each other.
_NEIGHBOURS = 3


class Bill(NamedTuple):
    """A bill's number at ``[start, end)`` of the corrected text, and the words behind it in its line."""

    start: int
    end: int
    word: str
    number: int
    title: str


class BillSlip(NamedTuple):
    """Two bills of a list whose numbers do not follow each other; whether the number stands twice."""

    before: Bill
    item: Bill
    twice: bool


def bill_slips(subject: Subject) -> Iterator[BillSlip]:
    """The bills of the lists before the first speaker whose numbers are left out or stand twice."""
    for run in _runs(subject):
        steps = [second.number - first.number for first, second in pairwise(run)]
        odd = [i for i, step in enumerate(steps) if step != 1]
        if len(run) <= _NEIGHBOURS or not odd or len(odd) > 2:
            continue
        first = odd[0]
        before, item = run[first], run[first + 1]
        if steps[first] == 0 and before.title != item.title and (odd == [first] or _again(odd, steps, first)):
            yield BillSlip(before, item, True)
        elif odd == [first] and steps[first] == 2 and not _named(subject, before.word, before.number + 1):
            yield BillSlip(before, item, False)


def _again(odd: list[int], steps: list[int], first: int) -> bool:
    """3 4 4 6: the second 4 should be a 5."""
    return odd == [first, first + 1] and steps[first + 1] == 2


def _runs(subject: Subject) -> Iterator[list[Bill]]:
    """The bills of one kind that stand in lines not far from each other, one to a line, counting up."""
    runs: dict[str, list[Bill]] = defaultdict(list)
    for row in front_rows(subject):
        found = list(_BILL.finditer(row.text))
        if len(found) != 1 or _CHANGED.search(
            row.text[: found[0].start()] + row.text[found[0].end() : found[0].end() + 2]
        ):
            continue
        (match,) = found
        number = to_int(match["number"])
        if number is None:
            continue
        title = "".join(row.text[match.end() :].split())
        bill = Bill(row.body + match.start(), row.body + match.end(), match["word"], number, title)
        run = runs[bill.word]
        if run and not 0 <= number - run[-1].number <= 2:
            yield run
            runs[bill.word] = run = []
        run.append(bill)
    yield from runs.values()


def _named(subject: Subject, word: str, number: int) -> bool:
    """Whether the record names the bill with this number anywhere."""
    text = subject.document.view.text
    return any(match["word"][-1] == word[-1] and to_int(match["number"]) == number for match in _BILL.finditer(text))
