"""条号属于另一版本 — the number an article bore in another version of the statute.

## 查什么

写明的内容（迟延履行、缺席判决、二审处理等）在落款之日的版本里是另一条，引用的却是旧版或者将来版本的条号。只查法规库里逐版
核对过条号的主题；同一文书已引正确条号的不报。导入了法规全文的，还核对引号内照录的条文是否出自所引的那一条。

## 为何要紧

旧条号在新法里往往是另一件事，“有这一条”不等于引对；模板没有更新时，同样的错会出现在每一份文书里。

## 反例

2024年5月判决：依照《中华人民共和国民事诉讼法》第二百六十条之规定，加倍支付迟延履行期间的债务利息。

## 正例

2024年5月判决：依照《中华人民共和国民事诉讼法》第二百六十四条之规定，加倍支付迟延履行期间的债务利息。

## 依据

《最高人民法院关于裁判文书引用法律、法规等规范性法律文件的规定》第一条；历次修正后各条的条号。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tianping.law.numbering import article
from tianping.law.renumbering import Topic, topics
from tianping.law.statutes.model import Law, Statute, Version
from tianping.text.document.model import Citation, Document, Section, Span
from tianping.text.lint.places import around, whole
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import FAR_ENOUGH, others_words, sentence_start
from tianping.text.regex import regex

rule = Rule(
    "LAW003",
    "article-of-another-version",
    since="0.1.0",
    severity=Severity.ERROR,
    message="{why}，请核对条号。",
    needs=("条",),
)

IN_VOICE = frozenset({Section.REASON, Section.BASIS, Section.ORDER, Section.LATE})
ANOTHER_RULING = regex(r"原审|一审|原判|[〔（(]\d{4}[）)〕][^，。]{2,24}号")
WHOLE_DOCUMENT = frozenset({Section.BASIS})  # the grounds list articles without saying what for
QUOTED = regex(r"[^。；《》]{0,12}?(?:规定|载明)[：:，,]?“(?P<words>[^“”]{20,400})”")
OLD_YEAR = regex(r"^[（(](?:\d{4}年?(?:修正|修订)|旧|原)")
SAME, OTHER = 0.5, 0.8  # share of the quoted pairs of characters found: below SAME in the cited, above OTHER elsewhere


@rule.check
def article_of_another_version(document: Document, law: Law) -> Iterator[Remark | Spared]:
    day = document.decided_on or law.day
    if day is None:
        return
    cited: dict[str, set[int]] = {}
    for citation in document.citations:
        cited.setdefault(citation.effective_title, set()).update(number for number, _ in citation.articles)
    for citation in document.citations:
        statute = law.statute(citation.effective_title) if citation.articles else None
        if statute is None or document.section_at(citation.span) not in IN_VOICE:
            continue
        yield from _by_topic(document, citation, statute, day, cited[citation.effective_title])
        yield from _by_quotation(document, citation, statute, day, law)


def _by_topic(
    document: Document, citation: Citation, statute: Statute, day: date, cited: set[int]
) -> Iterator[Remark | Spared]:
    known = topics(statute.title)
    if not known:
        return
    for number, span in citation.articles:
        for topic in known:
            right = topic.article_on(day)
            if right is None or number not in topic.all_numbers:
                continue
            if number == right:
                yield rule.spare(span, "当日的条号")
            elif right in cited:
                yield rule.spare(span, "已引当日的条号")
            elif not _about(document, span, topic):
                yield rule.spare(span, "说的不是这件事")
            elif any(number == other.article_on(day) and _about(document, span, other) for other in known):
                yield rule.spare(span, "该条号现在所指的事也在文书里")
            elif not statute.is_procedural and not _all_facts_since(document, topic, day):
                yield rule.spare(span, "可能适用行为时的旧法")
            elif others := others_words(document, span, titles=False) or _older(document, citation, span):
                yield rule.spare(span, others)
            else:
                yield rule.at(
                    span,
                    why=f"《{statute.title}》关于{topic.name}的规定，落款之日是{article(right)}，不是{article(number)}",
                )
                break


def _about(document: Document, span: Span, topic: Topic) -> bool:
    """The words of the topic stand in the sentence; for an article of the grounds, anywhere in what the court says."""
    text, start, end = around(document, span)
    stop = text.find("。", end, end + FAR_ENOUGH)
    sentence = text[max(sentence_start(text, start), start - FAR_ENOUGH) : stop if stop >= 0 else end + FAR_ENOUGH]
    if any(word in sentence for word in topic.words):
        return True
    return document.section_at(span) in WHOLE_DOCUMENT and any(word in whole(document) for word in topic.words)


def _all_facts_since(document: Document, topic: Topic, day: date) -> bool:
    since = max((first for first, _ in topic.numbers if first <= day), default=day)
    return document.facts_from is not None and document.facts_from >= since


def _older(document: Document, citation: Citation, span: Span) -> str | None:
    text, start, _ = around(document, span)
    _, _, end = around(document, citation.span)
    if OLD_YEAR.match(text[end : end + 12]):
        return "写明引用的是旧版"
    begins = max(sentence_start(text, start), start - FAR_ENOUGH)
    return "转述原审或他案" if ANOTHER_RULING.search(text, begins, start) else None


def _by_quotation(
    document: Document, citation: Citation, statute: Statute, day: date, law: Law
) -> Iterator[Remark | Spared]:
    """With full text: words in quotation marks that are those of another article than the one they stand behind."""
    version = statute.version_on(day)
    if version is None:
        return
    alone = True  # of 第一条、第二条规定：“……” nobody can say which article is quoted
    places = [around(document, span)[1:] for _, span in citation.articles]
    for place, (number, span) in enumerate(citation.articles):
        text, _, end = around(document, span)
        following = places[place + 1][0] if place + 1 < len(places) else len(text)
        quoted = QUOTED.match(text, end, following)
        own = law.article_text(version, number) if quoted and alone else None
        if quoted is not None and own is not None:
            yield from _of_another(span, quoted["words"], own, statute, version, number, law)
        alone = quoted is not None


def _of_another(
    span: Span, quoted: str, own: str, statute: Statute, version: Version, number: int, law: Law
) -> Iterator[Remark | Spared]:
    words = _pairs(quoted)
    if _share(words, own) >= SAME:
        yield rule.spare(span, "引文出自该条")
        return
    found = [(one, insert) for one, insert, other in law.articles(version) if _share(words, other) >= OTHER]
    if len(found) == 1:
        yield rule.at(span, why=f"引文是《{statute.title}》{article(*found[0])}的内容，不是{article(number)}")


def _pairs(text: str) -> frozenset[str]:
    plain = re.sub(r"[^\u4e00-\u9fff]", "", text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def _share(words: frozenset[str], text: str) -> float:
    return len(words & _pairs(text)) / len(words) if words else 0.0
