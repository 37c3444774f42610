"""二审改判未处理一审诉讼费 — the judgment below is changed and its costs are not decided again.

## 查什么

第二审民事判决的主文撤销或变更原判，诉讼费用一段只写二审案件受理费，没有写一审案件受理费。维持原判、发回重审不查；
没有费用一段的（节录）不查。

## 为何要紧

改判而不改费用，一审费用仍按被撤销的判决负担，前后矛盾。

## 反例

主文：一、撤销……判决；二、……。二审案件受理费2,300元，由方若水负担。

## 正例

一审案件受理费2,300元，由方若水负担；二审案件受理费2,300元，由方若水负担。

## 依据

《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第一百九十六条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.classification import Instance, Instrument, Matter
from tianping.text.document.model import Document, Section
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "STR019",
    "first-instance-fee-left-out",
    since="0.1.0",
    severity=Severity.WARNING,
    message="主文撤销或变更了原判，费用部分没有处理一审诉讼费用，请核对。",
    basis="《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第一百九十六条",
    needs=("受理费", "诉讼费"),
)
CHANGED = regex(r"撤销|变更|改判")
BACK = regex(r"发回|重审|指令")
SECOND_FEE = regex(r"二审(?:的)?(?:案件)?(?:受理费|诉讼费)")
FIRST_FEE = regex(
    r"一审(?:的)?(?:案件)?(?:本诉|反诉)?(?:案件)?(?:受理费|诉讼费)|一、二审|原审(?:案件)?(?:受理费|诉讼费)|两审"
)


@rule.check
def first_instance_fee_left_out(document: Document, law: Law) -> Iterator[Remark | Spared]:
    second = document.instance is Instance.SECOND and document.instrument is Instrument.JUDGMENT
    if not second or document.matter is not Matter.CIVIL:
        return
    said = "\n".join(document.text_at(item.span) for item in document.dispositions)
    first = any(True for _ in find(document, FIRST_FEE, Section.ORDER, Section.FEE, Section.LATE))
    for _, span in find(document, SECOND_FEE, Section.ORDER, Section.FEE, Section.LATE):
        if not CHANGED.search(said):
            yield rule.spare(span, "没有改判")
        elif BACK.search(said):
            yield rule.spare(span, "发回重审")
        elif first:
            yield rule.spare(span, "一审费用已处理")
        else:
            yield rule.at(span)
        return
