"""条款项用阿拉伯数字 — an article of a statute is cited in Arabic figures.

## 查什么

本院认为、裁判依据、主文中引用法律、司法解释，条、款、项写成阿拉伯数字，如“第114条第2款”。当事人陈述、合同条款、库里没有的文件不查。

## 为何要紧

条文的序号在法律里是汉字，引用应与原文一致。

## 反例

依照《中华人民共和国民法典》第577条之规定，判决如下。

## 正例

依照《中华人民共和国民法典》第五百七十七条之规定，判决如下；根据《房屋租赁合同》第5条，租金按月支付。

## 依据

《最高人民法院关于裁判文书引用法律、法规等规范性法律文件的规定》第一条；《人民法院民事裁判文书制作规范》（数字用法）。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "PUN015",
    "article-in-arabic-figures",
    since="0.1.0",
    severity=Severity.WARNING,
    message="引用法律条文，“{here}”的序号应用汉字。",
    needs=("第",),
)

FIGURES = regex(r"[0-9０-９]")
RULED = frozenset({Section.REASON, Section.BASIS, Section.ORDER})


@rule.check
def article_in_arabic_figures(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for citation in document.citations:
        written = [(place, document.text_at(place)) for _, place in citation.articles]
        wrong = [(place, here) for place, here in written if FIGURES.search(here)]
        if not wrong:
            continue
        first, _ = wrong[0]
        if law.statute(citation.effective_title) is None:
            yield rule.spare(first, "不是库里的法律、司法解释")
        elif document.section_at(first) not in RULED:
            yield rule.spare(first, "不是本院的说理、依据或主文")
        elif others := others_words(document, first):
            yield rule.spare(first, others)
        else:
            for place, here in wrong:
                yield rule.at(place, here=here)
