"""题旨向量的训练：who stands with whom in a sentence, counted, compared with chance and pressed into few dimensions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tianping.text.proofread.alphabet import EDGE, Alphabet
from tianping.text.proofread.topic import FARTHEST, NEAREST, SCALE, Topic

from .counting import Stream

USUAL = 4_000  # commonest characters that get a vector; the others have none and fit everywhere alike
DIMENSIONS = 48
ROUNDS = 3  # of the subspace iteration
AT_ONCE = 4_000_000
LEAST = 5.0  # pairs added to what was seen and to what chance expects, so that rare ones say little


def topics(text: Stream, alphabet: Alphabet, seed: int) -> Topic:
    """The vectors of all characters; the same text and seed give the same."""
    counts = np.bincount(text.ids, minlength=alphabet.size)
    counts[~alphabet.chinese] = 0
    chosen = np.lexsort((np.arange(alphabet.size), -counts))[: min(USUAL, int((counts > 0).sum()))]
    small = np.full(alphabet.size, -1, dtype=np.int64)
    small[chosen] = np.arange(len(chosen))
    gain = _gain(_pairs(text, small, len(chosen)))
    dimensions = min(DIMENSIONS, len(chosen))
    base = np.random.default_rng(seed).standard_normal((len(chosen), dimensions)).astype(np.float32)
    for _ in range(ROUNDS):
        base = np.linalg.qr(gain @ base)[0]
        base = np.linalg.qr(gain.T @ base)[0]
    left, size, right = np.linalg.svd(gain @ base, full_matrices=False)
    root = np.sqrt(size).astype(np.float32)
    return Topic(_whole(left * root, chosen, alphabet), _whole(base @ right.T * root, chosen, alphabet))


def _pairs(text: Stream, small: NDArray[np.int64], size: int) -> NDArray[np.float32]:
    """How often the second stood some places after the first, in one sentence."""
    pairs = np.zeros(size * size, dtype=np.int64)
    line = np.cumsum(text.ids == EDGE)
    numbers = small[text.ids]
    for off in range(NEAREST, FARTHEST + 1):
        for start in range(0, len(numbers) - off, AT_ONCE):
            stop = min(start + AT_ONCE, len(numbers) - off)
            one, other = numbers[start:stop], numbers[start + off : stop + off]
            good = (one >= 0) & (other >= 0) & (line[start:stop] == line[start + off : stop + off])
            pairs += np.bincount(one[good] * size + other[good], minlength=size * size)
    return pairs.reshape(size, size).astype(np.float32)


def _gain(pairs: NDArray[np.float32]) -> NDArray[np.float32]:
    """Logarithm of seen over expected."""
    total = max(float(pairs.sum(dtype=np.float64)), 1.0)
    expected = np.outer(pairs.sum(1, dtype=np.float64), pairs.sum(0, dtype=np.float64) / total).astype(np.float32)
    gain: NDArray[np.float32] = np.log((pairs + LEAST) / (expected + LEAST)).astype(np.float32)
    return gain


def _whole(vectors: NDArray[np.float32], chosen: NDArray[np.int64], alphabet: Alphabet) -> NDArray[np.int8]:
    table = np.zeros((alphabet.size, vectors.shape[1]), dtype=np.int8)
    table[chosen] = np.clip(np.round(vectors / SCALE), -127, 127).astype(np.int8)
    return table
