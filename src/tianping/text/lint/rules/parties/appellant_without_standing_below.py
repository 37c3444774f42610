"""二审身份括注缺失 — an appellant whose standing below is not said.

## 查什么

第二审文书首部的上诉人、被上诉人之后没有括注一审地位（原审原告、一审被告等）。刑事抗诉机关不查。

## 为何要紧

没有括注，看不出谁诉谁；全文引述一审时称谓就会乱。

## 反例

上诉人：罗青山，男，……

## 正例

上诉人（原审被告）：罗青山，男，……

## 依据

《人民法院民事裁判文书制作规范》；《民事诉讼文书样式》（法〔2016〕221号）第二审民事判决书。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.classification import Instance
from tianping.text.document.model import Document, Role
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule

rule = Rule(
    "PTY006",
    "appellant-without-standing-below",
    since="0.1.0",
    severity=Severity.ERROR,
    message="{role}之后没有括注一审的诉讼地位，请补上。",
    basis="《民事诉讼文书样式》（法〔2016〕221号）",
    needs=("上诉人",),
)


@rule.check
def appellant_without_standing_below(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if document.instance is not Instance.SECOND:
        return
    for party in document.parties:
        if party.role not in (Role.APPELLANT, Role.APPELLEE):
            continue
        if party.identities or any(word in party.written for word in ("原审", "一审")):
            yield rule.spare(party.span, "括注了一审地位")
        else:
            yield rule.at(party.span, role=party.written)
