"""How words may be spelled in a text, so that what cannot hold them need not be cut into words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from minutes_cli.lexicon.folding import fold
from minutes_cli.lexicon.words import folded, spellings

if TYPE_CHECKING:
    from minutes_cli.search.needs import Needs

Clauses = Sequence[frozenset[str]]
"""AND of ORs: of each set a word with one of these normalized forms stands in every text that matches."""

#: Reading the spellings takes as long as cutting so many characters (measured: 2 s); only then is it worth it.
WORTH = 1_000_000
#: More literals than this in a clause rule little out and cost much.
_MOST = 512
#: What Sudachi takes for one ー where two or more stand together, and for a bracket before a reading.
_LONG = "ー-〜⁓〰"
_BRACKETS = "(﹙₍⁽︵"
_VOICED = {"\u3099": "゛", "\u309a": "゜"}


class Spellings:
    """The spellings of the forms that patterns ask for, read all at once when they are first needed."""

    def __init__(self) -> None:
        self._wanted: set[str] = set()
        self._spelled: dict[str, frozenset[str]] = {}
        self._cut = 0
        self._lock = Lock()

    def want(self, clauses: Clauses) -> None:
        """Ask for the forms of *clauses* too, when the dictionary is read."""
        self._wanted.update(*clauses)

    def known(self, clauses: Clauses) -> bool:
        """Whether the spellings of *clauses* have been read."""
        return all(clause <= self._spelled.keys() for clause in clauses)

    def pays(self, characters: int) -> bool:
        """Count *characters* that are about to be cut; whether so many have been that reading pays by now."""
        self._cut += characters
        return self._cut > WORTH

    def read(self) -> None:
        """Read the spellings of all forms that were asked for (about two seconds)."""
        with self._lock:
            missing = self._wanted - self._spelled.keys()
            if missing:
                self._spelled |= {form: _literals(form, found) for form, found in spellings(missing).items()}

    def of(self, clauses: Clauses) -> Clauses:
        """For each clause of which it can be said: what Sudachi's folding of a text that matches holds one of."""
        unions = [[self._spelled[form] for form in clause] for clause in clauses]
        return [_shortest(frozenset().union(*union)) for union in unions if all(union)]


def _literals(form: str, surfaces: Iterable[str]) -> frozenset[str]:
    """What stands in the folded text for *form*; nothing where that cannot be said: 2024 may stand there as 二〇二四.

    Words that no dictionary has are their own form.
    """
    if all(c.isdecimal() or c in ".,:" for c in form):
        return frozenset()
    return frozenset(map(as_looked_up, (form, *surfaces)))


def as_looked_up(text: str) -> str:
    """*text* folded by Sudachi, and in lower case throughout: Sudachi leaves ℃ as °C."""
    return folded(text).lower()


def _shortest(literals: Iterable[str]) -> frozenset[str]:
    """*literals* without those that hold another one."""
    kept: list[str] = []
    for literal in sorted(literals, key=len):
        if not any(short in literal for short in kept):
            kept.append(literal)
    return frozenset(kept)


def needs_of(clauses: Clauses) -> Needs:
    """What a text must hold, folded as for ``-i``, so that Sudachi's folding of it holds what *clauses* say."""
    found = []
    for clause in clauses:
        literals = {fold(other).text for literal in clause for other in _as_written(literal)}
        if "" not in literals and len(literals) <= _MOST:
            found.append(_shortest(literals))
    return tuple(found)


def _as_written(literal: str) -> Iterator[str]:
    """Itself, and the beginning of every other way to write it, up to where it differs.

    Sudachi folds more than ``-i`` does: it takes ㈱ for (株), カ゛ for ガ and runs of ー for one, and leaves out a
    reading in brackets behind a kanji. An empty string where nothing can be said.
    """
    yield literal
    for i, character in enumerate(literal):
        head = literal[:i]
        apart = unicodedata.normalize("NFD", character)
        if len(apart) > 1:
            yield head + apart[0] + _VOICED[apart[1]] if apart[1] in _VOICED else ""
        if character == "ー":
            yield from (head + mark for mark in _LONG[1:])
            yield from (head + "ー" + mark for mark in _LONG)
        if i and _may_have_reading(literal[i - 1]):
            yield from (head + bracket for bracket in _BRACKETS)
        yield from (head + odd for odd, whole in _odd().get(character, ()) if _fits(whole, literal[i:]))
    yield from _odd_endings(literal)


def _may_have_reading(character: str) -> bool:
    return character >= "㐀" or character in "々〆〇"


def _fits(whole: str, rest: str) -> bool:
    return rest.startswith(whole) or whole.startswith(rest)


def _odd_endings(literal: str) -> Iterator[str]:
    """Single characters that stand for more, of which the end is the beginning of *literal*: ㍻ for 成."""
    for odd, whole in _odd_ones().items():
        if any(_fits(whole[k:], literal) for k in range(1, len(whole))):
            yield odd


@cache
def _odd_ones() -> Mapping[str, str]:
    """Characters that Sudachi folds and ``-i`` does not, and what it makes of them."""
    changed = (c for c in map(chr, range(0x80, 0x110000)) if c == "İ" or not unicodedata.is_normalized("NFKC", c))
    whole = {c: as_looked_up(c) for c in changed if not "\ud800" <= c <= "\udfff"}
    return {c: to for c, to in whole.items() if fold(to).text != fold(c).text}


@cache
def _odd() -> Mapping[str, Sequence[tuple[str, str]]]:
    """The same by the first character of what is made of them."""
    found: dict[str, list[tuple[str, str]]] = {}
    for odd, whole in _odd_ones().items():
        found.setdefault(whole[0], []).append((odd, whole))
    return found
