"""主文没有处理某一被告 — a defendant of the head is in no disposition.

## 查什么

第一审民事判决有两名以上被告，主文既没有提到其中一名（姓名、简称），也没有驳回一项，也没有“各被告”“二被告”一类合称。撤回对
其起诉的不查。

## 为何要紧

漏判一方当事人的请求，是上诉和再审的理由。

## 反例

被告方若水、江晚晴。主文：被告方若水返还借款。（到此为止）

## 正例

一、被告方若水返还借款；二、驳回原告对被告江晚晴的诉讼请求。

## 依据

《中华人民共和国民事诉讼法》第一百五十五条；第二百一十一条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Role
from tianping.text.lint.places import whole
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "PTY012",
    "party-left-out-of-disposition",
    since="0.1.0",
    severity=Severity.WARNING,
    message="主文没有处理被告{name}，也没有驳回其余请求，请核对是否漏判。",
    basis="《中华人民共和国民事诉讼法》第一百五十五条",
    needs=("被告",),
)
TOGETHER = regex(r"(?:[二两三四五六七八九十\d]|各|全体|共同|上述|以上)(?:名)?被告|共同|连带|驳回")
WITHDRAWN = "撤回对(?:被告)?{name}|(?:撤回|放弃)[^。]{{0,12}}{name}[^。]{{0,8}}(?:起诉|请求)|不要求(?:被告)?{name}"


@rule.check
def party_left_out_of_disposition(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if not document.decides_civil_claims:
        return
    defendants = [party for party in document.parties if party.role is Role.DEFENDANT]
    if len(defendants) < 2:
        return
    order = "\n".join(document.text_at(item.span) for item in document.dispositions)
    for party in defendants:
        if any(name in order for name in (party.name, *party.aliases)):
            yield rule.spare(party.span, "主文提到了")
        elif TOGETHER.search(order):
            yield rule.spare(party.span, "主文有合称或驳回一项")
        elif re.search(WITHDRAWN.format(name=re.escape(party.name)), whole(document)):
            yield rule.spare(party.span, "对其的请求已撤回")
        else:
            yield rule.at(party.span, name=party.name)
