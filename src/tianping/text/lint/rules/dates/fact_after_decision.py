"""查明的事实晚于裁判日期 — a thing is found to have happened after the day of the document.

## 查什么

“经审理查明”里用“于……”写成已经发生的日期，晚于落款日期。履行期限、到期日、分期、合同期间和将来的安排不查；年份是从上文推得的不查。

## 为何要紧

多半是年份写错，时间线就乱了，利息、时效都会跟着错。

## 反例

落款二〇二六年三月八日，查明：被告于2026年8月1日交付货物。

## 正例

落款二〇二六年三月八日，查明：双方约定被告应于2026年8月1日前付清。

## 依据

《中华人民共和国民事诉讼法》第一百五十五条：判决书应当写明认定的事实；事实不能发生在裁判之后。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section
from tianping.text.lint.places import around
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words, sentence_start
from tianping.text.regex import regex

rule = Rule(
    "DAT003",
    "fact-after-decision",
    since="0.1.0",
    severity=Severity.ERROR,
    message="查明的事实写在{written}，晚于落款日期{decided}，请核对。",
    needs=("查明", "认定"),
)
TO_COME = regex(
    r"约定|应[于当在]|到期|届满|期限|期间|截止|为止|有效期|租期|分期|期至|至$|到$|止|承诺|计划|预计|拟|如|若|将|每|前$|合同期|保质期|保修|缴纳|判处|刑期|考验期|学制|任期|履行期"
)
AFTER = regex(r"^(?:前|之前|以前|止|为止|到期|届满|内|起算|还清|付清)")
HAPPENED = regex(r"(?:于|在|日期为|，|^|：)$")


@rule.check
def fact_after_decision(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if document.decided_on is None:
        return
    for written in document.dates:
        late = written.value is not None and written.value > document.decided_on
        if not late or document.section_at(written.span) is not Section.FACT:
            continue
        text, start, end = around(document, written.span)
        sentence = text[sentence_start(text, start) : start]
        if not written.year_written:
            yield rule.spare(written.span, "年份是推得的")
        elif TO_COME.search(sentence) or AFTER.match(text[end:]) or TO_COME.search(text[end : end + 12]):
            yield rule.spare(written.span, "说的是将来的期限")
        elif not HAPPENED.search(sentence):
            yield rule.spare(written.span, "不是叙述已发生的事")
        elif others := others_words(document, written.span):
            yield rule.spare(written.span, others)
        else:
            yield rule.at(written.span, written=written.text, decided=document.decided_on)
