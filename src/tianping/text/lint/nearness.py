"""近似：how many characters two names are apart — inserted, left out, changed, or two neighbours swapped."""

from __future__ import annotations


def apart(first: str, second: str, *, most: int) -> int | None:
    """编辑距离 up to ``most``; None where it is more. The common beginning and end cost nothing."""
    if abs(len(first) - len(second)) > most or len(set(first).difference(second)) > most:
        return None  # each character the other lacks costs one
    start = 0
    shorter = min(len(first), len(second))
    while start < shorter and first[start] == second[start]:
        start += 1
    end = 0
    while end < shorter - start and first[-1 - end] == second[-1 - end]:
        end += 1
    left, right = first[start : len(first) - end], second[start : len(second) - end]
    if max(len(left), len(right)) > 2 * most + 1:
        return None  # the ends meet what differs, so longer middles are further apart than anybody asks
    distance = _distance(left, right)
    return distance if distance <= most else None


def _distance(left: str, right: str) -> int:
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
