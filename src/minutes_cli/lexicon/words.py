"""Words: the only code that talks to Sudachi."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sudachipy import Tokenizer

#: Sudachi takes at most 49,149 bytes a call; three bytes a character leave this many.
LONGEST = 16_000
#: Leaving out the part of speech would change the segmentation of SudachiPy 0.7.
_FIELDS = {"surface", "pos", "dictionary_form"}


class Word(NamedTuple):
    """A word as Sudachi cuts it. ``known``: a dictionary has it. ``kind``: the third part of its part of speech."""

    text: str
    known: bool
    kind: str  # 人名, 地名, 一般, …


class Reading(NamedTuple):
    """How well a text reads as words: the cost of the best path (lower is better) and how it is cut."""

    cost: int
    cut: tuple[Word, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words as they stand in the text."""
        return tuple(word.text for word in self.cut)

    @property
    def unknown(self) -> int:
        """Characters in words that no dictionary has."""
        return sum(len(word.text) for word in self.cut if not word.known)


@cache
def _tokenizer() -> Tokenizer:
    from sudachipy import Dictionary, SplitMode

    return Dictionary().tokenizer(SplitMode.C, fields=_FIELDS)


class Neighbourhood(NamedTuple):
    """How well the words around a character read: what :func:`read_around` needs of a reading, and no more."""

    cost: int
    size: int  # how many words
    unknown: int  # characters in words that no dictionary has
    word: Word  # the one that covers the character
    behind: str  # what follows it


@lru_cache(maxsize=1 << 14)
def read_around(text: str, place: int) -> Neighbourhood:
    """Read *text*, looking closer only at the word that covers ``text[place]``. Remembered: a record comes back."""
    morphemes = _tokenizer().tokenize(text)
    unknown = 0
    word, behind = Word("", False, ""), ""
    for m in morphemes:
        start, end = m.begin(), m.end()
        known = not m.is_oov()
        if not known:
            unknown += end - start
        if start <= place < end:
            word = Word(text[start:end], known, m.part_of_speech()[2])
            behind = text[end:]
    return Neighbourhood(morphemes.get_internal_cost(), len(morphemes), unknown, word, behind)


def read(text: str) -> Reading:
    """Read *text* (at most ``LONGEST`` characters, better one sentence) as words."""
    morphemes = _tokenizer().tokenize(text)
    cut = tuple(Word(m.surface(), not m.is_oov(), m.part_of_speech()[2]) for m in morphemes)
    return Reading(morphemes.get_internal_cost(), cut)
