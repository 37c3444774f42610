"""不存在的日期 — a day is written that the calendar does not have.

## 查什么

月份大于十二、日数超过当月天数的日期，如“6月31日”、平年的2月29日。法院正是说并无此日的不查。

## 为何要紧

日期决定时效、刑期、利息和期间。写了不存在的日子，真实的日子就无从确定。

## 反例

2026年6月31日，被告收到货款。

## 正例

2024年2月29日，被告收到货款；农历二月三十日，双方见面。

## 依据

公历的月份和天数。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, WrittenDate
from tianping.text.lint.places import around
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "DAT001",
    "day-that-does-not-exist",
    since="0.1.0",
    severity=Severity.ERROR,
    message="“{written}”不存在，请核对日期。",
    needs=("月",),
    general=True,
)

LUNAR = regex(r"(?:农历|阴历|旧历|古历)[^。；，]{0,12}$")
DENIED = regex(r"[^。；]{0,12}?(?:并?不存在|并?无(?:此|该)[日天]|没有(?:这|该|此)(?:一[日天]|日))")
LATE_IN_MONTH = 28


@rule.check
def day_that_does_not_exist(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for written in document.dates:
        if written.value is not None:
            if written.day > LATE_IN_MONTH:
                yield rule.spare(written.span, "确有此日")
        elif LUNAR.search(_before(document, written)):
            yield rule.spare(written.span, "农历日期")
        elif DENIED.match(_after(document, written)):
            yield rule.spare(written.span, "正是说并无此日")
        elif others := others_words(document, written.span):
            yield rule.spare(written.span, others)
        else:
            yield rule.at(written.span, written="".join(written.text.split()))


def _after(document: Document, written: WrittenDate) -> str:
    text, _, end = around(document, written.span)
    return text[end : end + 24]


def _before(document: Document, written: WrittenDate) -> str:
    text, start, _ = around(document, written.span)
    return text[max(start - 20, 0) : start]
