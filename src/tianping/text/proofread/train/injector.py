"""造错：errors of the shares measured on real judgments, put into sentences that are right."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tianping.text.proofread.alphabet import Alphabet
from tianping.text.proofread.masks import mask
from tianping.text.proofread.tables import CORNERS, FUZZY, NEAR, SAME, SHARED, Confusion

UNTOUCHED = 0.42
SHARES = {"character": 0.50, "word": 0.23, "extra": 0.11, "missing": 0.11, "order": 0.05}
CHARACTER = {"same": 0.52, "fuzzy": 0.16, "shape": 0.22, "random": 0.10}
COMPOSED = 0.3  # of words are written with characters that only sound alike, not as another word


@dataclass(frozen=True, slots=True)
class Injected:
    """造出的错句: ``source`` has the errors, ``target`` is the sentence it was made from."""

    source: str
    target: str


@dataclass
class Injector:
    """造错器. It draws from the whole alphabet, so that some errors are beyond the proofreader's candidates."""

    alphabet: Alphabet
    confusion: Confusion
    counts: NDArray[np.float32]
    words: Sequence[str]
    seed: int
    _alike: dict[str, dict[str, list[str]]] = field(default_factory=dict, init=False)
    _homophones: dict[str, list[str]] = field(init=False)
    _known: frozenset[str] = field(init=False)
    _every: list[str] = field(init=False)
    _common: list[str] = field(init=False)
    _weights: list[float] = field(init=False)

    def __post_init__(self) -> None:
        from pypinyin import lazy_pinyin
        from pypinyin.phrases_dict import phrases_dict

        from .confusion import folded

        self.random = random.Random(self.seed)  # noqa: S311 — reproducible noise, no secret
        by_sound: dict[str, list[str]] = defaultdict(list)
        known = {self.alphabet.character(int(number)) for number in np.flatnonzero(self.alphabet.chinese)}
        plain = [word for word in sorted(phrases_dict) if len(word) in (2, 3) and known.issuperset(word)]
        for word in dict.fromkeys([*self.words, *plain]):
            by_sound[" ".join(folded(one) for one in lazy_pinyin(word))].append(word)
        self._homophones = {}
        for group in by_sound.values():
            for word in group:
                others = [o for o in group if o != word and len(o) == len(word)]
                far = [o for o in others if sum(a != b for a, b in zip(o, word, strict=True)) >= 2]
                if others:
                    # The commoner word is what an input method offers first.
                    self._homophones[word] = [
                        o for rank, o in enumerate(far * 2 + others) for _ in range(1 + 8 // (rank + 1))
                    ]
        self._known = frozenset(self._homophones)
        self._every = sorted(known)
        chinese = np.flatnonzero(self.alphabet.chinese & (self.counts > 50))
        self._common = [self.alphabet.character(int(n)) for n in chinese]
        self._weights = [float(self.counts[n]) ** 0.5 for n in chinese]

    def inject(self, sentence: str) -> Injected:
        """The sentence with errors, or untouched."""
        if self.random.random() < UNTOUCHED:
            return Injected(sentence, sentence)
        source = sentence
        for _ in range(self.random.choices((1, 2, 3), (0.78, 0.17, 0.05))[0]):
            source = self._once(source)
        return Injected(source, sentence)

    def _once(self, text: str) -> str:
        closed = mask(text)
        places = [i for i, c in enumerate(text) if not closed[i] and "\u3400" <= c <= "\u9fff"]
        if not places:
            return text
        at = self.random.choice(places)
        kind = self.random.choices(list(SHARES), list(SHARES.values()))[0]
        make = {
            "character": self._character,
            "word": self._word,
            "extra": self._extra,
            "missing": self._missing,
            "order": self._order,
        }
        return make[kind](text, at, places)

    def _character(self, text: str, at: int, places: list[int]) -> str:
        how = self.random.choices(list(CHARACTER), list(CHARACTER.values()))[0]
        offered = self._likes(text[at]).get(how) or self._likes(text[at]).get("same")
        if how == "random" or not offered:
            new = self._draw() if self.random.random() < 0.6 else self.random.choice(self._every)
        else:
            new = self._weighted(offered)
        return text[:at] + new + text[at + 1 :]

    def _word(self, text: str, at: int, places: list[int]) -> str:
        here = [(i, i + n) for i in places for n in (2, 3) if text[i : i + n] in self._known]
        if not here:
            return self._character(text, at, places)
        start, end = self.random.choice(here)
        if self.random.random() < COMPOSED:
            new = "".join(self._alike_to(one) for one in text[start:end])
        else:
            new = self.random.choice(self._homophones[text[start:end]])
        return text[:start] + new + text[end:]

    def _alike_to(self, character: str) -> str:
        offered = self._likes(character).get("same" if self.random.random() < 0.8 else "fuzzy")
        return self._weighted(offered) if offered else character

    def _extra(self, text: str, at: int, places: list[int]) -> str:
        how = self.random.random()
        if how < 0.18:
            number = self.random.choices((1, 2, 3), (0.7, 0.2, 0.1))[0]
            return text[:at] + "".join(self.random.choice(self._every) for _ in range(number)) + text[at:]
        if how < 0.38:
            return text[:at] + self._draw() + text[at:]
        if how < 0.60:
            return text[:at] + text[at] + text[at:]
        if how < 0.72:
            return text[: at + 2] + text[at : at + 2] + text[at + 2 :]
        if how < 0.85:
            like = self._likes(text[at]).get(self.random.choice(("same", "shape", "fuzzy")))
            return text[:at] + (self._weighted(like) if like else self._draw()) + text[at:]
        word = self.random.choice(self.words) if how < 0.93 else self.random.choice("的了在是和与对为被将中上所")
        return text[:at] + word + text[at:]

    def _missing(self, text: str, at: int, places: list[int]) -> str:
        length = 2 if self.random.random() < 0.18 and at + 1 in places else 1
        return text[:at] + text[at + length :]

    def _order(self, text: str, at: int, places: list[int]) -> str:
        one, two = self.random.choice(((1, 1), (1, 1), (1, 1), (2, 2), (1, 2), (2, 1)))
        if not all(i in places for i in range(at, at + one + two)):
            return text[: at - 1] + text[at : at + 1] + text[at - 1 : at] + text[at + 1 :] if at - 1 in places else text
        return text[:at] + text[at + one : at + one + two] + text[at : at + one] + text[at + one + two :]

    def _likes(self, character: str) -> dict[str, list[str]]:
        if character not in self._alike:
            number = int(self.alphabet.ids(character)[0])
            entries = slice(self.confusion.start[number], self.confusion.start[number + 1])
            groups: dict[str, list[str]] = defaultdict(list)
            for other, kind in zip(self.confusion.other[entries], self.confusion.kind[entries], strict=True):
                new = self.alphabet.character(int(other))
                if kind & 3 == SAME:
                    groups["same"].append(new)
                elif kind & 3 in (FUZZY, NEAR):
                    groups["fuzzy"].append(new)
                if kind & (SHARED | CORNERS):
                    groups["shape"].append(new)
            self._alike[character] = dict(groups)
        return self._alike[character]

    def _weighted(self, offered: list[str]) -> str:
        weights = [float(self.counts[int(self.alphabet.ids(one)[0])]) ** 0.35 + 1 for one in offered]
        return self.random.choices(offered, weights)[0]

    def _draw(self) -> str:
        return self.random.choices(self._common, self._weights)[0]
