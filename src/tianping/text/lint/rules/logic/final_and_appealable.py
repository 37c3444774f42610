"""既写终审又写可以上诉 — a judgment that calls itself final and tells how to appeal.

## 查什么

尾部同时写了“本判决（裁定）为终审”和“如不服……上诉”。引述原判的不查。

## 为何要紧

两句只能有一句是真的，当事人无所适从。

## 反例

如不服本判决，可在判决书送达之日起十五日内……上诉于……。本判决为终审判决。

## 正例

本判决为终审判决。

## 依据

《中华人民共和国民事诉讼法》第一百五十五条、第一百八十二条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "LOG013",
    "final-and-appealable",
    since="0.1.0",
    severity=Severity.ERROR,
    message="同一文书既写终审又写可以上诉，请核对。",
    basis="《中华人民共和国民事诉讼法》第一百八十二条",
    needs=("终审",),
)
FINAL = regex(r"本(?:判决|裁定)(?:为|系|是)终审(?:判决|裁定)?")
APPEAL = regex(r"(?:不服本(?:判决|裁定)书?|对本(?:判决|裁定)书?不服)[^。]{0,80}?上诉")
FOOT = (Section.APPEAL, Section.FEE, Section.LATE, Section.ORDER)


@rule.check
def final_and_appealable(document: Document, law: Law) -> Iterator[Remark | Spared]:
    appeal = any(True for _ in find(document, APPEAL, *FOOT))
    for _, span in find(document, FINAL, *FOOT):
        if appeal:
            yield rule.at(span)
        else:
            yield rule.spare(span, "只写了终审")
