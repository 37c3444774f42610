"""罪名写法不在罪名表 — a conviction by a name that is no crime's, and nearly that of one.

## 查什么

主文“犯……罪”的罪名，既不是现行或者曾用的罪名，也不是选择性罪名的一部分，而与某一罪名只差一两个字。相差更多的不报。

## 为何要紧

罪名由司法解释统一规定，主文的罪名写错须裁定补正，前科记录也跟着错。

## 反例

被告人犯偷窃罪，判处有期徒刑一年。

## 正例

被告人犯盗窃罪，判处有期徒刑一年；被告人犯贩卖毒品罪；2009年以前的判决写偷税罪。

## 依据

《最高人民法院关于执行〈中华人民共和国刑法〉确定罪名的规定》及最高人民法院、最高人民检察院的各个补充规定。
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from tianping.law.crimes import crimes
from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.convictions import convictions
from tianping.text.lint.nearness import apart
from tianping.text.lint.places import around
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import quoted_by

rule = Rule(
    "CHR019",
    "crime-name-unknown",
    since="0.1.0",
    severity=Severity.ERROR,
    message="罪名表里没有“{written}”，相近的是“{near}”，请核对。",
    needs=("罪，", "罪；", "罪。", "罪判"),
)

HIDDEN = ("某", "×", "x", "X", "＊")
LONG = 6  # characters: from here on two may differ
_DROPPED = str.maketrans("", "", "、，")


@rule.check
def crime_name_unknown(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for conviction in convictions(document):
        text, start, end = around(document, conviction.span)
        if conviction.written in crimes():
            yield rule.spare(conviction.span, "罪名在表里")
        elif conviction.readings:
            yield rule.spare(conviction.span, "选择性罪名的一部分")
        elif any(mark in conviction.written for mark in HIDDEN):
            yield rule.spare(conviction.span, "罪名里有隐去的字")
        elif (near := _nearest(conviction.written)) is None:
            yield rule.spare(conviction.span, "没有相近的罪名")
        elif quoted_by(text, start, end):
            yield rule.spare(conviction.span, "引号内")
        else:
            yield rule.at(conviction.span, written=conviction.written, near=near)


@lru_cache(maxsize=512)
def _nearest(written: str) -> str | None:
    plain = written.translate(_DROPPED)
    most = 2 if len(plain) >= LONG else 1
    found: list[tuple[int, str]] = []
    for name in crimes():
        distance = apart(plain, name.translate(_DROPPED), most=most)
        if distance is not None:
            found.append((distance, name))
    return min(found)[1] if found else None
