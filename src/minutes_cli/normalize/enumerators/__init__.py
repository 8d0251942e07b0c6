"""Heads of list items that OCR has garbled (``住)`` for ``(1)``): the number that the sequence wants.

Items count (1), (2), (3) … under each heading. A head that cannot be read, between two that can, has the number that
is left; what can be read as a number is never changed, and a number that is missing is never invented.
Numbers with a word (第l条, 議案第３l号) are found by :mod:`minutes_cli.normalize.enumerators.numbers`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minutes_cli.model import Correction, Safety
from minutes_cli.normalize.enumerators.forms import LEVEL, NUMBERS, Family, Head, plain_heads, write
from minutes_cli.normalize.enumerators.gaps import Run, Where, runs
from minutes_cli.normalize.enumerators.garbled import Garbled, Shape, garbled_heads
from minutes_cli.normalize.enumerators.numbers import numbers_in_words
from minutes_cli.normalize.enumerators.page import Page, full_width, line_start
from minutes_cli.normalize.methods import Settings

#: Farther apart (characters), two heads are hardly of one list; headings stand farther apart.
_REACH, _REACH_OF_HEADINGS = 4_000, 40_000
#: A last item is only looked for so near behind the one before it, and so near to the end of its list.
_NEAR = 1_500
#: A number that begins a wrapped line counts as a heading if at most so many headings before it cannot be read.
_GAP = 3
#: What is settled ends and continues other lists, so the heads are gone through again; two or three times will do.
_ROUNDS = 8
_HARDLY_LETTERS = frozenset("lIi|!OoZzSsｌＩｉ｜！ＯｏＺｚＳｓ")
_CONFIDENCE = {Where.BETWEEN: 0.99, Where.FIRST: 0.98, Where.LAST: 0.95}
_DOUBTFUL = 0.6


class _Claim(NamedTuple):
    """A correction, and the head that stands there when it is right. Places count the line feed put before the text."""

    head: Head
    correction: Correction


def find(text: str, settings: Settings) -> Iterator[Correction]:
    """Corrections of garbled enumerators in *text*: rules ``ocr-enumerator`` (brackets, circles) and ``ocr-number``."""
    last = 0
    for correction in sorted([*_heads_of_lines("\n" + text), *numbers_in_words(text)]):
        if correction.start >= last:
            last = correction.end
            yield correction


def _heads_of_lines(text: str) -> Iterator[Correction]:
    odd = garbled_heads(text)
    if not odd:
        return
    page = Page(text, full_width(text))
    heads = _counting(page, list(plain_heads(text)))
    headings = [head.start for head in heads if head.family is None or head.family in NUMBERS]
    headings += [head.start for head in odd if not NUMBERS.isdisjoint(head.families)]
    page = Page(text, page.width, frozenset(line_start(text, start) for start in headings))
    odd = [head for head, floor in zip(odd, _floors(heads, odd), strict=True) if not _wrapped(page, head, floor)]
    for _ in range(_ROUNDS):
        claims = _round(page, heads, odd)
        settled = {claim.head.start: claim for claim in claims if claim.correction.safety is Safety.SAFE}
        yield from (_moved(claim.correction) for claim in settled.values() or claims)
        if not settled:
            return
        heads = sorted([*heads, *(claim.head for claim in settled.values())], key=lambda head: head.start)
        odd = [head for head in odd if head.start not in settled]


def _moved(correction: Correction) -> Correction:
    return correction._replace(start=correction.start - 1, end=correction.end - 1)


def _counting(page: Page, heads: Sequence[Head]) -> list[Head]:
    """*heads* without the numbers that begin a line only because it was wrapped there."""
    kept: list[Head] = []
    last: dict[Family | None, int] = defaultdict(int)
    for head in heads:
        counts = 0 < head.number - last[head.family] <= _GAP
        if head.family in NUMBERS and not counts and page.continues(head.start):
            continue
        last[head.family] = head.number
        kept.append(head)
    return kept


def _floors(heads: Sequence[Head], odd: Sequence[Garbled]) -> Iterator[int]:
    """For each of *odd* where the head before it, readable or not, ends."""
    i = floor = 0
    for head in odd:
        while i < len(heads) and heads[i].start < head.start:
            floor = max(floor, heads[i].end)
            i += 1
        yield floor
        floor = head.end


def _wrapped(page: Page, head: Garbled, floor: int) -> bool:
    """Whether the closing bracket of *head* closes one of a line before (``（建設委員`` / ``会）の開催``)."""
    return page.text[head.start] not in "（(" and page.in_bracket(head.start, floor)


def _round(page: Page, heads: Sequence[Head], odd: Sequence[Garbled]) -> list[_Claim]:
    """What can be said of each of *odd*; nothing of one that two families want with equal right."""
    claims: dict[int, list[_Claim]] = defaultdict(list)
    for family in Family:
        mine = [head for head in odd if family in head.families]
        if not mine:
            continue
        counted = [head for head in heads if head.family is family]
        breaks = [head.start for head in heads if head.family is None or LEVEL[head.family] < LEVEL[family]]
        for run in runs(counted, mine, breaks):
            for claim in _claims(page, family, run):
                claims[claim.head.start].append(claim)
    best = (_best(several) for _, several in sorted(claims.items()))
    return [claim for claim in best if claim is not None]


def _best(claims: Sequence[_Claim]) -> _Claim | None:
    safe = [claim for claim in claims if claim.correction.safety is Safety.SAFE]
    claims = safe or claims
    return claims[0] if len(claims) == 1 else None


def _claims(page: Page, family: Family, run: Run) -> Iterator[_Claim]:
    """Corrections for the heads of *run*: equally safe, or at the end of a list safe up to the first doubtful one."""
    if not all(_keeps_digits(page.text, family, run, head, number) for head, number in run.heads):
        return
    if run.where is Where.LAST:
        yield from _claims_at_the_end(page, family, run)
        return
    first, last = run.heads[0][0], run.heads[-1][0]
    start = run.before.end if run.before else line_start(page.text, max(0, first.start - _NEAR))
    end = run.after.start if run.after else last.end
    if any(page.inside_a_line(start, end, family, number) for _, number in run.heads):
        return
    reach = _REACH_OF_HEADINGS if family in NUMBERS else _REACH
    far = end - (run.before.end if run.before else first.start) > reach * len(run.heads)
    doubtful = far or (run.where is Where.FIRST and page.continues(first.start))
    for head, number in run.heads:
        yield _claim(page, family, run, head, number, Safety.ASK if doubtful else Safety.SAFE)


def _claims_at_the_end(page: Page, family: Family, run: Run) -> Iterator[_Claim]:
    """Nothing stands behind the heads to confirm them: they must look like what they are, and the list must end.

    Behind a doubtful one all are doubtful. They are named at once: one at a time, each would bring up the next.
    """
    if run.before is None:
        return
    near = _REACH_OF_HEADINGS if family in NUMBERS else _NEAR
    last = run.before.end
    certain = page.list_ends(run.heads[-1][0].end, run.end, near)
    for head, number in run.heads:
        if head.start - last > near or page.continues(head.start):
            return
        if page.inside_a_line(last, head.start, family, number):
            return
        # Several unread heads in a row with nothing behind them may as well be a legend or an address: 住) … 氏) …
        sure = (family in NUMBERS or len(run.heads) == 1) and (
            head.shape is Shape.LEFT or _no_letter(page.text[head.start : head.end])
        )
        certain = certain and sure
        yield _claim(page, family, run, head, number, Safety.SAFE if certain else Safety.ASK)
        last = head.end


def _no_letter(sign: str) -> bool:
    """Whether *sign* can hardly stand for anything but a number: ``1O``, ``(Z)``, but not ``B`` (B 委員) or ``A)``."""
    core = sign.strip("（()）")
    digits = any(c.isdecimal() for c in core)
    return digits or (_HARDLY_LETTERS.issuperset(core) and (sign == core or sign[0] in "（("))


def _written(text: str, family: Family, run: Run, head: Garbled, number: int) -> str:
    """The head as it should read: as a neighbour is written, if possible one of as many digits."""
    neighbours = [text[near.start : near.end] for near in (run.before, run.after) if near]
    padded = family in NUMBERS and len(str(number)) < head.end - head.start  # 0l among 02, 03
    size = head.end - head.start if padded else len(str(number))
    like = next((sign for sign in neighbours if sum(map(str.isdecimal, sign)) == size), neighbours[0])
    return write(number, like)


def _keeps_digits(text: str, family: Family, run: Run, head: Garbled, number: int) -> bool:
    """Whether a bare number stays as long as it is: ``l 見出し`` is no ``01``; only ``O`` may have lost the 1 of 10."""
    sign = text[head.start : head.end]
    return family not in NUMBERS or sign in "OＯ" or len(_written(text, family, run, head, number)) == len(sign)


def _claim(page: Page, family: Family, run: Run, head: Garbled, number: int, safety: Safety) -> _Claim:
    text = page.text
    after = _written(text, family, run, head, number)
    start, end = head.start, head.end
    if not head.closed and text[end : end + 1] in (" ", "　"):
        near = run.after or run.before
        end += near is not None and text[near.end : near.end + 1] not in (" ", "　")
    standing = Head(start, head.end, family, number)
    if family in NUMBERS:
        while after and text[start] == after[0]:  # the digits that can be read stay as they are
            start, after = start + 1, after[1:]
        while after and text[end - 1] == after[-1]:
            end, after = end - 1, after[:-1]
    confidence = _CONFIDENCE[run.where] if safety is Safety.SAFE else _DOUBTFUL
    rule = "ocr-number" if family in NUMBERS else "ocr-enumerator"
    reason = f"{_place(text, run)}; {head.shape.value}"
    return _Claim(standing, Correction(start, end, after, rule, safety, confidence, reason))


def _place(text: str, run: Run) -> str:
    before = text[run.before.start : run.before.end] if run.before else ""
    after = text[run.after.start : run.after.end] if run.after else ""
    many = f"{len(run.heads)} unread heads" if len(run.heads) > 1 else "the only unread head"
    if run.where is Where.BETWEEN:
        return f"{many} between {before} and {after}"
    if run.where is Where.FIRST:
        return f"{many} at the beginning of a list that goes on with {after}"
    return f"{many} behind {before} at the end of its list"
