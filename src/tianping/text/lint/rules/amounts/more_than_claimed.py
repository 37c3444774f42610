"""主文超出诉讼请求 — more is awarded under a head than was asked.

## 查什么

第一审民事判决：同一名目（借款、货款、租金、违约金、律师费等）在诉讼请求里只有一个金额，主文同一名目的金额却更大。增加、变更请求，名目在请求中出现多次，
反诉、合并审理的不查。

## 为何要紧

超出诉讼请求裁判，是再审事由。

## 反例

请求判令被告返还借款80,000元；主文：被告返还原告借款90,000元。

## 正例

请求判令被告返还借款80,000元；主文：被告返还原告借款78,000元。

## 依据

《中华人民共和国民事诉讼法》第二百一十一条第十一项。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Item, Span
from tianping.text.lint.places import whole
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "NUM004",
    "more-than-claimed",
    since="0.1.0",
    severity=Severity.ERROR,
    message="请求的{head}是{asked}元，主文判了{given}元，请核对是否超出诉讼请求。",
    basis="《中华人民共和国民事诉讼法》第二百一十一条第十一项",
)
HEADS = regex(
    r"借款(?:本金)?|货款|租金|违约金|律师费|工程款|劳务费|运费|服务费|押金|定金|医疗费|误工费|护理费|交通费|鉴定费|精神损害抚慰金|工资|补偿金"
)
CHANGED = regex(r"(?:增加|变更|追加|调整)[^。]{0,12}?(?:诉讼)?请求|反诉|合并审理|诉讼请求[^。]{0,12}?(?:增加|变更)")
LISTED = regex(r"^[、和及与]|[，。；、以按基等共合]")  # 几个名目合写一个金额
NEAR = 14  # 名目与金额之间的字数


@rule.check
def more_than_claimed(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if not document.decides_civil_claims or not document.claims:
        return
    asked = _by_head(document, document.claims)
    for head, given in _by_head(document, document.dispositions).items():
        for span, yuan in given:
            if head not in asked:
                continue
            most = max(claimed for _, claimed in asked[head])
            if yuan <= most:
                yield rule.spare(span, "没有超出请求")
            elif len(asked[head]) > 1:
                yield rule.spare(span, "同一名目请求了几笔")
            elif CHANGED.search(whole(document)):
                yield rule.spare(span, "请求有增加、变更或反诉")
            else:
                yield rule.at(span, head=head, asked=f"{most.normalize():f}", given=f"{yuan.normalize():f}")


def _by_head(document: Document, items: tuple[Item, ...]) -> dict[str, list[tuple[Span, Decimal]]]:
    """名目：the amounts written right after a head, in claims or dispositions."""
    found: dict[str, list[tuple[Span, Decimal]]] = {}
    for item in items:
        text = document.paragraphs[item.span.paragraph].text
        for amount in document.amounts:
            place = amount.span
            inside = item.span.start <= place.start and place.end <= item.span.end
            if place.paragraph != item.span.paragraph or not inside:
                continue
            heads = list(HEADS.finditer(text, max(item.span.start, place.start - NEAR), place.start))
            if heads and not LISTED.search(text[heads[-1].start() - 1 : place.start]):
                found.setdefault(heads[-1][0].removesuffix("本金"), []).append((place, amount.yuan))
    return found
