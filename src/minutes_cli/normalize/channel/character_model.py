"""A model of which character follows which: back-off tables of one to four characters, looked up whole arrays at once.

A model file is one stream, packed with zlib: a JSON line that says what it is, then the tables.
LZMA would be 8 % smaller and take six times as long to load.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from minutes_cli.errors import UsageError
from minutes_cli.normalize.channel.alphabet import BITS, UNKNOWN, Alphabet, Ids, is_japanese
from minutes_cli.normalize.channel.key_index import KeyIndex, key_index

Floats = npt.NDArray[np.float32]
Keys = npt.NDArray[np.uint64]

ORDER = 4
FORMAT = "minutes-characters/1"
#: Logarithms are kept in steps of this many nats, 0 to 255 of them below zero.
_STEP = 0.06
#: What a character costs that the model has never seen.
_UNSEEN = -13.0


def quantize(logs: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    """Natural logarithms, at most 0, as numbers of steps below zero."""
    return np.clip(np.rint(-logs / _STEP), 0, 255).astype(np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """N-grams of one order: sorted keys, log probability of the last character, log weight for backing off."""

    keys: Keys
    logs: npt.NDArray[np.uint8]
    weights: npt.NDArray[np.uint8]

    def floats(self) -> tuple[Floats, Floats]:
        """Logs and weights in nats, with one entry more behind them: what the index -1 gives."""
        logs, weights = (np.append(-_STEP * a.astype(np.float32), np.float32(0)) for a in (self.logs, self.weights))
        return logs, weights


@dataclass(frozen=True, eq=False)
class CharacterModel:
    """``tables[n - 1]`` holds the n-grams; ``about`` says what it was made of, ``size`` of how many characters."""

    alphabet: Alphabet
    tables: tuple[Table, ...]
    about: str
    size: int

    @property
    def entries(self) -> int:
        """How many n-grams the model holds."""
        return sum(len(table.keys) for table in self.tables)

    @cached_property
    def _unigrams(self) -> Floats:
        logs = np.full(1 << BITS, _UNSEEN, dtype=np.float32)
        logs[self.tables[0].keys.astype(np.int64)] = -_STEP * self.tables[0].logs
        return logs

    @cached_property
    def _unigram_weights(self) -> Floats:
        weights = np.zeros(1 << BITS, dtype=np.float32)
        weights[self.tables[0].keys.astype(np.int64)] = -_STEP * self.tables[0].weights
        return weights

    @cached_property
    def successors(self) -> tuple[npt.NDArray[np.int64], Ids]:
        """For each id, where its followers begin in the second array (one longer than there are ids)."""
        keys = self.tables[1].keys
        starts = np.searchsorted(keys, np.arange((1 << BITS) + 1, dtype=np.uint64) << np.uint64(BITS))
        return starts, (keys & np.uint64((1 << BITS) - 1)).astype(np.uint16)

    @cached_property
    def followed(self) -> Floats:
        """For each of the followers in :attr:`successors` its log probability behind that character."""
        return (-_STEP * self.tables[1].logs).astype(np.float32)

    @cached_property
    def japanese(self) -> npt.NDArray[np.bool_]:
        """By id: whether it is a kana or kanji."""
        flags = np.zeros(1 << BITS, dtype=bool)
        flags[1 : len(self.alphabet)] = [is_japanese(c) for c in self.alphabet.characters]
        return flags

    @cached_property
    def code_points(self) -> npt.NDArray[np.uint64]:
        """By id: the code point of the character, 0 for the unknown."""
        points = np.zeros(1 << BITS, dtype=np.uint64)
        points[1 : len(self.alphabet)] = [ord(c) for c in self.alphabet.characters]
        return points

    @cached_property
    def _pairs(self) -> npt.NDArray[np.uint8]:
        keys = self.tables[1].keys.astype(np.int64)
        bits = np.zeros(1 << (2 * BITS), dtype=bool)
        bits[keys] = True
        return np.packbits(bits)

    def follows(self, first: npt.NDArray[np.int64], second: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Whether the model has seen each *second* right behind its *first*."""
        key = (first << BITS) | second
        seen: npt.NDArray[np.bool_] = (self._pairs[key >> 3] >> (7 - (key & 7))) & 1 == 1
        return seen

    @cached_property
    def _found(self) -> tuple[tuple[KeyIndex, Floats, Floats], ...]:
        return tuple((key_index(table.keys), *table.floats()) for table in self.tables)

    def score(self, windows: Ids) -> Floats:
        """Natural log probability of the last id of each row of *windows*, of shape (rows, 4), given the three before.

        A row may begin with unknown ids: what is known of it counts.
        """
        parts = windows.astype(np.uint64)
        last = windows[:, -1].astype(np.int64)
        score = self._unigrams[last].copy()
        weight = self._unigram_weights[windows[:, -2].astype(np.int64)]
        key, context = parts[:, -1], np.zeros(len(parts), dtype=np.uint64)
        # Rows that the model may know at this order: no unknown character, and the context is in the table below.
        rows = np.flatnonzero((windows[:, -1] != UNKNOWN) & (windows[:, -2] != UNKNOWN))
        for order in range(2, ORDER + 1):
            column = parts[rows, -order]
            context = context[rows] if order == 2 else context
            key = (key[rows] if order == 2 else key) | (column << np.uint64(BITS * (order - 1)))
            context = context | (column << np.uint64(BITS * (order - 2)))
            if order > 2:
                index, _, weights = self._found[order - 2]
                at = index.find(context)
                weight = weights[at]
                known = at >= 0
                rows, key, context, weight = rows[known], key[known], context[known], weight[known]
            else:
                weight = weight[rows]
            index, logs, _ = self._found[order - 1]
            at = index.find(key)
            score[rows] = np.where(at >= 0, logs[at], score[rows] + weight)
            if order < ORDER:
                known = windows[rows, -order - 1] != UNKNOWN
                rows, key, context = rows[known], key[known], context[known]
        return score

    def line(self, ids: Ids) -> Floats:
        """Natural log probability of each of *ids* given the three before it."""
        padded = np.concatenate([np.zeros(ORDER - 1, dtype=np.uint16), ids])
        return self.score(np.lib.stride_tricks.sliding_window_view(padded, ORDER))


