"""Weigh the evidence for a candidate: a line through the cheap columns, then a small forest over all of them."""

from __future__ import annotations

import json
import lzma
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from minutes_cli.normalize.channel.character_model import CharacterModel
from minutes_cli.normalize.channel.evidence import AROUND, CHEAP, COSTLY, Compared, Repeats, Words, cheap, costly, words
from minutes_cli.normalize.channel.forest import Forest
from minutes_cli.normalize.channel.lookalikes import lookalikes
from minutes_cli.normalize.channel.suspects import Candidates, suspects

Floats = npt.NDArray[np.float32]

#: So many candidates of a place are read as words, where the best of them scores at least so much.
_BEST, _FLOOR = 3, -3.0
#: A margin over a runner-up that is not there.
_NOBODY = -8.0


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """The weights, as fitted by ``tools/fit_channel.py``. ``about`` says from what."""

    about: str
    weights: Floats  # one for each of CHEAP
    bias: float
    forest: Forest
    slope: float  # confidence = 1 / (1 + exp(-(slope * log odds + offset))), fitted on texts kept aside
    offset: float


class Row(NamedTuple):
    """A candidate with its evidence: what the forest sees (``columns``, in the order COSTLY), and how it reads."""

    at: int
    seen: str
    meant: str
    columns: list[float]
    words: Words

    def column(self, name: str) -> float:
        """One of the columns, by its name."""
        return self.columns[COSTLY.index(name)]

    @property
    def comes_back(self) -> bool:
        """Whether the corrected string stands elsewhere in the text, and oftener than the one that stands here."""
        return self.column("repeats") > self.column("repeats_before")

    @property
    def real_word(self) -> bool:
        """Whether a word that is one would be changed for one that does not even look like it."""
        return self.column("word_before") >= 2 and not self.column("alike")

    @property
    def about_a_name(self) -> bool:
        """Whether a person's name would be changed: it is as its bearer writes it, and only a reader can tell."""
        return self.words.names or (self.words.named and not self.comes_back)


class Verdict(NamedTuple):
    """The best candidate for one place of a text, with the probability that it is right."""

    row: Row
    confidence: float


def first_scores(columns: Floats, weights: Floats, bias: float) -> Floats:
    """The cheap score of each candidate: log odds, roughly."""
    return np.asarray(columns @ weights + bias, dtype=np.float32)


def candidates(
    text: str, allowed: npt.NDArray[np.bool_], model: CharacterModel, document: Repeats
) -> tuple[Candidates, Floats]:
    """Candidates for the doubtful characters of *text* that the model prefers, with their cheap columns."""
    found = suspects(text, allowed, model, lookalikes(model.alphabet))
    found = found.only(found.gain > 0)
    return found, cheap(text, found, model, document)


def rows(text: str, found: Candidates, columns: Floats, scores: Floats, model: CharacterModel) -> Iterator[list[Row]]:
    """For each place worth it the best candidates with all their evidence."""
    order = np.lexsort((-scores, found.at))
    starts = np.flatnonzero(np.diff(found.at[order], prepend=-1))
    ends = np.append(starts[1:], len(order))
    best = scores[order[starts]] if len(starts) else scores
    noise = math.log((int((best > 0).sum()) + 0.5) / (len(text) + 250))
    worth = best >= _FLOOR
    at = dict(zip(found.at[order[starts]].tolist(), best.tolist(), strict=True))
    for start, end in zip(starts[worth].tolist(), ends[worth].tolist(), strict=True):
        place = int(found.at[order[start]])
        nearby = max(at.get(place + step, _NOBODY) for step in (-2, -1, 1, 2))
        yield _examined(text, order[start:end], noise, nearby, found, columns, scores, model)


def _examined(
    text: str,
    order: npt.NDArray[np.int64],
    noise: float,
    nearby: float,
    found: Candidates,
    columns: Floats,
    scores: Floats,
    model: CharacterModel,
) -> list[Row]:
    """The evidence for the best candidates of one place; *order* has all of them, best first."""
    best = order[:_BEST].tolist()
    at = int(found.at[best[0]])
    meant = [model.alphabet.character(int(found.ids[i])) for i in best]
    ways = [words(text, at, character) for character in meant]
    gains = found.gain[order]
    leaders = [(int(order[k]), float(gains[k])) for k in np.argsort(-gains)[:2]]
    result = []
    for i, character, way in zip(best, meant, ways, strict=True):
        compared = Compared(
            float(scores[i]),
            _margin(float(scores[i]), [float(scores[j]) for j in order[: _BEST + 1].tolist() if j != i], _NOBODY),
            noise,
            _margin(float(found.gain[i]), [gain for j, gain in leaders if j != i], 0.0),
            _margin(way.falls, [other.falls for other in ways if other is not way], 0.0) / 1000,
            nearby,
        )
        result.append(Row(at, text[at], character, costly(compared, columns[i], text[at], character, way), way))
    return result


def _margin(own: float, others: list[float], least: float) -> float:
    return own - max([least, *others])


def verdicts(text: str, allowed: npt.NDArray[np.bool_], model: CharacterModel, document: Repeats) -> Iterator[Verdict]:
    """The best candidate of each doubtful place of *text* (without white space), in the order of the text."""
    weights = judge()
    found, columns = candidates(text, allowed, model, document)
    scores = first_scores(columns, weights.weights, weights.bias)
    groups = list(rows(text, found, columns, scores, model))
    if not groups:
        return
    odds = weights.forest.log_odds(np.array([row.columns for group in groups for row in group], dtype=np.float64))
    chances = 1 / (1 + np.exp(-(weights.slope * odds + weights.offset)))
    last = 0
    for group in groups:
        here = chances[last : last + len(group)]
        last += len(group)
        best = int(here.argmax())
        yield Verdict(group[best], float(here[best]))


@cache
def judge() -> Judge:
    """The weights that come with minutes."""
    path = Path(__file__).parent / "data" / "channel.json.xz"
    data = json.loads(lzma.decompress(path.read_bytes()))
    assert data["cheap"] == list(CHEAP) and data["costly"] == list(COSTLY) and data["around"] == AROUND
    trees = data["forest"]
    forest = Forest(
        roots=np.array(trees["roots"], dtype=np.int32),
        feature=np.array(trees["feature"], dtype=np.int32),
        threshold=np.array(trees["threshold"], dtype=np.float64),
        left=np.array(trees["left"], dtype=np.int32),
        right=np.array(trees["right"], dtype=np.int32),
        value=np.array(trees["value"], dtype=np.float64),
        start=trees["start"],
        depth=trees["depth"],
    )
    weights = np.array(data["weights"], dtype=np.float32)
    return Judge(data["about"], weights, data["bias"], forest, data["slope"], data["offset"])
