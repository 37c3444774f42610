"""另处之句：held-out sentences that do not repeat twenty characters of what is counted.

Much of legal prose is copied. Where a sentence was counted elsewhere the counts look surer than they are on new text,
and trees taught on it would believe them too much.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tianping.text.proofread.alphabet import EDGE, Alphabet, Ids

from .corpus import Kind

RUN = 20  # characters
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


def apart(alphabet: Alphabet, counted: Sequence[Kind], held: Sequence[Kind]) -> list[str]:
    """The sentences of ``held`` that share no run with ``counted``."""
    known = np.unique(np.concatenate([_runs(_ids(alphabet, kind))[0] for kind in counted]))
    found: list[str] = []
    for kind in held:
        runs, place = _runs(_ids(alphabet, kind))
        repeats = np.zeros(len(kind.sentences), dtype=bool)
        repeats[place[np.isin(runs, known)]] = True
        found += [sentence for sentence, again in zip(kind.sentences, repeats, strict=True) if not again]
    return found


def _ids(alphabet: Alphabet, kind: Kind) -> Ids:
    return alphabet.ids("\n" + "\n".join(kind.sentences))


def _runs(ids: Ids) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hashes of the runs that stay within a sentence, and the number of the sentence of each."""
    size = max(len(ids) - RUN + 1, 0)
    hashes, whole = np.zeros(size, dtype=np.uint64), np.ones(size, dtype=bool)
    for offset in range(RUN):
        part = ids[offset : offset + size]
        hashes = hashes * _FACTOR + part.astype(np.uint64)
        whole &= part != EDGE
    sentence = np.cumsum(ids == EDGE)[:size] - 1
    return hashes[whole], sentence[whole]
