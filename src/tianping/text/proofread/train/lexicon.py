"""词表：strings that hold together, by what the corpus says; and the commonest neighbours of each character."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tianping.text.proofread.alphabet import Alphabet
from tianping.text.proofread.tables import Words, sound_key

from .confusion import Sounds, said
from .counting import Counted, Stream

NEIGHBOURS = 32
WORDS = {2: 80_000, 3: 40_000}  # at most
SAME_SOUND = 24  # words of one sound


def _strings(text: Stream, counted: Counted, order: int) -> NDArray[np.int64]:
    strings: NDArray[np.int64] = text.ids[counted.first[:, None] + np.arange(1 - order, 1)]
    return strings


def neighbours(text: Stream, pairs: Counted, alphabet: Alphabet) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """后续字、前接字: the commonest of each character, Chinese characters only."""
    both = _strings(text, pairs, 2)
    chinese = alphabet.chinese
    after = _top(both[:, 0], both[:, 1], pairs.counts, chinese, alphabet.size)
    before = _top(both[:, 1], both[:, 0], pairs.counts, chinese, alphabet.size)
    return after, before


def _top(
    key: NDArray[np.int64], other: NDArray[np.int64], counts: NDArray[np.int64], chinese: NDArray[np.bool_], size: int
) -> NDArray[np.uint16]:
    rows = np.flatnonzero(chinese[other] & (counts >= 2))
    rank = rows[np.lexsort((other[rows], -counts[rows], key[rows]))]
    ordered = key[rank]
    first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    number = np.arange(len(rank)) - np.repeat(first, np.diff(np.r_[first, len(rank)]))
    table = np.zeros((size, NEIGHBOURS), dtype=np.uint16)
    good = number < NEIGHBOURS
    table[ordered[good], number[good]] = other[rank[good]]
    return table


def words(
    text: Stream,
    counted: dict[int, Counted],
    unigrams: NDArray[np.float32],
    alphabet: Alphabet,
    sound: Sounds,
) -> dict[int, Words]:
    """同音词表 of two and three characters."""
    total = float(unigrams.sum())
    chinese = alphabet.chinese
    result = {}
    for length, most in WORDS.items():
        found = counted[length]
        strings = _strings(text, found, length)
        good = (
            (found.counts >= (5 if length == 2 else 12))
            & (found.attested | (found.counts >= 40))
            & chinese[strings].all(1)
        )
        strings, counts = strings[good], found.counts[good]
        expected = np.log(unigrams[strings] / total).sum(1)
        bound = (np.log(counts / total) - expected) / (length - 1)  # mean information of a joint
        score = bound + 0.35 * np.log(counts)
        keep = np.flatnonzero((bound > 0.3) & (score > 2.5))
        keep = keep[np.argsort(-score[keep], kind="stable")[:most]]
        syllables = said([alphabet.text(strings[one]) for one in keep], sound.numbers)
        keep, syllables = keep[(syllables > 0).all(1)], syllables[(syllables > 0).all(1)]
        keys = sound_key(syllables)
        rank = np.lexsort((-counts[keep], keys))
        keys, chosen = keys[rank], keep[rank]
        first = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
        number = np.arange(len(keys)) - np.repeat(first, np.diff(np.r_[first, len(keys)]))
        few = number < SAME_SOUND
        result[length] = Words(keys[few].astype(np.uint32), strings[chosen[few]].astype(np.uint16))
    return result
