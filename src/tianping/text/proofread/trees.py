"""判别树：gradient-boosted trees as arrays, so that the runtime needs numpy and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Trees:
    """判别树. Node ``i`` sends a row left when ``row[feature[i]] <= threshold[i]``; a leaf points to itself."""

    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    depth: int

    def score(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probability of each row."""
        total = np.zeros(len(rows), dtype=np.float32)
        for start in range(0, len(rows), 4096):
            total[start : start + 4096] = self._sum(rows[start : start + 4096])
        return (1.0 / (1.0 + np.exp(-total.astype(np.float64)))).astype(np.float32)

    def _sum(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        flat = np.ascontiguousarray(rows).ravel()
        offset = (np.arange(len(rows), dtype=np.int32) * rows.shape[1])[:, None]
        node = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        for _ in range(self.depth):
            goes_left = flat[offset + self.feature[node]] <= self.threshold[node]
            node = np.where(goes_left, self.left[node], self.right[node])
        total: NDArray[np.float32] = self.value[node].sum(axis=1, dtype=np.float32)
        return total
