"""减半收取的数额不对 — the half of the case fee is not its half, or a summary case is charged in full.

## 查什么

“案件受理费×元，减半收取×元”前后不是一半，相差超过一元；或者适用简易程序审理、请求只有一个金额的案件，受理费恰为
全额而全文没有减半。

## 为何要紧

简易程序、调解、撤诉的案件减半交纳，而且只减一次；少减、多减都要补正和退补。

## 反例

案件受理费2300元，减半收取575元。

## 正例

案件受理费2300元，减半收取1150元。

## 依据

《诉讼费用交纳办法》第十五条、第十六条；《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第二百零六条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.fees import ROUNDING, by_formula
from tianping.law.statutes.model import Law
from tianping.text.document.classification import Instance, Track
from tianping.text.document.model import Document
from tianping.text.lint.fee_words import FeeClause, amounts_in, fee_clauses
from tianping.text.lint.places import whole
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "NUM006",
    "fee-halved-wrongly",
    since="0.1.0",
    severity=Severity.ERROR,
    message="受理费{whole}元，{why}，应为{half}元。",
    needs=("受理费",),
    basis="《诉讼费用交纳办法》第十五条、第十六条",
)

TURNED_ORDINARY = regex(r"转(?:为|换为|入|由)?普通程序|变更为普通程序|适用普通程序")


@rule.check
def fee_halved_wrongly(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for clause in fee_clauses(document):
        charges = [charge for charge in clause.charges if charge.is_case_fee]
        if len(charges) != 1:
            continue
        charge = charges[0]
        if clause.half is not None and clause.half_span is not None:
            if abs(clause.half - charge.sum / 2) <= ROUNDING:
                yield rule.spare(clause.half_span, "恰为一半")
            elif abs(clause.half - charge.sum) <= ROUNDING:
                yield rule.spare(clause.half_span, "前一数已是减半后的数")
            else:
                yield rule.at(clause.half_span, whole=charge.sum, why="减半后", half=f"{charge.sum / 2:.2f}")
        elif document.track in (Track.SUMMARY, Track.SMALL_CLAIMS) and document.instance is Instance.FIRST:
            if _charged_in_full(document, clause):
                half = f"{charge.sum / 2:.2f}"
                yield rule.at(charge.span, whole=charge.sum, why="适用简易程序应当减半收取", half=half)
            else:
                yield rule.spare(charge.span, "不能确定是全额")


def _charged_in_full(document: Document, clause: FeeClause) -> bool:
    """Only where the one sum claimed gives exactly the fee written can nobody say it is the half of a larger one."""
    if "减半" in whole(document) or TURNED_ORDINARY.search(whole(document)) or "反诉" in whole(document):
        return False
    sums = {amount.yuan for claim in document.claims for amount in amounts_in(document, claim.span)}
    if len(sums) != 1:
        return False
    (claimed,) = sums
    fee = by_formula("property", claimed)
    return fee > by_formula("property", claimed / 100) and abs(clause.charges[0].sum - fee) <= ROUNDING
