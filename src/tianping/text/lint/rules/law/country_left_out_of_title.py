"""法律名称不是全称 — the grounds name a law without 中华人民共和国.

## 查什么

裁判依据里书名号中的法律名称缺“中华人民共和国”，全文又没有声明过这一简称。说理部分的简称不查。

## 为何要紧

裁判依据应当写明法律的全称；声明过简称的，以后用简称不加书名号。

## 反例

依照《民法典》第六百七十五条之规定，判决如下。

## 正例

依照《中华人民共和国民法典》（以下简称民法典）第六百七十五条、民法典第六百七十六条之规定，判决如下。

## 依据

《最高人民法院关于裁判文书引用法律、法规等规范性法律文件的规定》第一条：应当准确完整写明规范性法律文件的名称。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import COUNTRY, Law, plain_title
from tianping.text.document.model import Document, Section
from tianping.text.lint.places import around, whole
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import quoted_by

rule = Rule(
    "LAW009",
    "country-left-out-of-title",
    since="0.1.0",
    severity=Severity.WARNING,
    message="裁判依据应写全称《{title}》。",
    needs=("《",),
    basis="《最高人民法院关于裁判文书引用法律、法规等规范性法律文件的规定》第一条",
)


@rule.check
def country_left_out_of_title(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for citation in document.citations:
        if not document.text_at(citation.span).startswith("《") or citation.title.startswith(COUNTRY):
            continue
        statute = law.statute(citation.effective_title)
        # Only where the title lacks nothing but the country is it sure which law is meant.
        if statute is None or not statute.title.startswith(COUNTRY):
            continue
        if plain_title(statute.title) != plain_title(citation.title):
            continue
        text, start, end = around(document, citation.span)
        if document.section_at(citation.span) is not Section.BASIS:
            yield rule.spare(citation.span, "不在裁判依据里")
        elif quoted_by(text, start, end, titles=False):
            yield rule.spare(citation.span, "引号内")
        elif any(f"称{mark}{citation.title}" in whole(document) for mark in ("", "《", "“", "：", "为", "为《", "为“")):
            yield rule.spare(citation.span, "声明过简称")
        else:
            yield rule.at(citation.span, title=statute.title)
