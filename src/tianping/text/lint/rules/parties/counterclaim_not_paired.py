"""反诉括注不配对 — a 反诉原告 without a 反诉被告, or the other way round.

## 查什么

首部有“（反诉原告）”而没有任何一方括注“（反诉被告）”，或者相反。反诉不予受理、撤回反诉的不查。

## 为何要紧

反诉的当事人要一一对应，缺一方则反诉部分的判项没有对象。

## 反例

原告：罗青山；被告（反诉原告）：方若水

## 正例

原告（反诉被告）：罗青山；被告（反诉原告）：方若水

## 依据

《民事诉讼文书样式》（法〔2016〕221号）；《中华人民共和国民事诉讼法》第一百四十三条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.places import whole
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "PTY007",
    "counterclaim-not-paired",
    since="0.1.0",
    severity=Severity.ERROR,
    message="首部只有{there}，没有{missing}，请核对反诉当事人的括注。",
    basis="《民事诉讼文书样式》（法〔2016〕221号）",
    needs=("反诉",),
)
PAIR = ("反诉原告", "反诉被告")
NOT_HEARD = regex(r"反诉[^。]{0,30}?(?:不予受理|撤回|驳回起诉|另行)|(?:不予受理|撤回|准许)[^。]{0,20}?反诉")


@rule.check
def counterclaim_not_paired(document: Document, law: Law) -> Iterator[Remark | Spared]:
    said = {side: [p for p in document.parties if any(side in one for one in p.identities)] for side in PAIR}
    for side, other in (PAIR, PAIR[::-1]):
        for party in said[side][:1]:
            if said[other]:
                yield rule.spare(party.span, "括注成对")
            elif NOT_HEARD.search(whole(document)):
                yield rule.spare(party.span, "反诉没有审理")
            else:
                yield rule.at(party.span, there=side, missing=other)
