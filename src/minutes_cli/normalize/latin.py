"""Latin words that OCR has cut with blanks: ``G IGA``, ``Soc ie t y``; and ``(Society 5.0)`` whose end was read as の.

English that stands in a record, initials, lists of options and headings set wide have blanks, too. So pieces are put
together only where the whole is a known word or stands elsewhere in the record, and the pieces are no words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from minutes_cli.model import Correction, Safety
from minutes_cli.normalize.acronyms import known, narrow
from minutes_cli.normalize.methods import Settings
from minutes_cli.patterns import lazy

RULE = "ocr-latin"

_LETTER = "A-Za-zＡ-Ｚａ-ｚ"
_JAPANESE = "ぁ-ゖァ-ヺー一-鿿々"
# The literal comes first in these patterns: that lets ``re`` skip to it, ten times as fast as a character class.
_BLANK = lazy(rf" (?<=[{_LETTER}] )(?=[{_LETTER}])")
_BRACKET = lazy(r"\.の(?<=[0-9０-９]\.の)")
_PIECE = lazy(rf"[{_LETTER}]+")
_WORD = lazy(rf"(?<![{_LETTER}])[{_LETTER}]{{2,20}}(?![{_LETTER}])")
#: Beside these letters are part of markup, an address or a code.
_CODE = frozenset("-_/\\.=<>\"'#@&:;0123456789")
_VERSION = lazy(rf"[{_LETTER}] ?[0-9０-９]{{1,2}}\Z")
_PARTICLE = lazy(r"[のをはがにでともへや、。\n]|\Z")

#: Short English words: what they stand beside is English.
_SHORT = frozenset("a am an as at be by de do for go he if in is it la me my no of on or so the to up us we".split())

#: A word is put together of at most so many pieces and letters.
_PIECES = 8
_LETTERS = 20
#: So many characters before and behind are searched for the other bracket.
_REACH = 60


_Choice = tuple[Safety, float, str]


class _Record:
    """A text and how often each Latin word stands in it, counted when first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(narrow(match.group()) for match in _WORD.finditer(self.text))


def find(text: str, settings: Settings) -> Iterator[Correction]:
    """Blanks inside Latin words to take out and brackets read as の, in the order of the text."""
    yield from sorted([*_words(text), *_brackets(text)])


def _words(text: str) -> Iterator[Correction]:
    record = _Record(text)
    last = 0
    for match in _BLANK.finditer(text):
        if match.start() < last:
            continue
        pieces = _run(text, match.start())
        last = pieces[-1].end()
        if not any(len(piece.group()) <= 2 and piece.group() not in _SHORT for piece in pieces):
            continue
        first = 0
        while first < len(pieces) - 1:
            size, choice = _longest(record, pieces, first)
            if choice is not None:
                for piece in pieces[first + 1 : first + size]:
                    yield Correction(piece.start() - 1, piece.start(), "", RULE, *choice)
            first += size


def _longest(record: _Record, pieces: list[re.Match[str]], first: int) -> tuple[int, _Choice | None]:
    """How many pieces from *first* on make the longest word, and how sure that is."""
    for size in range(min(_PIECES, len(pieces) - first), 1, -1):
        choice = _judge(record, pieces, first, first + size)
        if choice is not None:
            return size, choice
    return 1, None


def _run(text: str, at: int) -> list[re.Match[str]]:
    """All pieces that follow each other with single blanks, from the one before the blank *at* on."""
    start = at
    while start and _PIECE.match(text, start - 1):
        start -= 1
    pieces = []
    while match := _PIECE.match(text, start):
        pieces.append(match)
        start = match.end() + 1
        if text[match.end() : start] != " ":
            break
    return pieces


def _judge(record: _Record, pieces: list[re.Match[str]], first: int, last: int) -> _Choice | None:
    """Whether some pieces are one word, how safely, and why; None where they are not."""
    text = record.text
    parts = [narrow(piece.group()) for piece in pieces[first:last]]
    word = "".join(parts)
    if len(word) > _LETTERS or not (word[0].isupper() or word in known()):
        return None
    start, end = pieces[first].start(), pieces[last - 1].end()
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    if before in _CODE or behind in _CODE:
        return None
    listed = word in known()
    if not listed and (_SHORT.intersection(parts) or min(map(len, parts)) > 2):
        return None
    times = 0 if listed else record.counts[word]
    if not listed and not times and not _is_word(word, parts):
        return None
    reason = f"{word} stands {times} times in the record" if times else f"{word} is a known word"
    longer = [part for part in parts if len(part) > 1]
    if not longer:  # "N P O" may be a heading set wide, "D X" two of many options
        whole = last - first == len(pieces) and len(word) >= 3
        sure = listed and whole and re.match(f"[{_JAPANESE}]", behind) is not None
    else:
        sure = not known().intersection(longer) or len(parts) - len(longer) >= 2
    return (Safety.SAFE, 0.97, reason) if sure else (Safety.ASK, 0.6, reason)


def _is_word(word: str, parts: list[str]) -> bool:
    """Whether the dictionary has *word*, cut so oddly that nobody can have typed it."""
    if not word[1:].islower() or len(word) < 5 or sum(len(part) == 1 for part in parts) < 2:
        return False
    from minutes_cli.lexicon.words import read

    reading = read(word)
    return reading.unknown == 0 and len(reading.words) == 1


def _brackets(text: str) -> Iterator[Correction]:
    """``0)`` read as の: behind a decimal point, where a bracket stands open that nothing closes."""
    for match in _BRACKET.finditer(text):
        at = match.end() - 1
        # Without blanks: taking some out of words must not bring another bracket into reach.
        paragraph = text[max(0, at - 2 * _REACH) : at].replace(" ", "")[-_REACH:].rpartition("\n\n")[2]
        opened = max(paragraph.rfind("("), paragraph.rfind("（"))
        behind = text[at + 1 : at + 1 + 2 * _REACH].replace(" ", "")[:_REACH].partition("\n\n")[0]
        closes = re.search(r"[(（)）]", behind)
        if opened < max(paragraph.rfind(")"), paragraph.rfind("）")) or opened < 0:
            continue
        if (closes and closes.group() in ")）") or not _PARTICLE.match(behind):
            continue
        sure = bool(_VERSION.search(paragraph[:-1]))
        after = "0)" if paragraph[opened] == "(" else "０）" if paragraph[-2] > "9" else "0）"
        reason = "a bracket is open, and no word begins with a decimal point"
        yield Correction(at, at + 1, after, RULE, Safety.SAFE if sure else Safety.ASK, 0.95 if sure else 0.6, reason)
