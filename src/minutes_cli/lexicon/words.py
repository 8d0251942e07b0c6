"""Words: the only code that talks to Sudachi."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast

from minutes_cli.lexicon.entries import JOINTS, KNOWN, LEARNED, MARKS, PLAIN, Entry, is_word, look_up
from minutes_cli.lexicon.sentences import sentences
from minutes_cli.patterns import lazy

if TYPE_CHECKING:
    from sudachipy import Dictionary, Tokenizer

#: Sudachi takes at most 49,149 bytes a call; three bytes a character leave this many.
LONGEST = 16_000
#: Units are cut from pieces no longer than this: Sudachi refuses more than 65,535 bytes once it has folded its input,
#: and one character (U+FDFA) becomes 33 bytes.
_PIECE = 1_900
#: Leaving out the part of speech would change the segmentation of SudachiPy 0.7.
_FIELDS = {"surface", "pos", "dictionary_form"}
#: What is no character and cannot be encoded; it is read as 〓, the mark for what is illegible.
SURROGATES = lazy("[\ud800-\udfff]")
_UNIT_FIELDS = _FIELDS | {"normalized_form"}


def readable(text: str) -> str:
    """*text* as Sudachi takes it, character for character."""
    return SURROGATES.sub("〓", text)


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
def dictionary() -> Dictionary:
    from sudachipy import Dictionary

    return Dictionary()


@cache
def _tokenizer() -> Tokenizer:
    return dictionary().tokenizer("C", fields=_FIELDS)


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
    morphemes = _tokenizer().tokenize(readable(text))
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
    morphemes = _tokenizer().tokenize(readable(text))
    cut = tuple(Word(m.surface(), not m.is_oov(), m.part_of_speech()[2]) for m in morphemes)
    return Reading(morphemes.get_internal_cost(), cut)


class Unit(NamedTuple):
    """A way to read ``sentence[start:end]`` (code points) as one word: ``form``, as Sudachi normalizes it.

    The units of a sentence overlap: 待機児童 is one and is also 待機 and 児童. They are the edges of a graph: a unit
    leads from ``after``, where the word before it ends, to its own ``end``; blanks, and marks that only join, lie
    between ``after`` and ``start``. So units that follow each other are words that follow each other.
    """

    after: int
    start: int
    end: int
    form: str


class Morpheme(NamedTuple):
    """A word of a sentence: ``sentence[start:end]`` (code points), its normalized form, its part of speech."""

    start: int
    end: int
    form: str
    pos: tuple[str, ...]


_CONTENT = frozenset(("名詞", "動詞", "形容詞", "形状詞"))


def is_content(pos: tuple[str, ...]) -> bool:
    """Whether words of this part of speech say something by themselves: nouns, verbs, adjectives, not する or いる."""
    return pos[0] in _CONTENT and pos[1] not in ("非自立可能", "助動詞語幹")


class _Content(dict[int, bool]):
    """By the number of a word: whether it says something by itself. Worked out when it is first met."""

    def __missing__(self, number: int) -> bool:
        self[number] = found = is_content(KNOWN[number].pos)
        return found


_IS_CONTENT = _Content()


class Cut(NamedTuple):
    """A sentence cut into Sudachi's longest words (mode C): for each its number in the dictionary, and its end.

    A word that is in no dictionary has a negative number, which tells its part of speech; ``unknown`` has the forms
    of such words by their ends.
    """

    sentence: str
    words: Sequence[tuple[int, int]]
    unknown: Mapping[int, str]

    def units(self) -> tuple[Unit, ...]:
        """Every way to read the words: a word, and the parts of one that does not inflect.

        A verb's form that stands where a noun does is also read as the noun: 繰り越し is 繰り越す and 繰り越し.
        """
        sentence, unknown = self.sentence, self.unknown
        found: list[Unit] = []
        append, new, plain = found.append, tuple.__new__, PLAIN.get  # calling Unit itself is slow
        after = start = 0
        waiting: list[Unit] = []  # a verb read as a noun, if what follows shows one
        prefixed = -1  # where the last prefix ends
        for number, end in self.words:
            if end == start:  # the beginning of what one character stands for: 10 in ㋉
                continue
            form = plain(number)
            if form is None or waiting:
                entry = KNOWN[number]
                if waiting:
                    if entry.shows_noun:
                        found += waiting
                    waiting = []
                form = entry.form or unknown[end]
                if entry.blank or (form in JOINTS and _between_katakana(sentence, start, end)):
                    start = end
                    continue
                if entry.nouns:
                    waiting = [Unit(after, start, end, noun) for noun in entry.nouns]
                    if prefixed == after:
                        found += waiting
                        waiting = []
                if entry.parts:
                    found += _parts(entry, sentence, after, start, end)
                if entry.prefix:
                    prefixed = end
            append(new(Unit, (after, start, end, form)))
            after = start = end
        return (*found, *waiting)

    def morphemes(self, last: int | None = None) -> list[Morpheme]:
        """The words with their parts of speech, all of them or only the *last* so many."""
        first = 0 if last is None else max(0, len(self.words) - last)
        start = self.words[first - 1][1] if first else 0
        found = []
        for number, end in self.words[first:]:
            entry = KNOWN[number]
            found.append(Morpheme(start, end, entry.form or self.unknown[end], entry.pos))
            start = end
        return found

    def content(self, at: int = 0) -> list[tuple[int, str]]:
        """The content words as normalized forms, each with where it begins when the sentence begins at *at*."""
        found: list[tuple[int, str]] = []
        start = 0
        for number, end in self.words:
            if _IS_CONTENT[number] and end > start:
                found.append((at + start, KNOWN[number].form or self.unknown[end]))
            start = end
        return found

    def stem(self) -> int:
        """Where the sentence ends without the endings of its last word: 取り組みました, 重要な, 早かった."""
        last = cut = 0
        inflects = False
        for number, last in self.words:
            entry = KNOWN[number]
            if not (entry.ending and inflects):
                cut, inflects = last, entry.inflects
        return cut if cut < last else len(self.sentence)


@lru_cache(maxsize=1 << 14)  # at meetings the same sentences are said again and again
def cut(sentence: str) -> Cut:
    """Cut *sentence* (no line end inside) into words.

    Threads may do so at once, and do run at once: Sudachi lets go of the interpreter while it works.
    """
    words: list[tuple[int, int]] = []
    unknown: dict[int, str] = {}
    tokenize = _unit_tokenizer().tokenize
    for at in range(0, len(sentence), _PIECE):
        morphemes = tokenize(readable(sentence[at : at + _PIECE]))
        pairs = [(m.word_id(), at + m.end()) for m in morphemes]
        for i in [i for i, (number, _) in enumerate(pairs) if number not in KNOWN]:
            number, end = look_up(dictionary(), morphemes[i]), pairs[i][1]
            pairs[i] = (number, end)
            if number < 0:
                unknown.setdefault(end, morphemes[i].normalized_form())
        words += pairs
    return Cut(sentence, words, unknown)


def remembering() -> Callable[[str], Cut]:
    """:func:`cut`, but it forgets nothing: for work that keeps all sentences anyway and must cut none of them twice."""
    return cache(cut.__wrapped__)


def units(sentence: str) -> tuple[Unit, ...]:
    """Every way to read the words of *sentence* (no line end inside)."""
    return cut(sentence).units()


def forms(texts: Iterable[str]) -> list[set[str]]:
    """For each of the *texts* the form of every unit of its sentences, and a few more; without marks.

    Best called with all texts of a record: what is remembered of a word is then looked at once.
    """
    met = [_met(text) for text in texts]
    return [_forms(numbers, unknown) for numbers, unknown in met]


def _met(text: str) -> tuple[set[int], set[str]]:
    """The numbers of the words of *text*, and the forms of those that no dictionary has."""
    numbers: set[int] = set()
    unknown: set[str] = set()
    for start, end in sentences(text):
        sentence = cut(text[start:end])
        numbers.update([number for number, _ in sentence.words])
        if sentence.unknown:
            unknown.update(filter(is_word, sentence.unknown.values()))
    return numbers, unknown


def _forms(numbers: set[int], unknown: set[str]) -> set[str]:
    found: set[str | None] = set(map(PLAIN.get, numbers))
    found.update(unknown, *[KNOWN[number].forms for number in numbers if number not in PLAIN])
    return cast("set[str]", found - MARKS)


class Watch:
    """Looks out for words that can be read as one of the *wanted* forms, without reading them."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self._wanted = frozenset(wanted)
        self._numbers: set[int] = set()
        self._seen = 0

    def sees(self, cut: Cut) -> bool:
        """Whether a word of *cut* may have a unit of one of the forms."""
        if self._seen < (size := len(LEARNED)):
            new = LEARNED[self._seen : size]
            self._numbers.update([number for number, forms in new if not self._wanted.isdisjoint(forms)])
            self._seen = size
        if not self._numbers.isdisjoint([number for number, _ in cut.words]):
            return True
        return bool(cut.unknown) and not self._wanted.isdisjoint(cut.unknown.values())


