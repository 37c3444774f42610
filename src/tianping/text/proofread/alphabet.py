"""字表：characters to small numbers. Digits, Latin letters and × are each one class; the text itself is kept."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]

EDGE, RARE, DIGIT, LATIN, SPACE, MASKED = 1, 2, 3, 4, 5, 6
FIRST = 8  # numbers below are classes, from here on single characters
CODE_POINTS = 0x110000

_FOLDED = dict(zip("，；：（）？！［］％．－／＋＝＜＞～＊＂＇", ",;:()?![]%.-/+=<>~*\"'", strict=True))


class Alphabet:
    """字表: ``characters`` in the order of their numbers, from ``FIRST`` on."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        self.size = FIRST + len(characters)
        table = np.full(CODE_POINTS, RARE, dtype=np.uint16)
        codes = np.frombuffer(characters.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        table[codes] = np.arange(FIRST, self.size, dtype=np.uint16)
        for wide, narrow in _FOLDED.items():
            table[ord(wide)] = table[ord(narrow)] = max(table[ord(wide)], table[ord(narrow)])
        for first, last, kind in (("0", "9", DIGIT), ("０", "９", DIGIT), ("a", "z", LATIN), ("A", "Z", LATIN)):
            table[ord(first) : ord(last) + 1] = kind
        table[ord("ａ") : ord("ｚ") + 1] = table[ord("Ａ") : ord("Ｚ") + 1] = LATIN
        for mark in "×*＊Xx":
            table[ord(mark)] = MASKED
        for blank in " \t\u3000\xa0":
            table[ord(blank)] = SPACE
        table[ord("\n")] = EDGE
        self._table = table

    def ids(self, text: str) -> Ids:
        """One number a character; lone surrogates and unknown characters are 生僻字."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        return self._table[codes].astype(np.int64)

    def ids_of_codes(self, codes: NDArray[np.uint32]) -> Ids:
        """The same for an array of code points."""
        return self._table[codes].astype(np.int64)

    def character(self, number: int) -> str:
        """The character of a number from ``FIRST`` on."""
        return self.characters[number - FIRST]

    def text(self, numbers: Ids) -> str:
        return "".join(self.characters[number - FIRST] for number in numbers)

    @property
    def chinese(self) -> NDArray[np.bool_]:
        """By number: is it a Chinese character?"""
        flags = np.zeros(self.size, dtype=bool)
        flags[FIRST:] = [0x3400 <= ord(one) <= 0x9FFF for one in self.characters]
        return flags
