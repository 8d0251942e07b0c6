"""Heads of list items that can be read, at the beginning of lines: ``(1)``, ``①``, ``1)``, ``1``, ``1．``, ``一、``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from minutes_cli.lexicon.numerals import to_int
from minutes_cli.patterns import lazy


class Family(StrEnum):
    """Ways to count the items of a list. One list may mix half and full width."""

    KANJI = "一、"
    PLAIN = "1 "
    DOT = "1."
    COMMA = "1、"
    BRACKETS = "(1)"
    BRACKET = "1)"
    CIRCLED = "①"


#: A list ends where a head of a lower level stands: (1), (2) … start anew under each ``2 heading``.
LEVEL = {
    Family.KANJI: 1,
    Family.PLAIN: 1,
    Family.DOT: 1,
    Family.COMMA: 1,
    Family.BRACKETS: 2,
    Family.BRACKET: 3,
    Family.CIRCLED: 4,
}
#: Counted by a bare number, as headings are.
NUMBERS = frozenset({Family.KANJI, Family.PLAIN, Family.DOT, Family.COMMA})
#: The beginning of a line, for texts that begin with a line feed: a fixed first character is found fast.
LINE = r"\n[ \t\f\r　]*+"


class Head(NamedTuple):
    """A head that can be read, at ``text[start:end]``; a part of a law (第3条) ends lists but belongs to none."""

    start: int
    end: int
    family: Family | None
    number: int


_HEAD = lazy(
    LINE
    + r"""(?:
    (?P<BRACKETS>[（(][ 　]?\d{1,2}[ 　]?[)）]|[⑴-⒇])
  | (?P<CIRCLED>[①-⑳㉑-㉟㊱-㊿])
  | (?P<BRACKET>\d{1,2}[)）])
  | (?:(?P<PLAIN>\d{1,2}(?=[ 　\t]))|(?P<DOT>\d{1,2}(?=[.．](?!\d)))|(?P<COMMA>\d{1,2}(?=[、，](?!\d))))
    (?=[ 　\t.．、，]++(?![\d.,，]+(?:\s|$))\S)
  | (?P<KANJI>[一二三四五六七八九十]{1,3}(?=[ 　\t．、，]++\S))
  | (?P<law>第[ 　]?[\d一二三四五六七八九十百〇]{1,4}[ 　]?[章節条款編部 　])
    )""",
    re.VERBOSE,
)
_SIGNS = (("①", "⑳", 1), ("㉑", "㉟", 21), ("㊱", "㊿", 36), ("⑴", "⒇", 1))  # first, last, number of the first
_DIGITS = lazy(r"\d+")


def plain_heads(text: str) -> Iterator[Head]:
    """The heads in *text* that can be read, in its order; *text* must begin with a line feed."""
    for match in _HEAD.finditer(text):
        kind = match.lastgroup
        if kind is not None:
            yield Head(*match.span(kind), None if kind == "law" else Family[kind], _number(match[kind]))


def _number(sign: str) -> int:
    for first, last, number in _SIGNS:
        if first <= sign <= last:
            return ord(sign) - ord(first) + number
    return to_int(sign.strip("（()） 　")) or 0


def write(number: int, like: str) -> str:
    """*number* (1 to 99; in a circle to 50) as a head such as *like*: the same brackets, width and leading zero."""
    if "⑴" <= like <= "⒇" and number <= 20:
        return chr(ord("⑴") + number - 1)
    if any(first <= like <= last for first, last, _ in _SIGNS[:3]):
        return next((chr(ord(first) + number - base) for first, _, base in reversed(_SIGNS[:3]) if number >= base), "")
    digits = _DIGITS.search(like)
    if digits is None:
        return _kanji(number)
    shown = digits[0]
    written = str(number).zfill(len(shown)) if int(shown[0]) == 0 else str(number)
    if shown[0] > "9":
        written = "".join(chr(ord(c) + 0xFEE0) for c in written)
    return like[: digits.start()] + written + like[digits.end() :]


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else "一二三四五六七八九"[tens - 1] + "十"
    return ten + ("一二三四五六七八九"[ones - 1] if ones else "")
