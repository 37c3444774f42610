"""候选：what a place might have been meant to say: proposed by the hundred, thinned by strings of two and three."""

from __future__ import annotations

from enum import IntEnum
from itertools import product

import numpy as np
from numpy.typing import NDArray

from .alphabet import FIRST
from .batch import Batch
from .ngrams import extend
from .tables import CORNERS, FUZZY, SAME, SHARED, sound_key
from .windows import Changes, Gains, gains

Places = NDArray[np.int64]


class Kind(IntEnum):
    """错误种类."""

    CHARACTER = 0  # 别字
    WORD = 1  # 别词
    EXTRA = 2  # 多字
    MISSING = 3  # 漏字
    ORDER = 4  # 语序


KEPT = {Kind.CHARACTER: 6, Kind.WORD: 3, Kind.EXTRA: 1, Kind.MISSING: 3, Kind.ORDER: 1}  # a place (a length, for 多字)
STRETCH = 100  # in every hundred characters of a sentence at most so many of each kind are kept:
A_STRETCH = {Kind.CHARACTER: 40, Kind.WORD: 12, Kind.EXTRA: 14, Kind.MISSING: 12, Kind.ORDER: 4}
CLOSE_LOOKS = 12  # look-alikes and sound-alikes of a place that get the full look; of others half as many
KNOWN_ALONE = 6  # level from which a string of three on one side is enough to put a character in
KNOWN_WELL = 5  # level from which a pair is enough for the two that a character taken out leaves side by side
SETTLED = np.float32(np.log(0.2))  # both directions expect what is written: no look-alikes are tried


def propose(batch: Batch) -> tuple[Changes, Gains]:
    """Candidates of a batch with their gains, thinned to the best of each place and sentence."""
    parts = [characters(batch), words(batch), extra(batch), missing(batch), order(batch)]
    changes = Changes.join(parts)
    scored = gains(batch, changes)
    kept = thin(batch, changes, scored)
    return changes.take(kept), _take(scored, kept)


def _take(scored: Gains, kept: Places) -> Gains:
    return Gains(*(getattr(scored, name)[kept] for name in Gains.__slots__))


def _make(
    start: Places,
    end: Places,
    new: NDArray[np.int64] | NDArray[np.uint16],
    kind: Kind,
    grade: NDArray[np.uint8] | None = None,
) -> Changes:
    size = len(start)
    wide = np.zeros((size, 4), dtype=np.uint16)
    wide[:, : new.shape[1]] = new
    return Changes(
        start,
        end,
        wide,
        np.full(size, new.shape[1], np.int8),
        np.full(size, kind, np.int8),
        np.zeros(size, np.uint8) if grade is None else grade,
    )


