"""引用失效法律 — a statute is cited that had ceased to be in force before the facts arose.

## 查什么

本院认为、裁判依据部分引用的法律、司法解释，已整部失效，而本院查明的事实全部发生在失效之后。

## 为何要紧

引错法律属适用法律错误，可以成为改判、发回的理由，也最容易被当事人看出。

## 反例

本院查明的借款发生于2022年3月，判决却写：依照《中华人民共和国合同法》第二百零六条之规定。

## 正例

借款发生于2019年3月，2021年5月判决：依照《中华人民共和国合同法》第二百零六条之规定。

## 依据

《中华人民共和国民法典》第一千二百六十条；《最高人民法院关于适用〈中华人民共和国民法典〉时间效力的若干规定》第一条；
《最高人民法院关于裁判文书引用法律、法规等规范性法律文件的规定》第一条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Citation, Document, Section
from tianping.text.lint.places import around
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words, sentence_start
from tianping.text.regex import regex

rule = Rule(
    "LAW002",
    "repealed-statute",
    since="0.1.0",
    severity=Severity.WARNING,
    message="《{title}》自{ended}起失效，而本院查明的事实最早发生于{facts}，请核对应适用的法律。",
    needs=("《",),
)

RULED_ON = frozenset({Section.REASON, Section.BASIS})
TIME_EFFECT = "时间效力"
ANOTHER_RULING = regex(r"(?:原审|一审|原判|再审|另案|[〔（(]\d{4}[）)〕][^，。]{2,24}号)")


@rule.check
def repealed_statute(document: Document, law: Law) -> Iterator[Remark | Spared]:
    transition = any(TIME_EFFECT in citation.effective_title for citation in document.citations)
    for citation in document.citations:
        statute = law.statute(citation.effective_title)
        if statute is None or statute.ended is None:
            continue
        if statute.versions[-1].unproven:
            yield rule.spare(citation.span, "失效日未证实")
        elif document.section_at(citation.span) not in RULED_ON:
            yield rule.spare(citation.span, "不是本院的说理或依据")
        elif others := others_words(document, citation.span, titles=False):
            yield rule.spare(citation.span, others)
        elif document.section_at(citation.span) is Section.REASON and _called_former(document, citation):
            yield rule.spare(citation.span, "写明是原来的法律")
        elif _recounts_another_ruling(document, citation):
            yield rule.spare(citation.span, "转述原审或他案")
        elif document.facts_from is None:
            yield rule.spare(citation.span, "查明的事实没有日期")
        elif document.facts_from < statute.ended:
            yield rule.spare(citation.span, "事实发生在失效之前")
        elif transition:
            yield rule.spare(citation.span, "已引时间效力规定，属衔接适用")
        else:
            yield rule.at(citation.span, title=statute.title, ended=statute.ended, facts=document.facts_from)


def _called_former(document: Document, citation: Citation) -> bool:
    """原《合同法》：history in the reasons, with its own word for it; among the grounds it would be no excuse."""
    text, start, _ = around(document, citation.span)
    return text[:start].endswith(("原", "原有的", "旧", "当时的"))


def _recounts_another_ruling(document: Document, citation: Citation) -> bool:
    text, start, _ = around(document, citation.span)
    return bool(ANOTHER_RULING.search(text, sentence_start(text, start), start))
