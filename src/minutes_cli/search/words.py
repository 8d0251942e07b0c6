"""Words as patterns: ``--word`` matches by Sudachi's normalized form, so 打合せ finds 打ち合わせ, 附属 finds 付属."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from minutes_cli.errors import UsageError
from minutes_cli.lexicon import words
from minutes_cli.lexicon.entries import is_word
from minutes_cli.lexicon.sentences import sentences
from minutes_cli.search.spellings import Clauses, Spellings, as_looked_up, needs_of

if TYPE_CHECKING:
    from minutes_cli.search.needs import Needs

#: More ways to read a pattern than this are not told apart for the index.
_WAYS = 64
#: A sentence is cut once although several patterns look at it.
_cut = lru_cache(maxsize=1 << 10)(words.cut)
_SPELLINGS = Spellings()

#: Sudachi folds at most 65,535 bytes, and one character can become eighteen (ﷺ); hardly a sentence is as long.
_FOLDABLE = 1_000


class WordPattern:
    """Words, found in every spelling and inflection, next to each other and in one sentence.

    Pattern and text are read alike: a match is a way through the units of the text that has the same forms as a way
    through those of the pattern. Endings of the pattern's last word do not count: 取り組んだ finds 取り組みます.
    """

    def __init__(self, pattern: str) -> None:
        """Raises UsageError where *pattern* holds no word."""
        self.pattern = pattern
        self.text, self.units = _read(pattern)
        self._end = max((unit.end for unit in self.units), default=0)
        self.clauses = _clauses(self.units)
        if not self.clauses:
            raise UsageError(f"pattern {pattern!r} holds no word; leave --word away to search for marks")
        self._roads = _roads(self.units)
        self._first = frozenset(unit.form for unit in self._roads[0])
        self._watches = [words.Watch(clause) for clause in sorted(self.clauses, key=_worth, reverse=True)]
        self._literals: Clauses | None = None
        _SPELLINGS.want(self.clauses)

    @property
    def forms(self) -> tuple[frozenset[str], ...]:
        """What :func:`minutes_cli.lexicon.words.forms` gives of every passage that matches: all of one of these."""
        ways = []
        for way in _ways(self._roads, 0, self._end):
            ways.append(frozenset(filter(is_word, way)))
            if len(ways) > _WAYS:  # then what says most of what all of them need
                most: frozenset[str] = max(self.clauses, key=_worth)
                return tuple(frozenset((form,)) for form in sorted(most))
        distinct = sorted(set(ways), key=lambda way: (len(way), sorted(way)))
        return tuple(way for i, way in enumerate(distinct) if not any(less <= way for less in distinct[:i]))

    @property
    def needs(self) -> Needs:
        """What a text that matches holds once both are folded as for ``-i``; ``()`` until spellings are read."""
        return needs_of(_SPELLINGS.of(self.clauses)) if _SPELLINGS.known(self.clauses) else ()

    def find(self, text: str) -> list[tuple[int, int]]:
        """The matches in *text* (code points): in order, the longest at each place, not overlapping."""
        found: list[tuple[int, int]] = []
        for start, end in sentences(text):
            sentence = text[start:end]
            if not self._may_stand_in(sentence):
                continue
            cut = _cut(sentence)
            if all(watch.sees(cut) for watch in self._watches):
                found += [(start + low, start + high) for low, high in self._matches(cut.units())]
        return found

    def is_same(self, word: str) -> bool:
        """Whether *word* is this pattern in another spelling or inflection."""
        _, units = _read(word)
        return bool(units) and self._longest(_roads(units), 0) == max(unit.end for unit in units)

    def _may_stand_in(self, sentence: str) -> bool:
        if self._literals is None:
            if not _SPELLINGS.known(self.clauses):
                if not _SPELLINGS.pays(len(sentence)):
                    return True
                _SPELLINGS.read()
            self._literals = _SPELLINGS.of(self.clauses)
        if len(sentence) > _FOLDABLE:
            return True
        text = as_looked_up(sentence)
        return all(any(literal in text for literal in clause) for clause in self._literals)

    def _matches(self, units: Iterable[words.Unit]) -> Iterator[tuple[int, int]]:
        roads = _roads(units)
        last = 0
        for node, leaving in sorted(roads.items()):
            start = leaving[0].start
            if start >= last and any(unit.form in self._first for unit in leaving):
                end = self._longest(roads, node)
                if end is not None:
                    yield start, end
                    last = end

    def _longest(self, roads: Roads, node: int) -> int | None:
        """The furthest end of a way from *node* that has the forms of the pattern."""
        ends = []
        todo = [(node, 0)]
        seen = set(todo)
        while todo:
            here, asked = todo.pop()
            for unit in roads.get(here, ()):
                for wanted in self._roads[asked]:
                    if unit.form != wanted.form:
                        continue
                    state = (unit.end, wanted.end)
                    if wanted.end == self._end:
                        ends.append(unit.end)
                    elif state not in seen:
                        seen.add(state)
                        todo.append(state)
        return max(ends, default=None)


def read_spellings(patterns: Sequence[str]) -> None:
    """Read how the words of *patterns* are spelled, so that the ``needs`` of their WordPattern are known.

    Takes about two seconds, so it pays for more than about two million bytes of text. Raises UsageError.
    """
    for pattern in patterns:
        WordPattern(pattern)
    _SPELLINGS.read()


class Described(NamedTuple):
    """A word of a pattern: as it stands there, its normalized form, and how the dictionary spells that."""

    text: str
    form: str
    spellings: tuple[str, ...]


def describe(pattern: str) -> tuple[Described, ...]:
    """What is searched for *pattern*: its words and the parts of its compounds, in order. Raises UsageError.

    Spellings are sorted by length; inflections are spellings of their own. Takes about two seconds.
    """
    read = WordPattern(pattern)
    spelled = words.spellings({unit.form for unit in read.units})
    return tuple(
        Described(
            read.text[unit.start : unit.end],
            unit.form,
            tuple(sorted(spelled[unit.form], key=lambda spelling: (len(spelling), spelling))),
        )
        for unit in sorted(read.units, key=lambda unit: (unit.start, -unit.end))
    )


Roads = Mapping[int, Sequence[words.Unit]]
"""Units by where they leave from."""


def _read(pattern: str) -> tuple[str, tuple[words.Unit, ...]]:
    """The *pattern* without blanks, and its units there: read as a whole, and each piece on its own."""
    try:
        pattern.encode()
    except UnicodeEncodeError:
        raise UsageError(f"pattern {pattern!r} is no text: a character in it is broken") from None
    pieces = pattern.split()
    text, starts = "".join(pieces), accumulate(map(len, pieces), initial=0)
    found: dict[words.Unit, None] = {}
    for first, piece in dict.fromkeys([(0, " ".join(pieces)), *zip(starts, pieces, strict=False)]):
        cut = words.cut(piece)
        places = list(accumulate((not c.isspace() for c in piece), initial=first))
        end = cut.stem() if places[-1] == len(text) else len(piece)
        for after, start, stop, form in cut.units():
            if stop <= end:
                found[words.Unit(places[after], places[start], places[stop], form)] = None
    return text, tuple(found)


def _roads(units: Iterable[words.Unit]) -> Roads:
    roads: dict[int, list[words.Unit]] = {}
    for unit in units:
        roads.setdefault(unit.after, []).append(unit)
    return roads


def _clauses(units: Sequence[words.Unit]) -> tuple[frozenset[str], ...]:
    """What every way through *units* takes: one of the units that lead across each gap between their ends."""
    nodes = sorted({0, *(unit.end for unit in units)})
    gaps = pairwise(nodes)
    crossing = (frozenset(u.form for u in units if u.after <= low and u.end >= high) for low, high in gaps)
    return tuple(dict.fromkeys(clause for clause in crossing if all(map(is_word, clause))))


def _worth(clause: frozenset[str]) -> tuple[int, int, list[str]]:
    """How much a clause says: by its shortest form, then by how few there are; the forms make it definite."""
    return min(map(len, clause)), -len(clause), sorted(clause)


def _ways(roads: Roads, node: int, end: int) -> Iterator[tuple[str, ...]]:
    """The forms of each way from *node* to the *end*."""
    if node == end:
        yield ()
    for unit in roads.get(node, ()):
        for rest in _ways(roads, unit.end, end):
            yield (unit.form, *rest)
