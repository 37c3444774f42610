"""文风：a function word taken out of a sentence that is right with it is taste, not a mistake."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .alphabet import FIRST
from .batch import Batch
from .candidates import Kind
from .windows import Changes

FUNCTION_WORDS = "显唯另亦均皆即便仍又也还曾已将予其之而且则系余所以在并再更都就才"
"""虚词：adverbs, prepositions and particles of legal prose that a sentence can have or do without."""


def of_style(batch: Batch, changes: Changes) -> NDArray[np.bool_]:
    """Changes that only take out one function word; one that is written twice running is a mistake all the same."""
    flags = np.zeros(batch.tables.alphabet.size, dtype=bool)
    flags[batch.tables.alphabet.ids(FUNCTION_WORDS)] = True
    flags[:FIRST] = False
    ids, start = batch.ids, changes.start
    single = (changes.kind == Kind.EXTRA) & (changes.end - start == 1)
    twice = (ids[start] == ids[start - 1]) | (ids[start] == ids[start + 1])
    result: NDArray[np.bool_] = single & flags[ids[start]] & ~twice
    return result
