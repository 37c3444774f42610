"""字串计数表：what was counted is found with its level, what was not is hardly ever."""

from __future__ import annotations

import numpy as np
import pytest

from tianping.text.proofread.ngrams import LEVELS, ORDERS, build, level_floors, level_of

MEANS = np.zeros((6, LEVELS + 1), dtype=np.float32)


def some(size: int, seed: int) -> np.ndarray:
    return np.unique(np.random.default_rng(seed).integers(1, 2**63, size).astype(np.uint64))


@pytest.mark.parametrize("size", [1, 2, 7, 100, 5_000, 120_000])
def test_every_string_is_found_with_its_level_and_its_mark(size: int) -> None:
    hashes = some(size, size)
    chance = np.random.default_rng(0)
    levels = chance.integers(0, LEVELS, len(hashes)).astype(np.uint8)
    marks = chance.random(len(hashes)) < 0.5
    grams = build(hashes, levels, marks, MEANS)
    assert (grams.find(hashes) == levels + 1).all()
    assert (grams.is_attested(hashes) == marks).all()


def test_strings_never_counted_pass_less_than_once_in_a_hundred() -> None:
    grams = build(some(50_000, 1), np.zeros(50_000, np.uint8), np.zeros(50_000, bool), MEANS)
    strangers = np.setdiff1d(some(50_000, 2), some(50_000, 1))
    assert (grams.find(strangers) > 0).mean() < 0.01


def test_the_same_strings_give_the_same_bytes() -> None:
    one, other = (build(some(3_000, 5), np.ones(3_000, np.uint8), np.ones(3_000, bool), MEANS) for _ in range(2))
    assert one.checks.tobytes() == other.checks.tobytes()
    assert one.levels.tobytes() == other.levels.tobytes()


def test_it_takes_less_than_two_bytes_a_string() -> None:
    grams = build(some(200_000, 3), np.zeros(200_000, np.uint8), np.zeros(200_000, bool), MEANS)
    assert grams.checks.nbytes + grams.levels.nbytes + grams.attested.nbytes < 2 * 200_000


@pytest.mark.parametrize("order", ORDERS)
def test_levels_rise_with_counts_and_hold_small_ones_apart(order: int) -> None:
    counts = np.arange(1, 100_000)
    levels = level_of(counts, order)
    assert list(levels[:3]) == [0, 1, 2]
    assert (np.diff(levels.astype(int)) >= 0).all()
    assert levels.max() < LEVELS
    assert (level_floors(order)[levels] <= counts).all()
