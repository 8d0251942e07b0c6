"""Short words of many texts at once, as columns: for tables, in which an object for each word would cost too much.

The words are those of :mod:`minutes_cli.lexicon.tokens`. What a word of the dictionary says is asked for once; of each
word in a text only its number and its end are read, since every question to Sudachi costs a tenth of the cutting.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from minutes_cli.lexicon.sentences import sentences
from minutes_cli.lexicon.tokens import PIECE, tokenizer
from minutes_cli.lexicon.words import readable

if TYPE_CHECKING:
    from sudachipy import Morpheme

__all__ = ["Lexeme", "TokenColumns", "lexemes", "token_columns"]

#: Without the reading Sudachi is 1.4 times as fast; without the part of speech it would cut otherwise.
_FIELDS = frozenset({"surface", "pos", "dictionary_form"})
#: The numbers of words that no dictionary has begin here; they tell nothing but the part of speech.
_UNKNOWN = 0xF0000000
#: Sentences that are remembered: at meetings the same ones are said again and again.
_REMEMBERED = 1 << 14


class Lexeme(NamedTuple):
    """What is the same of a word wherever it stands: as dictionaries list it, and its part of speech in six parts."""

    lemma: str
    pos: tuple[str, ...]


_Words = list[tuple[int, int]]
"""The words of a sentence: of each its number in :func:`lexemes`, and where it ends."""


class TokenColumns(NamedTuple):
    """The words of some texts.

    ``counts``: how many words each text has. ``said``: the sentences of all texts, one behind the other; ``starts``:
    where each begins in it (code points), ``sizes``: how many words it has. ``words``: of each word its number in
    :func:`lexemes`, and where it ends in its sentence; it begins where the one before it ends.
    """

    counts: list[int]
    said: str
    starts: list[int]
    sizes: list[int]
    words: _Words


_LEXEMES: list[Lexeme] = []
#: By the number in the dictionary; words that it lacks by how they are printed and the number that tells their sort.
_KNOWN: dict[int, int] = {}
_OTHERS: dict[tuple[str, int], int] = {}
_CUT: dict[str, _Words] = {}


def lexemes() -> list[Lexeme]:
    """All words that were met in this process; it only grows."""
    return _LEXEMES


def token_columns(texts: Iterable[str]) -> TokenColumns:
    """The words of *texts* (lines are sentences of their own, at least); blanks between sentences are left out."""
    found = TokenColumns([], "", [], [], [])
    said: list[str] = []
    at = 0
    for text in texts:
        before = len(found.words)
        for start, end in sentences(text):
            sentence = text[start:end]
            words = _CUT.get(sentence) or _remembered(sentence)
            found.words.extend(words)
            found.starts.append(at)
            found.sizes.append(len(words))
            said.append(sentence)
            at += end - start
        found.counts.append(len(found.words) - before)
    return found._replace(said=readable("".join(said)))


def _remembered(sentence: str) -> _Words:
    if len(_CUT) >= _REMEMBERED:
        _CUT.clear()
    words = _CUT[sentence] = _cut(readable(sentence))
    return words


def _cut(sentence: str) -> _Words:
    """The words of *sentence*, which Sudachi can read."""
    tokenize, known = tokenizer(_FIELDS).tokenize, _KNOWN.get
    words: _Words = []
    for at in range(0, len(sentence), PIECE):
        morphemes = tokenize(sentence[at : at + PIECE])
        found = [(known(m.word_id(), -1), m.end()) for m in morphemes]
        for i in [i for i, word in enumerate(found) if word[0] < 0]:  # new here, or in no dictionary
            found[i] = _number(morphemes[i]), found[i][1]
        words += [(number, at + end) for number, end in found] if at else found
    return words


def _number(m: Morpheme) -> int:
    """The number of the word *m*, which is listed if it was not."""
    number = m.word_id()
    if number < _UNKNOWN:
        if number in _KNOWN:  # met twice in its first sentence
            return _KNOWN[number]
        _KNOWN[number] = len(_LEXEMES)
    else:
        key = m.surface(), number
        if key in _OTHERS:
            return _OTHERS[key]
        _OTHERS[key] = len(_LEXEMES)
    _LEXEMES.append(Lexeme(m.dictionary_form(), m.part_of_speech()))
    return len(_LEXEMES) - 1
