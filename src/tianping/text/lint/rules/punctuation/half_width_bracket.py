"""半角括号 — half-width brackets stand around Chinese characters.

## 查什么

括着汉字的半角圆括号。案号里的括号另有规则；英文、算式、型号里的不查。

## 为何要紧

中文用全角括号；同一份文书里全角半角混用，版面不齐，检索也会漏掉。

## 反例

甲公司(以下简称甲公司)。

## 正例

甲公司（以下简称甲公司）；型号GB(T)8。

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
    "PUN003",
    "half-width-bracket",
    since="0.1.0",
    severity=Severity.INFO,
    message="半角括号“{here}”应为全角“{right}”。",
    basis="GB/T 15834—2011《标点符号用法》",
    needs=("(", ")"),
)

WIDE = {"(": "（", ")": "）"}
PAIR = regex(r"(?P<open>\()(?P<inside>[^()（）\n]{1,80})(?P<close>\))")
HAN = regex(r"[\u4e00-\u9fff]")
YEAR = regex(r"(?:19|20)\d{2}")
"""案号的年份：(2024)南0102民初12号."""


@rule.check
def half_width_bracket(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, PAIR, holding=rule.needs):
        if YEAR.fullmatch(match["inside"]):
            yield rule.spare(span, "案号的年份")
        elif not HAN.search(match["inside"]):
            yield rule.spare(span, "括号里没有汉字")
        elif marked := quoted_by(match.string, *match.span()):
            yield rule.spare(span, marked)
        else:
            for group in ("open", "close"):
                here, right = match[group], WIDE[match[group]]
                yield rule.at(part(document, match, span, group), here=here, right=right, suggestion=right)
