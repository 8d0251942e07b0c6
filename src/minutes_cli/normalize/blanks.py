"""Blanks that OCR has put inside running text, taken out by the majority of the record.

Three cases: a record spread out throughout (columns read downwards come out as ``こ の 法 律``); a blank inside one
word of a sentence; a blank between Japanese and Latin letters in a record that has none there elsewhere. Blanks between
digits, or digits and Latin letters, headings such as ``議 事``, names in lists, indents and columns stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli.model import Correction, Safety
from minutes_cli.normalize.methods import Settings
from minutes_cli.patterns import lazy

RULE = "ocr-blank"

_KANA = "ぁ-ゖー"
_LETTERS = "ぁ-ゖァ-ヺー一-鿿㐀-䶿々〆"
_LATIN = "A-Za-zＡ-Ｚａ-ｚ"
_TEXT = _LETTERS + "、。，．,.「」『』（）()〇○・？！"
# The blank comes first in these patterns: that lets ``re`` skip to it, ten times as fast as a character class.
_INNER = lazy(rf" (?<=[{_TEXT}] )(?=[{_TEXT}])")
_BETWEEN_LETTERS = lazy(rf" (?<=[{_LETTERS}] )(?=[{_LETTERS}])")
_BETWEEN_KANA = lazy(rf" (?<=[{_KANA}] )(?=[{_KANA}])")
_LONE = lazy(rf" (?<=[{_LETTERS}] )(?=[{_LETTERS}])(?:(?<=[{_KANA}] )|(?=[{_KANA}]))")
_SINGLE = lazy(rf" (?<=[ \n　、。][{_KANA}] )(?=[{_KANA}](?:[ 、。]|$))", re.MULTILINE)
_BEFORE_LATIN = lazy(rf" (?<=[ぁ-ゖ] )(?=[{_LATIN}]+[{_LETTERS}])")
_BEHIND_LATIN = lazy(rf" (?<=[{_LATIN}] )(?=[ぁ-ゖ])")
# What the patterns with kanji need at least: they take a millisecond each to compile, and most records with blanks have
# them in headings and between names only, where nothing of this stands.
_BESIDE_KANA = lazy(rf" (?:(?=[{_KANA}])|(?<=[{_KANA}] ))")
_BESIDE_LATIN = lazy(rf" (?:(?=[{_LATIN}])|(?<=[{_LATIN}] ))")
_LATIN_WITHOUT = lazy(rf"(?<=[{_LETTERS}])[{_LATIN}]|[{_LATIN}](?=[{_LETTERS}])")
_JOINED_WORD = lazy(rf"[{_LETTERS}][{_LATIN}]+\Z")

#: A record is spread out when so many of its characters are blanks inside running text, …
_SPREAD = 0.25
#: … so many of those stand between two kana, and so many of these between two kana that both stand alone: where words
#: are set apart, as in books for children, hardly any kana stands alone.
_SPREAD_KANA = 0.1
_SPREAD_SINGLE = 0.2
#: Fewer blanks than these say nothing about a record.
_SPREAD_LEAST = 40

#: Elsewhere a blank inside a sentence is a slip only where at most this share of the characters are such blanks.
_RARE = 0.005
#: A line with a mark and so many characters is running text; so many characters around a blank are read.
_SENTENCE = 15
_WINDOW = 10

#: Japanese and Latin letters stand side by side in so many places, and in this share of all, before a blank is a slip.
_LATIN_LEAST = 5
_LATIN_SHARE = 0.8


def find(text: str, settings: Settings) -> Iterator[Correction]:
    """Blanks to take out, in the order of the text."""
    if " " not in text:
        return
    found = [*_spread(text), *_beside_latin(text)]
    found += _inside_words(text, {c.start for c in found})
    yield from sorted(found)


def _spread(text: str) -> Iterator[Correction]:
    """All blanks between Japanese characters of a record that is spread out; only in lines that hold hiragana."""
    least = max(_SPREAD_LEAST, _SPREAD * len(text))
    if text.count(" ") < least or (blanks := sum(1 for _ in _INNER.finditer(text))) < least:
        return
    kana = sum(1 for _ in _BETWEEN_KANA.finditer(text))
    single = sum(1 for _ in _SINGLE.finditer(text))
    if kana < _SPREAD_KANA * blanks or single < _SPREAD_SINGLE * kana:
        return
    reason = f"the record is spread out: {blanks} blanks in {len(text)} characters, {kana} between two kana"
    for line in re.finditer(r"[^\n]*[ぁ-ゖ][^\n]*", text):
        for blank in _INNER.finditer(text, line.start(), line.end()):
            yield Correction(blank.start(), blank.end(), "", RULE, Safety.SAFE, 0.97, reason)


def _beside_latin(text: str) -> Iterator[Correction]:
    """Blanks between hiragana and a Latin word that on its other side touches a letter, where the record sets none."""
    if not _BESIDE_LATIN.search(text):
        return
    blanks = [blank.start() for blank in _BEFORE_LATIN.finditer(text)]
    for blank in _BEHIND_LATIN.finditer(text):
        if _JOINED_WORD.search(text, max(0, blank.start() - _WINDOW), blank.start()):
            blanks.append(blank.start())
    if not blanks:
        return
    without = sum(1 for _ in _LATIN_WITHOUT.finditer(text))
    if without < max(_LATIN_LEAST, _LATIN_SHARE * (without + len(blanks))):
        return
    reason = f"Japanese and Latin letters stand side by side {without} times, with a blank {len(blanks)} times"
    for at in blanks:
        yield Correction(at, at + 1, "", RULE, Safety.SAFE, 0.95, reason)


def _inside_words(text: str, done: set[int]) -> Iterator[Correction]:
    """Blanks with kana on one side that cut a word of a sentence, in a record that hardly has any."""
    if not _BESIDE_KANA.search(text):
        return
    blanks = [blank.start() for blank in _LONE.finditer(text) if blank.start() not in done]
    if not blanks or sum(1 for _ in _BETWEEN_LETTERS.finditer(text)) > _RARE * len(text):
        return
    for at in blanks:
        start, end = _line(text, at)
        line = text[start:end]
        if len(line) < _SENTENCE or not ("。" in line or "、" in line) or len(_BETWEEN_LETTERS.findall(line)) > 2:
            continue
        word = _word_across(text[max(start, at - _WINDOW) : at], text[at + 1 : min(end, at + 1 + _WINDOW)])
        if word:
            yield Correction(at, at + 1, "", RULE, Safety.SAFE, 0.95, f"the blank cuts the word {word}")


def _line(text: str, at: int) -> tuple[int, int]:
    """The line around *at*, cut to a length that keeps the work small."""
    start = text.rfind("\n", max(0, at - 200), at) + 1 or max(0, at - 200)
    end = text.find("\n", at, at + 200)
    return start, min(len(text), at + 200) if end < 0 else end


def _word_across(before: str, behind: str) -> str:
    """The known word of at least three characters that lies across the seam of two stretches of text, or nothing."""
    from minutes_cli.lexicon.words import read

    left, right = re.split(r"[\s　]", before)[-1], re.split(r"[\s　]", behind)[0]
    at = 0
    for word in read(left + right).words:
        if at < len(left) < at + len(word):
            apart = read(left).words[-1] + read(right).words[0]
            return word if len(word) >= 3 and read(word).unknown == 0 and apart != left + right else ""
        at += len(word)
    return ""
