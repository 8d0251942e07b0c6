"""Several questions and several answers: which piece of an answer goes with which question."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from minutes_cli.summarize.alignment import best_path
from minutes_cli.summarize.likeness import Likeness
from minutes_cli.summarize.questions import Piece, Question, join

__all__ = ["SAME", "Pair", "match", "pair", "together"]

#: From here on two texts are on the same topic (:meth:`minutes_cli.summarize.likeness.Likeness.alike`).
SAME = 0.16
#: What an answer gains as evidence for a question by taking up its number, by the asker's naming who gives it, and
#: loses where another one who answers is named.
_NUMBERED, _ADDRESSED = 0.3, 0.1
#: Questions that stand this close (in sentences) are one, where it is not known what answers the second.
_CLOSE = 2


class Pair(NamedTuple):
    """A speech and those of its pieces that answer a question: their sentences, the words of each.

    ``numbered``: it takes up the number of the question; ``ordered``: the speech answers several in their order.
    """

    speech: int
    sentences: tuple[int, ...]
    words: tuple[frozenset[str], ...]
    numbered: bool
    ordered: bool


def match(
    questions: Sequence[Question],
    parts: Mapping[int, Sequence[Piece]],
    likeness: Likeness,
    addressed: Callable[[Question, int], float],
) -> tuple[list[Question], list[list[Pair]]]:
    """The questions, some of them joined, and for each what answers it.

    *parts* are the pieces of each speech (index) that answers; *addressed* tells how surely a question names who gives
    a speech (0 to 1).
    """
    pairs = _align(questions, parts, likeness, addressed)
    kept, linked = _settle(questions, pairs, likeness)
    return _share(kept, linked, likeness)


def pair(chosen: Sequence[Piece], *, numbered: bool = False, ordered: bool = False) -> Pair:
    """The pieces *chosen* from one speech."""
    sentences = tuple(sorted(j for piece in chosen for j in piece.sentences))
    words = tuple([words for piece in chosen for words in (piece.words, piece.head)])
    return Pair(chosen[0].speech, sentences, words, numbered, ordered)


def together(questions: Sequence[Question]) -> list[Question]:
    """One question for each speech."""
    found: list[Question] = []
    for question in questions:
        if found and found[-1].speech == question.speech:
            found[-1] = join(found[-1], question)
        else:
            found.append(question)
    return found


def _align(
    questions: Sequence[Question],
    parts: Mapping[int, Sequence[Piece]],
    likeness: Likeness,
    addressed: Callable[[Question, int], float],
) -> list[list[Pair]]:
    """For each question the pieces that answer it: the best path of each speech through the questions."""
    topics = [likeness.topic(question.words) for question in questions]
    found: list[list[Pair]] = [[] for _ in questions]
    named = [[addressed(question, speech) for question in questions] for speech in parts]
    most = [max(column) for column in zip(*named, strict=True)]
    for run, own in zip(parts.values(), named, strict=True):
        evidence = likeness.table(topics, [piece.words for piece in run])
        heads = likeness.table(topics, [piece.head for piece in run])
        for row, head, piece in zip(evidence, heads, run, strict=True):
            for k, question in enumerate(questions):
                row[k] += head[k] + _NUMBERED * _takes_up(piece, question)
                row[k] += _ADDRESSED * (own[k] if own[k] == most[k] else -1)
        path = best_path(evidence)
        used = sorted(set(path))
        ordered = path == sorted(path) and len(used) > 1
        for k in used:
            chosen = [piece for piece, on in zip(run, path, strict=True) if on == k]
            numbered = any(_takes_up(piece, questions[k]) for piece in chosen)
            found[k].append(pair(chosen, numbered=numbered, ordered=ordered))
    return found


def _settle(
    questions: Sequence[Question], pairs: list[list[Pair]], likeness: Likeness
) -> tuple[list[Question], list[list[Pair]]]:
    """Make one of questions that cannot be told apart, and drop what is doubtful where something is sure.

    What cannot be told to answer an earlier speech answers the last one.
    """
    sure = [
        {one.speech for one in mine if one.numbered or likeness.nearest(about, one.words)[0] >= SAME}
        for about, mine in zip([likeness.topic(question.words) for question in questions], pairs, strict=True)
    ]
    told = set[int]().union(*sure)  # speeches that are known to answer one of the questions
    last = questions[-1]
    kept: list[Question] = []
    linked: list[list[Pair]] = []
    waiting: list[Pair] = []
    for k, (question, mine) in enumerate(zip(questions, pairs, strict=True)):
        mine = [one for one in mine if one.speech in sure[k] or one.speech not in told]
        if not sure[k] and question.speech != last.speech:
            waiting = _joined(waiting, mine)
            mine = []
        same = bool(kept) and kept[-1].speech == question.speech
        close = same and not question.marked and question.sentences[0] - kept[-1].sentences[-1] <= _CLOSE
        if not sure[k] and (close or (same and mine)):
            kept[-1] = join(kept[-1], question)
            linked[-1] = _joined(linked[-1], mine)
        else:
            kept.append(question)
            linked.append(mine)
    linked[-1] = _joined(linked[-1], waiting)
    return kept, linked


def _share(
    questions: Sequence[Question], pairs: Sequence[list[Pair]], likeness: Likeness
) -> tuple[list[Question], list[list[Pair]]]:
    """Join questions that nothing answers to the one before or behind them whose answer is on their topic."""
    answered = [k for k, mine in enumerate(pairs) if mine]
    joined = list(questions)
    left = list(range(len(questions)))
    for k, question in enumerate(questions):
        if pairs[k]:
            continue
        about = likeness.topic(question.words)
        at = bisect_left(answered, k)
        around = [other for other in answered[max(0, at - 1) : at + 1] if questions[other].speech == question.speech]
        values = {other: max(likeness.nearest(about, one.words)[0] for one in pairs[other]) for other in around}
        best = max(values, key=lambda other: values[other], default=None)
        if best is not None and values[best] >= SAME:
            joined[best] = join(joined[best], question)
            left.remove(k)
    return [joined[k] for k in left], [pairs[k] for k in left]


def _takes_up(piece: Piece, question: Question) -> bool:
    return piece.number is not None and piece.number == question.number


def _joined(first: Sequence[Pair], second: Sequence[Pair]) -> list[Pair]:
    by_speech = {one.speech: one for one in first}
    for one in second:
        if old := by_speech.get(one.speech):
            sentences = tuple(sorted({*old.sentences, *one.sentences}))
            words = old.words + one.words
            one = Pair(one.speech, sentences, words, old.numbered or one.numbered, old.ordered or one.ordered)
        by_speech[one.speech] = one
    return [by_speech[speech] for speech in sorted(by_speech)]
