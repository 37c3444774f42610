"""罪名与条号不匹配 — the grounds name articles of other crimes, and not that of the crime convicted.

## 查什么

主文所定的罪名，在裁判依据引用的刑法条文中一条也没有，而依据里引了刑法分则别的罪名的条文。罪名表里没有的罪名、只引总则的
文书不查。

## 为何要紧

定罪没有引用该罪的条文，属适用法律错误。

## 反例

依照《中华人民共和国刑法》第二百六十六条……被告人犯盗窃罪。

## 正例

依照《中华人民共和国刑法》第二百六十四条……被告人犯盗窃罪。

## 依据

《中华人民共和国刑法》第三条、分则各条；最高人民法院、最高人民检察院关于确定罪名的规定。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.crimes import ALSO_PUNISHED_BY, crimes, crimes_of
from tianping.law.numbering import article
from tianping.law.statutes.model import Law
from tianping.text.document.classification import Matter
from tianping.text.document.model import Document, Section, Span
from tianping.text.lint.convictions import Conviction, convictions
from tianping.text.lint.places import around
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import quoted_by
from tianping.text.regex import regex

rule = Rule(
    "LAW016",
    "crime-under-another-article",
    since="0.1.0",
    severity=Severity.ERROR,
    message="{crime}在刑法{right}，裁判依据没有引用，而引了{cited}，请核对。",
    needs=("罪，", "罪；", "罪。", "罪判"),
)

CRIMINAL_LAW = "中华人民共和国刑法"
FIRST_OF_THE_SPECIAL_PART = 102
HOW_NEAR = regex(r"以[^，。]{2,20}罪(?:论处|定罪处罚)")


@rule.check
def crime_under_another_article(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if document.matter is not Matter.CRIMINAL:
        return
    cited = dict(_cited(document, law))
    special = {place for place in cited if place[0] >= FIRST_OF_THE_SPECIAL_PART and crimes_of(*place)}
    told: set[str] = set()
    for conviction in convictions(document):
        right = _articles(conviction)
        text, start, end = around(document, conviction.span)
        if not right or conviction.crime is None:
            yield rule.spare(conviction.span, "罪名不在表里")
        elif right & cited.keys():
            yield rule.spare(conviction.span, "已引该罪的条文")
        elif not special:
            yield rule.spare(conviction.span, "没有引用刑法分则")
        elif quoted_by(text, start, end):
            yield rule.spare(conviction.span, "引号内")
        elif conviction.crime not in told:
            told.add(conviction.crime)
            others = "、".join(article(*place) for place in sorted(special))
            rights = "、".join(article(*place) for place in sorted(right))
            yield rule.at(conviction.span, crime=conviction.crime, right=rights, cited=others)


def _cited(document: Document, law: Law) -> Iterator[tuple[tuple[int, int], Span]]:
    for citation in document.citations:
        statute = law.statute(citation.effective_title)
        if statute is None or statute.title != CRIMINAL_LAW:
            continue
        if document.section_at(citation.span) in (Section.BASIS, Section.REASON, Section.ORDER):
            for one in citation.provisions:
                yield (one.article, one.insert), one.span


def _articles(conviction: Conviction) -> set[tuple[int, int]]:
    """Where the crime stands, in any of its readings, with the article that only sets its penalty."""
    found = {place for name in conviction.readings for place in crimes()[name].articles}
    also = {(other, 0) for number, _ in found for other in ALSO_PUNISHED_BY.get(number, ())}
    return found | also
