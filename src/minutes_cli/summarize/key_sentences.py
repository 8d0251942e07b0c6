"""Key sentences: those that together hold most of what a person would put in a summary.

Extractive, as maximum coverage of weighted words (Takamura & Okumura 2009, Text summarization model based on maximum
coverage problem and its variant, EACL; Gillick & Favre 2009, A scalable global model for summarization, ILP-NLP): every
word counts once, with its salience (:mod:`minutes_cli.summarize.salience`), so that nothing is said twice. Greetings
and procedure are chosen only where there is nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from minutes_cli.summarize.clauses import Topic, only_asks, topics
from minutes_cli.summarize.model import Clause, ClauseEnd, Form, Sentence, Speech
from minutes_cli.summarize.salience import Salient, first_look, salient

__all__ = ["Length", "Pick", "key_sentences"]

_EMPTY = frozenset((Form.COURTESY, Form.PROCEDURE))
#: Only so many sentences, the best at first look, are read word by word.
_SHORTLIST, _SHORTEST = 40, 10
#: Asked for whole sentences, so many times as many as asked for are.
_OFFERED = 4
#: A start in the middle of a sentence leaves at least so many characters of it.
_LEAST = 8
#: Every sentence costs as much as so many of the most salient words: fewer and longer ones read better.
_PIECE = 0.25
#: How many ways to shorten a sentence are looked at, and how many beginnings of a summary are carried on, for each of
#: so many stretches of the length.
_WAYS, _WIDTH, _STRETCHES = 20, 6, 8
_MARK = "…"
#: A text that lost its stops is one sentence of hundreds of clauses.
_STARTS_TRIED = 40
_STARTS = frozenset((ClauseEnd.JOINED, ClauseEnd.RELATIVE, ClauseEnd.FRONT))
_STOPS = frozenset((ClauseEnd.QUOTED, ClauseEnd.SENTENCE))


class Length(NamedTuple):
    """How long a summary is: so many sentences, so many characters, or a part (0 to 1) of what was said."""

    sentences: int | None = None
    characters: int | None = None
    ratio: float | None = None


class Pick(NamedTuple):
    """A sentence that was chosen: ``text[start:end]`` of the speech *speech* (index), and how salient its words are.

    ``pieces`` are what is left of it: one, from ``start`` to ``end``.
    """

    speech: int
    sentence: int
    start: int
    end: int
    score: float
    pieces: tuple[tuple[int, int], ...]


class _Way(NamedTuple):
    """A way to show a sentence: what is left, the words in it, its length with marks, the ending not counted."""

    pieces: tuple[tuple[int, int], ...]
    words: tuple[tuple[str, float], ...]
    size: int
    ending: int
    value: float


class _Candidate(NamedTuple):
    speech: int
    sentence: int
    ways: tuple[_Way, ...]  # the first one is the whole sentence


class _State(NamedTuple):
    """A beginning of a summary."""

    value: float
    size: int
    picks: tuple[tuple[int, int], ...]  # candidate and way
    said: frozenset[str]


#: A state that may be carried on: its value (negative), size and picks, what was said before, and the words it adds.
_Grown = tuple[float, int, tuple[tuple[int, int], ...], frozenset[str], tuple[tuple[str, float], ...]]
_ORDER = itemgetter(0, 1, 2)


def key_sentences(speeches: Sequence[Speech], length: Length) -> list[Pick]:
    """The key sentences of *speeches* in their order, as many as *length* asks for (by default three).

    Asked for so many sentences it chooses whole ones. Asked for characters or a part it may shorten: what is left is
    one stretch of the sentence, cut at the ends of clauses. No condition is left out, nor what is denied before が,
    nor a topic that tells that others do it (国は、). The length is then kept but for the last words of the last
    sentence, behind its last content word (…てまいります。), which are never cut. Where not even one sentence fits,
    the one that comes nearest is shown.
    """
    characters = length.characters
    if length.ratio is not None:
        characters = max(1, round(length.ratio * sum(len(speech.text) for speech in speeches)))
    shorten = characters is not None
    number = 3 if length.sentences is None else length.sentences
    candidates = _candidates(speeches, shorten, _SHORTLIST if shorten else _OFFERED * number)
    if not candidates:
        return []
    chosen = _most_telling(candidates, number) if characters is None else _within(candidates, characters)
    picks = []
    for place, choice in sorted(chosen):
        candidate, way = candidates[place], candidates[place].ways[choice]
        start, end = way.pieces[0][0], way.pieces[-1][1]
        picks.append(Pick(candidate.speech, candidate.sentence, start, end, round(way.value, 3), way.pieces))
    return picks


def _candidates(speeches: Sequence[Speech], shorten: bool, most: int) -> list[_Candidate]:
    """The sentences worth a closer look, in their order."""
    looked = [(weight, i, k) for i, speech in enumerate(speeches) for k, weight in enumerate(_looks(speech))]
    said = [one for one in looked if speeches[one[1]].sentences[one[2]].reading.form not in _EMPTY]
    telling = [one for one in said if _tells(speeches[one[1]].sentences[one[2]])]
    best = sorted(telling or said or looked, key=lambda one: (-one[0], one[1], one[2]))[:most]
    chosen: dict[int, list[int]] = {}
    for _, i, k in sorted(best, key=lambda one: one[1:]):
        chosen.setdefault(i, []).append(k)
    return [
        _Candidate(i, k, tuple(_ways(speeches[i].sentences[k], seen, shorten)))
        for i, numbers in chosen.items()
        for k, seen in zip(numbers, salient(speeches[i], numbers), strict=True)
    ]


def _looks(speech: Speech) -> Sequence[float]:
    return first_look(speech) if speech.looks is None else speech.looks


def _tells(sentence: Sentence) -> bool:
    """Whether a sentence says something by itself."""
    return sentence.end - sentence.start >= _SHORTEST and not only_asks(sentence.cut.sentence)


def _ways(sentence: Sentence, seen: Salient, shorten: bool) -> list[_Way]:
    """The ways to show a sentence: the whole, and then the best of those that leave clauses out."""
    whole = _way(sentence, seen, ((sentence.start, sentence.end),))
    if not shorten:
        return [whole]
    ways = [_way(sentence, seen, pieces) for pieces in _shorter(sentence, seen.clauses)]
    return [whole, *sorted(ways, key=lambda way: (-way.value, way.size, way.pieces))[:_WAYS]]


def _way(sentence: Sentence, seen: Salient, pieces: tuple[tuple[int, int], ...]) -> _Way:
    best: dict[str, float] = {}
    for low, high, form, weight in seen.words:
        if any(start <= low and high <= end for start, end in pieces):
            best[form] = max(weight, best.get(form, 0.0))
    begin, stop = pieces[0][0], pieces[-1][1]
    marks = (begin > sentence.start) + (len(pieces) - 1) + (stop < sentence.end)
    last = max((end for _, end, _, _ in seen.words), default=sentence.end)
    ending = max(0, sentence.end - last - 1) if stop == sentence.end else 0
    words = tuple(sorted(best.items()))
    return _Way(pieces, words, sum([end - start for start, end in pieces]) + marks * len(_MARK), ending, _worth(words))


def _shorter(sentence: Sentence, clauses: Sequence[Clause]) -> Iterable[tuple[tuple[int, int], ...]]:
    """What may be left of a sentence when clauses are cut off its front and its end, none behind a topic of others."""
    starts = [sentence.start]
    for clause in clauses[:-1]:
        if clause.kind is ClauseEnd.CONDITION:
            break
        if clause.kind in _STARTS:
            starts.append(clause.end)
    stops = [_before_comma(sentence, clause.end) for clause in clauses if clause.kind in _STOPS]
    starts = [*starts[:1], *starts[1:][-_STARTS_TRIED:]]
    doers = topics(sentence.cut)
    found: list[tuple[tuple[int, int], ...]] = []
    for start in starts:
        kept = _of_others(sentence, doers, start)
        for stop in stops:
            if stop - start >= _LEAST or start == sentence.start < stop:
                if kept is None:
                    found.append(((start, stop),))
                elif kept[1] >= start:
                    found.append(((kept[0], stop),))
    return [pieces for pieces in dict.fromkeys(found) if pieces != ((sentence.start, sentence.end),)]


def _before_comma(sentence: Sentence, stop: int) -> int:
    """A comma shows nothing before what is left out."""
    return stop - 1 if sentence.cut.sentence[stop - sentence.start - 1] == "、" else stop


def _of_others(sentence: Sentence, doers: Sequence[Topic], start: int) -> tuple[int, int] | None:
    """Where the topic stands that tells that others do what stands behind *start*."""
    before = [topic for topic in doers if sentence.start + topic.end <= start]
    if not before or not before[-1].others:
        return None
    return sentence.start + before[-1].start, sentence.start + before[-1].end


def _worth(words: Iterable[tuple[str, float]]) -> float:
    return sum(weight for _, weight in words)


def _most_telling(candidates: Sequence[_Candidate], number: int) -> list[tuple[int, int]]:
    """Greedily the sentences whose words weigh most for their length and are not in those chosen before."""
    chosen: list[tuple[int, int]] = []
    said: set[str] = set()
    left = set(range(len(candidates)))
    while left and len(chosen) < number:
        gains = {i: _gain(candidates[i].ways[0], said) for i in left}
        best = min(left, key=lambda i: (-gains[i], i))
        if gains[best] <= 0 and chosen:
            break
        chosen.append((best, 0))
        said.update(form for form, _ in candidates[best].ways[0].words)
        left.discard(best)
    return chosen


def _gain(way: _Way, said: set[str]) -> float:
    """What a whole sentence adds; long ones hold more words, but no reader wants only long ones."""
    added = sum([weight for form, weight in way.words if form not in said])
    return added / math.sqrt(30 + way.size)


def _within(candidates: Sequence[_Candidate], limit: int) -> list[tuple[int, int]]:
    """The best choice of sentences within *limit* characters that a beam search finds."""
    weights = sorted((weight for one in candidates for _, weight in one.ways[0].words), reverse=True)[:10]
    piece = _PIECE * (sum(weights) / 10)
    states = [_State(0.0, 0, (), frozenset())]
    for number, candidate in enumerate(candidates):
        grown: list[_Grown] = [(-state.value, state.size, state.picks, state.said, ()) for state in states]
        for choice, way in enumerate(candidate.ways):
            if way.value <= piece:
                continue
            room = limit - max(0, way.size - way.ending)
            for state in states:
                if state.size > room or state.size > limit:
                    continue
                gain = way.value - piece - sum([weight for form, weight in way.words if form in state.said])
                if gain > 0:
                    picks = (*state.picks, (number, choice))
                    grown.append((-state.value - gain, state.size + way.size, picks, state.said, way.words))
        states = _kept(grown, limit)
    best = max(states, key=lambda state: (state.value, -state.size))
    return list(best.picks) or [_nearest(candidates, limit)]


def _kept(grown: list[_Grown], limit: int) -> list[_State]:
    """The best of every stretch of the length."""
    kept: list[_State] = []
    count = [0] * (_STRETCHES + 2)
    grown.sort(key=_ORDER)
    for loss, size, picks, said, words in grown:
        stretch = min(_STRETCHES + 1, size * _STRETCHES // (limit + 1))
        if count[stretch] < _WIDTH:
            count[stretch] += 1
            kept.append(_State(-loss, size, picks, said.union([form for form, _ in words])))
    return kept


def _nearest(candidates: Sequence[_Candidate], limit: int) -> tuple[int, int]:
    """Where nothing fits: the way to show a sentence whose words weigh most for its length."""
    return max(
        ((number, choice) for number, one in enumerate(candidates) for choice in range(len(one.ways))),
        key=lambda pick: (
            candidates[pick[0]].ways[pick[1]].value / max(1, candidates[pick[0]].ways[pick[1]].size),
            -pick[0],
            -pick[1],
        ),
    )
