"""连续标点 — two stops stand side by side.

## 查什么

逗号、句号、分号、冒号、顿号、问号、叹号两个连在一起，如“，。”“。。”“：：”。省略号“……”、破折号“——”、三个以上的句点不查。

## 为何要紧

多为改稿时删字留下，读者一眼可见；前后两个标点不同，还会使断句不明。

## 反例

本院认为，，被告应当返还借款。

## 正例

本院认为，被告应当返还借款……（以下略）。

## 依据

GB/T 15834—2011《标点符号用法》。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import quoted_by
from tianping.text.regex import regex

rule = Rule(
    "PUN001",
    "marks-side-by-side",
    since="0.1.0",
    severity=Severity.WARNING,
    message="标点“{here}”连用。",
    basis="GB/T 15834—2011《标点符号用法》",
    general=True,
)

_STOPS = "，。；：、！？"
STOPS = regex(rf"[{_STOPS}…](?:(?<!…)[{_STOPS}]+|(?<=…)…)")
TOGETHER = regex(r"[！？]{2,3}|。{3,}|[，、]{3,}")
"""“！！”“？！” may stand together, three dots are a poor man's ellipsis, a row of commas is a blank."""


@rule.check
def marks_side_by_side(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, STOPS):
        here = match[0]
        if here == "……" or TOGETHER.fullmatch(here):
            yield rule.spare(span, "省略号或叹问连用")
        elif marked := quoted_by(match.string, *match.span()):
            yield rule.spare(span, marked)
        else:
            yield rule.at(span, here=here, suggestion=_left_over(here) if document.text_at(span) == here else None)


def _left_over(here: str) -> str | None:
    """应留的一个：the same mark twice is one; before a full stop nothing else is needed. Else a person decides."""
    if len(set(here)) == 1:
        return here[0]
    return "。" if here.endswith("。") and "。" not in here[:-1] and here[0] in "，、；" else None
