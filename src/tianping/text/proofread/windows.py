"""改动的得失：every candidate rescored in its window, four characters each side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .alphabet import Ids
from .batch import Batch
from .likelihood import Floats, Levels
from .ngrams import LONGEST, extend

REACH = LONGEST - 1


@dataclass(frozen=True, slots=True)
class Changes:
    """改动: ``start``–``end`` of the batch's row becomes the first ``length`` characters of ``new``."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    new: NDArray[np.uint16]  # [change, 4]
    length: NDArray[np.int8]
    kind: NDArray[np.int8]
    grade: NDArray[np.uint8]  # how alike old and new are, as in the confusion table

    def __len__(self) -> int:
        return len(self.start)

    def take(self, chosen: NDArray[np.int64] | NDArray[np.bool_]) -> Changes:
        return Changes(
            self.start[chosen],
            self.end[chosen],
            self.new[chosen],
            self.length[chosen],
            self.kind[chosen],
            self.grade[chosen],
        )

    @classmethod
    def join(cls, parts: list[Changes]) -> Changes:
        return cls(
            np.concatenate([part.start for part in parts]),
            np.concatenate([part.end for part in parts]),
            np.concatenate([part.new for part in parts]),
            np.concatenate([part.length for part in parts]),
            np.concatenate([part.kind for part in parts]),
            np.concatenate([part.grade for part in parts]),
        )


@dataclass(frozen=True, slots=True)
class Gains:
    """得失 of each change: log probability won in each direction, and how well the strings around it are known.

    ``new_known[:, n - 3]`` is the mean level of the new text's strings of ``n`` characters that touch the change, and
    ``old_known`` the same before it.
    """

    forward: Floats
    backward: Floats
    adjusted: Floats
    new_forward: Floats  # of the new characters themselves, or of the one after a deletion
    new_backward: Floats
    new_known: Floats
    old_known: Floats
    left_reach: NDArray[np.int8]  # longest known string that ends with the change's last new character
    right_reach: NDArray[np.int8]


def gains(batch: Batch, changes: Changes) -> Gains:
    """Score all changes, those with equally long replacements together."""
    size = len(changes)
    forward, backward = np.zeros(size, np.float32), np.zeros(size, np.float32)
    new_forward, new_backward = np.zeros(size, np.float32), np.zeros(size, np.float32)
    new_known, old_known = np.zeros((size, 3), np.float32), np.zeros((size, 3), np.float32)
    left, right = np.zeros(size, np.int8), np.zeros(size, np.int8)
    for length in range(5):
        rows = np.flatnonzero(changes.length == length)
        if not len(rows):
            continue
        part = changes.take(rows)
        ids, levels = _window(batch, part, length)
        model = batch.tables.likelihood
        ahead = model.forward(ids, levels, REACH, 2 * REACH + length)
        behind = model.backward(ids, levels, 0, REACH + length)
        counted = _inside(batch, part, length)
        forward[rows] = (ahead * counted[:, REACH:]).sum(1) - (
            batch.forward_sum[part.end + REACH] - batch.forward_sum[part.start]
        )
        backward[rows] = (behind * counted[:, : REACH + length]).sum(1) - (
            batch.backward_sum[part.end] - batch.backward_sum[part.start - REACH]
        )
        own = max(length, 1)
        new_forward[rows] = ahead[:, :own].mean(1)
        new_backward[rows] = behind[:, -own:].mean(1)
        for order in (3, 4, 5):
            reach = min(length + order - 1, REACH + length)
            new_known[rows, order - 3] = levels[order][:, REACH : REACH + reach].mean(1)
            last = REACH + max(length - 1, 0)
            left[rows] = np.where(levels[order][:, last] > 0, order, left[rows])
            begins = min(REACH + order - 1 - (length == 0), levels[order].shape[1] - 1)
            right[rows] = np.where(levels[order][:, begins] > 0, order, right[rows])
    width = (changes.end - changes.start).astype(np.int64)
    for order in (3, 4, 5):
        total = np.r_[0, np.cumsum(batch.levels[order], dtype=np.int64)]
        until = changes.end + order - 1
        old_known[:, order - 3] = (total[until] - total[changes.start]) / np.maximum(until - changes.start, 1)
    cost = batch.mean_cost[batch.sentence[_home(batch, changes)]]
    adjusted = forward + backward + (changes.length - width) * 2 * cost
    return Gains(
        forward, backward, adjusted.astype(np.float32), new_forward, new_backward, new_known, old_known, left, right
    )


def _home(batch: Batch, changes: Changes) -> NDArray[np.int64]:
    """A place of the sentence the change belongs to (an insertion may stand at its end)."""
    return np.where(batch.sentence[changes.start] >= 0, changes.start, changes.start - 1)


def _inside(batch: Batch, part: Changes, length: int) -> NDArray[np.float32]:
    """1 for the columns of a window that count: the sentence and the edge beside it."""
    left = batch._counts[part.start[:, None] + np.arange(-REACH, 0)]
    right = batch._counts[part.end[:, None] + np.arange(REACH)]
    own = np.ones((len(part), length), dtype=bool)
    return np.hstack([left, own, right]).astype(np.float32)


def _window(batch: Batch, part: Changes, length: int) -> tuple[Ids, Levels]:
    """The new text of each window and the levels of all its strings; untouched ones are taken from the batch."""
    left = part.start[:, None] + np.arange(-REACH, 0)
    right = part.end[:, None] + np.arange(REACH)
    ids = np.hstack([batch.ids[left], part.new[:, :length].astype(np.int64), batch.ids[right]])
    width = 2 * REACH + length
    hashes = {1: ids.astype(np.uint64)}
    for order in range(2, LONGEST + 1):
        hashes[order] = extend(hashes[order - 1][:, :-1], ids[:, order - 1 :])
    levels: Levels = [np.zeros(0, np.int8), np.zeros(0, np.int8)]
    grams = batch.tables.likelihood.grams
    for order in range(2, LONGEST + 1):
        level = np.zeros((len(part), width), dtype=np.int8)
        old = batch.levels[order]
        level[:, :REACH] = old[left]
        begin, stop = REACH, min(REACH + length + order - 1, width)
        level[:, stop:] = old[part.end[:, None] + np.arange(stop - REACH - length, REACH)]
        touched = hashes[order][:, begin - order + 1 : stop - order + 1]
        if order == 2:
            level[:, begin:stop] = grams.find(np.ascontiguousarray(touched).ravel()).reshape(touched.shape)
        else:
            below = levels[order - 1]
            ask = (below[:, begin:stop] > 0) & (below[:, begin - 1 : stop - 1] > 0)
            found = np.zeros(touched.shape, dtype=np.int8)
            found[ask] = grams.find(touched[ask])
            level[:, begin:stop] = found
        levels.append(level)
    return ids, levels
