"""Numbers with a word (第l条, 議案第３l号, 日程第ニ): what the garbled digits look like, where the sequence agrees.

Numbers of one kind (議案第…号; 第…条 at the beginning of lines) rise by one through a record, each standing there once
or several times running. A garbled one is certain when what it looks like is what its neighbours want.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from minutes_cli.lexicon.numerals import to_int
from minutes_cli.model import Correction, Safety
from minutes_cli.normalize.enumerators.garbled import ARABIC, KANJI, read_digits, read_kanji
from minutes_cli.patterns import lazy

_READABLE = r"\d〇一二三四五六七八九十百"
_GARBLED = "".join(re.escape(c) for c in sorted({*ARABIC, *KANJI} - {"〇"}))
_UNIT = r"条|項|号|章|節|款|編|回|(?=[ 　、])"
#: Tried at every 第 of every record: is any number garbled at all?
_ODD = lazy(rf"第[ 　]?+[{_READABLE}]*+[{_GARBLED}][{_READABLE}{_GARBLED}]{{0,4}}[ 　]?(?:{_UNIT})")
_ANY = lazy(rf"第[ 　]?+(?P<number>[{_READABLE}{_GARBLED}]{{1,6}})[ 　]?(?P<unit>{_UNIT})")
_KANJI_NUMERALS = frozenset("〇一二三四五六七八九十百")
#: Two of these in one kind (第B号, 第S号) count by letters.
_LETTERS = frozenset("BbGgqAＡＢTSsZzＺＳｚ")
#: What may stand before a number at the beginning of a line.
_MARKS = " \t\f\r　○〇◯◎△▲●■□◆◇・#"
_NO_WORD = "（行）"


class _Mention(NamedTuple):
    """A number with its word, at ``text[start:end]``; ``sure`` when it can be read, else what it looks like."""

    start: int
    end: int
    number: int
    sure: bool


def numbers_in_words(text: str) -> Iterator[Correction]:
    """Corrections (``ocr-number``) of garbled numbers that stand with 第, in no particular order."""
    if not _ODD.search(text):
        return
    kinds: dict[tuple[str, str], list[_Mention]] = defaultdict(list)
    for match in _ANY.finditer(text):
        if mention := _mention(match):
            kinds[_word(text, match.start()), match["unit"]].append(mention)
    for (word, _), mentions in kinds.items():
        if all(mention.sure for mention in mentions):
            continue
        lettered = len({text[m.start : m.end] for m in mentions if text[m.start : m.end].isalpha()} & _LETTERS)
        known = frozenset(mention.number for mention in mentions if mention.sure)
        before: _Mention | None = None
        run: list[_Mention] = []
        for mention in [*mentions, None]:
            if mention is not None and not mention.sure:
                run.append(mention)
                continue
            if run:
                yield from _settle(text, word, before, run, mention, known, lettered)
            before, run = mention, []


def _mention(match: re.Match[str]) -> _Mention | None:
    sign = match["number"]
    start, end = match.span("number")
    if sign.isdecimal() or _KANJI_NUMERALS.issuperset(sign):
        number = to_int(sign)
        return _Mention(start, end, number, True) if number else None
    looks = {n for n in (read_digits(sign), read_kanji(sign)) if n}
    return _Mention(start, end, looks.pop(), False) if len(looks) == 1 else None


def _word(text: str, at: int) -> str:
    """What is counted: the two kanji before 第 (議案), nothing at the beginning of a line, or no word at all."""
    before = text[max(0, at - 40) : at]
    if len(before) >= 2 and all("一" <= c <= "龠" for c in before[-2:]):
        return before[-2:]
    line = before.rpartition("\n")[2]
    return "" if len(line) < 40 and not line.strip(_MARKS) else _NO_WORD


def _settle(
    text: str,
    word: str,
    before: _Mention | None,
    run: Sequence[_Mention],
    after: _Mention | None,
    known: frozenset[int],
    lettered: int,
) -> Iterator[Correction]:
    """Corrections for the garbled mentions between two that can be read: all of them are safe, or none."""
    rising = all(second.number - first.number in (0, 1) for first, second in pairwise(run))
    fits_before = before is not None and run[0].number - before.number in (0, 1)
    fits_after = after is not None and after.number - run[-1].number in (0, 1)
    begins = before is None or before.number > run[0].number
    ends = after is None or after.number < run[-1].number
    signs = [text[mention.start : mention.end] for mention in run]
    one_side = (fits_before and ends) or (fits_after and begins)
    mixed = all(any(c.isdecimal() or c in _KANJI_NUMERALS for c in sign) for sign in signs)
    likely = (one_side and lettered < 2) or (mixed and (fits_before or fits_after))
    safe = word != _NO_WORD and rising and ((fits_before and fits_after) or likely)
    for mention in run:
        sign = text[mention.start : mention.end]
        near = [text[other.start : other.end] for other in (before, after) if other]
        if not safe and not (mention.number in known or any(c.isdecimal() for c in sign)):
            continue
        if near and not any(_same_digits(sign, other) for other in near):
            continue
        reason = _reason(sign, mention, near, safe, mention.number in known)
        found = _correction(mention, sign, near, Safety.SAFE if safe else Safety.ASK, 0.98 if safe else 0.6, reason)
        if found is not None:
            yield found


def _same_digits(sign: str, other: str) -> bool:
    """Whether *sign* was written in the same kind of digits as *other*: 12 and １２, or 十二."""
    return (read_digits(sign) is not None) == other.isdecimal()


def _reason(sign: str, mention: _Mention, near: Sequence[str], safe: bool, known: bool) -> str:
    looks = f"{sign} looks like {mention.number}"
    if safe:
        return f"{looks}, which is what the sequence wants beside {' and '.join(near)}"
    return f"{looks}, which stands elsewhere in the record" if known else looks


def _correction(
    mention: _Mention, sign: str, near: Sequence[str], safety: Safety, confidence: float, reason: str
) -> Correction | None:
    """The smallest change that makes *sign* the number it looks like, in the width of the digits around it.

    None where it is that number already, in digits of another script (Arabic, Devanagari).
    """
    if read_digits(sign) is None:
        meant = "".join(KANJI.get(c, c) for c in sign)
    else:
        wide = any("０" <= c <= "９" for c in sign + ("" if any(map(str.isdecimal, sign)) else "".join(near)))
        digits = [c if c.isdecimal() else chr(ord(ARABIC[c]) + 0xFEE0) if wide else ARABIC[c] for c in sign]
        meant = "".join(digits)
    changed = [i for i, (was, now) in enumerate(zip(sign, meant, strict=True)) if was != now]
    if not changed:
        return None
    first, last = changed[0], changed[-1] + 1
    start = mention.start + first
    return Correction(start, mention.start + last, meant[first:last], "ocr-number", safety, confidence, reason)
