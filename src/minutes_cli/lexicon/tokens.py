"""Short words with their dictionary form and reading, for corpora: Sudachi's mode A, which cuts as UniDic does."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

from minutes_cli.lexicon.words import SURROGATES, dictionary, readable, tokenizer_identity

if TYPE_CHECKING:
    from sudachipy import Tokenizer

__all__ = ["PIECE", "Token", "identity", "tokenizer", "tokens"]

#: Sudachi refuses more than 65,535 bytes once it has folded its input; one character may become 33 bytes.
PIECE = 1_900
#: Leaving out the part of speech would change the segmentation of SudachiPy 0.7.
_FIELDS = frozenset({"surface", "pos", "dictionary_form", "reading_form"})
_local = threading.local()


class Token(NamedTuple):
    """A word of a sentence, ``sentence[start:end]`` (code points), none of them blank."""

    start: int
    end: int
    lemma: str  # as dictionaries list it
    reading: str  # in katakana
    pos: tuple[str, ...]  # the six parts of its part of speech: 動詞, 一般, *, *, 五段-カ行, 連用形-一般


def tokens(sentence: str) -> list[Token]:
    """The words of *sentence* (no line end inside) in their order; between them are nothing but blanks."""
    found: list[Token] = []
    text = readable(sentence)
    for at in range(0, len(sentence), PIECE):
        for m in tokenizer(_FIELDS).tokenize(text[at : at + PIECE]):
            start, end = at + m.begin(), at + m.end()
            token = Token(start, end, m.dictionary_form(), m.reading_form(), m.part_of_speech())
            if start == end and found:  # one character stands for several words: ㋉ is 10 and 月
                last = found[-1]
                found[-1] = last._replace(lemma=last.lemma + token.lemma, reading=last.reading + token.reading)
            elif start < end:
                found += _without_blanks(sentence, token)
    return found


def _without_blanks(sentence: str, token: Token) -> list[Token]:
    """*token*, or the parts of it that blanks leave; what is cut is called as it is printed."""
    text = sentence[token.start : token.end]
    parts = text.split()
    if parts == [text]:
        return [token._replace(lemma=text) if SURROGATES.search(text) else token]
    found, at = [], token.start
    for part in parts:
        at = sentence.index(part, at)
        found.append(token._replace(start=at, end=at + len(part), lemma=part, reading=""))
        at += len(part)
    return found


def identity() -> str:
    """What decides how :func:`tokens` cuts: "sudachipy 0.7.0, sudachidict-core 20261015, mode A"."""
    return ", ".join([*tokenizer_identity().split(", ")[:2], "mode A"])


def tokenizer(fields: frozenset[str]) -> Tokenizer:
    """The tokenizer of this thread that tells these *fields* of a word; threads cannot share one."""
    known: dict[frozenset[str], Tokenizer] = _local.__dict__.setdefault("tokenizers", {})
    if fields not in known:
        known[fields] = dictionary().tokenizer("A", fields=set(fields))
    return known[fields]
