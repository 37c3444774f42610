"""利率数量级异常 — an interest rate that belongs to another period of time.

## 查什么

本院查明、本院认为、主文里的月利率达到百分之十以上，日利率达到百分之一以上，年利率达到百分之一百以上；多半是把年利率
写成月利率，或者把千分之、万分之写成百分之。

## 为何要紧

主文的利率是执行计息的依据，错一个数量级，利息相差十倍以上。

## 反例

按月利率24%支付利息。

## 正例

按年利率14.8%支付利息；按日万分之五支付违约金。

## 依据

《最高人民法院关于审理民间借贷案件适用法律若干问题的规定》第二十五条的上限远低于这样的利率。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section
from tianping.text.lint.places import around, find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "NUM011",
    "interest-rate-of-another-magnitude",
    since="0.1.0",
    severity=Severity.WARNING,
    message="{period}利率{rate}%，折合年利率{yearly}%，请核对是年、月、日哪一种，百分之还是千分之、万分之。",
    needs=("利率", "月利", "日利", "年利", "月息", "日息"),
)

RATE = regex(
    r"(?P<period>[年月日])(?:利率|利息|利|息|化利率)(?:为|按|按照|即|的|是|：){0,2}"
    r"(?:(?P<percent>\d{1,4}(?:\.\d{1,4})?)[%％]|百分之(?P<words>[一二三四五六七八九十]{1,3}))"
)
TOO_HIGH = {"年": Decimal(100), "月": Decimal(10), "日": Decimal(1)}
A_YEAR = {"年": 1, "月": 12, "日": 360}
WORDS = {c: n for n, c in enumerate("一二三四五六七八九", start=1)}
EXORBITANT = regex(r"高利|套路贷|砍头息|非法放贷|高额利息|畸高|过高|不予支持|超过|超出|赌")


@rule.check
def interest_rate_of_another_magnitude(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, RATE, Section.FACT, Section.REASON, Section.ORDER):
        rate = Decimal(match["percent"]) if match["percent"] else _spoken(match["words"])
        period = match["period"]
        text, start, end = around(document, span)
        if rate < TOO_HIGH[period]:
            yield rule.spare(span, "数量级正常")
        elif others := others_words(document, span):
            yield rule.spare(span, others)
        elif EXORBITANT.search(text, max(start - 40, 0), end + 40):
            yield rule.spare(span, "正是说利率过高")
        else:
            yield rule.at(span, period=period, rate=rate, yearly=rate * A_YEAR[period])


def _spoken(words: str) -> Decimal:
    tens, ten, ones = words.partition("十")
    return Decimal((WORDS.get(tens, 1) * 10 if ten else 0) + WORDS.get(ones if ten else tens, 0))
