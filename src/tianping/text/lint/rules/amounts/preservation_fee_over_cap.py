"""保全费超过上限 — the fee for one application for preservation is above what may be charged at most.

## 查什么

写明的一件财产保全申请费高于5000元。

## 为何要紧

当事人申请保全措施交纳的费用最多不超过5000元，多收的要退。

## 反例

案件受理费13800元、财产保全费5520元。

## 正例

案件受理费13800元、财产保全费5000元；诉前保全费5000元、诉讼保全费3020元。

## 依据

《诉讼费用交纳办法》第十四条第二项。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.fees import tariff
from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.fee_words import fee_clauses
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "NUM009",
    "preservation-fee-over-cap",
    since="0.1.0",
    severity=Severity.ERROR,
    message="一件财产保全的申请费最多{cap}元，此处写{written}元。",
    needs=("保全",),
    basis="《诉讼费用交纳办法》第十四条第二项",
)

SEVERAL = regex(r"[二两三四五]次|[二两三四五]份|[二两三四五]案|续行|追加|分别申请|各项")


@rule.check
def preservation_fee_over_cap(document: Document, law: Law) -> Iterator[Remark | Spared]:
    scale = tariff("preservation")
    assert scale is not None
    assert scale.cap is not None
    for clause in fee_clauses(document):
        for charge in clause.charges:
            if not charge.is_preservation:
                continue
            if charge.sum <= scale.cap:
                yield rule.spare(charge.span, "未超上限")
            elif SEVERAL.search(clause.text):
                yield rule.spare(charge.span, "不止一件申请")
            else:
                yield rule.at(charge.span, cap=scale.cap, written=charge.sum)
