"""Laying the pieces of an answer along the questions, in the order in which they were asked as far as it goes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

__all__ = ["best_path", "value"]

#: What it adds to the sum to stay with a question, to go on to the next, to leave some out, to go back.
_STAYS, _NEXT, _SKIPS, _BACK = 0.06, 0.08, -0.03, -0.2
#: An answer begins with the first question rather than with a later one.
_LATE = 0.01


def best_path(evidence: Sequence[Sequence[float]]) -> list[int]:
    """For each piece (row) the question (column) that it answers, so that the sum over the whole path is greatest.

    To what speaks for each pair the steps between questions are added. The Viterbi algorithm; it takes time in
    proportion to the size of the table, as the best step back and the best one over some are kept while going along.
    """
    size = len(evidence[0])
    scores = [own - _LATE * k for k, own in enumerate(evidence[0])]
    steps: list[list[int]] = []
    for row in evidence[1:]:
        before = _sources(scores)
        steps.append(before)
        scores = [scores[b] + _step(b, k) + row[k] for k, b in enumerate(before)]
    at = max(range(size), key=lambda k: (scores[k], -k))
    path = [at]
    for before in reversed(steps):
        at = before[at]
        path.append(at)
    return path[::-1]


def value(evidence: Sequence[Sequence[float]], path: Sequence[int]) -> float:
    """What a path adds up to: what :func:`best_path` makes as great as can be."""
    steps = sum(_step(before, after) for before, after in pairwise(path))
    return sum(row[k] for row, k in zip(evidence, path, strict=True)) + steps - _LATE * path[0]


def _sources(scores: Sequence[float]) -> list[int]:
    """For each question the one from which it is best reached."""
    size = len(scores)
    later = [size - 1] * size  # the best one at or behind each place
    for k in range(size - 2, -1, -1):
        later[k] = k if scores[k] >= scores[later[k + 1]] else later[k + 1]
    found = []
    earlier = 0  # the best one at least two places before
    for k in range(size):
        choices = [k]
        if k:
            choices.append(k - 1)
        if k > 1:
            if scores[k - 2] > scores[earlier]:
                earlier = k - 2
            choices.append(earlier)
        if k + 1 < size:
            choices.append(later[k + 1])
        found.append(max(choices, key=lambda b: (scores[b] + _step(b, k), -b)))
    return found


def _step(before: int, after: int) -> float:
    if after == before:
        return _STAYS
    if after == before + 1:
        return _NEXT
    return _SKIPS if after > before else _BACK