def save(model: CharacterModel) -> bytes:
    """The model as bytes of a file: the same for the same model."""
    head = {
        "format": FORMAT,
        "about": model.about,
        "characters": model.size,
        "alphabet": model.alphabet.characters,
        "entries": [len(table.keys) for table in model.tables],
    }
    parts = [json.dumps(head, ensure_ascii=False).encode() + b"\n"]
    for table in model.tables:
        steps = np.diff(table.keys, prepend=np.uint64(0))
        planes = steps.view(np.uint8).reshape(-1, 8).T  # bytes of equal weight side by side pack best
        parts += [planes.tobytes(), table.logs.tobytes(), table.weights.tobytes()]
    return zlib.compress(b"".join(parts), level=9)


def shipped() -> Path:
    """The model that comes with minutes."""
    return Path(__file__).parent / "data" / "diet.model"


def load(path: Path) -> CharacterModel:
    """Read a model file. Raises UsageError when it is missing or no model."""
    try:
        data = zlib.decompress(path.read_bytes())
        line, _, body = data.partition(b"\n")
        head = json.loads(line)
        if head["format"] != FORMAT:
            raise ValueError(head["format"])
        return _unpack(head, body)
    except OSError as e:
        raise UsageError(f"{path}: cannot read the model: {e.strerror or e}") from None
    except (zlib.error, ValueError, KeyError, TypeError) as e:
        raise UsageError(f"{path}: is no character model ({e}); make one with minutes model train") from None


def _unpack(head: dict[str, object], body: bytes) -> CharacterModel:
    tables: list[Table] = []
    at = 0
    entries = head["entries"]
    assert isinstance(entries, list)
    for size in entries:
        planes = np.frombuffer(body, dtype=np.uint8, count=8 * size, offset=at).reshape(8, size)
        keys = np.cumsum(np.ascontiguousarray(planes.T).view(np.uint64).ravel(), dtype=np.uint64)
        logs = np.frombuffer(body, dtype=np.uint8, count=size, offset=at + 8 * size)
        weights = np.frombuffer(body, dtype=np.uint8, count=size, offset=at + 9 * size)
        tables.append(Table(keys, logs, weights))
        at += 10 * size
    characters = str(head["characters"])
    return CharacterModel(Alphabet(str(head["alphabet"])), tuple(tables), str(head["about"]), int(characters))
