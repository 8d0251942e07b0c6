"""Which characters look alike in print: computed from fonts by ``tools/make_lookalikes.py``."""

from __future__ import annotations

import json
import lzma
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from minutes_cli.normalize.channel.alphabet import Alphabet, Ids


@dataclass(frozen=True, slots=True, eq=False)
class Lookalikes:
    """Rows by what is read: ``ids[starts[c]:starts[c + 1]]`` may have been meant, so much alike (0 to 1) they look."""

    starts: npt.NDArray[np.int64]
    ids: Ids
    alike: npt.NDArray[np.float32]


@cache
def table() -> dict[str, tuple[str, list[int]]]:
    """For each character that may be read those that may have been meant, and how alike they look in hundredths."""
    path = Path(__file__).parent / "data" / "lookalikes.json.xz"
    rows: dict[str, tuple[str, list[int]]] = json.loads(lzma.decompress(path.read_bytes()))["alike"]
    return rows


@lru_cache(maxsize=2)
def lookalikes(alphabet: Alphabet) -> Lookalikes:
    """The table in the ids of *alphabet*; what the model does not know cannot have been meant."""
    rows = table()
    sizes = np.zeros(0x10001, dtype=np.int64)
    for read in rows:
        sizes[ord(read) + 1] = len(rows[read][0])
    order = sorted(rows)
    ids = alphabet.encode("".join(rows[read][0] for read in order))
    alike = np.array([a for read in order for a in rows[read][1]]) / 100
    return Lookalikes(np.cumsum(sizes), ids, alike.astype(np.float32))
