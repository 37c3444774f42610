"""题旨：how well a character goes with those some places off, beyond the reach of strings of five.

Two short vectors a character: one for standing before, one for standing after. Their product is about the logarithm of
how much oftener both stand in one stretch, in this order, than chance would have it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .alphabet import Ids

NEAREST, FARTHEST = 2, 10  # places off
SCALE = np.float32(1 / 32)  # of a whole number in the table

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Topic:
    """题旨向量: [character, dimension] as small whole numbers."""

    before: NDArray[np.int8]
    after: NDArray[np.int8]

    def fit(self, around: Around, rows: Places, new: Ids) -> Floats:
        """How well ``new`` goes with what stands around: ``rows`` says around which of the places."""
        left: Floats = np.einsum("ij,ij->i", around.left[rows], self.after[new].astype(np.float32))
        right: Floats = np.einsum("ij,ij->i", around.right[rows], self.before[new].astype(np.float32))
        return (left + right) * SCALE * SCALE

    def around(self, ids: Ids, sentence: NDArray[np.int32], start: Places, end: Places) -> Around:
        """What stands before ``start`` and from ``end`` on, in the same sentence, as mean vectors."""
        return Around(
            _mean(self.before[ids], sentence, start - FARTHEST, start - NEAREST + 1, start - 1),
            _mean(self.after[ids], sentence, end + NEAREST - 1, end + FARTHEST, end),
        )


@dataclass(frozen=True, slots=True)
class Around:
    """上下文: one row a place."""

    left: Floats
    right: Floats


Places = NDArray[np.int64]


def _mean(vectors: NDArray[np.int8], sentence: NDArray[np.int32], first: Places, stop: Places, home: Places) -> Floats:
    """Mean of the vectors at ``first``–``stop`` that belong to the sentence of ``home``."""
    total = np.zeros((len(home), vectors.shape[1]), dtype=np.float32)
    number = np.zeros(len(home), dtype=np.float32)
    for offset in range(FARTHEST - NEAREST + 1):
        place = np.clip(first + offset, 0, len(vectors) - 1)
        own = (sentence[place] == sentence[home]) & (sentence[home] >= 0) & (first + offset < stop)
        total += vectors[place] * own[:, None]
        number += own
    average: Floats = (total / np.maximum(number, 1)[:, None]).astype(np.float32)
    return average
