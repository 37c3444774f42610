"""金额缺单位 — a sum of money is written without its unit.

## 查什么

法院自己的话里“人民币”之后的数字，其后直接是标点或文字而没有“元”“万元”“角”“分”“亿”。编号、代码、面积不查。

## 为何要紧

缺了单位，是元还是万元无从确定，主文无法执行。

## 反例

支付人民币10000，于本判决生效之日起十日内付清。

## 正例

支付人民币10000元，于本判决生效之日起十日内付清。

## 依据

《人民法院民事裁判文书制作规范》：数字、计量单位的使用。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.places import find, part
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "NUM010",
    "unit-missing",
    since="0.1.0",
    severity=Severity.WARNING,
    message="“{words}”之后没有写“元”或“万元”，请核对金额的单位。",
    needs=("人民币",),
)
SUM = regex(r"人民币(?P<words>\d{1,3}(?:[,，]\d{3})+(?:\.\d{1,2})?|\d{2,12}(?:\.\d{1,2})?)(?P<after>.{0,3})")
UNIT = regex(r"\s*(?:余|多|几|点|\.)?\s*(?:元|圆|万|千|百|亿|角|分|整|[*×xX＊.\d/]|[%％‰])")
NUMBERED = regex(r"^(?:号|账|帐|现钞|面值|面额|硬币|纸币)")


@rule.check
def unit_missing(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, SUM, holding=rule.needs):
        place = part(document, match, span, "words")
        if UNIT.match(match["after"]) or "元" in match["after"] or "万" in match["after"]:
            yield rule.spare(place, "有单位")
        elif NUMBERED.match(match["after"]):
            yield rule.spare(place, "不是金额")
        elif others := others_words(document, place):
            yield rule.spare(place, others)
        else:
            yield rule.at(place, words=match["words"])
