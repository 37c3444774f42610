"""民事诉讼法的条号：2012/2017, 2021 and 2023 numberings, by offset.

Found by aligning the three texts article by article: the amendment of 2021 moved 16–40 by one, 41–162 by three and what
follows by seven; that of 2023 put in four articles before 194 and more among the last ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

NUMBERINGS = (2012, 2021, 2023)
LAST = {2012: 284, 2021: 291, 2023: 306}

# (from article, offset) of the older numbering; an article beyond the last entry has no fixed counterpart.
_STEPS: dict[tuple[int, int], tuple[tuple[int, int], ...]] = {
    (2012, 2021): ((1, 0), (16, 1), (41, 3), (163, 7)),
    (2021, 2023): ((1, 0), (194, 4), (274, 9), (275, 10), (290, 14), (291, 15)),
}


class Unmapped(LookupError):
    """没有对应条：the article is not one of that numbering, or is new in it."""


def renumbered(article: int, *, old: int, new: int) -> int:
    """旧条号 → 新条号 (or back) between two of ``NUMBERINGS``. 2017 changed no number: ask for 2012."""
    if old not in LAST or new not in LAST:
        raise Unmapped(f"没有民事诉讼法{old}或{new}年的条号。")
    if not 1 <= article <= LAST[old]:
        raise Unmapped(f"民事诉讼法{old}年版没有第{article}条。")
    first, last = sorted((NUMBERINGS.index(old), NUMBERINGS.index(new)))
    path = list(pairwise(NUMBERINGS[first : last + 1]))
    for pair in path if old <= new else reversed(path):
        article = _forward(article, _STEPS[pair]) if old <= new else _back(article, _STEPS[pair], LAST[pair[0]])
    return article


def _forward(article: int, step: Sequence[tuple[int, int]]) -> int:
    return article + next(offset for first, offset in reversed(step) if article >= first)


def _back(article: int, step: Sequence[tuple[int, int]], last: int) -> int:
    for number, (first, offset) in enumerate(step):
        end = step[number + 1][0] - 1 if number + 1 < len(step) else last
        if first + offset <= article <= end + offset:
            return article - offset
    raise Unmapped(f"第{article}条是新增的条文，旧版没有对应。")
