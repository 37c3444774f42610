"""案号类型代字与文书不匹配 — a criminal judgment numbered 民初.

## 查什么

本案案号的类型代字属于哪一类案件，与标题写的是不是同一类。附带民事仍编刑初；行保、财保、证保、司惩、司救和执保裁定的标题
各有不同，不查。

## 为何要紧

案号错了类，送达、归档、上诉移送都会走错门。

## 反例

刑事判决书：（2026）粤0304民初12号

## 正例

刑事附带民事判决书：（2026）粤0304刑初12号

## 依据

《关于人民法院案件案号的若干规定》（法〔2015〕137号）类型代字表。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.classification import Matter
from tianping.text.document.model import Document, Section
from tianping.text.lint.case_numbers import TYPES, WRITTEN
from tianping.text.lint.places import find, part
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "STR004",
    "case-type-differs-from-title",
    since="0.1.0",
    severity=Severity.ERROR,
    message="标题是{title}，案号的类型代字却是“{type}”（{matter}案件），请核对。",
    basis="《关于人民法院案件案号的若干规定》",
    needs=("号",),
)
_TITLED = regex(r"刑事|民事|行政赔偿|国家赔偿|赔偿|行政|执行")
_MATTERS = {
    "刑事": {Matter.CRIMINAL},
    "民事": {Matter.CIVIL},
    "行政赔偿": {Matter.COMPENSATION, Matter.ADMINISTRATIVE},
    "国家赔偿": {Matter.COMPENSATION},
    "赔偿": {Matter.COMPENSATION},
    "行政": {Matter.ADMINISTRATIVE},
    "执行": {Matter.ENFORCEMENT},
}


@rule.check
def case_type_differs_from_title(document: Document, law: Law) -> Iterator[Remark | Spared]:
    titled = _TITLED.match(document.title)
    if titled is None:
        return
    for match, span in find(document, WRITTEN, Section.CASENO):
        matter, place = TYPES[match["type"]], part(document, match, span, "type")
        if matter is Matter.UNKNOWN or (match["type"] == "执保" and document.title.endswith("裁定书")):
            yield rule.spare(place, "这类案号的标题各有不同")
        elif matter in _MATTERS[titled[0]]:
            yield rule.spare(place, "案号与标题同类")
        else:
            yield rule.at(place, title=document.title, type=match["type"], matter=matter.value)
