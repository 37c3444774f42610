"""判别树：whatever way they are walked in blocks, a row gets the sum of the leaves it falls into."""

from __future__ import annotations

import numpy as np
import pytest

from tianping.text.proofread import trees as module
from tianping.text.proofread.trees import Trees

FEATURES = 7


def grown(chance: np.random.Generator, deepest: int, count: int) -> Trees:
    nodes: list[tuple[int, float, int, int, float]] = []

    def grow(depth: int) -> int:
        at = len(nodes)
        nodes.append((0, 0.0, at, at, float(chance.normal())))
        if depth < deepest and chance.random() < 0.8:
            feature, threshold = int(chance.integers(FEATURES)), float(chance.normal())
            nodes[at] = (feature, threshold, grow(depth + 1), grow(depth + 1), 0.0)
        return at

    roots = [grow(0) for _ in range(count)]
    feature, threshold, left, right, value = (np.array(column) for column in zip(*nodes, strict=True))
    return Trees(
        np.array(roots, np.int32),
        feature.astype(np.int16),
        threshold.astype(np.float32),
        left.astype(np.int32),
        right.astype(np.int32),
        value.astype(np.float32),
        deepest,
    )


def walked(trees: Trees, row: np.ndarray) -> float:  # type: ignore[type-arg]
    total = 0.0
    for root in trees.roots:
        at = int(root)
        while int(trees.left[at]) != at:
            goes_left = row[trees.feature[at]] <= trees.threshold[at]
            at = int(trees.left[at] if goes_left else trees.right[at])
        total += float(trees.value[at])
    return 1 / (1 + float(np.exp(-total)))


@pytest.mark.parametrize("deepest", [0, 1, 5, 12])
@pytest.mark.parametrize("number", [0, 1, module.AT_ONCE, module.AT_ONCE + 3])
def test_every_row_gets_the_sum_of_its_leaves(deepest: int, number: int) -> None:
    chance = np.random.default_rng(deepest)
    trees = grown(chance, deepest, count=6)
    rows = chance.normal(size=(number, FEATURES)).astype(np.float32)
    np.testing.assert_allclose(trees.score(rows), [walked(trees, row) for row in rows], rtol=1e-5)


def test_a_row_at_a_threshold_goes_left() -> None:
    trees = grown(np.random.default_rng(4), 5, count=6)
    split = int(np.flatnonzero(trees.left != np.arange(len(trees.left)))[0])
    row = np.full(FEATURES, trees.threshold[split], np.float32)
    np.testing.assert_allclose(trees.score(row[None]), [walked(trees, row)], rtol=1e-5)
