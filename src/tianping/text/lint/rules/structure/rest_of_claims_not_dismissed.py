"""部分支持而没有驳回其余请求 — the reasons refuse part of what was asked and the disposition does not say so.

## 查什么

第一审民事判决：说理部分对原告的某项请求写明“不予支持”，主文有给付或确认，却没有“驳回……其他（其余）诉讼请求”一项。
撤回、变更请求的和仅对抗辩、证据、申请“不予支持”的不查。

## 为何要紧

没有驳回一项，那部分请求等于没有裁判，当事人可以漏判为由上诉。

## 反例

本院认为：原告要求支付违约金的请求，本院不予支持。主文：一、被告返还借款。（到此为止）

## 正例

……二、驳回原告的其他诉讼请求。

## 依据

《中华人民共和国民事诉讼法》第一百五十五条；《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第三百九十条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "STR015",
    "rest-of-claims-not-dismissed",
    since="0.1.0",
    severity=Severity.WARNING,
    message="说理部分对部分请求不予支持（“{words}”），主文没有驳回其余请求的判项，请核对。",
    basis="《中华人民共和国民事诉讼法》第一百五十五条",
    needs=("不予支持",),
)
REFUSED = regex(
    r"(?:(?:原告|被告)[^。；]{0,40}?(?:主张|要求|请求|诉请)|(?:诉讼请求|诉请|请求|主张))[^。；]{0,40}?本院(?:依法)?(?:均)?不予支持"
)
OF_THE_DEFENCE = regex(
    r"扣减|抵扣|减免|抗辩|辩称|辩解|被告[^。；]{0,20}?(?:主张|要求|申请)|鉴定申请|调查取证|反诉|证据"
)
DISMISSED = regex(r"驳回[^。；]{0,60}?(?:请求|诉请|起诉)")


@rule.check
def rest_of_claims_not_dismissed(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if not document.decides_civil_claims:
        return
    last = document.dispositions[-1].span
    dismissed = any(DISMISSED.search(document.text_at(item.span)) for item in document.dispositions)
    for match, span in find(document, REFUSED, Section.REASON):
        if dismissed:
            yield rule.spare(last, "主文有驳回一项")
        elif OF_THE_DEFENCE.search(match[0]):
            yield rule.spare(span, "不予支持的是抗辩或申请")
        elif others := others_words(document, span):
            yield rule.spare(span, others)
        else:
            yield rule.at(last, words=match[0])
        return
