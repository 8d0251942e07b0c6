"""A small forest of decision trees, as fitted by ``tools/fit_channel.py``: columns of numbers to a probability.

Method: gradient boosting, J. H. Friedman, *Greedy Function Approximation* (Annals of Statistics, 2001).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Nodes of all trees in one row of arrays; ``left`` and ``right`` are indexes of nodes, a leaf points to itself."""

    roots: npt.NDArray[np.int32]
    feature: npt.NDArray[np.int32]
    threshold: npt.NDArray[np.float64]
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    value: npt.NDArray[np.float64]  # log odds that a leaf adds
    start: float  # log odds before any tree
    depth: int

    def log_odds(self, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The log odds of each of *rows*, of shape (rows, features)."""
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        line = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            below = rows[line, self.feature[at]] <= self.threshold[at]
            at = np.where(below, self.left[at], self.right[at])
        return np.asarray(self.start + self.value[at].sum(axis=1))
