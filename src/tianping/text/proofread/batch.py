"""一批句子：many sentences laid out in one row with edges between, so that numpy does the loops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .alphabet import EDGE, FIRST, Ids
from .likelihood import Floats, Levels
from .tables import Tables

PAD = 10  # edges between sentences: more than any window looks


@dataclass(frozen=True)
class Batch:
    """一批: sentence ``s`` stands at ``starts[s]``–``ends[s]`` of ``ids``; ``closed`` places stay."""

    tables: Tables
    ids: Ids
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    closed: NDArray[np.bool_]
    sentence: NDArray[np.int32]

    @classmethod
    def of(cls, tables: Tables, texts: Sequence[str], masks: Sequence[NDArray[np.bool_]] | None = None) -> Batch:
        alphabet = tables.alphabet
        edge = np.full(PAD, EDGE, dtype=np.int64)
        pieces, starts, ends = [edge], [], []
        at = PAD
        for text in texts:
            numbers = alphabet.ids(text)
            starts.append(at)
            ends.append(at + len(numbers))
            pieces += [numbers, edge]
            at += len(numbers) + PAD
        ids = np.concatenate(pieces)
        closed = np.ones(len(ids), dtype=bool)
        sentence = np.full(len(ids), -1, dtype=np.int32)
        for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
            closed[start:end] = masks[index] if masks is not None else False
            sentence[start:end] = index
        return cls(tables, ids, np.array(starts, np.int64), np.array(ends, np.int64), closed, sentence)

    @cached_property
    def levels(self) -> Levels:
        return self.tables.likelihood.levels(self.ids)

    @cached_property
    def forward(self) -> Floats:
        """Log probability of every place after its left neighbours; 0 on the padding but the first edge."""
        model = self.tables.likelihood
        result = np.zeros(len(self.ids), dtype=np.float32)
        result[1:] = model.forward(self.ids, self.levels, 1, len(self.ids))
        return np.where(self._counts, result, np.float32(0)).astype(np.float32)

    @cached_property
    def backward(self) -> Floats:
        model = self.tables.likelihood
        result = np.zeros(len(self.ids), dtype=np.float32)
        end = len(self.ids) - 4
        result[:end] = model.backward(self.ids, self.levels, 0, end)
        return np.where(self._counts, result, np.float32(0)).astype(np.float32)

    @cached_property
    def _counts(self) -> NDArray[np.bool_]:
        inside = self.sentence >= 0
        near = inside.copy()
        near[1:] |= inside[:-1]
        near[:-1] |= inside[1:]
        return near

    @cached_property
    def forward_sum(self) -> NDArray[np.float64]:
        return np.concatenate([[0.0], np.cumsum(self.forward, dtype=np.float64)])

    @cached_property
    def backward_sum(self) -> NDArray[np.float64]:
        return np.concatenate([[0.0], np.cumsum(self.backward, dtype=np.float64)])

    @cached_property
    def mean_cost(self) -> Floats:
        """By sentence: what a character of it costs in the mean of both directions."""
        total = self.forward_sum[self.ends] - self.forward_sum[self.starts]
        total += self.backward_sum[self.ends] - self.backward_sum[self.starts]
        cost: Floats = (-total / 2 / np.maximum(self.ends - self.starts, 1)).astype(np.float32)
        return cost

    @cached_property
    def open_places(self) -> NDArray[np.int64]:
        """Places that hold a single known character or a rare one and may be changed."""
        return np.flatnonzero(~self.closed & ((self.ids >= FIRST) | (self.ids == 2)))
