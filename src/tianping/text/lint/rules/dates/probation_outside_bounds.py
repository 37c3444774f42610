"""缓刑考验期越界或起算错误 — a probation the sentence does not allow, or counted from a wrong day.

## 查什么

主文宣告的缓刑考验期，拘役的短于原判刑期、不满二个月或超过一年，有期徒刑的短于原判刑期、不满一年或超过五年；原判超过
三年有期徒刑而宣告缓刑；或者写明考验期从判决宣告、送达、羁押之日起计算。

## 为何要紧

考验期越界即量刑错误；起算日写错，考验期届满日、撤销缓刑都跟着错。

## 反例

判处有期徒刑一年，缓刑六个月。

## 正例

判处有期徒刑一年，缓刑一年（缓刑考验期限，从判决确定之日起计算）。

## 依据

《中华人民共和国刑法》第七十二条第一款、第七十三条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section
from tianping.text.lint.places import around, find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.sentences import Length, Term, terms
from tianping.text.lint.speech import quoted_by
from tianping.text.regex import regex

rule = Rule(
    "DAT008",
    "probation-outside-bounds",
    since="0.1.0",
    severity=Severity.ERROR,
    message="{why}，请核对。",
    needs=("缓刑",),
    basis="《中华人民共和国刑法》第七十二条、第七十三条",
)

BOUNDS = {"拘役": (2, 12), "有期徒刑": (12, 60)}  # months, 第七十三条第一款、第二款
LONGEST_SUSPENDED = Length(36)  # 第七十二条第一款
COUNTED_FROM = regex(r"缓刑考验期限?[，,]?自?从?(?:本)?(?P<from>[^，。；）)]{2,18}?之日)起")
WRONG_DAY = regex(r"宣告|宣判|送达|羁押|作出|执行")
RIGHT_DAY = regex(r"确定|生效|发生法律效力")


@rule.check
def probation_outside_bounds(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for term in terms(document):
        if term.probation is None or term.probation_span is None:
            continue
        text, start, end = around(document, term.span)
        why = _fault(term)
        if why is None:
            yield rule.spare(term.probation_span, "考验期在法定幅度内")
        elif quoted_by(text, start, end):
            yield rule.spare(term.probation_span, "引号内")
        else:
            yield rule.at(term.probation_span, why=why)
    for match, span in find(document, COUNTED_FROM, Section.ORDER):
        if RIGHT_DAY.search(match["from"]) or not WRONG_DAY.search(match["from"]):
            yield rule.spare(span, "从判决确定之日起计算")
        else:
            yield rule.at(span, why="缓刑考验期限从判决确定之日起计算")


def _fault(term: Term) -> str | None:
    assert term.probation is not None
    if term.kind not in BOUNDS:
        return f"{term.kind}不适用缓刑"
    least, most = BOUNDS[term.kind]
    if term.length.measure > LONGEST_SUSPENDED.measure:
        return f"原判{term.length.words}，超过三年有期徒刑不得宣告缓刑"
    if term.probation.measure < term.length.measure:
        return f"缓刑考验期{term.probation.words}短于原判刑期{term.length.words}"
    if not Length(least).measure <= term.probation.measure <= Length(most).measure:
        bounds = f"{Length(least).words}以上{Length(most).words}以下"
        return f"{term.kind}的缓刑考验期应为{bounds}，此处为{term.probation.words}"
    return None
