"""Brackets and their partners: a quick look at all of a text, and a careful one only where that finds something."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from minutes_cli.patterns import lazy

#: What opens and what closes; brackets of half and full width are partners, too.
KINDS = (
    ("（(", "）)"),
    ("「｢", "」｣"),
    ("『", "』"),
    ("〔", "〕"),
    ("［[", "］]"),
    ("【", "】"),
    ("〈", "〉"),
    ("《", "》"),
)
_ROUND = 0
#: Quotations may go on for pages; nothing else in brackets is so long (in characters).
_QUOTING, _LONGEST_QUOTE, _LONGEST = (1, 2, 7), 20_000, 800

_OPENS = {character: kind for kind, (opens, _) in enumerate(KINDS) for character in opens}
_CLOSES = {character: kind for kind, (_, closes) in enumerate(KINDS) for character in closes}
_ANY = lazy(f"[{re.escape(''.join(_OPENS) + ''.join(_CLOSES))}]")
_ENDS = "\r\n\f"


class Lone(NamedTuple):
    """A bracket without its partner: where it stands, and of which kind the partner would be."""

    at: int
    partner: str


def suspicious(text: str, characters: frozenset[str]) -> list[int]:
    """Brackets that have no partner on their line, or one of their kind too many: where to look carefully.

    Nearly all brackets of a record close on their line and hold none of their kind, which patterns that begin with a
    literal can tell at the speed of a search.
    """
    found: list[int] = []
    for opens, closes in KINDS:
        opening, closing = ["".join(c for c in side if c in characters) for side in (opens, closes)]
        if not opening and not closing:
            continue
        both, close = re.escape(opening + closing), re.escape(closing)
        behind = f"(?![^{both}{_ENDS}]*[{close}])" if closing else ""
        bad = [hit.start() for c in opening for hit in re.finditer(re.escape(c) + behind, text)]
        found += bad
        if sum(map(text.count, closing)) > sum(map(text.count, opening)) - len(bad):
            pair = f"[{re.escape(opening)}][^{both}{_ENDS}]*[{close}]|" if opening else ""
            found += (hit.start() for hit in re.finditer(f"{pair}([{close}])", text) if hit[1])
    return sorted(found)


def lone(text: str, places: Iterable[int], borders: list[int]) -> Iterator[Lone]:
    """The brackets without a partner in the stretches, between two of *borders*, in which *places* lie.

    *borders* are ascending and begin with 0.
    """
    done = -1
    for place in places:
        number = bisect_right(borders, place) - 1
        if number > done:
            done = number
            end = borders[number + 1] if number + 1 < len(borders) else len(text)
            yield from _alone(text, borders[number], end)


class _Open(NamedTuple):
    kind: int
    at: int


def _alone(text: str, start: int, end: int) -> list[Lone]:
    """The brackets of ``text[start:end]`` without a partner there, in the order of the text."""
    found: list[Lone] = []
    stack: list[_Open] = []
    waiting = [0] * len(KINDS)  # how many of each kind are on the stack
    for hit in _ANY.finditer(text, start, end):
        at, character = hit.start(), hit.group()
        if character in _OPENS:
            stack.append(_Open(_OPENS[character], at))
            waiting[_OPENS[character]] += 1
            continue
        kind = _CLOSES[character]
        if kind == _ROUND and _closes_nothing(text, at, stack[-1].at if waiting[kind] else None):
            continue
        if not waiting[kind]:
            found.append(Lone(at, KINDS[kind][0][0]))
            continue
        while stack[-1].kind != kind:
            found.append(_unclosed(stack, waiting))
        if at - stack[-1].at > (_LONGEST_QUOTE if kind in _QUOTING else _LONGEST):
            found += (_unclosed(stack, waiting), Lone(at, KINDS[kind][0][0]))
            continue
        opened = stack.pop()
        waiting[kind] -= 1
        while kind in _QUOTING and stack and stack[-1].kind == kind and _opened_anew(text, stack[-1].at, opened.at):
            opened = stack.pop()
            waiting[kind] -= 1
    found += (Lone(one.at, KINDS[one.kind][1][0]) for one in stack)
    return sorted(found)


def _unclosed(stack: list[_Open], waiting: list[int]) -> Lone:
    kind, at = stack.pop()
    waiting[kind] -= 1
    return Lone(at, KINDS[kind][1][0])


_MARKER = lazy(
    r"(?:\A|[\s　、。，．:：・\-－\[>#*「])"
    r"(?:[0-9０-９]{1,3}|[A-Za-zＡ-Ｚａ-ｚ]|[ivxIVX]{2,4}|[ァ-ヶｱ-ﾝあ-ん]|[一二三四五六七八九十]{1,3}|[①-⑳ⅰ-ⅻⅠ-Ⅻ㋐-㋾]"
    r"|(?:問|答|注|※|Q|A|Ｑ|Ａ)[0-9０-９]{0,2})[.．]?\Z"
)
#: A number that OCR has read as something else: 住) for (1).
_MISREAD_MARKER = lazy(r"[ 　]*[^\s（()）「」、。]\Z")
_LINE_START = lazy(r"[ 　]*\Z")


def is_marker(text: str, at: int) -> bool:
    """Whether the closing bracket at *at* is that of a mark in a list, such as ``1）``: it begins a line or clause."""
    return _MARKER.search(_before(text, at, 8)) is not None


def _closes_nothing(text: str, at: int, opened: int | None) -> bool:
    """Whether the round bracket at *at* belongs to a mark of a list; *opened* is where one waits to be closed."""
    if opened is None:
        return is_marker(text, at) or _MISREAD_MARKER.match(_before(text, at, 8)) is not None
    return is_marker(text, at) and not _goes_on(text, opened, at)


def _goes_on(text: str, opened: int, at: int) -> bool:
    """Whether what was opened may close on the line of *at*: on the same line, or on one wrapped right before it."""
    between = text[max(opened, at - 400) : at]
    return at - opened <= 400 and between.count("\n") <= 1


def _opened_anew(text: str, first: int, again: int) -> bool:
    """Whether a quotation that was opened at *first* was only opened anew at *again*, where its next paragraph begins.

    The paragraph before must be nothing but quotation, and end as a sentence does.
    """
    between = text[first:again].rstrip(" 　\r\n\f")
    if not between.endswith("。") or any(end in between for end in _ENDS):
        return False
    return _LINE_START.match(_before(text, again, 20)) is not None


def _before(text: str, at: int, most: int) -> str:
    """What stands on the line of *at* before it, at most so many characters of it."""
    low = max(0, at - most)
    start = max(text.rfind(end, low, at) for end in _ENDS) + 1
    return text[max(low, start) : at]
