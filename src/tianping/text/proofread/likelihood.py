"""似然：what a character costs after its left and before its right neighbours, from one table of counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .alphabet import Ids
from .ngrams import LONGEST, NGrams, extend

Levels = list[NDArray[np.int8]]
"""By order: level of the string that ends at each place. Index 0 and 1 are not used."""
Floats = NDArray[np.float32]


def discounted(counts: Floats) -> Floats:
    """绝对折扣: less is taken off a count of one than off a greater one."""
    return np.maximum(counts - np.where(counts < 1.5, 0.8, np.where(counts < 2.5, 1.1, 1.4)), 0.0).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Likelihood:
    """两个方向的字串模型: interpolated counts, absolute discounts, the rest of the mass to shorter strings."""

    grams: NGrams
    unigrams: Floats  # count of each character
    rest: Floats  # [order, level of context]: share left to shorter strings
    rest_of_one: Floats  # the same by character, for contexts of one character

    def levels(self, ids: Ids) -> Levels:
        """The strings of the text itself; a longer one is asked for only when both its parts are known."""
        size = len(ids)
        found: Levels = [np.zeros(0, np.int8), np.zeros(0, np.int8)]
        hashes = ids.astype(np.uint64)
        for order in range(2, LONGEST + 1):
            hashes = extend(hashes[:-1], ids[order - 1 :])
            level = np.zeros(size, dtype=np.int8)
            if order == 2:
                level[1:] = self.grams.find(hashes)
            else:
                below = found[order - 1]
                ask = np.flatnonzero((below[order - 1 :] > 0) & (below[order - 2 : -1] > 0))
                level[order - 1 :][ask] = self.grams.find(hashes[ask])
            found.append(level)
        return found

    def forward(self, ids: Ids, levels: Levels, first: int, end: int) -> Floats:
        """Log probability of columns ``first``–``end`` of the last axis after what stands before them."""
        here = slice(first, end)
        before = ids[..., first - 1 : end - 1]
        chance = self.unigrams[ids[..., here]] / self.unigrams.sum()
        context = self.unigrams[before]
        chance = self._mix(self._count(2, levels[2][..., here]), context, self.rest_of_one[before], chance)
        for order in range(3, LONGEST + 1):
            below = levels[order - 1][..., first - 1 : end - 1]
            mixed = self._mix(
                self._count(order, levels[order][..., here]),
                self._count(order - 1, below),
                self.rest[order, below],
                chance,
            )
            chance = np.where(below > 0, mixed, chance)
        logs: Floats = np.log(chance).astype(np.float32)
        return logs

    def backward(self, ids: Ids, levels: Levels, first: int, end: int) -> Floats:
        """The same read from the right. Columns up to ``end + 3`` must exist."""
        after = ids[..., first + 1 : end + 1]
        chance = self.unigrams[ids[..., first:end]] / self.unigrams.sum()
        level = levels[2][..., first + 1 : end + 1]
        chance = self._mix(self._count(2, level), self.unigrams[after], self.rest_of_one[after], chance)
        for order in range(3, LONGEST + 1):
            here = slice(first + order - 1, end + order - 1)
            below = levels[order - 1][..., here]
            mixed = self._mix(
                self._count(order, levels[order][..., here]),
                self._count(order - 1, below),
                self.rest[order, below],
                chance,
            )
            chance = np.where(below > 0, mixed, chance)
        logs: Floats = np.log(chance).astype(np.float32)
        return logs

    def _count(self, order: int, level: NDArray[np.int8]) -> Floats:
        counts: Floats = self.grams.counts[order][level]
        return counts

    @staticmethod
    def _mix(count: Floats, context: Floats, rest: Floats, shorter: Floats) -> Floats:
        own: Floats = (discounted(count) / np.maximum(context, np.maximum(count, 1.0))).astype(np.float32)
        return own + rest * shorter
