"""诉讼请求没有处理 — a head of claim that neither reasons nor disposition touches.

## 查什么

第一审民事判决分项的诉讼请求里有某个名目（违约金、律师费、精神损害抚慰金、过户、离婚、抚养费等），主文、费用和说理都没有提到，主文又没有驳回一项。
请求撤回、变更的不查。

## 为何要紧

漏判诉讼请求，当事人只能上诉或者另诉。

## 反例

请求：1.返还借款；2.支付律师费。说理、主文都没有写律师费，也没有驳回其他请求。

## 正例

请求：1.返还借款；2.支付律师费。主文：一、返还借款；二、驳回原告的其他诉讼请求。

## 依据

《中华人民共和国民事诉讼法》第一百五十五条、第二百一十一条第十一项。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.folding import compact
from tianping.text.document.model import Document, Section
from tianping.text.lint.places import whole
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "LOG001",
    "claim-not-decided",
    since="0.1.0",
    severity=Severity.ERROR,
    message="这项请求（{head}）在说理和主文中都没有处理，主文也没有驳回其余请求，请核对是否漏判。",
    basis="《中华人民共和国民事诉讼法》第二百一十一条第十一项",
)
HEADS = regex(
    r"违约金|律师费|精神损害抚慰金|鉴定费|定金|押金|过户|离婚|抚养费|赡养费|利息|误工费|护理费|交通费|赔礼道歉|解除|腾退|腾房|恢复原状|优先受偿"
)
DECIDES = (Section.REASON, Section.BASIS, Section.ORDER, Section.FEE, Section.LATE)
WITHDRAWN = regex(r"(?:撤回|放弃|变更|不再主张|另行主张)[^。]{0,30}?(?:请求|主张|诉请)")


@rule.check
def claim_not_decided(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if not document.decides_civil_claims or len(document.claims) < 2:
        return
    decided = "\n".join(compact(document.text_at(s.span)) for s in document.stretches_in(*DECIDES))
    order = "\n".join(document.text_at(item.span) for item in document.dispositions)
    for claim in document.claims:
        heads = HEADS.findall(document.text_at(claim.span))
        if not heads:
            continue
        if "驳回" in order:
            yield rule.spare(claim.span, "主文有驳回一项")
        elif any(head in decided for head in heads):
            yield rule.spare(claim.span, "说理或主文处理了")
        elif WITHDRAWN.search(whole(document)):
            yield rule.spare(claim.span, "请求有撤回或变更")
        else:
            yield rule.at(claim.span, head=heads[0])
