"""判别树的训练：candidates in sentences with made errors, labelled by whether they undo one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from tianping.text.proofread.batch import Batch
from tianping.text.proofread.candidates import propose
from tianping.text.proofread.features import NAMES, rows
from tianping.text.proofread.masks import hide_people, mask
from tianping.text.proofread.tables import Tables
from tianping.text.proofread.trees import Trees

from .injector import Injected

GROVES = 2
AT_ONCE = 400  # sentences of a batch
PARAMETERS = {
    "objective": "binary",
    "num_leaves": 63,
    "learning_rate": 0.06,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "verbosity": -1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "max_bin": 127,
}


def distance(one: str, other: str) -> int:
    """编辑距离, a column of the grid at a time in the bits of one number (Myers 1999, Hyyrö 2001)."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    stop = 0
    while stop < min(len(one), len(other)) - start and one[-1 - stop] == other[-1 - stop]:
        stop += 1
    one, other = one[start : len(one) - stop], other[start : len(other) - stop]
    if not one or not other:
        return len(one) + len(other)
    places: dict[str, int] = {}
    for at, character in enumerate(one):
        places[character] = places.get(character, 0) | 1 << at
    every, last = (1 << len(one)) - 1, 1 << len(one) - 1
    rises, falls, result = every, 0, len(one)
    for character in other:
        match = places.get(character, 0)
        diagonal = ((match & rises) + rises ^ rises) | match | falls
        up = falls | ~(diagonal | rises) & every
        down = diagonal & rises
        result += bool(up & last) - bool(down & last)
        up = (up << 1 | 1) & every
        rises = down << 1 & every | ~(diagonal | up) & every
        falls = up & diagonal
    return result


def is_right(source: str, target: str, start: int, end: int, new: str, away: int) -> bool:
    """Whether applying the change brings the sentence, ``away`` from its target, nearer by all the change costs."""
    changed = source[:start] + new + source[end:]
    return distance(changed, target) == away - distance(source[start:end], new)


def examples(
    tables: Tables, sentences: Sequence[Injected], say: Callable[[str], None], document: int = 10
) -> tuple[NDArray[np.float32], NDArray[np.int8]]:
    """Rows and labels; every second batch is read as documents of ten sentences, the others sentence by sentence."""
    table, label = [], []
    for number, at in enumerate(range(0, len(sentences), AT_ONCE)):
        part = sentences[at : at + AT_ONCE]
        batch = Batch.of(tables, [hide_people(one.source) for one in part], [mask(one.source) for one in part])
        changes, scored = propose(batch)
        whole = np.arange(len(part)) // document if number % 2 else None
        table.append(rows(batch, changes, scored, whole))
        home = np.where(batch.sentence[changes.start] >= 0, changes.start, changes.start - 1)
        sentence = batch.sentence[home]
        offset = batch.starts[sentence]
        right = np.zeros(len(changes), np.int8)
        away = [distance(one.source, one.target) for one in part]
        for i, (s, a, b) in enumerate(zip(sentence, changes.start - offset, changes.end - offset, strict=True)):
            one = part[s]
            if away[s]:
                new = tables.alphabet.text(changes.new[i, : changes.length[i]].astype(np.int64))
                right[i] = is_right(one.source, one.target, int(a), int(b), new, away[s])
        label.append(right)
        if number % 10 == 9:
            say(f"判别树样本 {at + len(part)}/{len(sentences)} 句")
    return np.concatenate(table), np.concatenate(label)


def train(table: NDArray[np.float32], label: NDArray[np.int8], seed: int, count: int = 300) -> Trees:
    """The trees as arrays: ``GROVES`` times ``count`` trees, each grove of another seed, and their mean."""
    import lightgbm

    data = lightgbm.Dataset(table, label, feature_name=list(NAMES), params={"max_bin": PARAMETERS["max_bin"]})
    data.construct()  # here, so that the bins do not hang on the seed
    trees: list[dict[str, object]] = []
    for grove in range(GROVES):
        booster = lightgbm.train({**PARAMETERS, "seed": seed + grove}, data, num_boost_round=count)
        trees += booster.dump_model()["tree_info"]
    return exported(trees, 1 / GROVES)


def exported(dumped: Sequence[dict[str, object]], share: float = 1.0) -> Trees:
    """LightGBM's own description of its trees, as arrays; leaves count by ``share``."""
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    right: list[int] = []
    value: list[float] = []
    deepest = 0

    def add(node: dict[str, object], depth: int) -> int:
        nonlocal deepest
        at = len(feature)
        feature.append(0)
        threshold.append(0.0)
        left.append(at)
        right.append(at)
        value.append(0.0)
        deepest = max(deepest, depth)
        if "leaf_value" in node and "split_feature" not in node:
            value[at] = share * float(node["leaf_value"])  # type: ignore[arg-type]
            return at
        feature[at] = int(node["split_feature"])  # type: ignore[call-overload]
        threshold[at] = float(node["threshold"])  # type: ignore[arg-type]
        left[at] = add(node["left_child"], depth + 1)  # type: ignore[arg-type]
        right[at] = add(node["right_child"], depth + 1)  # type: ignore[arg-type]
        return at

    roots = [add(tree["tree_structure"], 0) for tree in dumped]  # type: ignore[arg-type]
    # A threshold rounded to single precision must not fall below the double it stands for.
    single = np.array(threshold, dtype=np.float32)
    low = single.astype(np.float64) < np.array(threshold)
    single[low] = np.nextafter(single[low], np.float32(np.inf))
    return Trees(
        np.array(roots, np.int32),
        np.array(feature, np.int16),
        single,
        np.array(left, np.int32),
        np.array(right, np.int32),
        np.array(value, np.float32),
        deepest,
    )
