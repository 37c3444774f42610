"""款、项不存在 — a paragraph or item is cited that the article does not have.

## 查什么

引用的“第×款”多于该条的款数，或者“第×项”多于该款的项数。程序法看裁判之日的版本；实体法看事实发生以来施行过的各版，
每一版的款项数都已知而且都没有，才报。

## 为何要紧

引用到款、项的，款、项必须存在；多半是数错了款，或者把“之一”条写成了款。

## 反例

依照《中华人民共和国刑法》第六十七条第四款之规定。

## 正例

依照《中华人民共和国刑法》第六十七条第三款、《中华人民共和国民事诉讼法》第一百七十七条第一款第一项之规定。

## 依据

《最高人民法院关于裁判文书引用法律、法规等规范性法律文件的规定》第一条；各法律、司法解释各条的款数、项数。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.numbering import article, in_words
from tianping.law.statutes.model import Law, Shape, Statute, Version
from tianping.text.document.model import Document, Provision, Section
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words

rule = Rule(
    "LAW005",
    "item-that-does-not-exist",
    since="0.1.0",
    severity=Severity.ERROR,
    message="《{title}》{article}{lacking}，请核对款、项。",
    needs=("款", "项"),
)


@rule.check
def item_that_does_not_exist(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for citation in document.citations:
        wanted = [one for one in citation.provisions if one.paragraph is not None or one.item is not None]
        statute = law.statute(citation.effective_title) if wanted else None
        if statute is None:
            continue
        for one in wanted:
            versions = _applicable(document, law, statute, one)
            shapes = [law.shape(version, one.article, one.insert) for version in versions]
            known = [shape for shape in shapes if shape]
            if not known or len(known) < len(shapes) or any(version.unproven for version in versions):
                yield rule.spare(one.span, "款项数未知")
            elif any(_lacks(shape, one) is None for shape in known):
                yield rule.spare(one.span, "该条有此款项")
            elif others := others_words(document, one.span, titles=False):
                yield rule.spare(one.span, others)
            else:
                yield rule.at(
                    one.span,
                    title=statute.title,
                    article=article(one.article, one.insert),
                    lacking=_lacks(known[-1], one),
                )


def _applicable(document: Document, law: Law, statute: Statute, one: Provision) -> tuple[Version, ...]:
    """Versions the court may have meant. Doubt widens the choice."""
    day = document.decided_on or law.day
    if day is None:
        return statute.versions
    if statute.is_procedural and document.section_at(one.span) is Section.BASIS:
        version = statute.version_on(day)
        return (version,) if version else ()
    return statute.versions_between(document.facts_from, day)


def _lacks(shape: Shape, one: Provision) -> str | None:
    """What the article lacks, in words; None where it has what is cited."""
    if one.paragraph is not None and one.paragraph > len(shape):
        return "只有一款" if len(shape) == 1 else f"只有{in_words(len(shape))}款，没有第{in_words(one.paragraph)}款"
    if one.item is None:
        return None
    if one.paragraph is not None:
        items = shape[one.paragraph - 1]
        return (
            None if one.item <= items else f"第{in_words(one.paragraph)}款{_items(items)}，没有第{in_words(one.item)}项"
        )
    return None if one.item <= max(shape) else f"{_items(max(shape))}，没有第{in_words(one.item)}项"


def _items(count: int) -> str:
    return f"只有{in_words(count)}项" if count else "不分项"
