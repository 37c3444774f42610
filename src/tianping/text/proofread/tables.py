"""模型内容：everything the proofreader reads from its model file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .alphabet import FIRST, Alphabet
from .likelihood import Likelihood
from .masks import SURNAMES
from .topic import Topic
from .trees import Trees

NUMERALS = "一二三四五六七八九十百千万亿两零〇壹贰叁肆伍陆柒捌玖拾佰仟"
NEGATIONS = "不未无非没"
HIDDEN = "某"  # stands for somebody in published judgments, never for a character written wrongly
SAME, FUZZY, NEAR = 3, 2, 1  # grades of sound, the two low bits of a confusion's kind
SHARED, CORNERS, TONE = 4, 8, 16  # shared component, four-corner code one digit off, same tone


@dataclass(frozen=True, slots=True)
class Confusion:
    """混淆表: for character ``n`` the entries ``start[n]``–``start[n + 1]`` of ``other`` and ``kind``."""

    start: NDArray[np.uint32]
    other: NDArray[np.uint16]
    kind: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Words:
    """同音词表: words of one length by the folded sounds of their characters."""

    keys: NDArray[np.uint32]  # sorted, one for each word
    words: NDArray[np.uint16]  # [word, length]


@dataclass(frozen=True)
class Tables:
    """模型内容."""

    alphabet: Alphabet
    likelihood: Likelihood
    confusion: Confusion
    syllable: NDArray[np.uint16]  # [reading, character]: its commonest sound and a second one, 0 where there is none
    words: dict[int, Words]  # by length
    after: NDArray[np.uint16]  # [character, k]: its commonest followers, 0 where there are no more
    before: NDArray[np.uint16]
    topic: Topic
    trees: Trees | None = None

    def _flags(self, characters: str) -> NDArray[np.bool_]:
        flags = np.zeros(self.alphabet.size, dtype=bool)
        flags[self.alphabet.ids(characters)] = True
        flags[:FIRST] = False
        return flags

    @cached_property
    def numeral(self) -> NDArray[np.bool_]:
        """数字 by number: a count or an article is a fact, and no fact is proposed to be changed."""
        return self._flags(NUMERALS)

    @cached_property
    def fact(self) -> NDArray[np.bool_]:
        """数字和“某” by number: not put in, taken out or changed, but where a word sounds the same (解三、解散)."""
        return self.numeral | self._flags(HIDDEN)

    @cached_property
    def negation(self) -> NDArray[np.bool_]:
        """否定词 by number."""
        return self._flags(NEGATIONS)

    @cached_property
    def surname(self) -> NDArray[np.float32]:
        """姓氏 by number: 1 where the character begins many people's names."""
        return self._flags("".join(sorted(SURNAMES))).astype(np.float32)


SYLLABLES = np.uint64(1 << 10)


def sound_key(syllables: NDArray[np.uint16]) -> NDArray[np.uint64]:
    """One number for the sounds of a string (last axis); the caller sees to it that none is 0."""
    key = np.zeros(syllables.shape[:-1], dtype=np.uint64)
    for column in range(syllables.shape[-1]):
        key = key * SYLLABLES + syllables[..., column].astype(np.uint64)
    return key
