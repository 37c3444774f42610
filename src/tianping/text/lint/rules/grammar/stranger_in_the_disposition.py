"""他案当事人混入 — the disposition orders somebody who stands nowhere else in the judgment.

## 查什么

主文里“被告人某某犯……罪”“被告某某于……支付”所写的姓名，首部没有，全文别处也没有，与首部任何人都不止差一个字；或主文里
写着另一法院的名称而全文别处没有。引用他案、案外人、隐名的不查。

## 为何要紧

多为用旧文书改写时留下的姓名，判决因此对案外人生效，必须裁定补正。

## 反例

首部被告为方若水，主文写：被告李青田于本判决生效之日起十日内返还借款。

## 正例

被告方若水于本判决生效之日起十日内返还借款。

## 依据

《中华人民共和国民事诉讼法》第一百五十七条第一款第七项（补正判决书中的笔误）。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section
from tianping.text.lint.places import find, part, whole
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "GRM010",
    "stranger-in-the-disposition",
    since="0.1.0",
    severity=Severity.ERROR,
    message="主文写“{name}”，首部和全文别处都没有，请核对是否他案文字。",
)

ORDERED = regex(
    r"(?:被告人|被告|原告|第三人|上诉人|被上诉人)(?P<name>[\u4e00-\u9fff]{2,4}?)"
    r"(?=犯[^，。罪]{2,24}罪|无罪|应?于本(?:判决|裁定)|应当?(?:支付|返还|赔偿|偿还)|(?:支付|返还|赔偿|偿还|给付)(?:原告|被告|给|借款|货款|人民币))"
)
MASKED = regex(r"[某×xX甲乙丙丁]")
NO_NAME = regex(
    r"应|在|自本|向|和|与|及|各|均|分别|共同|连带|立即|继续|因|的|之|将|对|以|其|不|所|经|依|按|互|全额|先行|一次性|上述"
    r"|人|支付|返还|赔偿|偿还|给付|交付|承担|应当"
)


@rule.check
def stranger_in_the_disposition(document: Document, law: Law) -> Iterator[Remark | Spared]:
    known = {party.name for party in document.parties} | {alias for p in document.parties for alias in p.aliases}
    known |= {person.name for person in document.representatives}
    if not known:
        return
    for match, span in find(document, ORDERED, Section.ORDER):
        name, place = match["name"], part(document, match, span, "name")
        if MASKED.search(name) or NO_NAME.match(name):
            yield rule.spare(place, "隐名，或不是姓名")
        elif name in known:
            yield rule.spare(place, "首部有此人")
        elif any(_alike(name, one) for one in known):
            yield rule.spare(place, "与首部姓名相近，另有规则")
        elif _mentions_elsewhere(document, name):
            yield rule.spare(place, "别处写到此人")
        elif others := others_words(document, place):
            yield rule.spare(place, others)
        else:
            yield rule.at(place, name=name)


def _alike(name: str, other: str) -> bool:
    """相近：one differs from the other by a character, or one stands in the other (简称)."""
    if name in other or other in name:
        return True
    return len(name) == len(other) and sum(a != b for a, b in zip(name, other, strict=True)) <= 1


def _mentions_elsewhere(document: Document, name: str) -> bool:
    in_order = sum(
        document.text_at(stretch.span).count(name) for stretch in document.stretches if stretch.section is Section.ORDER
    )
    return whole(document).count(name) > in_order
