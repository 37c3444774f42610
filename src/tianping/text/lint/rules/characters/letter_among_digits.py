"""数字混入字母 — a letter O, l or I stands among the digits of a number.

## 查什么

年月日、金额、百分比和计量数字里夹着字母O、l、I。车牌、型号、编号、账号和没有单位的字串不查。

## 为何要紧

看不出差别，检索、计算和自动核对却都读不到这个数；主文里的金额、刑期尤其不可含混。

## 反例

赔偿31O0元；自201O年6月14日起。

## 正例

赔偿3100元；自2010年6月14日起；型号为A10O。

## 依据

GB/T 15835—2011《出版物上数字用法》。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Span
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import quoted_by
from tianping.text.regex import regex

rule = Rule(
    "CHR015",
    "letter-among-digits",
    since="0.1.0",
    severity=Severity.ERROR,
    message="“{here}”里混有字母{letters}，请核对是否数字。",
    needs=tuple("OoＯΟОlIＩ"),
    general=True,
)

# O, its Greek and Cyrillic twins and its wide form; small L, capital I.
_LETTERS = "OoＯΟОlIＩ"
MIXED = regex(
    rf"(?<![A-Za-z0-9０-９\-—/_.])(?P<number>\d[\d,，.]{{0,12}}[{_LETTERS}][\d{_LETTERS},，.]{{0,12}}|[{_LETTERS}]\d[\d{_LETTERS},，.]{{0,12}})"
    r"(?P<unit>[余多]?(?:[万亿]?元|年|个?月|日|时|分(?!公司|局|院)|人|克|千克|公斤|毫升|毫克|平方米|公里|米|份|[％%]|周?岁|天|次))?"
)
LETTER = regex(f"[{_LETTERS}]")
BESIDE_A_DIGIT = regex(rf"(?<=\d)[{_LETTERS}]|[{_LETTERS}](?=\d)")
NAMED = regex(r"(?:编号|型号|号码|账号|帐号|卡号|车牌|牌号|证号|代码|批号|网址|微信号?|密码|版本|规格)[^，。；]{0,12}$")


ROMAN = regex(r"(?:附[件表]|图|表|卷|类型?|方案|阶段|标段)[IＩ]$")  # 附件I、方案II


@rule.check
def letter_among_digits(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in _numbers(document):
        text = match.string
        if match["unit"] is None:
            yield rule.spare(span, "没有单位，应是编号")
        elif NAMED.search(text, max(match.start() - 18, 0), match.start()) or ROMAN.search(text[: match.start() + 1]):
            yield rule.spare(span, "编号、型号一类")
        elif marked := quoted_by(text, *match.span()):
            yield rule.spare(span, marked)
        else:
            letters = "、".join(dict.fromkeys(LETTER.findall(match["number"])))
            yield rule.at(span, here=match[0], letters=letters)


def _numbers(document: Document) -> Iterator[tuple[re.Match[str], Span]]:
    """Only paragraphs with a letter beside a digit are looked at closely: digits are everywhere."""
    for number in document.paragraphs_holding(*_LETTERS):
        line = document.lines[number]
        if BESIDE_A_DIGIT.search(line.text):
            for match in MIXED.finditer(line.text):
                yield match, Span(number, *line.place(*match.span()))
