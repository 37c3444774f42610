"""引用顺序不当 — the grounds name an interpretation before a law, or procedure before substance.

## 查什么

裁判依据里先引司法解释、后引法律，或者先引诉讼法、后引实体法。附带民事诉讼两类规定交错的，刑事二审、再审先写程序法的，先引时间效力的规定说明适用何法的，不查。一份文书只报第一处。

## 为何要紧

引用顺序由最高人民法院统一规定，是评查中的常见扣分项。

## 反例

依照《中华人民共和国民事诉讼法》第六十七条、《中华人民共和国民法典》第六百七十五条之规定。

## 正例

依照《中华人民共和国民法典》第六百七十五条、《中华人民共和国民事诉讼法》第六十七条之规定。

## 依据

《最高人民法院关于裁判文书引用法律、法规等规范性法律文件的规定》第二条：法律在前，行政法规、地方性法规、司法解释在后；
基本法律在前；既有实体法又有程序法的，先实体法、后程序法。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law, Statute
from tianping.text.document.classification import Instance, Matter
from tianping.text.document.model import Citation, Document, Section
from tianping.text.lint.places import around, whole
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import quoted_by

rule = Rule(
    "LAW007",
    "grounds-out-of-order",
    since="0.1.0",
    severity=Severity.WARNING,
    message="《{title}》应在《{before}》之前引用：{why}。",
    needs=("依照", "依据", "根据"),
    basis="《最高人民法院关于裁判文书引用法律、法规等规范性法律文件的规定》第二条",
)

INTERPRETATION = "司法解释"
TIME_EFFECT = "时间效力"
"""通常最先引：it says which law is applied, and stands before that law without harm."""
LAW = "法律"


@rule.check
def grounds_out_of_order(document: Document, law: Law) -> Iterator[Remark | Spared]:
    mixed = "附带民事" in whole(document)
    appeal = document.matter is Matter.CRIMINAL and document.instance is not Instance.FIRST
    told = False
    before: tuple[Citation, Statute] | None = None
    for citation in document.citations:
        if document.section_at(citation.span) is not Section.BASIS:
            continue
        statute = law.statute(citation.effective_title) if citation.articles else None
        if statute is None:
            continue
        text, start, end = around(document, citation.span)
        if before is not None and not _same_sentence(document, before[0], citation):
            before = None
        why = _fault(before[1], statute) if before is not None else None
        if why is None or before is None:
            if before is not None:
                yield rule.spare(citation.span, "顺序相符")
        elif TIME_EFFECT in before[1].title:
            yield rule.spare(citation.span, "时间效力的规定先说明适用何法")
            before = citation, statute
        elif mixed:
            yield rule.spare(citation.span, "附带民事诉讼，两类规定交错")
        elif appeal and before[1].is_procedural:
            yield rule.spare(citation.span, "刑事二审、再审先写改判的程序法依据")
        elif quoted_by(text, start, end, titles=False):
            yield rule.spare(citation.span, "引号内")
        elif not told:
            told = True
            yield rule.at(citation.span, title=statute.title, before=before[1].title, why=why)
        if before is None or _rank(statute) >= _rank(before[1]):
            before = citation, statute


def _same_sentence(document: Document, first: Citation, second: Citation) -> bool:
    if first.span.paragraph != second.span.paragraph:
        return False
    text, start, _ = around(document, second.span)
    _, _, end = around(document, first.span)
    return not any(mark in text[end:start] for mark in "。！？\n")


def _rank(statute: Statute) -> int:
    """实体法 1, 程序法 2, 司法解释 3 — what stands behind never goes before."""
    if statute.level == INTERPRETATION:
        return 3
    return 2 if statute.is_procedural else 1


def _fault(before: Statute, now: Statute) -> str | None:
    if now.level != LAW or before is now:
        return None
    if before.level == INTERPRETATION:
        return "先引法律，后引司法解释"
    if before.is_procedural and not now.is_procedural:
        return "先引实体法，后引程序法"
    return None
