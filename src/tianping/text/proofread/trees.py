"""判别树：gradient-boosted trees as arrays, so that the runtime needs numpy and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

AT_ONCE = 256  # rows: what they need stays in the processor's cache
STEPS = 3  # down every tree before those that arrived are left out


@dataclass(frozen=True)
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
        for start in range(0, len(rows), AT_ONCE):
            total[start : start + AT_ONCE] = self._sum(rows[start : start + AT_ONCE])
        return (1.0 / (1.0 + np.exp(-total.astype(np.float64)))).astype(np.float32)

    @cached_property
    def _next(self) -> NDArray[np.int32]:
        """Of node ``i``: where it sends a row right, then where it sends one left."""
        return np.column_stack([self.right, self.left]).astype(np.int32).ravel()

    @cached_property
    def _asks(self) -> NDArray[np.int32]:
        return self.feature.astype(np.int32)

    def _sum(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Rows that have reached a leaf of a tree are left out of its further steps."""
        flat = np.ascontiguousarray(rows).ravel()
        node = np.tile(self.roots, len(rows))
        offset = np.repeat(np.arange(len(rows), dtype=np.int32) * rows.shape[1], len(self.roots))
        on_way = np.arange(len(node))
        while len(on_way):
            at = node.take(on_way)
            for _ in range(STEPS):
                left = flat.take(self._asks.take(at) + offset) <= self.threshold.take(at)
                at = self._next.take(at * 2 + left)
            node[on_way] = at
            inner = np.flatnonzero(self.left.take(at) != at)
            on_way, offset = on_way.take(inner), offset.take(inner)
        total: NDArray[np.float32] = self.value.take(node).reshape(len(rows), -1).sum(axis=1, dtype=np.float32)
        return total
