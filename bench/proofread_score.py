"""校对评分：edits as ChERRANT counts them for LawBench 2-1, sentences as spelling correction papers count them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Edit = tuple[int, int, str]
BLOCK = 8  # longest pair of neighbouring blocks seen as one swap
RUN_ON = 5  # characters by which an answer may outgrow the reference before it is cut


def edits(source: str, target: str) -> list[Edit]:
    """The least edits that make one of the other, neighbouring ones joined; a swap of blocks is one."""
    first, last = 0, 0
    while first < min(len(source), len(target)) and source[first] == target[first]:
        first += 1
    while last < min(len(source), len(target)) - first and source[-1 - last] == target[-1 - last]:
        last += 1
    old, new = source[first : len(source) - last], target[first : len(target) - last]
    joined: list[Edit] = []
    for start, end, text in _steps(old, new):
        if joined and joined[-1][1] == start + first:
            joined[-1] = (joined[-1][0], end + first, joined[-1][2] + text)
        else:
            joined.append((start + first, end + first, text))
    return [edit for edit in joined if source[edit[0] : edit[1]] != edit[2]]


def _steps(old: str, new: str) -> list[Edit]:
    """Cheapest way through the grid of both strings, unchanged stretches left out."""
    rows, columns = len(old) + 1, len(new) + 1
    cost = [[0.0] * columns for _ in range(rows)]
    came: list[list[tuple[int, int]]] = [[(0, 0)] * columns for _ in range(rows)]
    for i in range(rows):
        for j in range(columns):
            ways: list[tuple[float, tuple[int, int]]] = []
            if i and j:
                ways.append((cost[i - 1][j - 1] + (old[i - 1] != new[j - 1]), (1, 1)))
            if i:
                ways.append((cost[i - 1][j] + 1, (1, 0)))
            if j:
                ways.append((cost[i][j - 1] + 1, (0, 1)))
            ways += [
                (cost[i - size][j - size] + 1 + 0.05 * size, (size, size))
                for size in range(2, min(i, j, BLOCK) + 1)
                if _turned(old[i - size : i], new[j - size : j])
            ]
            for price, way in ways:
                if came[i][j] == (0, 0) or price < cost[i][j] - 1e-9:
                    cost[i][j], came[i][j] = price, way
    i, j = len(old), len(new)
    steps: list[Edit] = []
    while i or j:
        back, across = came[i][j]
        if old[i - back : i] != new[j - across : j]:
            steps.append((i - back, i, new[j - across : j]))
        i, j = i - back, j - across
    return steps[::-1]


def _turned(one: str, other: str) -> bool:
    return one != other and any(one[cut:] + one[:cut] == other for cut in range(1, len(one)))


def measure(right: int, said: int, wanted: int, beta: float) -> dict[str, float]:
    precision = right / said if said else 0.0
    recall = right / wanted if wanted else 0.0
    weight = beta * beta
    both = (1 + weight) * precision * recall / (weight * precision + recall) if precision + recall else 0.0
    return {"P": round(100 * precision, 1), "R": round(100 * recall, 1), f"F{beta:g}": round(100 * both, 1)}


def score(rows: Iterable[Sequence[str]]) -> dict[str, Any]:
    """Edit and sentence scores of (source, target, proposed) triples, and false edits on sentences that were right."""
    right = said = wanted = 0
    sentences = {"right": 0, "changed": 0, "wrong": 0}
    clean = {"sentences": 0, "changed": 0, "characters": 0, "edits": 0}
    for source, target, proposed in rows:
        proposed = proposed[: len(target) + RUN_ON]
        gold, own = edits(source, target), edits(source, proposed)
        right += len(set(gold) & set(own))
        said, wanted = said + len(own), wanted + len(gold)
        sentences["right"] += bool(gold and own and proposed == target)
        sentences["changed"] += bool(own)
        sentences["wrong"] += bool(gold)
        if not gold:
            clean["sentences"] += 1
            clean["changed"] += bool(own)
            clean["characters"] += len(source)
            clean["edits"] += len(own)
    result: dict[str, Any] = {}
    if wanted:
        result["edits"] = {"right": right, "said": said, "wanted": wanted, **measure(right, said, wanted, 0.5)}
        result["sentences"] = measure(sentences["right"], sentences["changed"], sentences["wrong"], 1.0)
    if clean["characters"]:
        per = 1000 * clean["edits"] / clean["characters"]
        result["clean"] = {**clean, "false_edits_per_1000": round(per, 3)}
    return result
