"""主文序号跳号、重号 — the numbers of the disposition's items skip or repeat.

## 查什么

裁判主文各项的“一、二、三、”是否从一起逐项相连。另起的一组编号（又从“一、”开始）单独计算。

## 为何要紧

主文是执行依据。跳号使人疑心漏写一项，重号使“第二项”指向两处。

## 反例

一、被告返还借款；三、驳回其他诉讼请求。

## 正例

一、被告返还借款；二、上述一至三项款项于十日内付清；三、驳回其他诉讼请求。

## 依据

《人民法院民事裁判文书制作规范》关于裁判主文和数字用法的要求。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section, Span
from tianping.text.document.numerals import counted
from tianping.text.lint.places import find, part
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "STR013",
    "disposition-number-out-of-order",
    since="0.1.0",
    severity=Severity.ERROR,
    message="主文上一项{before}，这一项写作“{here}、”，请核对有无漏项或误编。",
    needs=("、",),
)

CIVIL_STYLE = "《人民法院民事裁判文书制作规范》"  # the civil style only; for others no text was read that says so
ITEM = regex(r"(?:^|(?<=[。；;：:）)\n]))(?P<number>[一二三四五六七八九十]{1,3})、")
FURTHER = regex(r"[一二三四五六七八九十]")


@rule.check
def disposition_number_out_of_order(document: Document, law: Law) -> Iterator[Remark | Spared]:
    basis = CIVIL_STYLE if document.title.startswith("民事") else None
    before: tuple[str, int] | None = None
    for match, span in find(document, ITEM, Section.ORDER):
        place = part(document, match, span, "number")
        here = counted(match["number"])
        if here is None:
            continue
        if others := others_words(document, place):
            yield rule.spare(place, others)
            continue
        if FURTHER.match(match.string, match.end()) and _lists_items(match.string, match.end()):
            yield rule.spare(place, "列举项号，不是本项序号")
            continue
        if here == (before[1] if before else 0) + 1:
            yield rule.spare(place, "序号相连")
        elif here == 1:
            yield rule.spare(place, "另起一组编号")
        elif before:
            yield rule.at(place, basis=basis, before=f"是“{before[0]}、”", here=match["number"])
        elif here == 2 and _first_item_stands_before(document, place):
            yield rule.at(place, basis=basis, before="没有序号", here=match["number"])
        else:
            yield rule.spare(place, "看不到主文开头，不能核对")
        before = (match["number"], here)


def _first_item_stands_before(document: Document, place: Span) -> bool:
    return any(
        stretch.section is Section.ORDER
        and (stretch.span.paragraph, stretch.span.start) < (place.paragraph, place.start)
        for stretch in document.stretches
    )


def _lists_items(text: str, at: int) -> bool:
    """一、二项：the number belongs to a list of item numbers, not to the item it seems to open."""
    return bool(re.match(r"[一二三四五六七八九十、和及至]{0,8}项", text[at:]))
