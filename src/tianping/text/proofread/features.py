"""特征：what the trees are told about a candidate."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .alphabet import DIGIT, FIRST, LATIN, MASKED, RARE
from .batch import Batch
from .candidates import Kind
from .ngrams import extend
from .tables import CORNERS, SHARED, TONE
from .windows import Changes, Gains

NAMES = (
    "kind",
    "sound",
    "shared",
    "corners",
    "tone",
    "forward",
    "backward",
    "smaller",
    "adjusted",
    "old_forward",
    "old_backward",
    "new_forward",
    "new_backward",
    "new3",
    "new4",
    "new5",
    "old3",
    "old4",
    "old5",
    "left_reach",
    "right_reach",
    "old_left_reach",
    "old_right_reach",
    "new_length",
    "old_length",
    "old_count",
    "new_count",
    "lead",
    "place",
    "rivals",
    "mean_cost",
    "sentence_length",
    "repeated_new",
    "repeated_old",
    "doubled",
    "left_class",
    "right_class",
    "new_left_pair",
    "new_right_pair",
    "old_left_pair",
    "old_right_pair",
    "cost_left",
    "cost_right",
    "old_rare",
    "from_start",
    "to_end",
    "near_closed",
    "old_pair_expected",
    "inner_pair",
    "old_inner_pair",
    "best_of_place",
    "sum_chance",
    "surname",
    "after_surname",
    "new_surname",
    "topic_new",
    "topic_old",
    "topic_gain",
    "bond_new",
    "bond_old",
    "again_new",
    "again_old",
)
BACKWARD = ("backward", "smaller", "old_backward", "new_backward")


def rows(
    batch: Batch, changes: Changes, scored: Gains, document: NDArray[np.int64] | None = None
) -> NDArray[np.float32]:
    """One row a candidate. ``document`` says which sentences belong together; by default each stands alone."""
    ids = batch.ids
    start, end, length = changes.start, changes.end, changes.length.astype(np.int64)
    home = np.where(batch.sentence[start] >= 0, start, start - 1)
    sentence = batch.sentence[home]
    width = end - start
    last_old = np.maximum(end - 1, start)
    left, right = ids[start - 1], ids[end]
    new_first = np.where(length > 0, changes.new[:, 0].astype(np.int64), right)
    new_last = np.where(
        length > 0, changes.new[np.arange(len(changes)), np.maximum(length - 1, 0)].astype(np.int64), left
    )
    surname = batch.tables.surname
    unigrams = batch.tables.likelihood.unigrams
    grams = batch.tables.likelihood.grams

    def pair(one: NDArray[np.int64], two: NDArray[np.int64]) -> NDArray[np.float32]:
        return grams.find(extend(one.astype(np.uint64), two)).astype(np.float32)

    def mean(sums: NDArray[np.float64], first: NDArray[np.int64], stop: NDArray[np.int64]) -> NDArray[np.float32]:
        average: NDArray[np.float32] = ((sums[stop] - sums[first]) / np.maximum(stop - first, 1)).astype(np.float32)
        return average

    def reach(place: NDArray[np.int64], ahead: bool) -> NDArray[np.float32]:
        longest = np.zeros(len(place), np.float32)
        for n in (2, 3, 4, 5):
            at = place + n - 1 if ahead else place
            longest = np.where(batch.levels[n][at] > 0, n, longest)
        return longest

    two = np.where(length > 1, changes.new[:, 1].astype(np.int64), right)
    new_string = extend(extend(left.astype(np.uint64), new_first), np.where(length > 0, two, ids[end + 1]))
    old_string = extend(extend(left.astype(np.uint64), ids[start]), ids[start + 1])
    lone = np.arange(len(batch.starts)) if document is None else document
    repeated_new, repeated_old = _repeated(batch, lone, sentence, new_string, old_string)
    again_new, again_old = _again(batch, lone, changes, sentence)
    topic_new, topic_old = _topic(batch, changes)
    total = float(unigrams.sum())
    counts = grams.counts[2]

    def bond(one: NDArray[np.int64], two: NDArray[np.int64], level: NDArray[np.float32]) -> NDArray[np.float32]:
        """How much oftener two characters stand together than chance would have it."""
        expected = unigrams[one] * unigrams[two] / total
        seen = counts[np.maximum(level, 0).astype(np.int64)] + 0.5
        bound: NDArray[np.float32] = np.log(seen / (expected + 0.5)).astype(np.float32)
        return bound

    new_pairs = pair(left, new_first), pair(new_last, right)
    old_pairs = batch.levels[2][start].astype(np.float32), batch.levels[2][end].astype(np.float32)
    bond_new = np.maximum(bond(left, new_first, new_pairs[0]), bond(new_last, right, new_pairs[1]))
    bond_old = np.maximum(bond(left, ids[start], old_pairs[0]), bond(ids[np.maximum(end - 1, 0)], right, old_pairs[1]))
    lead, rivals, best = _rivals(changes, scored.adjusted, len(ids))
    doubled = np.zeros(len(changes), np.float32)
    for n in range(1, 5):
        same = np.flatnonzero((changes.kind == Kind.EXTRA) & (width == n))
        for offset in (-n, n):
            again = np.ones(len(same), dtype=bool)
            for step in range(n):
                again &= ids[start[same] + step] == ids[start[same] + step + offset]
            doubled[same] = np.maximum(doubled[same], again)
    closed = batch.closed & (batch.sentence >= 0)
    near = closed[start - 1] * 1.0 + closed[end] * 1.0
    cost = batch.mean_cost[sentence]
    inner_new = np.where(length > 1, pair(new_first, changes.new[:, 1].astype(np.int64)), -1)
    inner_old = np.where(width > 1, batch.levels[2][np.minimum(start + 1, len(ids) - 1)], -1)
    columns = {
        "kind": changes.kind,
        "sound": changes.grade & 3,
        "shared": (changes.grade & SHARED) > 0,
        "corners": (changes.grade & CORNERS) > 0,
        "tone": (changes.grade & TONE) > 0,
        "forward": scored.forward,
        "backward": scored.backward,
        "smaller": np.minimum(scored.forward, scored.backward),
        "adjusted": scored.adjusted,
        "old_forward": mean(batch.forward_sum, start, np.maximum(end, start + 1)),
        "old_backward": mean(batch.backward_sum, np.minimum(start, last_old), last_old + 1),
        "new_forward": scored.new_forward,
        "new_backward": scored.new_backward,
        "new3": scored.new_known[:, 0],
        "new4": scored.new_known[:, 1],
        "new5": scored.new_known[:, 2],
        "old3": scored.old_known[:, 0],
        "old4": scored.old_known[:, 1],
        "old5": scored.old_known[:, 2],
        "left_reach": scored.left_reach,
        "right_reach": scored.right_reach,
        "old_left_reach": reach(last_old, False),
        "old_right_reach": reach(start, True),
        "new_length": length,
        "old_length": width,
        "old_count": np.log(unigrams[ids[start]]),
        "new_count": np.log(unigrams[new_first]),
        "lead": lead,
        "place": (start - batch.starts[sentence]) / np.maximum(batch.ends[sentence] - batch.starts[sentence], 1),
        "rivals": rivals,
        "mean_cost": cost,
        "sentence_length": batch.ends[sentence] - batch.starts[sentence],
        "repeated_new": repeated_new,
        "repeated_old": repeated_old,
        "doubled": doubled,
        "left_class": _class(left),
        "right_class": _class(right),
        "new_left_pair": new_pairs[0],
        "new_right_pair": new_pairs[1],
        "old_left_pair": old_pairs[0],
        "old_right_pair": old_pairs[1],
        "cost_left": -mean(batch.forward_sum, np.maximum(start - 4, 0), start),
        "cost_right": -mean(batch.backward_sum, end, np.minimum(end + 4, len(ids))),
        "old_rare": ids[start] == RARE,
        "from_start": np.minimum(start - batch.starts[sentence], 10),
        "to_end": np.minimum(batch.ends[sentence] - end, 10),
        "near_closed": near,
        "old_pair_expected": np.log(unigrams[left]) - np.log(unigrams[right]),
        "inner_pair": inner_new,
        "old_inner_pair": inner_old,
        "best_of_place": best,
        "surname": surname[ids[start]],
        "after_surname": surname[left] + 2 * surname[ids[start - 2]],
        "new_surname": surname[new_first],
        "topic_new": topic_new,
        "topic_old": topic_old,
        "topic_gain": topic_new - topic_old,
        "bond_new": bond_new,
        "bond_old": bond_old,
        "again_new": again_new,
        "again_old": again_old,
        "sum_chance": (scored.forward + scored.backward) / np.maximum(np.maximum(length, width), 1),
    }
    table = np.empty((len(changes), len(NAMES)), dtype=np.float32)
    for column, name in enumerate(NAMES):
        table[:, column] = columns[name]
    return table


def _class(neighbour: NDArray[np.int64]) -> NDArray[np.float32]:
    """字类: edge 1, rare 2, digit 3, Latin 4, blank 5, masked 6; a single character 8, a closed class of its own."""
    known = np.where(neighbour >= FIRST, FIRST, neighbour)
    return np.where((neighbour == DIGIT) | (neighbour == LATIN) | (neighbour == MASKED), neighbour, known).astype(
        np.float32
    )


def _repeated(
    batch: Batch,
    document: NDArray[np.int64],
    sentence: NDArray[np.int32],
    new: NDArray[np.uint64],
    old: NDArray[np.uint64],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How often the string of three after and before the change occurs in the document, this place aside."""
    ids = batch.ids
    home = np.where(batch.sentence[1:-1] >= 0, batch.sentence[1:-1], 0)
    salt = np.uint64(0x2545F4914F6CDD1D)
    hashes = extend(extend(ids[:-2].astype(np.uint64), ids[1:-1]), ids[2:]) + document[home].astype(np.uint64) * salt
    hashes = np.sort(hashes[batch.sentence[1:-1] >= 0])
    own = document[sentence].astype(np.uint64) * salt

    def times(asked: NDArray[np.uint64]) -> NDArray[np.float32]:
        wanted = asked + own
        return (np.searchsorted(hashes, wanted, side="right") - np.searchsorted(hashes, wanted)).astype(np.float32)

    return np.minimum(times(new), 5), np.minimum(np.maximum(times(old) - 1, 0), 5)


