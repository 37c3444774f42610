"""迟延履行段与主文不符 — money is ordered paid and the clause on late payment is missing, or the other way round.

## 查什么

民事判决的主文有金钱给付却没有“加倍支付迟延履行期间的债务利息”一段，或者主文没有任何给付却写了这一段。调解书、行政和
刑事文书不查；主文写明已经履行的不查。

## 为何要紧

缺了这一段，债务人不知道迟延的后果；多了这一段，则无款可催。

## 反例

主文：准许原告与被告离婚。其后：如果未按本判决指定的期间履行给付金钱义务……

## 正例

主文：被告于本判决生效之日起十日内支付货款10万元。其后：如果未按本判决指定的期间履行给付金钱义务……

## 依据

《中华人民共和国民事诉讼法》第二百六十四条；《人民法院民事裁判文书制作规范》。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.classification import Instrument, Matter
from tianping.text.document.model import Document, Section, Span
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "STR010",
    "late-performance-clause",
    since="0.1.0",
    severity=Severity.WARNING,
    message="{what}，请核对。",
    basis="《中华人民共和国民事诉讼法》第二百六十四条",
)
PAYS = regex(r"支付|给付|返还|偿还|赔偿|清偿|归还|补偿|退还|承担|负担")
DONE = regex(r"已(?:经)?(?:履行|支付|给付|付清)|执行完毕")
CLAUSE = regex(
    r"未(?:能)?按[^。]{0,20}?(?:期间|期限)[^。]{0,10}?履行[^。]{0,60}?(?:加倍|迟延履行)|迟延履行期间的债务利息"
)


@rule.check
def late_performance_clause(document: Document, law: Law) -> Iterator[Remark | Spared]:
    whole_civil = document.matter is Matter.CIVIL and document.instrument is Instrument.JUDGMENT
    if not whole_civil or not document.dispositions:
        return
    paid = [
        item.span
        for item in document.dispositions
        if PAYS.search(words := document.text_at(item.span)) and not DONE.search(words) and "驳回" not in words[:12]
    ]
    in_money = [span for span in paid if any(_within(amount.span, span) for amount in document.amounts)]
    clauses = [span for _, span in find(document, CLAUSE, Section.LATE, Section.ORDER, Section.FEE, Section.APPEAL)]
    last = document.dispositions[-1].span
    if in_money and not clauses:
        if any(True for _ in document.in_sections(Section.APPEAL, Section.FEE)):
            yield rule.at(in_money[-1], what="主文有金钱给付，其后没有写迟延履行的后果")
        else:
            yield rule.spare(in_money[-1], "文书没有尾部")
    elif clauses and not paid:
        upheld = any(word in document.text_at(item.span) for item in document.dispositions for word in ("维持", "变更"))
        if upheld:
            yield rule.spare(clauses[0], "维持或变更的原判可能有给付")
        else:
            yield rule.at(clauses[0], what="主文没有给付，却写了迟延履行的后果")
    else:
        yield rule.spare(last, "主文与迟延履行段相符")


def _within(inner: Span, outer: Span) -> bool:
    return inner.paragraph == outer.paragraph and outer.start <= inner.start and inner.end <= outer.end
