"""Letters without case and width, for ``-i`` and for index keys: ＤＸ = DX = dx, ﾃﾞｼﾞﾀﾙ = デジタル.

Nothing else is folded: ⑳ and ㈱ stay what they are, as do kanji variants.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from minutes_cli.patterns import lazy

_MARKS = "\u3099\u309a"  # the combining ones, which the half-width ﾞ and ﾟ become
_HALF_KANA = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF61, 0xFFA0)}
_WIDE = {chr(code + 0xFEE0): chr(code).lower() for code in range(0x21, 0x7F)} | {"\u3000": " "}
_SIGNS = {"￠": "¢", "￡": "£", "￢": "¬", "￣": "¯", "￤": "¦", "￥": "¥", "￦": "₩"}
_TABLE = _WIDE | _SIGNS | _HALF_KANA
#: What a character becomes alone, without its voiced mark: ガ -> カ.
_COMPOSED = {
    composed: base
    for base in map(chr, (*range(0x3041, 0x3097), *range(0x309D, 0x309F), *range(0x30A1, 0x30FF)))
    for mark in _MARKS
    if len(composed := unicodedata.normalize("NFC", base + mark)) == 1
}


class Folded(NamedTuple):
    """A folded text. ``offsets`` leads its places, the end included, back to the text; None where all keep theirs."""

    text: str
    offsets: Sequence[int] | None = None


class _Folds(dict[str, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, character: str) -> str:
        low = _TABLE.get(character) or character.lower()
        self[character] = folded = low if len(low) == 1 else character  # İ would become two
        return folded


class _Keys(dict[str, str]):
    """What each character becomes in a key."""

    def __missing__(self, character: str) -> str:
        folded = _FOLDS[character]
        self[character] = plain = "" if folded in _MARKS else _COMPOSED.get(folded, folded)
        return plain


_FOLDS = _Folds()
_KEYS = _Keys()


def fold(text: str) -> Folded:
    """*text* in lower case, letters and marks half as wide, kana full width and composed (ｶﾞ and か\u3099 are one)."""
    if text.isascii():
        return Folded(text.lower())
    folded = _replaced(text, _FOLDS)
    if _MARKS[0] in folded or _MARKS[1] in folded:
        return _compose(folded)
    return Folded(folded)


def key(text: str) -> str:
    """*text* folded character by character, voiced marks dropped: ``key(a + b) == key(a) + key(b)``.

    Coarser than :func:`fold`, so what stands in a text, folded or not, has its key in the key of the text.
    """
    return text.lower() if text.isascii() else _replaced(text, _KEYS)


@cache
def variants(character: str) -> tuple[str, ...]:
    """Everything that :func:`fold` makes *character* of, a folded one; the character itself comes first."""
    found = [character]
    base = _COMPOSED.get(character)
    if base is not None:
        mark = unicodedata.normalize("NFD", character)[1]
        found += (one + other for one in variants(base) for other in variants(mark))
    found += (wide for wide, folded in _TABLE.items() if folded == character)
    for other in (character.upper(), character.title(), *(wide.upper() for wide in tuple(found))):
        if len(other) == 1 and other not in found and _FOLDS[other] == character:
            found.append(other)
    found += (other for other in _OTHER_CASES.get(character, ()) if other not in found)
    return tuple(found)


#: Letters whose lower case is that of others: Kelvin, Ångström, Ohm and the like.
_OTHER_CASES = {"k": ("\u212a",), "å": ("\u212b",), "ω": ("\u2126",), "ß": ("\u1e9e",), "θ": ("\u03f4",)}


def _replaced(text: str, table: Mapping[str, str]) -> str:
    """*text* with every character as in *table*; no value of it is changed again."""
    # A few replacements of one character each are many times as fast as str.translate.
    changed = [(c, to) for c in set(text) if (to := table[c]) != c]
    if len(changed) > _FEW:
        return "".join(map(table.__getitem__, text))
    for character, to in changed:
        text = text.replace(character, to)
    return text


_FEW = 60


def _compose(text: str) -> Folded:
    """Put kana and the combining marks behind them together."""
    parts: list[str] = []
    offsets: list[int] = []
    at, size = 0, len(text)
    while at < size:
        pair = text[at : at + 2]
        whole = unicodedata.normalize("NFC", pair) if pair[1:] in _MARKS and len(pair) == 2 else pair
        step = 2 if len(whole) == 1 == len(pair) - 1 and whole in _COMPOSED else 1
        parts.append(whole if step == 2 else text[at])
        offsets.append(at)
        at += step
    if len(offsets) == size:
        return Folded(text)
    return Folded("".join(parts), (*offsets, size))


# -- patterns ---------------------------------------------------------------------------------------------

#: What stands for itself in the source of a pattern although it looks like letters.
_SYNTAX = lazy(r"\(\?(?:P[<=][^>)]*[>)]|\([^)]*\)|[aiLmsux-]*[:)]|<?[=!]|[>#])")
_CODE = lazy(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|N\{[^}]*\})")
_PAIR = lazy(r"[\u3041-\u3096\u309d\u309e\u30a1-\u30fe\uff66-\uff9d][\u3099\u309a\uff9e\uff9f]")
_SPECIAL = frozenset(r"\.^$*+?{}[]|()-&~# ")


def fold_pattern(pattern: str) -> str:
    r"""The source of a regular expression for folded text: what *pattern* means, in folded characters.

    Escapes such as ``\W`` keep their case; （ becomes ``\(``; a class keeps its ranges and gets what they fold to.
    """
    pattern = _PAIR.sub(lambda pair: fold(pair.group()).text, pattern)
    parts: list[str] = []
    at = 0
    while at < len(pattern):
        part, at = _class(pattern, at) if pattern[at] == "[" else _token(pattern, at)
        parts.append(part)
    return "".join(parts)


def _token(pattern: str, at: int) -> tuple[str, int]:
    """The folded piece of *pattern* at *at*, outside a class, and where the next one begins."""
    if syntax := _SYNTAX.match(pattern, at):
        return syntax.group(), syntax.end()
    character, end = _character(pattern, at)
    if character is None:
        return pattern[at:end], end
    if pattern[at] == "\\" or not character.isascii():
        return _escaped(_FOLDS[character]), end
    return _FOLDS[character], end


def _character(pattern: str, at: int) -> tuple[str | None, int]:
    """The character for which the piece at *at* stands (None: an escape that stands for several), and its end."""
    if pattern[at] != "\\":
        return pattern[at], at + 1
    if code := _CODE.match(pattern, at):
        return _decoded(code.group()), code.end()
    end = min(at + 2, len(pattern))
    following = pattern[at + 1 : end]
    return (None if not following or (following.isascii() and following.isalnum()) else following), end


def _decoded(escape: str) -> str | None:
    try:
        if escape[1] == "N":
            return unicodedata.lookup(escape[3:-1])
        return chr(int(escape[2:], 16))
    except (KeyError, ValueError, OverflowError):
        return None  # re will say what is wrong with it


def _escaped(character: str) -> str:
    return "\\" + character if character in _SPECIAL else character


def _class(pattern: str, at: int) -> tuple[str, int]:
    """The class at *at*, with what its characters and ranges fold to added."""
    start = at
    at += 2 if pattern.startswith("[^", at) else 1
    head, body, added = pattern[start:at], at, [""]
    while at < len(pattern) and (at == body or pattern[at] != "]"):
        low, end = _character(pattern, at)
        if low is not None and pattern[end : end + 1] == "-" and pattern[end + 1 : end + 2] not in ("]", ""):
            high, end = _character(pattern, end + 1)
            if high is not None:
                added.append(_images(low, high))
        elif low is not None:
            added.append(_images(low, low))
        at = end
    if at >= len(pattern):
        return pattern[start:], at  # not closed: re will say so
    return f"{head}{pattern[body:at]}{''.join(added)}]", at + 1


def _images(low: str, high: str) -> str:
    """What the characters from *low* to *high* fold to, where that is not themselves, as the inside of a class."""
    codes = sorted({ord(_FOLDS[c]) for c in map(chr, range(ord(low), ord(high) + 1)) if _FOLDS[c] != c})
    return "".join(_escaped(chr(a)) + (f"-{_escaped(chr(b))}" if b > a else "") for a, b in _stretches(codes))


def _stretches(codes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbours taken together: first and last of each stretch."""
    first = last = -2
    for code in codes:
        if code != last + 1:
            if first >= 0:
                yield first, last
            first = code
        last = code
    if first >= 0:
        yield first, last
