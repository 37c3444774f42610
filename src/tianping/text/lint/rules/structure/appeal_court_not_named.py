"""上诉法院没有写全 — the appeal is said to go to 中院, or to the very court that judged.

## 查什么

上诉告知里“上诉于”之后写的是简称（中院、高院、上一级人民法院）或者就是本院。上级法院是否为直接上级不查（专门管辖
需管辖表）。

## 为何要紧

当事人要按告知书去递交，写不全的法院名等于没有告知。

## 反例

上诉于中院。

## 正例

上诉于南浦市中级人民法院。

## 依据

《中华人民共和国民事诉讼法》第一百五十五条：判决书应当写明上诉期间和上诉的法院。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section
from tianping.text.lint.places import find, part
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "STR009",
    "appeal-court-not-named",
    since="0.1.0",
    severity=Severity.WARNING,
    message="{what}，请核对上诉法院。",
    basis="《中华人民共和国民事诉讼法》第一百五十五条",
    needs=("上诉于", "提出上诉", "提起上诉"),
)
NAMED = regex(r"(?:上诉于|(?:直接|或)(?:者)?(?:直接)?向)(?P<court>[^，。；、\n]{2,40}?(?:法院|中院|高院))")
HANDED_IN = regex(r"(?:递交|提交)上诉状")
WHOLE = regex(r"最高人民法院|[^，。]{2,}?(?:中级|高级|海事|铁路运输|知识产权|金融|互联网)[^，。]{0,8}?法院")


@rule.check
def appeal_court_not_named(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, NAMED, Section.APPEAL):
        court, place = match["court"], part(document, match, span, "court")
        if court == "本院":
            yield rule.spare(place, "向本院递交")
        elif document.court and court == document.court:
            if HANDED_IN.match(match.string, match.end()):
                yield rule.spare(place, "向本院递交")
            else:
                yield rule.at(place, what="上诉法院写成了作出本文书的法院")
        elif WHOLE.fullmatch(court):
            yield rule.spare(place, "写了全称")
        elif court.endswith(("中院", "高院")) or "上一级" in court or "上级" in court:
            yield rule.at(place, what=f"上诉告知应写上诉法院的全称，此处写作“{court}”")
        else:
            yield rule.spare(place, "不是简称，是否为直接上级要看管辖")
