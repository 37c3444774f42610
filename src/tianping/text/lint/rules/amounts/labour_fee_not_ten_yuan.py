"""劳动争议受理费不是10元 — a labour dispute is charged by its sum.

## 查什么

案由为劳动争议一类的案件，写明的案件受理费远高于每件10元。

## 为何要紧

劳动争议案件按件收费，与金额无关；多收的要退。

## 反例

原告与被告劳动争议一案……案件受理费1800元。

## 正例

原告与被告劳动争议一案……案件受理费10元，减半收取计5元。

## 依据

《诉讼费用交纳办法》第十三条第四项。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.fees import tariff
from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section
from tianping.text.lint.fee_words import fee_clauses
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "NUM008",
    "labour-fee-not-ten-yuan",
    since="0.1.0",
    severity=Severity.ERROR,
    message="劳动争议案件的受理费每件10元，此处写{written}元。",
    needs=("劳动", "竞业", "工伤"),
    basis="《诉讼费用交纳办法》第十三条第四项",
)

CAUSE = regex(
    r"(?:劳动争议|劳动合同纠纷|确认劳动关系纠纷|追索劳动报酬纠纷|经济补偿金纠纷|工伤保险待遇纠纷|竞业限制纠纷|集体合同纠纷|"
    r"劳务派遣合同纠纷|非全日制用工纠纷|福利待遇纠纷)(?:纠纷)?(?:[一两二三四五六七八九]{1,2})?案"
)
SEVERAL_CASES = 3  # joined cases pay 10 yuan each; more than so many are not tried in one judgment without saying so


@rule.check
def labour_fee_not_ten_yuan(document: Document, law: Law) -> Iterator[Remark | Spared]:
    labour = any(CAUSE.search(document.text_at(stretch.span)) for stretch in document.stretches_in(Section.ORIGIN))
    scale = tariff("labour")
    assert scale is not None
    for clause in fee_clauses(document):
        for charge in clause.charges:
            if not charge.is_case_fee:
                continue
            if not labour:
                yield rule.spare(charge.span, "案由不是劳动争议")
            elif charge.sum <= scale.low * SEVERAL_CASES:
                yield rule.spare(charge.span, "每件10元")
            else:
                yield rule.at(charge.span, written=charge.sum)
