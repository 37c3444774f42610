"""条号超出该法最大条号 — an article is cited that the statute does not have.

## 查什么

引用的“第×条”大于该法律、司法解释当时版本的最后一条。程序法看裁判之日的版本；实体法凡裁判之日以前施行过的版本中
有一版有此条号，就不报。

## 为何要紧

不存在的条文不能作为裁判依据；多半是条号误写，或照抄了另一部法律的条号。

## 反例

依照《中华人民共和国民事诉讼法》第三百一十条之规定。

## 正例

依照《中华人民共和国刑法》第一百三十三条之一第一款之规定。

## 依据

《最高人民法院关于裁判文书引用法律、法规等规范性法律文件的规定》第一条；各法律、司法解释的条文数。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.numbering import article
from tianping.law.statutes.model import Law, Statute, Version
from tianping.text.document.model import Document, Section, Span
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words

rule = Rule(
    "LAW004",
    "article-beyond-last",
    since="0.1.0",
    severity=Severity.ERROR,
    message="《{title}》至{last}为止，没有{number}，请核对法名和条号。",
    needs=("《",),
)


@rule.check
def article_beyond_last(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for citation in document.citations:
        statute = law.statute(citation.effective_title) if citation.articles else None
        if statute is None:
            continue
        for number, span in citation.articles:
            versions = _applicable(document, law, statute, span)
            last = max((version.last_article or 0 for version in versions), default=0)
            if not versions or any(version.unproven or version.last_article is None for version in versions):
                yield rule.spare(span, "条文数未证实")
            elif number <= last:
                yield rule.spare(span, "该法有此条")
            elif others := others_words(document, span, titles=False):
                yield rule.spare(span, others)
            else:
                yield rule.at(span, title=statute.title, last=article(last), number=article(number))


def _applicable(document: Document, law: Law, statute: Statute, span: Span) -> tuple[Version, ...]:
    """Versions the court may have meant. Doubt widens the choice: an article some version has is not reported."""
    day = document.decided_on or law.day
    if day is None:
        return statute.versions
    if statute.is_procedural and document.section_at(span) is Section.BASIS:
        version = statute.version_on(day)
        return (version,) if version else ()
    return statute.versions_between(None, day)
