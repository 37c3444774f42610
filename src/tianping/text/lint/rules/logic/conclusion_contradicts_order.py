"""说理结论与主文相反 — the claims are refused in the reasons and granted in the disposition.

## 查什么

第一审民事判决：说理的结论是“原告的（全部）诉讼请求……不予支持（应予驳回）”，主文却只有给付、确认，没有驳回；或者主文只有驳回全部请求
一项，说理却说请求“予以支持”而没有任何不予支持的话。逐项部分支持的不查。

## 为何要紧

理由和主文相反，判决无法执行，也无法说服任何人。

## 反例

本院认为……原告的诉讼请求没有依据，本院不予支持。主文：被告返还借款。

## 正例

本院认为……原告的诉讼请求没有依据，本院不予支持。主文：驳回原告的诉讼请求。

## 依据

《中华人民共和国民事诉讼法》第一百五十五条、第二百一十一条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.folding import compact
from tianping.text.document.model import Document, Section
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "LOG003",
    "conclusion-contradicts-order",
    since="0.1.0",
    severity=Severity.ERROR,
    message="{what}，请核对结论与主文。",
    basis="《中华人民共和国民事诉讼法》第一百五十五条",
    needs=("诉讼请求",),
)
REFUSED = regex(
    r"(?:原告|其)[^，。；]{0,12}?(?<!其他)(?<!其余)(?:全部|上述|各项)?诉讼请求[^。；]{0,30}?(?:不予支持|应予驳回|予以驳回|应当驳回)"
)
IN_PART = regex(r"其他|其余|部分|该项|该部分|超出|过高|第[一二三四五六七八九十\d]+项|反诉|另一")
GRANTED = regex(r"(?:原告|其)[^，。；]{0,12}?诉讼请求[^。；]{0,30}?(?:本院)?(?:依法)?(?<!不)予以支持")
REFUSES = regex(r"不予支持|不予采纳|驳回|不能成立|不成立|难以支持|不予采信|不支持")


@rule.check
def conclusion_contradicts_order(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if not document.decides_civil_claims:
        return
    said = [compact(document.text_at(item.span)) for item in document.dispositions]
    dismissed = [words for words in said if "驳回" in words]
    for match, span in find(document, REFUSED, Section.REASON):
        if dismissed:
            yield rule.spare(span, "主文有驳回")
        elif IN_PART.search(match[0]):
            yield rule.spare(span, "只是部分请求")
        elif others := others_words(document, span):
            yield rule.spare(span, others)
        else:
            yield rule.at(span, what="说理对诉讼请求不予支持，主文却没有驳回")
    if len(said) != 1 or not dismissed or re.search(r"其他|其余", said[0]):
        return
    reasons = "\n".join(compact(document.text_at(s.span)) for s in document.stretches_in(Section.REASON))
    for _, span in find(document, GRANTED, Section.REASON):
        if REFUSES.search(reasons):
            yield rule.spare(span, "另有不予支持的说理")
        elif others := others_words(document, span):
            yield rule.spare(span, others)
        else:
            yield rule.at(span, what="说理对诉讼请求予以支持，主文却全部驳回")
