"""条号的写法：articles as statutes and courts write them — 第一百四十七条之一, never 第147条."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"))


def in_words(number: int) -> str:
    """147 → 一百四十七. Of whole numbers from 0 to 9999."""
    if number < 10:
        return _DIGITS[number]
    words, rest = "", number
    for size, unit in _UNITS:
        count, rest = divmod(rest, size)
        if count:
            words += ("" if size == 10 and not words and count == 1 else _DIGITS[count]) + unit
        elif words and rest and not words.endswith("零"):
            words += "零"
    return words + (_DIGITS[rest] if rest else "")


def in_figures(words: str) -> int:
    """一百四十七 → 147. Of what ``in_words`` writes."""
    units = {unit: size for size, unit in _UNITS}
    total = digit = 0
    for character in words:
        if character in units:
            total, digit = total + (digit or 1) * units[character], 0
        else:
            digit = _DIGITS.index(character)
    return total + digit


def article(number: int, insert: int = 0) -> str:
    """133, 1 → 第一百三十三条之一."""
    return f"第{in_words(number)}条" + (f"之{in_words(insert)}" if insert else "")
