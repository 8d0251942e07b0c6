"""Key terms: noun phrases that one group says more than the others.

What is counted is a *term*: a noun phrase that stands by itself at least once in all that is compared. It is counted
wherever it stands: as a phrase, and inside longer ones as whole words (at most eight), so 医療費助成 also in
子ども医療費助成制度. Spellings of one term count together (:func:`key`) and the commonest is shown.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from minutes_cli.lexicon.entries import JOINTS
from minutes_cli.lexicon.roles import HONORIFICS, office_at_end
from minutes_cli.patterns import lazy
from minutes_cli.summarize.model import Analysis, Phrase, Speech, Term
from minutes_cli.summarize.phrase_words import PREFIXES
from minutes_cli.summarize.phrases import folded, phrases

__all__ = ["Words", "count_phrases", "key", "key_terms", "log_odds", "names_of", "phrases"]

Words = tuple[str, ...]
"""A phrase as its words, suffixes and prefixes with them: 子ども, 医療費, 助成."""

#: A term must be said so often, by a group that says less than _LITTLE phrases so often.
_OFTEN, _ONCE, _LITTLE = 2, 1, 60
#: How much of the whole goes into the prior. With all of it, what one speaker alone says twice comes before what many
#: say and one says most; with a tenth, it hardly ever comes.
_PRIOR = 0.3
#: Inside a longer phrase a term has no more words: a list that lost its commas would take forever.
_WORDS = 8
_JOINTS = "".join(sorted(JOINTS))


def count_phrases(speeches: Iterable[Speech]) -> Counter[Words]:
    """How often each noun phrase stands in *speeches*, as its words: joined, they are the form of the phrase."""
    counts: Counter[Words] = Counter()
    for speech in speeches:
        for sentence in speech.sentences:
            if sentence.phrases:
                words = sentence.words
                starts = [start for start, _ in words]
                counts.update([_in_words(phrase, words, starts, speech.text) for phrase in sentence.phrases])
    return counts


def key_terms(
    counts: Mapping[str, Mapping[Words, int]], names: Collection[str], limit: int
) -> dict[str, tuple[Term, ...]]:
    """At most *limit* key terms of each group, the most telling first.

    *counts* has the phrases of each group (:func:`count_phrases`). Terms that are one of *names*, alone or with an
    office or an honorific, are left out.

    The score is the z-score of :func:`log_odds` of the group against all others, the prior being how often all of them
    say a term, scaled: ``α = 0.3 × counts of the whole``. A score of 0 means: as much as the others. Such a prior draws
    all scores towards 0: they rank terms, and are no test of significance. Only terms with a score above 0 are listed,
    and only those said at least twice, or once by a group that says fewer than 60 phrases in all.

    A single group cannot be compared. Its terms have as score their C-value, how much of a term of their own they are
    (Frantzi, Ananiadou & Mima 2000, Automatic recognition of multi-word terms: the C-value/NC-value method,
    International Journal on Digital Libraries 3, 115-130): ``log2(length) × (times - times inside longer phrases /
    number of these phrases)``, the length in characters, as words have no clear ends in Japanese.

    Of two terms, one inside the other, only the longer is listed where it makes up half or more of the shorter.
    Equal scores are ordered by times, then by the text of the term.
    """
    vocabulary = _Vocabulary(counts, names)
    tables = {group: vocabulary.count(of_group) for group, of_group in counts.items()}
    whole: Counter[str] = Counter()
    for table in tables.values():
        whole.update(table)
    size = whole.total()
    found = {}
    for group, table in tables.items():
        least = _OFTEN if sum(counts[group].values()) >= _LITTLE else _ONCE
        if len(tables) == 1:
            scores = vocabulary.c_values(counts[group], table)
        else:
            own = table.total()
            scores = {
                term: log_odds(times, own, whole[term] - times, size - own, _PRIOR * whole[term], _PRIOR * size)
                for term, times in table.items()
                if times >= least
            }
        ranked = sorted(
            (
                _Ranked(Term(vocabulary.shown[term], table[term], whole[term] - table[term], score), term)
                for term, score in scores.items()
                if score > 0 and table[term] >= least and not vocabulary.is_name(term)
            ),
            key=_rank,
        )
        found[group] = vocabulary.without_nested(ranked, limit)
    return found


def log_odds(times: int, size: int, elsewhere: int, rest: int, prior: float, prior_size: float) -> float:
    """How much more a term is said here than elsewhere: the z-score of the weighted log-odds-ratio.

    Monroe, Colaresi & Quinn 2008, Fightin' Words: Lexical Feature Selection and Evaluation for Identifying the Content
    of Political Conflict, Political Analysis 16(4), 372-403, with an informative Dirichlet prior::

        δ  = ln((y₁ + α) / (n₁ + α₀ - y₁ - α)) - ln((y₂ + α) / (n₂ + α₀ - y₂ - α))
        σ² = 1 / (y₁ + α) + 1 / (y₂ + α)
        z  = δ / σ

    with y₁ = *times* of n₁ = *size* here, y₂ = *elsewhere* of n₂ = *rest*, α = *prior* > 0 and α₀ = *prior_size*. It is
    0 where nothing but the term is said.
    """
    here, there = times + prior, elsewhere + prior
    others_here, others_there = size + prior_size - here, rest + prior_size - there
    if others_here <= 0 or others_there <= 0:
        return 0.0
    difference = math.log(here / others_here) - math.log(there / others_there)
    return difference / math.sqrt(1 / here + 1 / there)


_OKURIGANA = lazy(r"(?<=[一-鿿々])(?:わせ|[いきぎしちにびみりえけげせてねべめれ])(?=[一-鿿々ァ-ヺ]|$)")
_SPELLINGS = (
    ("子ども", "子供"),
    ("こども", "子供"),
    ("障がい", "障害"),
    ("障碍", "障害"),
    ("まちづくり", "町作"),
    ("街づくり", "町作"),
)
_LONG = lazy(r"(?<=[ァ-ヺー]{3})ー(?![ァ-ヺ])")
_SMALL = str.maketrans("ヶヵ", "ケカ")


def key(form: str) -> str:
    """What spellings of a term have in common: 取り組み and 取組, 子供 and 子ども, サーバー and サーバ, DX and dx."""
    for spelling, common in _SPELLINGS:
        if spelling in form:
            form = form.replace(spelling, common)
    return _LONG.sub("", _OKURIGANA.sub("", form)).lower().translate(_SMALL)


def names_of(analysis: Analysis) -> frozenset[str]:
    """The names of all who speak or attend: full names without blanks, surnames, given names.

    Where a record prints a full name in one piece, its first two characters pass for the surname.
    """
    names: set[str] = set()
    people = [name for s in analysis.speakers for name in (s.name, *s.candidates)]
    for name in filter(None, (*people, *(a.name for a in analysis.attendance))):
        parts = name.split()
        names.add(folded(name))
        names.update(parts if len(parts) > 1 else [name[:2]])
    return frozenset(name for name in names if name)


class _Ranked(NamedTuple):
    """A term as it is shown, and its key."""

    term: Term
    key: str


def _rank(ranked: _Ranked) -> tuple[float, int, str]:
    return -ranked.term.score, -ranked.term.times, ranked.term.term


def _in_words(phrase: Phrase, words: Sequence[tuple[int, str]], starts: Sequence[int], text: str) -> Words:
    """*phrase* cut where the content *words* of its sentence begin, at *starts*, or the prefixes before them."""
    places = [phrase.start]
    at = bisect_left(starts, phrase.start + 1)
    while at < len(starts) and starts[at] < phrase.end:
        start = starts[at]
        before = text[start - 1]
        if before in PREFIXES and not (at and words[at - 1][1].endswith(before)):
            start -= 1
        if start > places[-1]:
            places.append(start)
        at += 1
    if len(places) == 1:
        return (phrase.form,)
    return tuple([folded(text[low:high]) for low, high in pairwise((*places, phrase.end))])


class _Run(NamedTuple):
    """Words that follow each other in a phrase. ``inside``: they are not all of it."""

    term: str
    inside: bool


class _Vocabulary:
    """The terms of all groups, by their keys."""

    def __init__(self, counts: Mapping[str, Mapping[Words, int]], names: Collection[str]) -> None:
        spellings: dict[str, Counter[str]] = {}
        #: Each term as words; where it is cut in several ways, the first.
        self._words: dict[str, Words] = {}
        for of_group in counts.values():
            for words, times in of_group.items():
                form = "".join(words)
                term = key(form)
                spellings.setdefault(term, Counter())[form] += times
                self._words[term] = min(words, self._words.get(term, words))
        #: How each term is shown: in its commonest spelling.
        self.shown = {term: min(forms, key=lambda form: (-forms[form], form)) for term, forms in spellings.items()}
        self._runs: dict[Words, tuple[_Run, ...]] = {}
        self._names = frozenset(names)

    def count(self, phrases: Mapping[Words, int]) -> Counter[str]:
        """How often each term stands in *phrases*, alone or inside."""
        counts: Counter[str] = Counter()
        for words, times in phrases.items():
            for run in self._runs_of(words):
                counts[run.term] += times
        return counts

    def c_values(self, phrases: Mapping[Words, int], table: Mapping[str, int]) -> dict[str, float]:
        """The C-value of each term in *table*, which has how often it stands in *phrases*."""
        inside: Counter[str] = Counter()
        longer: dict[str, set[str]] = {}
        for words, times in phrases.items():
            for run in self._runs_of(words):
                if run.inside:
                    inside[run.term] += times
                    longer.setdefault(run.term, set()).add(key("".join(words)))
        return {
            term: math.log2(len(self.shown[term])) * (times - (inside[term] / len(longer[term]) if inside[term] else 0))
            for term, times in table.items()
        }

    def is_name(self, term: str) -> bool:
        """Whether *term* is a name: alone, before an office or an honorific, or a full name behind an office."""
        form = self.shown[term]
        if form in self._names or any(form[-size:] in self._names for size in range(3, len(form))):
            return True
        end = next((len(form) - len(word) for word in HONORIFICS if form.endswith(word)), office_at_end(form))
        if end is None:
            return False
        return form[:end] in self._names or any(form[:size] in self._names for size in range(2, end))

    def without_nested(self, ranked: Iterable[_Ranked], limit: int) -> tuple[Term, ...]:
        """The first *limit* of the *ranked* terms; of two of which the longer explains the shorter only the longer."""
        listed: list[_Ranked] = []
        for term in ranked:
            if any(self._explains(other, term) for other in listed):
                continue
            kept = [other for other in listed if not self._explains(term, other)]
            if len(kept) < len(listed) or len(listed) < limit:
                listed = [*kept, term]
        return tuple([ranked.term for ranked in sorted(listed, key=_rank)[:limit]])

    def _explains(self, one: _Ranked, other: _Ranked) -> bool:
        """Whether *other* stands inside *one*, which makes up at least half of it."""
        if 2 * one.term.times < other.term.times or len(one.key) <= len(other.key):
            return False
        return any(run.inside and run.term == other.key for run in self._runs_of(self._words[one.key]))

    def _runs_of(self, words: Words) -> tuple[_Run, ...]:
        """The terms in a phrase, each as often as it stands there."""
        runs = self._runs.get(words)
        if runs is None:
            form = "".join(words)
            parts = (key("".join(words[low:high]).strip(_JOINTS)) for low, high in _parts(len(words)))
            inside = [_Run(term, True) for term in parts if term in self.shown]
            runs = self._runs[words] = (_Run(key(form), False), *inside)
        return runs


def _parts(size: int) -> Iterator[tuple[int, int]]:
    """Where the parts of a phrase of *size* words begin and end, itself excepted."""
    for low in range(size):
        for high in range(low + 1, min(size, low + _WORDS) + 1):
            if high - low < size:
                yield low, high