def _again(
    batch: Batch, document: NDArray[np.int64], changes: Changes, sentence: NDArray[np.int32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How often the pairs at the edges of the new words occur in the document, and those of the old elsewhere."""
    ids, start, end = batch.ids, changes.start, changes.end
    inside = (batch.sentence[1:] >= 0) & (ids[1:] >= FIRST) & (ids[:-1] >= FIRST)
    salt = np.uint64(0x2545F4914F6CDD1D)
    home = np.where(batch.sentence[1:] >= 0, batch.sentence[1:], 0)
    hashes = np.sort((extend(ids[:-1].astype(np.uint64), ids[1:]) + document[home].astype(np.uint64) * salt)[inside])
    own = document[sentence].astype(np.uint64) * salt

    def times(one: NDArray[np.int64], two: NDArray[np.int64]) -> NDArray[np.float32]:
        wanted = extend(one.astype(np.uint64), two) + own
        found = np.searchsorted(hashes, wanted, side="right") - np.searchsorted(hashes, wanted)
        few: NDArray[np.float32] = np.minimum(found, 5).astype(np.float32)
        return few

    length = changes.length.astype(np.int64)
    first = np.where(length > 0, changes.new[:, 0].astype(np.int64), ids[end])
    last = np.where(length > 0, changes.new[np.arange(len(changes)), np.maximum(length - 1, 0)], ids[start - 1])
    inner = np.where(length > 1, times(first, changes.new[:, 1].astype(np.int64)), 0)
    new = np.maximum(times(ids[start - 1], first) + times(last.astype(np.int64), ids[end]), inner * 2)
    old = np.maximum(times(ids[start - 1], ids[start]) - 1, 0) + np.maximum(times(ids[end - 1], ids[end]) - 1, 0)
    return new.astype(np.float32), old.astype(np.float32)


def _topic(batch: Batch, changes: Changes) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How well the new words and the old go with what stands around, in the mean of their characters."""
    topic, ids = batch.tables.topic, batch.ids
    places, row = np.unique(np.c_[changes.start, changes.end], axis=0, return_inverse=True)
    around = topic.around(ids, batch.sentence, places[:, 0], places[:, 1])
    row = row.ravel()
    length, width = changes.length.astype(np.int64), changes.end - changes.start
    new, old = np.zeros(len(changes), np.float32), np.zeros(len(changes), np.float32)
    for at in range(4):
        has = np.flatnonzero(length > at)
        new[has] += topic.fit(around, row[has], changes.new[has, at].astype(np.int64))
        had = np.flatnonzero(width > at)
        old[had] += topic.fit(around, row[had], ids[changes.start[had] + at])
    return new / np.maximum(length, 1), old / np.maximum(width, 1)


def _rivals(
    changes: Changes, worth: NDArray[np.float32], size: int
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Lead over the best other candidate at the same place, how many overlap it, and the best worth there."""
    first = np.full(size + 8, -50.0, dtype=np.float32)
    np.maximum.at(first, changes.start, worth)
    second = np.full(size + 8, -50.0, dtype=np.float32)
    lower = worth < first[changes.start]
    np.maximum.at(second, changes.start[lower], worth[lower])
    around = np.full(len(changes), -50.0, dtype=np.float32)
    for offset in range(-3, 4):
        place = changes.start + offset
        touches = offset < np.maximum(changes.end - changes.start, 1) if offset > 0 else True
        value = np.where((offset == 0) & (worth >= first[place]), second[place], first[place])
        around = np.where(touches, np.maximum(around, value), around)
    number = np.bincount(changes.start, minlength=size + 8)
    total = np.r_[0, np.cumsum(number)]
    count = total[np.minimum(changes.end + 2, size + 8)] - total[np.maximum(changes.start - 2, 0)]
    return worth - around, count.astype(np.float32), first[changes.start]
