"""法定代表人误写为法人代表 — the legal representative of an organisation is given a title that the law does not know.

## 查什么

法院自己的话里把“法定代表人”写成“法人代表”。“该法人代表公司签字”一类“代表”作动词的不查。

## 为何要紧

法律上只有“法定代表人”。“法人代表”可以是任何受托的人，写错会使行为的效力无从判断。

## 反例

王某系该公司法人代表，其签字对公司发生效力。

## 正例

王某系该公司法定代表人，其签字对公司发生效力。

## 依据

《中华人民共和国民法典》第六十一条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "CHR009",
    "legal-representative-cut-short",
    since="0.1.0",
    severity=Severity.WARNING,
    message="“法人代表”应写作“法定代表人”。",
    basis="《中华人民共和国民法典》第六十一条",
    needs=("法人代表",),
)

SHORT = regex("法人代表")
ANOTHER_WORD = regex(r"人?(?:大会|团|机构|证)|人(?![，。；、（：])")
AS_A_VERB = regex(r"[其该本]|公司|单位|企业|股东|全体|双方|甲方|乙方|行使|参加")
NON_LEGAL_PERSON = regex("非$")


@rule.check
def legal_representative_cut_short(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, SHORT, holding=rule.needs):
        text, start, end = match.string, match.start(), match.end()
        if NON_LEGAL_PERSON.search(text, max(start - 1, 0), start) or ANOTHER_WORD.match(text, end):
            yield rule.spare(span, "另一词语")
        elif AS_A_VERB.match(text, end):
            yield rule.spare(span, "代表作动词")
        elif others := others_words(document, span):
            yield rule.spare(span, others)
        else:
            longer = text.startswith("人", end)  # 法人代表人: only the first half is wrong
            yield rule.at(span, suggestion="法定代表" if longer else "法定代表人")