def spellings(wanted: Iterable[str]) -> dict[str, set[str]]:
    """For each form that is *wanted*, how the dictionary spells it: every surface of every inflection.

    Reads the whole dictionary, which takes about two seconds however many are wanted.
    """
    found: dict[str, set[str]] = {form: set() for form in wanted}
    for entry in dictionary().entries():
        surfaces = found.get(entry.normalized_form())
        if surfaces is not None:
            surfaces.add(entry.surface())
    return found


def folded(text: str) -> str:
    """*text* as Sudachi looks it up: folded case and width, runs of ー made one, readings in brackets left out."""
    return _normalizer()(text)


def tokenizer_identity() -> str:
    """What decides how a text is cut: "sudachipy 0.7.0, sudachidict-core 20261015, units 1". Loads no dictionary.

    The last number is that of the rules of this module: raise it when :func:`units` or :func:`forms` change.
    """
    return f"sudachipy {_version('sudachipy')}, sudachidict-core {_version('sudachidict_core')}, units 1"


_local = threading.local()


def _unit_tokenizer() -> Tokenizer:
    """One for each thread, for a tokenizer cannot be shared."""
    found: Tokenizer | None = getattr(_local, "tokenizer", None)
    if found is None:
        found = _local.tokenizer = dictionary().tokenizer("C", fields=_UNIT_FIELDS)
    return found


