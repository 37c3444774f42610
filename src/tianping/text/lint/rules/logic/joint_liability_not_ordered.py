"""认为承担连带责任，主文没有写 — joint liability in the reasons, none in the disposition.

## 查什么

民事判决“本院认为”写明某一方应当承担连带（共同、补充）责任，主文却没有“连带”“共同”“补充”字样。不予支持该主张的、转述当事人意见的不查。

## 为何要紧

主文没有写连带，就不能向该人执行全部债务。

## 反例

本院认为，江晚晴应对上述债务承担连带责任。主文：被告方若水返还借款。（到此为止）

## 正例

……二、被告江晚晴对上述债务承担连带清偿责任。

## 依据

《中华人民共和国民法典》第一百七十八条；《中华人民共和国民事诉讼法》第一百五十五条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words, sentence_start
from tianping.text.regex import regex

rule = Rule(
    "LOG008",
    "joint-liability-not-ordered",
    since="0.1.0",
    severity=Severity.ERROR,
    message="此处认为应承担{kind}责任，主文没有写{kind}，请核对。",
    basis="《中华人民共和国民法典》第一百七十八条",
    needs=("连带", "补充"),
)
LIABLE = regex(r"(?:应|应当|须|需)(?:依法)?(?:对[^，。；]{0,40}?)?承担(?P<kind>连带|补充)(?:清偿|赔偿|还款|保证)?责任")
NOT_SO = regex(
    r"不(?:应|予|需|须|承担)|无(?:需|须|权)|主张|要求|请求|认为其|约定|规定|如果|抗辩|是否|的(?:除外|规定)|原审|一审"
)
WORDS = {"连带": ("连带", "共同"), "补充": ("补充",)}


@rule.check
def joint_liability_not_ordered(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if not document.decides_civil_claims:
        return
    order = "\n".join(document.text_at(item.span) for item in document.dispositions)
    for match, span in find(document, LIABLE, Section.REASON):
        start = sentence_start(match.string, match.start())
        if any(word in order for word in WORDS[match["kind"]]):
            yield rule.spare(span, "主文写了")
        elif NOT_SO.search(match.string[start : match.end() + 12].replace("本院认为", "")):
            yield rule.spare(span, "不是本院认定的责任")
        elif others := others_words(document, span):
            yield rule.spare(span, others)
        else:
            yield rule.at(span, kind=match["kind"])
