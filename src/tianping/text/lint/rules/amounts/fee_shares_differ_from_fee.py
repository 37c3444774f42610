"""费用分担之和不等于总额 — the shares of a fee borne by the parties do not add up to it.

## 查什么

同一句里各方负担的数额之和，与该句写明的费用（减半后的、各项之和或者合计数）都不相等，相差超过一角（平分时的尾差不报）。

## 为何要紧

分担之和不等，总有一方多交或者少交，退费、收费都无从办理。

## 反例

案件受理费6114.57元，由原告负担417.52元，被告负担5643.05元。

## 正例

案件受理费6114.57元，由原告负担471.52元，被告负担5643.05元。

## 依据

《诉讼费用交纳办法》第二十九条：部分胜诉、部分败诉的，由人民法院决定当事人各自负担的诉讼费用数额。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.fee_words import FeeClause, fee_clauses
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule

rule = Rule(
    "NUM007",
    "fee-shares-differ-from-fee",
    since="0.1.0",
    severity=Severity.ERROR,
    message="各方负担之和为{shares}元，费用为{fee}元，请核对。",
    needs=("负担", "承担"),
)

REMAINDER = Decimal("0.1")  # three times a third of a fee is a few fen off
MOST_CHARGES = 5  # more fees in one sentence than any real one has; their combinations would not be worth trying


@rule.check
def fee_shares_differ_from_fee(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for clause in fee_clauses(document):
        if clause.shares_span is None or (len(clause.shares) < 2 and "各" not in clause.text):
            continue
        if clause.open_share or len(clause.charges) > MOST_CHARGES:
            yield rule.spare(clause.shares_span, "有一方的数额没有写明")
            continue
        shares = sum(clause.shares, Decimal(0))
        possible = _possible(clause)
        if any(abs(shares - fee) <= REMAINDER for fee in possible):
            yield rule.spare(clause.shares_span, "与费用相等")
        else:
            yield rule.at(clause.shares_span, shares=shares, fee=possible[0])


def _possible(clause: FeeClause) -> list[Decimal]:
    """What the shares may add up to: the total written, the half, or any of the fees of the sentence together."""
    first = [clause.total] if clause.total is not None else []
    sums = [charge.sum for charge in clause.charges]
    if clause.half is not None:
        sums = [clause.half, *sums[1:]]
    together = [sum(some, Decimal(0)) for count in range(len(sums), 0, -1) for some in combinations(sums, count)]
    return first + together