def _parts(entry: Entry, sentence: str, after: int, start: int, end: int) -> list[Unit]:
    """The units of the parts of the compound ``sentence[start:end]``."""
    places: Sequence[int] = range(start, end + 1)
    if entry.size != end - start:
        places = [*(_behind(sentence, start, end, size) for size in range(entry.size)), end]
        if any(places[low] == places[high] for low, high, _ in entry.parts):
            return []  # one character stands for several parts: ㍿
    new = tuple.__new__
    return [
        new(Unit, (places[low] if low else after, places[low], places[high], form)) for low, high, form in entry.parts
    ]


def _behind(sentence: str, start: int, end: int, size: int) -> int:
    """Behind the first *size* characters of ``sentence[start:end]``, counted as Sudachi folds them: ﾃﾞ is デ."""
    if not size:
        return start
    return max(i for i in range(start, end + 1) if len(folded(sentence[start:i])) <= size)


def _between_katakana(sentence: str, start: int, end: int) -> bool:
    return start > 0 and end < len(sentence) and _is_katakana(sentence[start - 1]) and _is_katakana(sentence[end])


def _is_katakana(character: str) -> bool:
    return "ァ" <= character <= "ヺ" or character == "ー" or "ｦ" <= character <= "ﾟ"


@cache
def _normalizer() -> Callable[[str], str]:
    normalize: Callable[[str], str] = dictionary().text_normalizer().normalize
    return normalize


def _version(package: str) -> str:
    """The version of an installed *package*, read off the name of its folder: importlib.metadata takes 40 ms."""
    for folder in filter(os.path.isdir, sys.path):
        for name in os.listdir(folder):
            start, _, rest = name.partition("-")
            if start.lower() == package and rest.endswith(".dist-info"):
                return rest.removesuffix(".dist-info")
    from importlib.metadata import version

    return version(package)
