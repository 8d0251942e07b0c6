"""Suggestions only: places where something is probably wrong, and what may be meant. Nothing here is ever applied.

- ``hint-kana``: one kana too many or too few (およよび, 思っいた), where the text reads better without or with it;
- ``hint-word``: a katakana word that no dictionary has, one letter away from one that the record uses again and again;
- ``hint-sum``: a total that is not the sum of the figures beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice

from minutes_cli.model import Correction, Safety
from minutes_cli.normalize.methods import Settings
from minutes_cli.normalize.phrases.sieve import around
from minutes_cli.patterns import lazy

#: How much of the text around a place is read as words, in characters.
_AROUND = 12
#: No word goes on behind these; lone surrogates cannot be read at all.
_BREAK = lazy(r"[\s。、\ud800-\udfff]")
#: So much the reading must gain in Sudachi's cost: about what one unknown word costs.
_GAIN = 6_000

#: Kana that do not stand twice in a row in Japanese, and っ before what it cannot stand before. 6 million characters of
#: records hold none of them, so each costs one quick search.
_TWICE = ("らら", "んん", "っっ", "よよ")
_AFTER_SMALL_TSU = lazy("っ(?=[あいうえおなにぬねのまみむめもやゆよらりるれろわをん])")
#: A text with more such places is not Japanese with slips in it.
_MOST = 500
_LOST = ("って", "った", "っと", "っし", "っち", "つ")


def find_kana(text: str, settings: Settings) -> Iterable[Correction]:
    """Where one kana more or less makes words of what is none."""
    places = list(islice(_kana_places(text), _MOST + 1))
    if len(places) > _MOST:
        return
    last = 0
    for start, end, others in sorted(places):
        if start < last:
            continue
        if (best := _best(text, start, end, others)) is not None:
            after, gain = best
            reason = f"{text[start:end]} is no Japanese; with {after} the reading costs {gain} less"
            yield Correction(start, end, after, "hint-kana", Safety.SHOW, 0.5, reason)
            last = end


def _kana_places(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    for twice in _TWICE:
        at = text.find(twice)
        while at >= 0:
            yield at, at + 2, (twice[0],)
            at = text.find(twice, at + 2)
    for match in _AFTER_SMALL_TSU.finditer(text):
        yield match.start(), match.end(), _LOST


def _best(text: str, start: int, end: int, others: tuple[str, ...]) -> tuple[str, int] | None:
    """Which of *others* reads best in place of ``text[start:end]``, and how much better; None when none does."""
    from minutes_cli.lexicon.words import read

    before = _BREAK.split(text[max(0, start - _AROUND) : start])[-1]
    behind = _BREAK.split(text[end : end + _AROUND], maxsplit=1)[0]
    cost, after = min((read(before + other + behind).cost, other) for other in others)
    gain = read(before + text[start:end] + behind).cost - cost
    return (after, gain) if gain >= _GAIN else None


#: Shorter words are one letter away from too many others; longer runs are no words.
_SHORTEST, _LONGEST = 5, 20
_FREQUENT = 5
#: Written out, because ``re`` finds a class twice as fast as the beginning of a repeat.
_KATAKANA = lazy("[ァ-ヺー]" * (_SHORTEST - 2) + "[ァ-ヺー]+")


def find_words(text: str, settings: Settings) -> Iterable[Correction]:
    """Katakana words that are unknown and one letter away from a frequent one, neither the first nor the last.

    Words that differ at an end are mostly two words; spellings that differ by ー or a small kana are left alone.
    """
    counts = Counter(word for word in _KATAKANA.findall(text) if len(word) <= _LONGEST)
    frequent = {word: count for word, count in counts.items() if count >= _FREQUENT}
    if not frequent or len(frequent) == len(counts):
        return
    near: dict[str, list[str]] = {}
    for word in frequent:
        for key in (word, *_shortened(word)):
            near.setdefault(key, []).append(word)
    wrong = {word: right for word, count in counts.items() if (right := _slip_of(word, count, near, frequent))}
    if not wrong:
        return
    for match in _KATAKANA.finditer(text):
        if (right := wrong.get(match.group())) is not None:
            reason = f"{match.group()} is in no dictionary; {right} stands {frequent[right]} times in this record"
            yield Correction(match.start(), match.end(), right, "hint-word", Safety.SHOW, 0.5, reason)


def _slip_of(word: str, count: int, near: dict[str, list[str]], frequent: dict[str, int]) -> str | None:
    """The frequent word that *word* is a slip of, if there is one; the most frequent of several."""
    found = {other for key in (word, *_shortened(word)) for other in near.get(key, ()) if _one_apart(word, other)}
    found = {other for other in found if frequent[other] >= _FREQUENT * count and not _variants(word, other)}
    if not found or not _unknown(word):
        return None
    return max(found, key=lambda other: (frequent[other], other))


def _shortened(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))


def _one_apart(a: str, b: str) -> bool:
    """Whether one letter inside, more, less or other, makes *a* out of *b*."""
    if abs(len(a) - len(b)) > 1 or a == b or max(len(a), len(b)) < _SHORTEST:
        return False
    i = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest = a[i + (len(a) >= len(b)) :]
    return i > 0 and rest != "" and rest == b[i + (len(b) >= len(a)) :]


def _variants(a: str, b: str) -> bool:
    """Whether *a* and *b* are two accepted spellings, as サーバ and サーバー are."""
    return a.replace("ー", "").translate(_SMALL) == b.replace("ー", "").translate(_SMALL)


_SMALL = str.maketrans("ァィゥェォャュョッヴ", "アイウエオヤユヨツブ")


def _unknown(word: str) -> bool:
    from minutes_cli.lexicon.words import read

    return read(word).unknown > 0


_NUMBER = r"(?<![0-9０-９,，.．])[0-9０-９][0-9０-９,，]{0,15}(?:[.．][0-9０-９]{1,4})?"
_TERM = rf"{_NUMBER}[ 　]{{0,2}}[一-龥ァ-ヶ%％]{{0,4}}"
_SUM = rf"{_TERM}(?:[ 　]{{0,2}}[+＋][ 　]{{0,2}}{_TERM}){{1,9}}"
_PLUS = (lazy(r"\+"), lazy("＋"))
#: 120人 + 80人 = 200人, 200人（120人 + 80人）, 120人と80人の計200人; each with signs that are quick to find.
_SUMS = (
    (lazy(rf"(?<![+＋])(?P<parts>{_SUM})[ 　]{{0,2}}[=＝][ 　]{{0,2}}(?P<total>{_TERM})"), _PLUS),
    (
        lazy(rf"(?P<total>{_TERM})[*＊※]?\s{{0,4}}[〔（(][ 　]{{0,2}}(?P<parts>{_SUM})[ 　]{{0,2}}[〕）)]"),
        _PLUS,
    ),
    (
        lazy(rf"(?P<parts>{_TERM}と[^0-9０-９。、\n]{{0,8}}{_TERM})の(?:合計|計)(?P<total>{_TERM})"),
        (lazy("計(?=[0-9０-９])"),),
    ),
)
#: How far around a sign a sum may reach, in characters.
_REACH = 150
_TERM_PARTS = lazy(rf"(?P<number>{_NUMBER})[ 　]{{0,2}}(?P<unit>[一-龥ァ-ヶ%％]{{0,4}})")
#: Figures in these units have been rounded.
_ROUNDED = ("千", "万", "億", "兆", "%", "％")


def find_sums(text: str, settings: Settings) -> Iterable[Correction]:
    """Totals that are not the sum of their parts, where all are printed together and in one unit."""
    found: dict[int, Correction] = {}
    for pattern, signs in _SUMS:
        places = [sign.start() for scan in signs for sign in scan.finditer(text)]
        for start, end in around(places, _REACH, len(text)):
            for match in pattern.finditer(text, start, end):
                correction = _contradiction(text, match)
                found |= {correction.start: correction} if correction else {}
    last = 0
    for _, correction in sorted(found.items()):
        if correction.start >= last:
            yield correction
            last = correction.end


def _contradiction(text: str, match: re.Match[str]) -> Correction | None:
    terms = [(term["number"], term["unit"]) for term in _TERM_PARTS.finditer(match["parts"])]
    stated = _TERM_PARTS.match(match["total"])
    if stated is None:
        return None
    unit = stated["unit"]
    if len(terms) < 2 or any(other != unit for _, other in terms):
        return None
    values = [_value(number) for number, _ in terms]
    total, expected = _value(stated["number"]), sum(values, Decimal())
    places = max(-int(value.as_tuple().exponent) for value in [*values, total])
    rounded = places > 0 or unit.startswith(_ROUNDED)
    allowed = Decimal(len(terms) + 1) / 2 / 10**places if rounded else Decimal()
    if abs(total - expected) <= allowed:
        return None
    start = match.start("total")
    after = _like(stated["number"], expected)
    reason = (
        f"{' + '.join(number for number, _ in terms)} is {expected:,}, not {stated['number']}; one of them is wrong"
    )
    return Correction(start, start + len(stated["number"]), after, "hint-sum", Safety.SHOW, 0.5, reason)


_NARROW = str.maketrans("０１２３４５６７８９．", "0123456789.", ",，")
_WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def _value(number: str) -> Decimal:
    return Decimal(number.translate(_NARROW))


def _like(number: str, value: Decimal) -> str:
    """*value* written as *number* is: with or without commas, wide or narrow."""
    written = f"{value:,}" if "," in number or "，" in number else f"{value}"
    return written if number.isascii() else written.translate(_WIDE)
