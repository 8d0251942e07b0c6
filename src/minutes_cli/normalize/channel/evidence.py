"""What speaks for and against each candidate, as numbers: the columns that the weights of the channel are for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from minutes_cli.lexicon.roles import HONORIFICS, OFFICES
from minutes_cli.lexicon.words import Neighbourhood, read_around
from minutes_cli.normalize.channel.alphabet import codes
from minutes_cli.normalize.channel.character_model import CharacterModel
from minutes_cli.normalize.channel.key_index import KeyIndex, key_index
from minutes_cli.normalize.channel.suspects import Candidates, leaving_out

Floats = npt.NDArray[np.float32]

#: Columns of :func:`cheap`, for whole arrays of candidates.
CHEAP = (
    "gain",
    "alike",
    "has_alike",
    "alike_squared",
    "odds_before",
    "next_before",
    "rest_before",
    "odds",
    "next",
    "least",
    "repeats",
    "repeats_before",
    "without",
    "without_previous",
    "without_next",
)
#: Columns of :func:`costly`, for the few that are left; they begin with what compares it to others.
COSTLY = (
    "first",
    "margin",
    "noise",
    "gain_margin",
    "cost_margin",
    "nearby",
    *CHEAP,
    "cost_falls",
    "cost_falls_capped",
    "cost_per_character",
    "unknown_falls",
    "words_fall",
    "word_before",
    "word",
    "single_before",
    "single",
    "hiragana",
    "same_script",
    "katakana",
)
#: Sudachi's kinds of words for names of persons and of places.
NAME, PLACE = "人名", "地名"
#: So many characters on both sides are read as words.
AROUND = 12


@dataclass(frozen=True, slots=True, eq=False)
class Repeats:
    """How often each string of three characters stands in the document."""

    index: KeyIndex
    counts: npt.NDArray[np.int64]

    def of(self, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
        """The counts of *keys*; 0 where a string does not stand there."""
        at = self.index.find(keys)
        return np.where(at >= 0, self.counts[at], 0)


_BITS = np.uint64(21)  # a code point


def repeats(text: str) -> Repeats:
    """Count the strings of three characters of *text*."""
    points = codes(text).astype(np.uint64)
    keys = (points[:-2] << _BITS * np.uint64(2)) | (points[1:-1] << _BITS) | points[2:]
    found, counts = np.unique(keys, return_counts=True)
    return Repeats(key_index(found), np.append(counts, 0))


def cheap(text: str, found: Candidates, model: CharacterModel, document: Repeats) -> Floats:
    """One row per candidate, the columns ``CHEAP``."""
    points = np.concatenate([np.zeros(2), codes(text), np.zeros(2)]).astype(np.uint64)
    meant = model.code_points[found.ids]
    again = _standing(points, found.at, meant, document)
    before = np.maximum(_standing(points, found.at, points[found.at + 2], document) - 3, 0)  # without itself
    columns = [
        found.gain,
        found.alike,
        found.alike > 0,
        found.alike**2,
        found.before[:, 0],
        found.before[:, 1],
        found.before[:, 2:].sum(axis=1),
        found.odds[:, 0],
        found.odds[:, 1],
        found.odds.min(axis=1),
        np.log1p(again),
        np.log1p(before),
        *_without(text, found.at, model),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _without(text: str, at: npt.NDArray[np.int64], model: CharacterModel) -> list[Floats]:
    """What the model gains by leaving out the character itself, the one before, the one behind: junk explains, too."""
    ids = model.alphabet.encode(text)
    places, back = np.unique(at, return_inverse=True)
    return [leaving_out(ids, np.clip(places + step, 0, len(ids) - 1), model)[back] for step in (0, -1, 1)]


def _standing(
    points: npt.NDArray[np.uint64], at: npt.NDArray[np.int64], here: npt.NDArray[np.uint64], document: Repeats
) -> npt.NDArray[np.int64]:
    """How often the three strings that hold the character at a place stand in the document, if it were *here*."""
    left2, left, right, right2 = (points[at + i] for i in (0, 1, 3, 4))
    strings = ((left2, left, here), (left, here, right), (here, right, right2))
    return sum(
        (document.of((a << _BITS * np.uint64(2)) | (b << _BITS) | c) for a, b, c in strings),
        np.zeros(len(at), dtype=np.int64),
    )


class Words(NamedTuple):
    """How the neighbourhood reads with what stands there and with the candidate."""

    before: Neighbourhood
    after: Neighbourhood

    @property
    def falls(self) -> int:
        """By how much the cost of the best path falls."""
        return self.before.cost - self.after.cost

    @property
    def names(self) -> bool:
        """Whether the correction makes a person's name; one of a place is one where an office or 氏 follows."""
        word, behind = self.after.word, self.after.behind
        return word.kind == NAME or (word.kind == PLACE and behind.startswith((*OFFICES, *HONORIFICS)))

    @property
    def named(self) -> bool:
        """Whether the character is part of a person's name as it stands; a single character says nothing."""
        return self.before.word.kind == NAME and len(self.before.word.text) > 1


class Compared(NamedTuple):
    """A candidate beside the others of its place and of the text."""

    first: float  # the cheap score
    margin: float  # how far the cheap score is above that of the best other
    noise: float  # logarithm of the share of places in the text that look misread
    gain_margin: float  # as margin, of the column gain
    cost_margin: float  # as margin, of how much the cost of the words falls, in thousands
    nearby: float  # the best cheap score of the two places on both sides: the slip may be there


def words(text: str, at: int, character: str) -> Words:
    """How the neighbourhood of ``text[at]`` reads as it stands and with *character* there."""
    low, high = max(0, at - AROUND), at + AROUND + 1
    before = read_around(text[low:high], at - low)
    return Words(before, read_around(text[low:at] + character + text[at + 1 : high], at - low))


def costly(compared: Compared, columns: Floats, seen: str, meant: str, how: Words) -> list[float]:
    """One row of the columns ``COSTLY``."""
    old_size, new_size = (len(side.word.text) if side.word.known else 0 for side in how)
    return [
        *compared,
        *columns.tolist(),
        how.falls / 1000,
        max(-1.0, min(how.falls / 5000, 3.0)),
        how.after.cost / 1000 / (2 * AROUND + 1),
        how.before.unknown - how.after.unknown,
        how.before.size - how.after.size,
        old_size,
        new_size,
        old_size <= 1,
        new_size <= 1,
        "ぁ" <= seen <= "ゖ",
        (seen >= "一") == (meant >= "一"),
        "ァ" <= seen <= "ー",
    ]
