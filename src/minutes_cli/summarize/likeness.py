"""How much what is said is on the topic of what is asked: the words that both have, weighted by how rare they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import fsum, log
from typing import NamedTuple

from minutes_cli.patterns import lazy
from minutes_cli.summarize.model import Analysis
from minutes_cli.summarize.questions import topic

__all__ = ["Likeness", "Topic"]

#: Added to the number of speeches, so that words of short records weigh something, too.
_SPEECHES = 20
#: Added to what the smaller text weighs: two words that agree are no proof.
_DOUBT = 12.0
_TELLS_LITTLE = lazy(r"[ぁ-ゖー]+|[0-9０-９]+|.")
_SHOWN = 3
#: Verbs and adjectives, as which words count that end in hiragana, tell less of a topic than nouns.
_VERB = 0.4


class Topic(NamedTuple):
    """The words of a question with their weights, and the sum of these."""

    weights: Mapping[str, float]
    total: float


class Likeness:
    """Compares topics within a record.

    A word weighs log((N + 20) / (n + 1)), where n of the N speeches have it; one that ends like a verb, 0.4 of that.
    """

    def __init__(self, analysis: Analysis) -> None:
        #: What each sentence of each speech is about.
        self.topics = [[topic(sentence) for sentence in speech.sentences] for speech in analysis.speeches]
        counts: Counter[str] = Counter()
        for topics in self.topics:
            counts.update(frozenset[str]().union(*topics))
        size = len(analysis.speeches) + _SPEECHES
        self._weights = {word: _share(word) * log(size / (count + 1)) for word, count in counts.items()}

    def topic(self, words: Mapping[str, float]) -> Topic:
        """The topic of *words*, each with the share (0 to 1) that it has in it."""
        weights = {word: share * self._weights[word] for word, share in words.items()}
        return Topic(weights, fsum(weights.values()))

    def weight(self, words: Iterable[str]) -> float:
        """What *words* weigh together."""
        weights = self._weights
        return fsum([weights[word] for word in words])  # the same in whatever order a set gives them

    def alike(self, asked: Topic, said: frozenset[str]) -> float:
        """How much of the smaller one's weight both share, 0 to 1."""
        shared = asked.weights.keys() & said
        if not shared:
            return 0.0
        weights = asked.weights
        return fsum([weights[word] for word in shared]) / (min(asked.total, self.weight(said)) + _DOUBT)

    def nearest(self, asked: Topic, said: Sequence[frozenset[str]]) -> tuple[float, frozenset[str]]:
        """The one of *said* that is most alike: how much it is so, and its words."""
        best, words = 0.0, frozenset[str]()
        for part in said:
            value = self.alike(asked, part)
            if value > best:
                best, words = value, part
        return best, words

    def table(self, asked: Sequence[Topic], said: Sequence[frozenset[str]]) -> list[list[float]]:
        """How alike each of *said* is to each of *asked*, where a word tells the less the more of these have it."""
        having: dict[str, list[tuple[int, float]]] = {}
        for k, one in enumerate(asked):
            for word, weight in one.weights.items():
                having.setdefault(word, []).append((k, weight))
        found = []
        for words in said:
            row = [0.0] * len(asked)
            for word in sorted(words & having.keys()):
                holders = having[word]
                for k, weight in holders:
                    row[k] += weight / len(holders) ** 0.5
            total = self.weight(words)
            found.append([value and value / (min(asked[k].total, total) + _DOUBT) for k, value in enumerate(row)])
        return found

    def shared(self, asked: Topic, said: Collection[str]) -> tuple[str, ...]:
        """Three words at most that both have and that tell most, none of them part of another."""
        weights = asked.weights
        words = sorted(weights.keys() & set(said), key=lambda word: (-weights[word] * min(6, len(word)), word))
        found: list[str] = []
        for word in words:
            if len(found) == _SHOWN:
                break
            if not _TELLS_LITTLE.fullmatch(word) and not any(word in other or other in word for other in found):
                found.append(word)
        return tuple(found)


def _share(word: str) -> float:
    return _VERB if "ぁ" <= word[-1:] <= "ゖ" else 1.0
