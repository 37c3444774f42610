"""汉字数字：Chinese, Arabic and 大写 numerals of judgments, read to numbers.

Three ways of writing stand side by side in a judgment: counted (第一百四十七条), spelled digit by digit (二〇二六年),
and the forge-proof one of sums (捌仟叁佰元整). Each has its reader; each answers None where the words are no number.
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from tianping.text.regex import regex

_DIGITS = {
    c: n
    for n, row in enumerate(("〇零", "一壹弌", "二贰两貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"))
    for c in row
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

ZERO_TYPOS = "○O0零ＯΟО０o◯Ｏ"
"""误写的〇：what is typed for 〇 (U+3007) in a signature date — circle, letters of three alphabets, digits, 零."""

NUMERAL = "〇零一二三四五六七八九十百千两"
"""The characters of a counted numeral, for use inside a regular expression's class."""


def counted(text: str) -> int | None:
    """计数：``一百四十七`` → 147, ``147`` → 147; None where it is no whole number."""
    if not text:
        return None
    if text.isdecimal():
        return int(unicodedata.normalize("NFKC", text))
    total = section = 0
    digit: int | None = None
    spelled = ""
    has_unit = False
    for char in text:
        if char in _DIGITS:
            if has_unit and digit and _DIGITS[char]:
                return None  # 一百四五: no number a statute uses
            digit = _DIGITS[char]
            spelled += str(digit)
        elif char in _UNITS:
            has_unit = True
            section += (1 if digit is None or (digit == 0 and char in "十拾") else digit) * _UNITS[char]
            digit = None
        elif char in _BIG:
            has_unit = True
            whole = section + (digit or 0)
            if char in "亿億":
                total = (total + whole) * _BIG[char]
            else:
                total += whole * _BIG[char]
            section, digit = 0, None
        else:
            return None
    if not has_unit:
        return int(spelled)  # 一四七, 二〇二六
    return total + section + (digit or 0)


def spelled_year(text: str) -> int | None:
    """逐位年份：``二〇二六`` → 2026, with the usual wrong characters for 〇 understood."""
    digits = ""
    for char in text:
        if char in ZERO_TYPOS:
            digits += "0"
        elif char in _DIGITS:
            digits += str(_DIGITS[char])
        elif char.isdecimal():
            digits += str(unicodedata.decimal(char))
        else:
            return None
    return int(digits) if len(digits) == 4 else None


_SUM = regex(
    r"(?P<yuan>[零〇壹贰貳叁參肆伍陆陸柒捌玖拾佰仟万萬亿億一二三四五六七八九十百千两]+)(?:元|圆|圓)"
    r"(?:零?(?P<jiao>[壹贰貳叁參肆伍陆陸柒捌玖一二三四五六七八九零〇])角)?"
    r"(?:零?(?P<fen>[壹贰貳叁參肆伍陆陸柒捌玖一二三四五六七八九零〇])分)?[整正]?"
)


def capital_amount(text: str) -> Decimal | None:
    """大写金额：``捌仟叁佰元伍角整`` → 8300.5 yuan; None where the whole text is no such sum."""
    found = _SUM.fullmatch(text)
    if found is None:
        return None
    yuan = counted(found["yuan"])
    if yuan is None:
        return None
    jiao = _DIGITS[found["jiao"]] if found["jiao"] else 0
    fen = _DIGITS[found["fen"]] if found["fen"] else 0
    return Decimal(yuan) + Decimal(jiao) / 10 + Decimal(fen) / 100