def characters(batch: Batch) -> Changes:
    """别字: look-alikes and sound-alikes, and characters seen between the two neighbours."""
    table, ids = batch.tables.confusion, batch.ids
    places = batch.open_places
    places = places[(batch.forward[places] < SETTLED) | (batch.backward[places] < SETTLED)]
    written = ids[places]
    first, count = table.start[written].astype(np.int64), np.diff(table.start)[written].astype(np.int64)
    entry = np.repeat(first - np.r_[0, np.cumsum(count)[:-1]], count) + np.arange(count.sum())
    place = np.repeat(places, count)
    new, grade = table.other[entry].astype(np.int64), table.kind[entry]
    alike_in_sound = (grade & 3) == SAME
    seen_left = _pair(batch, ids[place - 1], new)
    seen_right = _pair(batch, new, ids[place + 1])
    good = (seen_left > 0) & (seen_right > 0) | (np.maximum(seen_left, seen_right) > np.where(alike_in_sound, 1, 3))
    place, new, grade = place[good], new[good], grade[good]
    between_place, between_new = _between(batch, places, places - 1, places + 1)
    differs = (between_new != ids[between_place]) & ~batch.tables.negation[between_new]
    place = np.r_[place, between_place[differs]]
    new = np.r_[new, between_new[differs]]
    grade = np.r_[grade, np.zeros(int(differs.sum()), np.uint8)]
    _, unique = np.unique(place * batch.tables.alphabet.size + new, return_index=True)  # the first: it has a grade
    place, new, grade = place[unique], new[unique], grade[unique]
    fact, same = batch.tables.fact, (grade & 3) == SAME
    free = ~fact[new] & ~fact[ids[place]] | same & (fact[new] != fact[ids[place]])
    free &= ~batch.tables.negation[new] | same
    place, new, grade = place[free], new[free], grade[free]
    score = _quick(batch, place, place + 1, new) + (grade & 3) * 1.1 + ((grade & 12) > 0) * 1.0
    score += 0.1 * (_pair(batch, ids[place - 1], new) + _pair(batch, new, ids[place + 1]))
    worth = score > 0
    place, new, grade, score = place[worth], new[worth], grade[worth], score[worth]
    alike = grade > 0
    best = np.union1d(
        np.flatnonzero(alike)[_best(place[alike], score[alike], CLOSE_LOOKS)],
        np.flatnonzero(~alike)[_best(place[~alike], score[~alike], CLOSE_LOOKS // 2)],
    )
    place, new, grade = place[best], new[best], grade[best]
    return _make(place, place + 1, new[:, None], Kind.CHARACTER, grade)


def _quick(batch: Batch, place: Places, after: Places, new: Places) -> NDArray[np.float32]:
    """Levels of the three strings of three around a new character, less those of what is written."""
    ids, grams = batch.ids, batch.tables.likelihood.grams
    l2, l1, r1, r2 = (ids[place - 2], ids[place - 1], ids[after], ids[after + 1])
    total = np.zeros(len(place), dtype=np.float32)
    for one, two, three in ((l2, l1, new), (l1, new, r1), (new, r1, r2)):
        hashes = extend(extend(one.astype(np.uint64), two), three)
        total += grams.find(hashes)
    three_levels = batch.levels[3].astype(np.float32)
    if len(place) and (after == place).all():
        return total - (three_levels[place] + three_levels[place + 1])
    return total - (three_levels[place] + three_levels[place + 1] + three_levels[place + 2])


def _pair(batch: Batch, one: Places, two: Places) -> NDArray[np.int8]:
    return batch.tables.likelihood.grams.find(extend(one.astype(np.uint64), two))


def _between(
    batch: Batch, places: Places, left: Places, right: Places, *, alone: bool = False
) -> tuple[Places, Places]:
    """Characters often seen after the left neighbour or before the right one, and known between both.

    ``alone``: or well known after the two on the left, or before the two on the right.
    """
    after = batch.tables.after[batch.ids[left]]
    before = batch.tables.before[batch.ids[right]]
    offered = np.hstack([after, before]).astype(np.int64)
    place = np.repeat(places, offered.shape[1])
    new = offered.ravel()
    given = new >= FIRST
    place, new = place[given], new[given]
    gap = np.repeat(right - left, offered.shape[1])[given]
    shift = np.repeat(places - left, offered.shape[1])[given]
    l1 = batch.ids[place - shift]
    r1 = batch.ids[place - shift + gap]
    level = batch.tables.likelihood.grams.find(extend(extend(l1.astype(np.uint64), new), r1))
    good = level >= 2
    if alone:
        l2, r2 = batch.ids[place - shift - 1], batch.ids[place - shift + gap + 1]
        rest = np.flatnonzero(~good)
        good[rest] = _triple(batch, l2[rest], l1[rest], new[rest]) >= KNOWN_ALONE
        rest = np.flatnonzero(~good)
        good[rest] = _triple(batch, new[rest], r1[rest], r2[rest]) >= KNOWN_ALONE
    return place[good], new[good]


def words(batch: Batch) -> Changes:
    """别词: words that sound alike and share at most one character with what is written."""
    ids = batch.ids
    parts = []
    for length, table in batch.tables.words.items():
        if not len(table.keys):
            continue
        last = len(ids) - length
        window = np.lib.stride_tricks.sliding_window_view(ids, length)[:last]
        free = ~np.lib.stride_tricks.sliding_window_view(batch.closed, length)[:last].any(1)
        start, keys = _said(batch, window, np.flatnonzero(free))
        low = np.searchsorted(table.keys, keys, side="left")
        count = np.searchsorted(table.keys, keys, side="right") - low
        entry = np.repeat(low - np.r_[0, np.cumsum(count)[:-1]], count) + np.arange(count.sum())
        start = np.repeat(start, count)
        new = table.words[entry].astype(np.int64)
        differs = new != ids[start[:, None] + np.arange(length)]
        good = (differs.sum(1) >= 2) & ~batch.tables.fact[window[start]].any(1)
        start, new, differs = start[good], new[good], differs[good]
        seen = (_pair(batch, ids[start - 1], new[:, 0]) > 0) | (_pair(batch, new[:, -1], ids[start + length]) > 0)
        for inner in range(1, length):  # what is written is no word
            seen |= batch.levels[2][start + inner] == 0
        start, new, differs = start[seen], new[seen], differs[seen]
        for first, stop in ((0, length), (1, length), (0, length - 1)):  # an edge that agrees is no part of the change
            own = np.flatnonzero((differs.argmax(1) == first) & (length - differs[:, ::-1].argmax(1) == stop))
            cut = new[own, first:stop]
            grade = np.full(len(own), FUZZY, np.uint8)
            parts.append(_make(start[own] + first, start[own] + stop, cut, Kind.WORD, grade))
    if not parts:
        return _make(*_nothing(), Kind.WORD)
    found = Changes.join(parts)
    _, once = np.unique(np.c_[found.start, found.end, found.new], axis=0, return_index=True)
    return found.take(np.sort(once))


def _said(batch: Batch, window: NDArray[np.int64], start: Places) -> tuple[Places, NDArray[np.uint64]]:
    """Every way to say the windows that begin at ``start``: their places and the keys of their sounds."""
    syllable = batch.tables.syllable
    starts, keys = [], []
    for way in product(range(len(syllable)), repeat=window.shape[1]):
        own = start
        for column, reading in enumerate(way):
            own = own[syllable[reading, window[own, column]] > 0]
        said = np.stack([syllable[reading, window[own, column]] for column, reading in enumerate(way)], axis=1)
        starts.append(own)
        keys.append(sound_key(said))
    return np.concatenate(starts), np.concatenate(keys)


def extra(batch: Batch) -> Changes:
    """多字: one to four characters taken out, where what is left is known."""
    parts = []
    for length in range(1, 5):
        closed = np.lib.stride_tricks.sliding_window_view(batch.closed, length)
        facts = np.lib.stride_tricks.sliding_window_view(batch.tables.fact[batch.ids], length)
        start = np.flatnonzero(~closed.any(1) & ~facts.any(1))
        start = start[start < len(batch.ids) - 8]
        # Where the stretch may as well begin one place earlier, taking it out there gives the same text.
        same = (batch.ids[start - 1] == batch.ids[start + length - 1]) & (batch.ids[start - 1] >= FIRST)
        start = start[~same | batch.closed[start - 1]]
        joined = _pair(batch, batch.ids[start - 1], batch.ids[start + length])
        start = start[joined > 0]
        around = batch.ids[start - 2], batch.ids[start - 1], batch.ids[start + length], batch.ids[start + length + 1]
        level = _triple(batch, *around[:3]) | _triple(batch, *around[1:])
        start = start[(level > 0) | ((length == 1) & (joined[joined > 0] >= KNOWN_WELL))]
        parts.append(_make(start, start + length, np.zeros((len(start), 0), np.int64), Kind.EXTRA))
    return Changes.join(parts)


def _triple(batch: Batch, one: Places, two: Places, three: Places) -> NDArray[np.int8]:
    return batch.tables.likelihood.grams.find(extend(extend(one.astype(np.uint64), two), three))


def missing(batch: Batch) -> Changes:
    """漏字: a character known between the two neighbours."""
    gap = np.flatnonzero((batch.sentence >= 0) & ~batch.closed)
    after = np.flatnonzero((batch.sentence[:-1] >= 0) & ~batch.closed[:-1]) + 1
    gap = np.union1d(gap, after)
    inner = (batch.sentence[gap - 1] >= 0) & (batch.sentence[gap] >= 0)
    gap = gap[~inner | ~(batch.closed[gap - 1] & batch.closed[gap])]
    gap = gap[(batch.forward[gap] < SETTLED) | (batch.backward[gap - 1] < SETTLED)]
    place, new = _between(batch, gap, gap - 1, gap, alone=True)
    other = (new != batch.ids[place - 1]) & ~batch.tables.fact[new]  # the same text as putting it one place earlier
    place, new = place[other], new[other]
    _, unique = np.unique(place * batch.tables.alphabet.size + new, return_index=True)
    place, new = place[unique], new[unique]
    score = _quick(batch, place, place, new)
    best = _best(place, score, 6)
    place, new = place[best], new[best]
    return Changes.join([_make(place, place, new[:, None], Kind.MISSING), missing_words(batch, gap)])


def missing_words(batch: Batch, gap: Places) -> Changes:
    """漏词: two characters, where no string of four over the gap is known and all of three with the two are."""
    ids = batch.ids
    odd = np.ones(len(gap), dtype=bool)
    for behind in (1, 2, 3):  # how many of the four stand behind the gap
        odd &= batch.levels[4][gap + behind - 1] == 0
    gap = gap[odd]
    after = batch.tables.after[ids[gap - 1]].astype(np.int64)
    before = batch.tables.before[ids[gap]].astype(np.int64)
    usable = batch.tables.alphabet.chinese & ~batch.tables.fact & ~batch.tables.negation
    begins, ends = usable[after], usable[before]
    row, column = np.nonzero(begins)
    begins[row, column] = _triple(batch, ids[gap[row] - 2], ids[gap[row] - 1], after[row, column]) > 0
    row, column = np.nonzero(ends)
    ends[row, column] = _triple(batch, before[row, column], ids[gap[row]], ids[gap[row] + 1]) > 0
    row, one, two = np.nonzero(begins[:, :, None] & ends[:, None, :])
    place, first, second = gap[row], after[row, one], before[row, two]
    good = _triple(batch, ids[place - 1], first, second) > 0
    good &= (first != ids[place - 1]) & (second != ids[place])  # the same text as others put in one place further
    place, first, second = place[good], first[good], second[good]
    good = _triple(batch, first, second, ids[place]) > 0
    place, first, second = place[good], first[good], second[good]
    return _make(place, place, np.c_[first, second], Kind.MISSING)


def order(batch: Batch) -> Changes:
    """语序: two neighbouring blocks of one or two characters, the other way round."""
    ids = batch.ids
    parts = []
    known = (ids >= FIRST) & ~batch.tables.fact[ids]
    for one, two in ((1, 1), (1, 2), (2, 1), (2, 2)):
        width = one + two
        free = ~np.lib.stride_tricks.sliding_window_view(batch.closed | ~known, width).any(1)
        start = np.flatnonzero(free)
        turned = [*range(one, width), *range(one)]
        new = ids[start[:, None] + np.array(turned)]
        good = (_pair(batch, ids[start - 1], new[:, 0]) > 0) | (_pair(batch, new[:, -1], ids[start + width]) > 0)
        for column in range(1, width):
            good[good] = _pair(batch, new[good, column - 1], new[good, column]) > 0
        good &= (new != ids[start[:, None] + np.arange(width)]).any(1)
        start, new = start[good], new[good]
        good = _triple(batch, ids[start - 1], new[:, 0], new[:, 1]) > 0
        good |= _triple(batch, new[:, -2], new[:, -1], ids[start + width]) > 0
        good |= _pair(batch, new[:, 0], new[:, 1]) > KNOWN_WELL
        parts.append(_make(start[good], start[good] + width, new[good], Kind.ORDER))
    return Changes.join(parts)


def _nothing() -> tuple[Places, Places, NDArray[np.int64]]:
    empty = np.zeros(0, np.int64)
    return empty, empty, np.zeros((0, 1), np.int64)


def _best(group: Places, score: NDArray[np.float32], most: int) -> Places:
    """Indices of the ``most`` best of each group."""
    if not len(group):
        return np.zeros(0, np.int64)
    rank = np.lexsort((-score, group))
    ordered = group[rank]
    first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    number = np.arange(len(rank)) - np.repeat(first, np.diff(np.r_[first, len(rank)]))
    return np.sort(rank[number < most])


LEAST_GAIN = np.float32(-2.0)
ALIKE = np.array([0.0, 1.5, 3.5, 6.5], dtype=np.float32)  # by grade of sound
OF_SHAPE = np.float32(2.0)  # for a shared part, and again for four corners


def thin(batch: Batch, changes: Changes, scored: Gains) -> Places:
    """The best of each place and kind, then of each sentence, by gain adjusted for length."""
    home = np.where(batch.sentence[changes.start] >= 0, changes.start, changes.start - 1)
    sentence = batch.sentence[home].astype(np.int64)
    stretch = sentence * len(batch.ids) + (home - batch.starts[sentence]) // STRETCH
    shape = ((changes.grade & SHARED) > 0).astype(np.float32) + ((changes.grade & CORNERS) > 0)
    worth = scored.adjusted + ALIKE[changes.grade & 3] + OF_SHAPE * shape
    kept = []
    for kind, most in KEPT.items():
        rows = np.flatnonzero((changes.kind == kind) & (scored.adjusted > LEAST_GAIN))
        group = changes.start[rows]
        if kind is Kind.EXTRA:
            group = group * 5 + (changes.end - changes.start)[rows]
        rows = rows[_best(group, worth[rows], most)]
        kept.append(rows[_best(stretch[rows], worth[rows], A_STRETCH[kind])])
    return np.sort(np.concatenate(kept))
