"""民间借贷利率超过上限 — the disposition grants interest above what the law of the day protects.

## 查什么

民间借贷案件（案号年份在2021年以后的一审）主文写的年利率，高于2020年8月20日以来各月一年期贷款市场报价利率最高数的
四倍；计息起点在2020年8月19日以前的不报。

## 为何要紧

超过合同成立时一年期贷款市场报价利率四倍的利息不受保护，主文照约定判决即属适用法律错误。

## 反例

2022年3月借款，主文：自2022年4月1日起按年利率24%支付利息。

## 正例

2022年3月借款，主文：自2022年4月1日起按年利率14.8%支付利息。

## 依据

《最高人民法院关于审理民间借贷案件适用法律若干问题的规定》第二十五条、第三十一条。
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from tianping.law.parameters import parameter
from tianping.law.rates import highest_lpr
from tianping.law.statutes.model import Law
from tianping.text.document.classification import Instance
from tianping.text.document.model import Document, Section, Span, WrittenDate
from tianping.text.lint.places import around, find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import quoted_by
from tianping.text.regex import regex

rule = Rule(
    "NUM012",
    "lending-rate-over-ceiling",
    since="0.1.0",
    severity=Severity.WARNING,
    message="年利率{rate}%高于一年期贷款市场报价利率四倍的最高数{ceiling}%，请核对合同成立之日和应适用的上限。",
    needs=("民间借贷",),
    basis="《最高人民法院关于审理民间借贷案件适用法律若干问题的规定》第二十五条",
)

RATE = regex(r"(?:年利率|年利|年化利率)(?:为|按|按照){0,2}(?P<percent>\d{1,3}(?:\.\d{1,4})?)[%％]")
LENDING = regex(r"民间借贷纠纷")
YEAR_OF_CASE = regex(r"[（(〔\[](\d{4})[）)〕\]]")
ANOTHER_LENDER = regex(r"小额贷款|银行|信托|消费金融|典当|融资租赁|保理")
FIRST_YEAR_ALL_UNDER = 2021  # a case of 2020 may have been filed before the ceiling began


@rule.check
def lending_rate_over_ceiling(document: Document, law: Law) -> Iterator[Remark | Spared]:
    since = parameter("lending.lpr_multiple").values[0].since
    origin = " ".join(document.text_at(stretch.span) for stretch in document.stretches_in(Section.ORIGIN))
    year = YEAR_OF_CASE.search(document.case_no)
    for match, span in find(document, RATE, Section.ORDER):
        rate = Decimal(match["percent"])
        ceiling = _ceiling(since, document.decided_on)
        text, start, end = around(document, span)
        if not LENDING.search(origin) or document.instance is not Instance.FIRST:
            yield rule.spare(span, "不是民间借贷一审")
        elif ceiling is None or year is None or int(year[1]) < FIRST_YEAR_ALL_UNDER:
            yield rule.spare(span, "受理时间不明或者早于新规定")
        elif any(ANOTHER_LENDER.search(party.name) for party in document.parties):
            yield rule.spare(span, "出借人可能是金融机构")
        elif rate <= ceiling:
            yield rule.spare(span, "没有超过上限")
        elif quoted_by(text, start, end) or _for_earlier_days(document, span, since):
            yield rule.spare(span, "用于2020年8月19日以前的期间")
        else:
            yield rule.at(span, rate=rate, ceiling=ceiling)


def _ceiling(since: date, until: date | None) -> Decimal | None:
    if until is None or until < since:
        return None
    highest = highest_lpr(since, until)
    multiple = parameter("lending.lpr_multiple").on(until).value
    return highest * multiple if highest is not None else None


def _for_earlier_days(document: Document, span: Span, since: date) -> bool:
    """The days written before the rate in its own paragraph say from when it runs."""
    first = bisect_left(document.dates, (span.paragraph, 0), key=_place)
    last = bisect_left(document.dates, (span.paragraph, span.start), key=_place)
    return any(written.value is not None and written.value < since for written in document.dates[first:last])


def _place(written: WrittenDate) -> tuple[int, int]:
    return written.span.paragraph, written.span.start
