"""字串计数：how often strings of two to five characters occur, in 13 bits each, without the strings.

A static function over three slots (a binary fuse table): the three are combined by xor to an 8-bit check, a 4-bit
count level and one bit 「见于法条或裁判」. A string that was never counted passes the check once in 256; asking for a
string only when its two shorter parts are known makes that rarer still.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .alphabet import Ids

Hashes = NDArray[np.uint64]

ORDERS = (2, 3, 4, 5)
LONGEST = 5
LEVELS = 16
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX1 = np.uint64(0xFF51AFD7ED558CCD)
_MIX2 = np.uint64(0xC4CEB9FE1A85EC53)
_CHECK = np.uint64(0xD6E8FEB86659FD93)
_RATIO = {2: 2.1, 3: 1.9, 4: 1.75, 5: 1.65}


def level_floors(order: int) -> NDArray[np.float64]:
    """Smallest count of each level: 1, 2, 3, then growing by a ratio."""
    floors = [1.0, 2.0, 3.0]
    while len(floors) < LEVELS:
        floors.append(np.ceil(floors[-1] * _RATIO[order]))
    return np.array(floors)


def level_of(counts: NDArray[np.int64], order: int) -> NDArray[np.uint8]:
    return (np.searchsorted(level_floors(order), counts, side="right") - 1).astype(np.uint8)


def extend(prefix: Hashes, last: Ids) -> Hashes:
    """Hash of a string from the hash of all but its last character."""
    return prefix * _STEP + last.astype(np.uint64)


@dataclass(frozen=True, slots=True)
class NGrams:
    """字串计数表. ``checks`` one byte a slot, ``levels`` two slots a byte, ``attested`` eight slots a byte."""

    checks: NDArray[np.uint8]
    levels: NDArray[np.uint8]
    attested: NDArray[np.uint8]
    segment: int  # slots of a segment, a power of two
    span: int  # slots in which the first of the three may lie
    counts: NDArray[np.float32]  # [order, level + 1]: mean count of the level; 0 for unseen

    def find(self, hashes: Hashes) -> NDArray[np.int8]:
        """Level of each string, from 1; 0 where it was never counted."""
        first, second, third, check = self._slots(hashes)
        seen = (self.checks.take(first) ^ self.checks.take(second) ^ self.checks.take(third)) == check
        result = np.zeros(len(hashes), dtype=np.int8)
        hit = np.flatnonzero(seen)
        if len(hit):
            value = self._nibble(first[hit]) ^ self._nibble(second[hit]) ^ self._nibble(third[hit])
            result[hit] = value.astype(np.int8) + 1
        return result

    def is_attested(self, hashes: Hashes) -> NDArray[np.bool_]:
        """见于法条或裁判: in at least two of their texts; only meaningful for strings that were found."""
        first, second, third, _ = self._slots(hashes)
        return (self._bit(first) ^ self._bit(second) ^ self._bit(third)).astype(bool)

    def _slots(
        self, hashes: Hashes
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
        return slots(hashes, self.segment, self.span)

    def _nibble(self, slot: NDArray[np.int64]) -> NDArray[np.uint8]:
        return (self.levels.take(slot >> 1) >> ((slot & 1) << 2).astype(np.uint8)) & np.uint8(15)

    def _bit(self, slot: NDArray[np.int64]) -> NDArray[np.uint8]:
        return (self.attested.take(slot >> 3) >> (slot & 7).astype(np.uint8)) & np.uint8(1)


def slots(
    hashes: Hashes, segment: int, span: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
    """The three slots of each string and its check."""
    mixed = hashes ^ (hashes >> np.uint64(32))
    mixed = mixed * _MIX1
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIX2
    mixed ^= mixed >> np.uint64(32)
    mask = np.uint64(segment - 1)
    first = ((mixed >> np.uint64(32)) * np.uint64(span)) >> np.uint64(32)
    second = (first + np.uint64(segment)) ^ ((mixed >> np.uint64(18)) & mask)
    third = (first + np.uint64(2 * segment)) ^ (mixed & mask)
    check = ((mixed * _CHECK) >> np.uint64(56)).astype(np.uint8)
    return first.view(np.int64), second.view(np.int64), third.view(np.int64), check


def build(
    hashes: Hashes, levels: NDArray[np.uint8], attested: NDArray[np.bool_], counts: NDArray[np.float32]
) -> NGrams:
    """The table of these strings (no hash twice). Deterministic: the same strings give the same bytes."""
    size = len(hashes)
    segment = 1 << max(4, min(18, int(np.floor(np.log(max(size, 2)) / np.log(3.33) + 2.25))))
    factor = max(1.125, 0.875 + 0.25 * np.log(1e6) / np.log(max(size, 10)))
    while True:
        segments = max(1, int(np.ceil(size * factor / segment)) - 2)
        span = segments * segment
        rounds = _peel(slots(hashes, segment, span), span + 2 * segment)
        if rounds is not None:
            break
        factor *= 1.03
    first, second, third, check = slots(hashes, segment, span)
    total = span + 2 * segment
    value = check.astype(np.uint16) << 5 | levels.astype(np.uint16) << 1 | attested.astype(np.uint16)
    table = np.zeros(total, dtype=np.uint16)
    for keys, places in reversed(rounds):
        table[places] = value[keys] ^ table[first[keys]] ^ table[second[keys]] ^ table[third[keys]]
    nibbles = np.append(table >> 1 & 15, np.zeros(total % 2, np.uint16)).astype(np.uint8)
    return NGrams(
        checks=(table >> 5).astype(np.uint8),
        levels=(nibbles[0::2] | nibbles[1::2] << 4).astype(np.uint8),
        attested=np.packbits((table & 1).astype(np.uint8), bitorder="little"),
        segment=segment,
        span=span,
        counts=counts,
    )


_Rounds = list[tuple[NDArray[np.int32], NDArray[np.int32]]]


def _peel(
    found: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]], total: int
) -> _Rounds | None:
    """Order in which slots can be filled: again and again the strings that alone hold a slot; None when stuck."""
    first, second, third = (slot.astype(np.int32) for slot in found[:3])
    size = len(first)
    degree = np.bincount(first, minlength=total).astype(np.int32)
    degree += np.bincount(second, minlength=total).astype(np.int32)
    degree += np.bincount(third, minlength=total).astype(np.int32)
    holder = np.zeros(total, dtype=np.int32)
    every = np.arange(size, dtype=np.int32)
    for slot in (first, second, third):
        np.bitwise_xor.at(holder, slot, every)
    claim = np.zeros(size, dtype=np.int32)
    rounds: _Rounds = []
    frontier = np.flatnonzero(degree == 1).astype(np.int32)
    left = size
    while len(frontier):
        keys = holder[frontier]
        number = np.arange(len(keys), dtype=np.int32)
        claim[keys] = number  # a string that alone holds two slots is taken once
        once = claim[keys] == number
        keys, frontier = keys[once], frontier[once]
        rounds.append((keys, frontier))
        left -= len(keys)
        touched = np.concatenate([first[keys], second[keys], third[keys]])
        np.subtract.at(degree, touched, np.int32(1))
        np.bitwise_xor.at(holder, touched, np.concatenate([keys, keys, keys]))
        frontier = touched[degree[touched] == 1]
    return rounds if left == 0 else None
