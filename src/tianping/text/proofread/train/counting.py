"""计数：strings of two to five characters, counted by sorting their hashes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tianping.text.proofread.alphabet import EDGE, Alphabet
from tianping.text.proofread.likelihood import discounted
from tianping.text.proofread.ngrams import LEVELS, LONGEST, ORDERS, NGrams, build, extend, level_floors, level_of

from .corpus import Kind

STATUTE, FORMAL, OTHER = 2, 1, 0
BLOCK = 50  # sentences: strings of one block count as one text when evidence is weighed
KEEP_FROM = {2: 1, 3: 1, 4: 2, 5: 2}
"""Smaller counts are dropped, unless the string stands in a statute, or is of four characters and in a judgment."""


@dataclass(frozen=True, slots=True)
class Stream:
    """字流: all sentences as numbers with an edge between; what kind each place is of, and its block."""

    ids: NDArray[np.int64]
    rank: NDArray[np.int8]  # STATUTE, FORMAL or OTHER
    block: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Counted:
    """计数结果 of one order."""

    hashes: NDArray[np.uint64]
    counts: NDArray[np.int64]
    rank: NDArray[np.int8]  # the most formal kind it occurs in
    attested: NDArray[np.bool_]  # in two blocks of them
    first: NDArray[np.int64]  # one place where the string ends


def stream(alphabet: Alphabet, sorts: Sequence[Kind]) -> Stream:
    """One stream of many kinds."""
    ids, rank, block = [], [], []
    at = 0
    for kind in sorts:
        sentences = kind.sentences
        own = STATUTE if kind.name == "statute" else FORMAL if kind.formal else OTHER
        for start in range(0, len(sentences), BLOCK):
            numbers = alphabet.ids("\n" + "\n".join(sentences[start : start + BLOCK]))
            ids.append(numbers)
            rank.append(np.full(len(numbers), own, dtype=np.int8))
            block.append(np.full(len(numbers), at, dtype=np.int32))
            at += 1
    ids.append(np.array([EDGE]))
    rank.append(np.zeros(1, dtype=np.int8))
    block.append(np.full(1, at, dtype=np.int32))
    return Stream(np.concatenate(ids), np.concatenate(rank), np.concatenate(block))


def count(text: Stream, order: int) -> Counted:
    """All strings of one order that do not run over an edge."""
    ids = text.ids
    hashes = ids[: len(ids) - order + 1].astype(np.uint64)
    for offset in range(1, order):
        hashes = extend(hashes, ids[offset : len(ids) - order + 1 + offset])
    inside = np.ones(len(hashes), dtype=bool)
    for offset in range(1, order - 1):
        inside &= ids[offset : len(ids) - order + 1 + offset] != EDGE
    if order == 2:
        inside &= ~((ids[:-1] == EDGE) & (ids[1:] == EDGE))
    places = np.flatnonzero(inside)
    hashes = hashes[places]
    rank = np.argsort(hashes, kind="stable")
    hashes, places = hashes[rank], places[rank]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
    counts = np.diff(np.r_[starts, len(hashes)])
    highest = np.maximum.reduceat(text.rank[places], starts)
    formal = text.rank[places] > OTHER
    block = text.block[places]
    low = np.minimum.reduceat(np.where(formal, block, np.iinfo(np.int32).max), starts)
    high = np.maximum.reduceat(np.where(formal, block, -1), starts)
    return Counted(hashes[starts], counts, highest, (high >= 0) & (high > low), places[starts] + order - 1)


@dataclass(frozen=True, slots=True)
class Built:
    """计数表 with what is estimated beside it."""

    grams: NGrams
    rest: NDArray[np.float32]
    rest_of_one: NDArray[np.float32]
    unigrams: NDArray[np.float32]
    kept: dict[int, Counted]  # orders 2 and 3, for word lists


def table(
    text: Stream, alphabet: Alphabet, say: Callable[[str], None], keep_from: dict[int, int] | None = None
) -> Built:
    """字串计数表 of a stream, and the share of each context left to shorter strings."""
    keep_from = keep_from or KEEP_FROM
    unigrams = np.maximum(np.bincount(text.ids, minlength=alphabet.size), 0.5).astype(np.float32)
    means = np.zeros((LONGEST + 1, LEVELS + 1), dtype=np.float32)
    mass = np.zeros((LONGEST + 1, LEVELS + 1))  # counts of the contexts of a level
    won = np.zeros((LONGEST + 1, LEVELS + 1))  # discounted counts of the strings kept after them
    kept: dict[int, Counted] = {}
    parts: list[tuple[NDArray[np.uint64], NDArray[np.uint8], NDArray[np.bool_]]] = []
    below_hashes, below_levels = np.zeros(0, np.uint64), np.zeros(0, np.uint8)
    rest_of_one = np.ones(alphabet.size, dtype=np.float32)
    for order in ORDERS:
        counted = count(text, order)
        keep = (counted.counts >= keep_from[order]) | (counted.rank >= (FORMAL if order < LONGEST else STATUTE))
        level = level_of(counted.counts, order)
        total = np.bincount(level, weights=counted.counts, minlength=LEVELS)
        number = np.bincount(level, minlength=LEVELS)
        means[order, 1:] = np.where(number > 0, total / np.maximum(number, 1), level_floors(order))
        mass[order + 1 if order < LONGEST else 0, 1:] = np.bincount(
            level[keep], weights=counted.counts[keep], minlength=LEVELS
        )
        share = discounted(means[order][level[keep] + 1].astype(np.float32))
        if order == 2:
            before = text.ids[counted.first[keep] - 1]
            used = np.bincount(before, weights=share, minlength=alphabet.size)
            rest_of_one = np.clip(1 - used / np.maximum(unigrams, 1), 0.02, 1).astype(np.float32)
        else:
            place = counted.first[keep] - 1
            context = text.ids[place - order + 2].astype(np.uint64)
            for offset in range(order - 3, -1, -1):
                context = extend(context, text.ids[place - offset])
            at = np.minimum(np.searchsorted(below_hashes, context), len(below_hashes) - 1)
            known = below_hashes[at] == context
            won[order, 1:] = np.bincount(below_levels[at[known]], weights=share[known], minlength=LEVELS)
        below_hashes, below_levels = counted.hashes[keep], level[keep]
        parts.append((below_hashes, below_levels, counted.attested[keep]))
        if order <= 3:
            kept[order] = counted
        say(f"{order} 字串 {len(counted.hashes)}，保留 {int(keep.sum())}")
    rest = np.clip(1 - won / np.maximum(mass, 1), 0.05, 1).astype(np.float32)
    hashes, levels, attested = (np.concatenate(column) for column in zip(*parts, strict=True))
    grams = build(hashes, levels, attested, means)
    return Built(grams, rest, rest_of_one, unigrams, kept)
