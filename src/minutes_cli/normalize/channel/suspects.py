"""Where a text may be misread, and what may stand there: whole arrays at once, no words yet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from minutes_cli.normalize.channel.alphabet import UNKNOWN, Ids, codes
from minutes_cli.normalize.channel.character_model import ORDER, CharacterModel
from minutes_cli.normalize.channel.lookalikes import Lookalikes

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

#: A character is looked at when it and the next one together are less likely than this (natural logarithm):
#: with its look-alikes, and below the second figure with everything that the model has seen between its neighbours.
_DOUBTFUL, _STRANGE = -11.0, -14.0
#: What the model has hardly ever seen behind the character before is no candidate unless it looks alike.
_RARE = -7.5
#: What stands behind the end of a text costs nothing to speak of.
_AFTER = -2.0


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """What may stand at places of a text; all arrays have one row per candidate, rows of one place are neighbours."""

    at: Ints  # index of the character in the text
    ids: Ids  # what may stand there
    gain: Floats  # by how many nats the model prefers it there, over the four characters whose odds it changes
    alike: Floats  # how much alike the two look, 0 where the table does not say
    odds: Floats  # (rows, 4): log probability of the candidate and the three characters behind it
    before: Floats  # (rows, 4): the same of what stands there

    def only(self, rows: npt.NDArray[np.bool_]) -> Candidates:
        """Those of the candidates."""
        return Candidates(
            self.at[rows], self.ids[rows], self.gain[rows], self.alike[rows], self.odds[rows], self.before[rows]
        )


def suspects(text: str, allowed: npt.NDArray[np.bool_], model: CharacterModel, alike: Lookalikes) -> Candidates:
    """Candidates for the characters of *text* (without white space) that are *allowed* to be touched and unlikely."""
    ids = model.alphabet.encode(text)
    odds = np.concatenate([model.line(ids), np.full(ORDER, _AFTER, dtype=np.float32)])
    pair = odds[: len(ids)] + odds[1 : len(ids) + 1]
    places = np.flatnonzero(allowed & (pair < _DOUBTFUL))
    at1, meant1, look1 = _lookalikes(text, places, alike)
    likely = _seen_beside(ids, at1, meant1, model)
    at1, meant1, look1 = at1[likely], meant1[likely], look1[likely]
    at2, meant2 = _between(ids, places[pair[places] < _STRANGE], model)
    at, meant = np.concatenate([at1, at2]), np.concatenate([meant1, meant2])
    look = np.concatenate([look1, np.zeros(len(at2), dtype=np.float32)])
    # Of a candidate found both ways the one with its likeness counts: it sorts first.
    order = np.lexsort((-look, meant, at))
    at, meant, look = at[order], meant[order], look[order]
    fresh = np.ones(len(at), dtype=bool)
    fresh[1:] = (at[1:] != at[:-1]) | (meant[1:] != meant[:-1])
    fresh &= meant != UNKNOWN
    at, meant, look = at[fresh], meant[fresh], look[fresh]
    old = np.lib.stride_tricks.sliding_window_view(odds, ORDER)[at]
    # Half of the window tells for most of them that they are no better: the other half is worked out for the rest.
    first = _windows(ids, at, meant, model, slice(0, 2))
    better = first.sum(axis=1) > old[:, :2].sum(axis=1)
    at, meant, look, old = at[better], meant[better], look[better], old[better]
    new = np.hstack([first[better], _windows(ids, at, meant, model, slice(2, ORDER))])
    return Candidates(at, meant, new.sum(axis=1) - old.sum(axis=1), look, new, old)


def _lookalikes(text: str, places: Ints, alike: Lookalikes) -> tuple[Ints, Ids, Floats]:
    read = np.minimum(codes(text)[places], 0xFFFF).astype(np.int64)
    sizes = alike.starts[read + 1] - alike.starts[read]
    rows = _ranges(alike.starts[read], sizes)
    return np.repeat(places, sizes), alike.ids[rows], alike.alike[rows]


def _seen_beside(ids: Ids, at: Ints, meant: Ids, model: CharacterModel) -> npt.NDArray[np.bool_]:
    """Whether the model has seen a candidate behind the one before or before the one behind its place."""
    padded = np.concatenate([[UNKNOWN], ids, [UNKNOWN]]).astype(np.int64)
    second = meant.astype(np.int64)
    return model.follows(padded[at], second) | model.follows(second, padded[at + 2])


def _between(ids: Ids, places: Ints, model: CharacterModel) -> tuple[Ints, Ids]:
    """Every character that the model has seen both behind the one before and before the one behind a place."""
    padded = np.concatenate([[UNKNOWN], ids, [UNKNOWN]]).astype(np.int64)
    left, right = padded[places], padded[places + 2]
    starts, followers = model.successors
    first = starts[left]
    sizes = np.where((left != UNKNOWN) & (right != UNKNOWN), starts[left + 1] - first, 0)
    rows = _ranges(first, sizes)
    at, right = np.repeat(places, sizes), np.repeat(right, sizes)
    usual = model.followed[rows] > _RARE
    rows, at, right = rows[usual], at[usual], right[usual]
    meant = followers[rows]
    good = model.follows(meant.astype(np.int64), right) & model.japanese[meant]
    return at[good], meant[good]


def _ranges(starts: Ints, sizes: Ints) -> Ints:
    """start, start + 1, … of so many numbers each, one behind the other."""
    ends = np.cumsum(sizes)
    steps: Ints = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - sizes), sizes)
    return steps


def _windows(ids: Ids, at: Ints, meant: Ids, model: CharacterModel, columns: slice) -> Floats:
    """Log probabilities of each candidate (column 0) and the three characters behind it (columns 1 to 3)."""
    padded = np.concatenate([np.zeros(ORDER - 1, dtype=np.uint16), ids, np.zeros(ORDER, dtype=np.uint16)])
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * ORDER - 1)[at].copy()
    around[:, ORDER - 1] = meant
    windows = np.lib.stride_tricks.sliding_window_view(around, ORDER, axis=1)[:, columns]
    steps = np.arange(ORDER)[columns]
    odds = model.score(windows.reshape(-1, ORDER)).reshape(-1, len(steps))
    return np.where(at[:, None] + steps >= len(ids), np.float32(_AFTER), odds)


def leaving_out(ids: Ids, at: Ints, model: CharacterModel) -> Floats:
    """By how many nats the model prefers the text without the character at each place."""
    padded = np.concatenate([np.zeros(ORDER - 1, dtype=np.uint16), ids, np.zeros(ORDER, dtype=np.uint16)])
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * ORDER - 1)[at]
    shorter = np.delete(around, ORDER - 1, axis=1)
    old = model.score(np.lib.stride_tricks.sliding_window_view(around, ORDER, axis=1).reshape(-1, ORDER))
    new = model.score(np.lib.stride_tricks.sliding_window_view(shorter, ORDER, axis=1).reshape(-1, ORDER))
    gain: Floats = new.reshape(-1, ORDER - 1).sum(axis=1) - old.reshape(-1, ORDER).sum(axis=1)
    return gain
