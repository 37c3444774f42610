"""认定了情节而没有引用条文 — voluntary surrender is found and article 67 is not among the grounds.

## 查什么

刑事判决“本院认为”里认定被告人构成自首、立功、累犯、从犯、犯罪未遂，或者主文宣告缓刑，裁判依据引用了《刑法》却没有引对应的条文（第六十七、
六十八、六十五、二十七、二十三、七十二条）。不认定该情节的、转述辩护意见的不查。

## 为何要紧

情节影响量刑，依据里没有条文，量刑就没有着落。

## 反例

本院认为……系自首，可以从轻处罚。依照《中华人民共和国刑法》第二百六十四条之规定，判决如下：

## 正例

依照《中华人民共和国刑法》第二百六十四条、第六十七条第一款之规定，判决如下：

## 依据

《中华人民共和国刑法》第二十三条、第二十七条、第六十五条、第六十七条、第六十八条、第七十二条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.numbering import article
from tianping.law.statutes.model import Law
from tianping.text.document.classification import Matter
from tianping.text.document.model import Document, Section
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words, sentence_start
from tianping.text.regex import regex

rule = Rule(
    "LOG009",
    "circumstance-without-article",
    since="0.1.0",
    severity=Severity.WARNING,
    message="此处认定{words}，裁判依据没有引用《刑法》{article}，请核对。",
    basis="《中华人民共和国刑法》第六十五条、第六十七条、第六十八条",
    needs=("自首", "立功", "累犯", "从犯", "未遂", "缓刑"),
)
FOUND = regex(
    r"(?:是|系|属于?|构成|成立|认定为?|具有|有)(?:一般|犯罪|特殊|重大)?(?P<words>自首|立功|累犯|从犯|犯罪未遂|未遂)"
    r"|(?P<suspended>宣告缓刑|缓刑[一二三四五六七八九十])"
)
ARTICLES = {"自首": 67, "立功": 68, "累犯": 65, "从犯": 27, "犯罪未遂": 23, "未遂": 23, "缓刑": 72}
DENIED = regex(
    r"不(?:是|系|属|构成|成立|能|予|应|具|符)|未(?:能|予)?(?:认定|构成)|不符合|没有|并非|辩护|辩称|提出|意见|指控|曾|前科|原判|撤销|如果|如系|若"
)
CODE = "中华人民共和国刑法"


@rule.check
def circumstance_without_article(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if not document.is_first_judgment or document.matter is not Matter.CRIMINAL:
        return
    cited = {
        number
        for citation in document.citations
        if citation.effective_title == CODE and document.section_at(citation.span) in (Section.BASIS, Section.REASON)
        for number, _ in citation.articles
    }
    if len(cited) < 2:
        return
    seen: set[str] = set()
    for match, span in find(document, FOUND, Section.REASON):
        words = match["words"] or "缓刑"
        number = ARTICLES[words]
        if words in seen:
            continue
        start = sentence_start(match.string, match.start())
        clause = match.string[max(start, match.start() - 60) : match.end() + 24]
        if number in cited:
            yield rule.spare(span, "引了条文")
        elif DENIED.search(clause):
            yield rule.spare(span, "不是本院的认定")
        elif others := others_words(document, span):
            yield rule.spare(span, others)
        else:
            seen.add(words)
            yield rule.at(span, words=words, article=article(number))
