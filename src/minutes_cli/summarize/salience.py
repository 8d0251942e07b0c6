"""How likely a word is to stand in a person's summary of a speech: a linear model over what can be seen of its place.

The weights are in ``salience.json``; ``tools/fit_salience.py`` learns them by logistic regression from speeches with
summaries that people wrote. Every feature is a name that is there or not; a word has the sum of the weights of its
names.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from minutes_cli.lexicon.words import is_content
from minutes_cli.patterns import lazy
from minutes_cli.summarize.clauses import clauses
from minutes_cli.summarize.model import Clause, ClauseEnd, Form, Sentence, Speech

__all__ = ["Salient", "features", "first_look", "salient"]

#: The forms of the sentences that say what the speaker wants: where they stand, the rest leads up to them.
_ASKING = frozenset((Form.QUESTION, Form.REQUEST))
_ANSWERING = frozenset((Form.COMMITMENT, Form.CONSIDERATION, Form.REFUSAL))
#: A speech of which more than this part of the sentences ask is one that asks.
_ASKS = 0.12
_SHORT = 16
_CONTRARY = lazy(r"しかし|一方|ところが|だが")
_CONCLUSION = lazy(r"そこで|このため|そのため|今後|こうした|引き続き")
_NEXT = lazy(r"まず|次に|さらに|また|最後|次いで")
_PAST = lazy(r"これまで|昨年|既に|先般")
_REPORTS = lazy(r"(?:ました|でした|ところでございます)[。．.]?$")
_PARTICLES = frozenset("をにがはのでとも、しなす")
_SHOULD = lazy(r"べき|必要(?:が|で|と)|重要|不可欠|求められ|ほしい|欲しい")
#: Farther ahead than this is all the same.
_FAR = 3
_OPENINGS = (("contrary", _CONTRARY), ("conclusion", _CONCLUSION), ("next", _NEXT))
_STEPS = (0, 1, 2, 3, 4, 6, 10, 20)


class Salient(NamedTuple):
    """A sentence with its content words: where each begins and ends, its form, and its salience between 0 and 1."""

    words: tuple[tuple[int, int, str, float], ...]
    clauses: tuple[Clause, ...]


def salient(speech: Speech, numbers: Sequence[int]) -> list[Salient]:
    """The sentences *numbers* of *speech*, their words weighed."""
    outline, counts = _outline(speech), _counts(speech)
    return [_salient(outline, counts, number) for number in numbers]


def first_look(speech: Speech) -> list[float]:
    """For every sentence of *speech* the part of its weight that needs no look at its words."""
    outline = _outline(speech)
    return [_weight(_of_sentence(outline, i)) for i in range(len(speech.sentences))]


def features(speech: Speech) -> Iterator[tuple[str, list[str]]]:
    """For every content word of *speech* its form and the names of its features: what the weights are learnt from."""
    outline, counts = _outline(speech), _counts(speech)
    for number, sentence in enumerate(speech.sentences):
        common = list(_of_sentence(outline, number))
        for _, _, form, parts in _of_words(outline, counts, number, _clauses(sentence)):
            yield form, [*common, *[name for names in parts for name in names]]


class _Outline(NamedTuple):
    """A speech and what the forms of its sentences tell of each other."""

    speech: Speech
    bearing: tuple[bool, ...]  # whether a sentence says what the speaker wants, or will do
    behind: tuple[int, ...]  # bearing sentences behind each
    ahead: tuple[int, ...]  # how far it is to the next bearing sentence


class _Counts(NamedTuple):
    """How often the words of a speech stand in it."""

    words: Counter[str]
    sentences: Counter[str]
    most: int  # how often the most frequent word stands


def _salient(outline: _Outline, counts: _Counts, number: int) -> Salient:
    weights = _weights()
    base = weights["bias"] + sum([weights.get(name, 0.0) for name in _of_sentence(outline, number)])
    ends = _clauses(outline.speech.sentences[number])
    words = [
        (start, end, form, _logistic(base + sum([_weight(names) for names in parts])))
        for start, end, form, parts in _of_words(outline, counts, number, ends)
    ]
    return Salient(tuple(words), tuple(ends))


@cache
def _weights() -> Mapping[str, float]:
    from importlib.resources import files

    import orjson

    found: dict[str, float] = orjson.loads((files(__package__) / "salience.json").read_bytes())
    return found


def _outline(speech: Speech) -> _Outline:
    sentences = speech.sentences
    forms = [sentence.reading.form for sentence in sentences]
    asks = sum([form in _ASKING for form in forms]) > _ASKS * len(forms)
    wanted = _ASKING if asks else _ANSWERING
    bearing = [
        form in wanted or (asks and _should(speech, sentence)) for form, sentence in zip(forms, sentences, strict=True)
    ]
    behind, ahead = [], []
    count, distance = 0, _FAR
    for bears in reversed(bearing):
        distance = 0 if bears else min(_FAR, distance + 1)
        behind.append(count)
        ahead.append(distance)
        count += bears
    return _Outline(speech, tuple(bearing), tuple(behind[::-1]), tuple(ahead[::-1]))


def _counts(speech: Speech) -> _Counts:
    words: Counter[str] = Counter()
    sentences: Counter[str] = Counter()
    for sentence in speech.sentences:
        forms = [form for _, form in sentence.words]
        words.update(forms)
        sentences.update(set(forms))
    return _Counts(words, sentences, max(words.values(), default=1))


def _should(speech: Speech, sentence: Sentence) -> bool:
    """Whether the sentence ends in what should be."""
    return _SHOULD.search(speech.text, max(sentence.start, sentence.end - 25), sentence.end) is not None


class _Look(NamedTuple):
    """What all words of a sentence share, in small numbers: many sentences look alike."""

    form: Form
    left: int  # sentences behind it
    bears: bool
    behind: int  # bearing ones among them
    ahead: int
    number: int
    part: int  # of the speech, in quarters
    asked: bool  # a short question follows
    length: int
    words: tuple[str, ...]  # what it begins and ends like


def _of_sentence(outline: _Outline, number: int) -> tuple[str, ...]:
    """The features that all words of a sentence share."""
    sentences, text = outline.speech.sentences, outline.speech.text
    sentence = sentences[number]
    start, end = sentence.start, sentence.end
    size = len(sentences)
    asked = False
    if number + 1 < size:
        following = sentences[number + 1]
        asked = following.reading.form in _ASKING and following.end - following.start <= _SHORT
    words = [name for name, opening in _OPENINGS if opening.match(text, start)]
    if _should(outline.speech, sentence):
        words.append("should")
    if _PAST.search(text, start, min(end, start + 15)):
        words.append("past")
    if _REPORTS.search(text, max(start, end - 16), end):
        words.append("reports")
    return _of_look(
        _Look(
            sentence.reading.form,
            _step(size - 1 - number),
            outline.bearing[number],
            _step(outline.behind[number]),
            outline.ahead[number],
            min(number, 2),
            4 * number // max(1, size - 1),
            asked,
            min((end - start) // 30, 5),
            tuple(words),
        )
    )


@cache
def _of_look(look: _Look) -> tuple[str, ...]:
    bearing = ", bearing" if look.bears else ""
    names = [
        f"form {look.form}",
        f"left {look.left}",
        f"left {min(look.left, 2)}, {look.form}",
        f"bearing behind {look.behind}{bearing}",
        f"bearing ahead {look.ahead}",
        f"part {look.part}",
        f"length {look.length}",
        *look.words,
    ]
    if look.bears:
        names.append("bearing")
    if look.number < 2:
        names.append(f"number {look.number}")
    if look.asked:
        names.append("before a short question")
    return tuple(names)


def _of_words(
    outline: _Outline, counts: _Counts, number: int, ends: Sequence[Clause]
) -> Iterator[tuple[int, int, str, tuple[tuple[str, ...], ...]]]:
    """For every content word of a sentence its place, its form and the features of its own, in parts.

    The same parts come back again and again: each is put together once.
    """
    sentence, text = outline.speech.sentences[number], outline.speech.text
    bears = outline.bearing[number]
    places = [clause.end for clause in ends]
    asked = len(ends) > 1 and ends[-2].kind is ClauseEnd.QUOTED
    at = sentence.start
    words = [m for m in sentence.cut.morphemes() if is_content(m.pos)]
    for i, word in enumerate(words):
        start, end, form = at + word.start, at + word.end, word.form
        clause = bisect_left(places, end)
        times = counts.words[form]
        behind = text[end : end + 1]
        is_last = i + 1 == len(words)
        yield (
            start,
            end,
            form,
            (
                _of_clause(min(len(ends) - 1 - clause, 5), ends[clause].kind, bears, asked and clause == len(ends) - 1),
                _of_place(min((sentence.end - end) // 8, 6), min(word.start // 6, 5), bears),
                _of_use(min(times, 6), min(counts.sentences[form], 6), 4 * times // counts.most),
                _of_neighbours(
                    behind if behind in _PARTICLES else "else",
                    is_last,
                    not is_last and words[i + 1].start == word.end,
                    i > 0 and words[i - 1].end == word.start,
                ),
                _of_form(word.pos, min(word.end - word.start, 5)),
            ),
        )


@cache
def _of_clause(left: int, kind: ClauseEnd, bears: bool, asked: bool) -> tuple[str, ...]:
    return (f"clauses left {left}{', bearing' if bears else ''}", f"clause {kind}", *(["asked"] if asked else []))


@cache
def _of_place(left: int, before: int, bears: bool) -> tuple[str, ...]:
    return (f"from end {left}", *([f"from end {left}, bearing"] if bears else []), f"from start {before}")


@cache
def _of_use(times: int, sentences: int, part: int) -> tuple[str, ...]:
    return (f"times {times}", f"sentences {sentences}", f"of the most frequent {part}")


@cache
def _of_neighbours(behind: str, last: bool, goes_on: bool, compound: bool) -> tuple[str, ...]:
    flags = (("last", last), ("compound goes on", goes_on), ("compound", compound))
    return (f"before {behind}", *[name for name, there in flags if there])


@cache
def _of_form(pos: Sequence[str], length: int) -> tuple[str, ...]:
    return (f"pos {'/'.join(pos[:3])}", f"letters {length}")


@cache
def _weight(names: tuple[str, ...]) -> float:
    weights = _weights()
    return sum([weights.get(name, 0.0) for name in names])


def _clauses(sentence: Sentence) -> list[Clause]:
    return [Clause(sentence.start + at, kind) for at, kind in clauses(sentence.cut)]


def _step(number: int) -> int:
    return _STEPS[bisect_right(_STEPS, number) - 1]


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))
