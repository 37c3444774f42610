"""案件受理费与请求金额不符 — the case fee lies outside what the claimed sums come to under the scale.

## 查什么

民事一审财产案件写明的案件受理费，低于按最大一笔请求金额算出的数，或者高于按全部请求金额之和算出的数，相差超过一元。
请求里有算到清偿之日的利息、违约金，或者按月按年的款项时，只查是否偏低。

## 为何要紧

多收的要退，少收的要补；写错还要裁定补正。

## 反例

原告请求返还借款1000000元，判决写：案件受理费13000元。

## 正例

原告请求返还借款1000000元，判决写：案件受理费13800元。

## 依据

《诉讼费用交纳办法》第十三条第一项、第二十一条；《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第二百零一条。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tianping.law.fees import ROUNDING, by_formula
from tianping.law.statutes.model import Law
from tianping.text.document.classification import Instance, Instrument, Matter, Track
from tianping.text.document.folding import compact
from tianping.text.document.model import Amount, Document, Section
from tianping.text.lint.fee_words import FeeClause, amounts_in, fee_clauses
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "NUM005",
    "case-fee-off-the-scale",
    since="0.1.0",
    severity=Severity.WARNING,
    message="按诉讼请求的金额，案件受理费应{should}，此处写{written}元，请核对计费金额。",
    needs=("受理费",),
    basis="《诉讼费用交纳办法》第十三条第一项",
)

NOT_BY_SUM = regex(
    r"离婚|婚姻|同居|抚养|扶养|赡养|监护|收养|劳动|人事争议|名誉|肖像|隐私|姓名权|名称权|荣誉|人格|商标|专利|著作|知识产权|"
    r"不正当竞争|垄断|破产|行政赔偿|国家赔偿|刑事附带民事|免交|缓交|减交|免收|继承|遗嘱|遗产|析产|分割|共有|确认|确权|所有权|"
    r"归[^，。；]{1,24}所有|过户|腾退|交付房屋|股权"
)
CLAIM_CHANGED = regex(r"(?:变更|增加|减少|放弃|撤回|明确)[^，。；]{0,12}(?:诉讼请求|诉请|请求)|反诉|合并审理|撤回对")
OPEN_SUM = regex(r"利息|违约金|滞纳金|占用费|使用费|罚息|复利|每[年月日天]|/[月年日天]|之日止|损失")
NOT_A_CLAIM = regex(r"^[^，。；]{0,4}(?:范围内|限额|为基数|为本金|为上限|以内)")
COSTS = regex(r"诉讼费|受理费|保全费|公告费|鉴定费")


@rule.check
def case_fee_off_the_scale(document: Document, law: Law) -> Iterator[Remark | Spared]:
    clauses = [clause for clause in fee_clauses(document) if clause.charges[0].is_case_fee]
    for clause in clauses:
        charge = clause.charges[0]
        if document.matter is not Matter.CIVIL or document.instrument is not Instrument.JUDGMENT:
            yield rule.spare(charge.span, "不是民事判决")
        elif document.instance is not Instance.FIRST or len(clauses) > 1 or charge.level not in ("", "本案"):
            yield rule.spare(charge.span, "不是一审本诉的受理费")
        elif NOT_BY_SUM.search(_spoken(document, Section.ORIGIN, Section.CLAIM) + clause.text):
            yield rule.spare(charge.span, "不按或者不只按金额计费")
        elif CLAIM_CHANGED.search(_spoken(document, Section.ORIGIN, Section.CLAIM, Section.DEFENCE, Section.FACT)):
            yield rule.spare(charge.span, "请求有变更或者有反诉")
        else:
            yield _compared(document, clause)


def _compared(document: Document, clause: FeeClause) -> Remark | Spared:
    charge = clause.charges[0]
    claimed = list(_claimed(document))
    if not claimed:
        return rule.spare(charge.span, "请求没有写明金额")
    least = by_formula("property", max(claimed))
    most = None if _open(document) else by_formula("property", sum(claimed, Decimal(0)))
    halves = clause.half is None and (clause.already_halved or document.track in (Track.SUMMARY, Track.SMALL_CLAIMS))
    written = [charge.sum, charge.sum * 2] if halves else [charge.sum]
    if any(least - ROUNDING <= fee and (most is None or fee <= most + ROUNDING) for fee in written):
        return rule.spare(charge.span, "与请求金额相符")
    should = f"为{least}元" if least == most else f"在{least}元至{most}元之间" if most else f"不低于{least}元"
    return rule.at(charge.span, should=should, written=charge.sum)


def _claimed(document: Document) -> Iterator[Decimal]:
    for claim in document.claims:
        if COSTS.search(document.text_at(claim.span)):
            continue
        for amount in amounts_in(document, claim.span):
            if not NOT_A_CLAIM.match(_after(document, amount)):
                yield amount.yuan


def _open(document: Document) -> bool:
    texts = [document.text_at(claim.span) for claim in document.claims]
    texts += [document.text_at(s.span) for s in document.stretches_in(Section.CLAIM)]
    return any(OPEN_SUM.search(text) for text in texts)


def _spoken(document: Document, *sections: Section) -> str:
    return "\n".join(compact(document.text_at(stretch.span)) for stretch in document.stretches_in(*sections))


def _after(document: Document, amount: Amount) -> str:
    return document.paragraphs[amount.span.paragraph].text[amount.span.end : amount.span.end + 10]
