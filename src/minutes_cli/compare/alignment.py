"""Which turn of one version is which of the other: what is said decides, who says it helps, the order is kept.

Turns whose text occurs once on both sides come first, as in the patience diff of Bram Cohen; between them turns are
compared by the characters they share. Where there are too many for comparing each with each, only those that share
rare words are, so that time stays about linear, whatever the text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from minutes_cli.compare.chains import Link, heaviest_chain
from minutes_cli.compare.likeness import Profile, contained, likeness, profile
from minutes_cli.patterns import lazy

#: Pairs of a stretch up to which each turn is compared with each; and the pairs of characters that may cost.
_FEW, _CHEAP = 1024, 2_000_000
#: In how many turns of a side a word may stand to tell something; how many turns are compared with one.
_RARE, _CLOSEST = 16, 5
_WORD = lazy(r"[^\W_ぁ-ん]{2,}")
#: Texts with fewer words than this are also known by runs of so many characters, out of so many at their beginning.
_FEW_WORDS, _RUN, _HEAD = 4, 4, 64
#: Turns with the same text that are tried before and behind the one that is as many from the beginning or end.
_NEAR = 3
#: Two texts less alike than this are different turns: by different speakers, by the same one, and by the same one where
#: nothing else stands between their neighbours (short texts may then be as different as they like).
_ALIKE, _ALIKE_BY_SAME, _SAME_PLACE, _SHORT = 0.5, 0.4, 0.25, 20
#: A text of at least this length that stands in another (by this share) may be a part of it.
_PART, _INSIDE = 10, 0.8
#: How often a stretch is taken apart: what is left then is hostile or really different.
_DEPTH = 8


class Sign(NamedTuple):
    """What a turn is known by: its text and who speaks (the same number on both sides for the same person)."""

    text: str
    who: int = -1


Pair = tuple[int, int]


class Gap(NamedTuple):
    """A stretch of both sides that is still open: old ``a`` to ``b``, new ``c`` to ``d``."""

    a: int
    b: int
    c: int
    d: int


def align(old: Sequence[Sign], new: Sequence[Sign]) -> list[Pair]:
    """Which places belong together, rising on both sides; with old and new changed over, the same pairs."""
    texts_old, texts_new = [sign.text for sign in old], [sign.text for sign in new]
    if texts_old == texts_new:
        return [(i, i) for i in range(len(old))]
    if (len(new), texts_new) < (len(old), texts_old):  # one way round for both questions: ties fall the same way
        return [(i, j) for j, i in _Alignment(new, old).pairs()]
    return _Alignment(old, new).pairs()


class _Alignment:
    def __init__(self, old: Sequence[Sign], new: Sequence[Sign]) -> None:
        self.old, self.new = old, new
        self.profiles: dict[str, Profile] = {}

    def pairs(self) -> list[Pair]:
        found: list[Pair] = []
        todo = [(Gap(0, len(self.old), 0, len(self.new)), 0)]
        while todo:
            gap, depth = todo.pop()
            gap = self._trim(gap, found)
            if gap.a == gap.b or gap.c == gap.d:
                continue
            few = self._is_small(gap)
            links = self._all(gap) if few else self._unique(gap) or self._rare(gap)
            kept = [(link.old, link.new) for link in heaviest_chain(links)]
            found += kept
            for rest in _between(gap, kept):
                if few or not kept or depth == _DEPTH:
                    found += self._only_ones(rest)
                else:
                    todo.append((rest, depth + 1))
        return sorted(found)

    def _trim(self, gap: Gap, found: list[Pair]) -> Gap:
        """Take equal turns off both ends."""
        a, b, c, d = gap
        while a < b and c < d and self.old[a] == self.new[c]:
            found.append((a, c))
            a, c = a + 1, c + 1
        while a < b and c < d and self.old[b - 1] == self.new[d - 1]:
            b, d = b - 1, d - 1
            found.append((b, d))
        return Gap(a, b, c, d)

    def _is_small(self, gap: Gap) -> bool:
        a, b, c, d = gap
        if (b - a) * (d - c) > _FEW:
            return False
        size = sum(len(s.text) for s in self.old[a:b]) * (d - c) + sum(len(s.text) for s in self.new[c:d]) * (b - a)
        return size <= _CHEAP or b - a == d - c == 1

    def _unique(self, gap: Gap) -> list[Link]:
        """Texts that stand once on each side; those of another speaker only when they are no common phrase."""
        a, b, c, d = gap
        times_old = Counter(sign.text for sign in self.old[a:b])
        times_new = Counter(sign.text for sign in self.new[c:d])
        places = {self.new[j].text: j for j in range(c, d)}
        links = []
        for i in range(a, b):
            text = self.old[i].text
            if times_old[text] == 1 == times_new[text]:
                j = places[text]
                if self.old[i].who == self.new[j].who or len(text) >= _PART:
                    links.append(self._link(i, j, 1.0))
        return links

    def _all(self, gap: Gap) -> list[Link]:
        return [
            link for i in range(gap.a, gap.b) for j in range(gap.c, gap.d) if (link := self._compared(i, j)) is not None
        ]

    def _rare(self, gap: Gap) -> list[Link]:
        """Turns that share words which stand in few turns, and turns with the same text."""
        a, b, c, d = gap
        holders: dict[str, list[int]] = defaultdict(list)
        for j in range(c, d):
            for word in _words(self.new[j].text):
                holders[word].append(j)
        pairs = set(self._repeated(gap))
        for i in range(a, b):
            held = (holders.get(word, ()) for word in _words(self.old[i].text))
            votes = Counter(chain.from_iterable(few for few in held if len(few) <= _RARE))
            closest = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:_CLOSEST]
            pairs.update((i, j) for j, _ in closest)
        return [link for i, j in sorted(pairs) if (link := self._compared(i, j)) is not None]

    def _repeated(self, gap: Gap) -> Iterator[Pair]:
        """Equal texts, counted from the beginning and from the end of the stretch."""
        places: dict[str, list[int]] = defaultdict(list)
        for j in range(gap.c, gap.d):
            places[self.new[j].text].append(j)
        times = Counter(sign.text for sign in self.old[gap.a : gap.b])
        seen: Counter[str] = Counter()
        for i in range(gap.a, gap.b):
            text = self.old[i].text
            if here := places.get(text):
                for middle in {seen[text], seen[text] + len(here) - times[text]}:
                    yield from ((i, j) for j in here[max(0, middle - _NEAR) : max(0, middle + _NEAR + 1)])
                seen[text] += 1

    def _compared(self, i: int, j: int) -> Link | None:
        old, new = self.old[i].text, self.new[j].text
        if old == new:
            return self._link(i, j, 1.0)
        one, other = self._profile(old), self._profile(new)
        alike = likeness(one, other)
        if alike < (_ALIKE if self.old[i].who != self.new[j].who else _ALIKE_BY_SAME):
            part, whole = sorted((one, other), key=len)
            if len(part) < 2 * _PART or contained(part, whole) < _INSIDE:
                return None
            alike = _ALIKE  # one may be a part of the other
        return self._link(i, j, alike)

    def _link(self, i: int, j: int, alike: float) -> Link:
        old, new = self.old[i], self.new[j]
        # Long texts first; the ten and the share of the speaker let short ones count as well.
        weight = alike * (10 + min(len(old.text), len(new.text)))
        return Link(i, j, weight if old.who == new.who else 0.85 * weight)

    def _profile(self, text: str) -> Profile:
        if text not in self.profiles:
            self.profiles[text] = profile(text)
        return self.profiles[text]

    def _only_ones(self, gap: Gap) -> list[Pair]:
        """A turn alone between the same neighbours, by the same speaker, is the same turn in other words."""
        a, b, c, d = gap
        if (b - a, d - c) != (1, 1) or self.old[a].who != self.new[c].who:
            return []
        old, new = self.old[a], self.new[c]
        alike = likeness(self._profile(old.text), self._profile(new.text))
        return [(a, c)] if alike >= least_alike(old, new) else []


def least_alike(old: Sign, new: Sign) -> float:
    """How alike two texts must be to be versions of one where nothing else is in their place: 0 (never mind) to 1."""
    if old.who != new.who:
        return _ALIKE
    return 0.0 if max(len(old.text), len(new.text)) <= _SHORT else _SAME_PLACE


def _between(gap: Gap, pairs: Sequence[Pair]) -> Iterator[Gap]:
    a, c = gap.a, gap.c
    for i, j in chain(pairs, [(gap.b, gap.d)]):
        if a < i or c < j:
            yield Gap(a, i, c, j)
        a, c = i + 1, j + 1


def _words(text: str) -> set[str]:
    """What a text is about: its runs of kanji, katakana and Latin letters; of short texts also runs of anything."""
    words = set(_WORD.findall(text))
    if len(words) < _FEW_WORDS:
        head = text[:_HEAD]
        words.update(head[k : k + _RUN] for k in range(len(head) - _RUN + 1))
    return words
