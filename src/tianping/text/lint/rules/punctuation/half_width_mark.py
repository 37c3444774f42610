"""半角标点 — a half-width comma, semicolon or colon stands between Chinese characters.

## 查什么

两个汉字之间的半角逗号、分号、冒号。数字之间的（10:30、1:2、1,000）、英文和网址里的不查。

## 为何要紧

中文用全角标点；半角标点使字距不匀，检索和比对也会漏掉。

## 反例

经审查,本院认为。

## 正例

经审查，本院认为；开庭时间为10:30。

## 依据

GB/T 15834—2011《标点符号用法》。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.places import find, part
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import quoted_by
from tianping.text.regex import regex

rule = Rule(
    "PUN002",
    "half-width-mark",
    since="0.1.0",
    severity=Severity.INFO,
    message="汉字之间用了半角“{here}”，应为“{right}”。",
    basis="GB/T 15834—2011《标点符号用法》",
    needs=(",", ";", ":"),
)

WIDE = {",": "，", ";": "；", ":": "："}
MARK = regex(r"(?P<before>.?)(?P<mark>[,;:])(?=(?P<after>.?))")
HAN = regex(r"[\u4e00-\u9fff”》）’]")
OPENS = regex(r"[\u4e00-\u9fff“《（‘]|$")


@rule.check
def half_width_mark(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, MARK, holding=rule.needs):
        place = part(document, match, span, "mark")
        if not (HAN.match(match["before"]) and OPENS.match(match["after"])):
            yield rule.spare(place, "不在汉字之间")
        elif marked := quoted_by(match.string, *match.span("mark")):
            yield rule.spare(place, marked)
        else:
            yield rule.at(place, here=match["mark"], right=WIDE[match["mark"]], suggestion=WIDE[match["mark"]])
