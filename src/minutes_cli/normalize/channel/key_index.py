"""Find many keys at once: a hash table with linear probing in numpy, several times faster than a binary search."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]

#: Fibonacci hashing (Knuth, *The Art of Computer Programming* 3, 6.4): 2 to the 64th over the golden ratio.
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True, eq=False)
class KeyIndex:
    """Where each of some distinct *keys* stands among them. ``slots`` hold indexes, -1 where free."""

    keys: Keys
    slots: npt.NDArray[np.int32]
    shift: np.uint64

    def find(self, wanted: Keys) -> npt.NDArray[np.int32]:
        """The index of each of *wanted* among the keys, -1 where it is none of them."""
        if not len(self.keys):
            return np.full(len(wanted), -1, dtype=np.int32)
        slot = ((wanted * _FACTOR) >> self.shift).astype(np.int64)
        found = self.slots[slot]
        open_ = np.flatnonzero((found >= 0) & (self.keys[found] != wanted))
        while len(open_):
            slot[open_] = (slot[open_] + 1) & (len(self.slots) - 1)
            found[open_] = self.slots[slot[open_]]
            there = found[open_]
            open_ = open_[(there >= 0) & (self.keys[there] != wanted[open_])]
        return found


def key_index(keys: Keys) -> KeyIndex:
    """An index of distinct *keys*."""
    bits = max(4, int(len(keys) * 2).bit_length())
    shift = np.uint64(64 - bits)
    slots = np.full(1 << bits, -1, dtype=np.int32)
    left = np.arange(len(keys), dtype=np.int32)
    slot = ((keys * _FACTOR) >> shift).astype(np.int64)
    while len(left):
        free = slots[slot] < 0
        slots[slot[free]] = left[free]  # of several keys for one slot the last one stays
        lost = slots[slot] != left
        left, slot = left[lost], (slot[lost] + 1) & (len(slots) - 1)
    return KeyIndex(keys, slots, shift)
