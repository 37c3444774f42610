"""截至误写为截止 — the word for "ended" stands before a date where "as of" is meant.

## 查什么

“截止”直接连着日期，或连着“目前”“案发”“起诉”一类时点，后面还有所述的情况。作谓语的“期限于某日截止”不查。

## 为何要紧

“截止”是停止，“截至”是到某时为止而事情未必停止。计算欠款、利息时两义不同。

## 反例

截止2026年3月1日，被告尚欠本金50000元。

## 正例

截至2026年3月1日，被告尚欠本金50000元；报名于3月1日截止。

## 依据

《现代汉语词典》“截止”“截至”条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.places import find, part
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "CHR005",
    "deadline-written-for-as-of",
    since="0.1.0",
    severity=Severity.INFO,
    message="“截止”后面是时点，应写作“截至”。",
    basis="《现代汉语词典》",
    needs=("截止",),
)

DEADLINE = regex(
    r"(?P<word>截止)(?P<when>\d{4}年|\d{1,2}月|目前|今日|案发|发案|起诉|开庭|庭审|本案|本判决|本院|判决|同年|当日|上述)?"
)
ENDS = regex(r"(?:期限|时间|期间|日期|报名|于|已|至|日|起)$")
"""作谓语：期限截止、于某日截止."""


@rule.check
def deadline_written_for_as_of(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, DEADLINE, holding=rule.needs):
        place = part(document, match, span, "word")
        if match["when"] is None or ENDS.search(match.string, max(match.start() - 2, 0), match.start()):
            yield rule.spare(place, "截止作谓语或作定语")
        elif others := others_words(document, place):
            yield rule.spare(place, others)
        else:
            yield rule.at(place, suggestion="截至")
