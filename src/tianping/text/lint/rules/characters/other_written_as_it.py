"""其他误写为其它 — the word for "other" is not the one the statutes use.

## 查什么

法院自己的话里的“其它”。引文、书证、证据名称、书名号内和当事人陈述照录不查。

## 为何要紧

法律条文一律用“其他”。裁判文书与条文用词一致，检索和引用才不走样。

## 反例

驳回原告的其它诉讼请求。

## 正例

驳回原告的其他诉讼请求。

## 依据

现行法律条文的通行用词（如《中华人民共和国民法典》各条的“其他”）。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "CHR006",
    "other-written-as-it",
    since="0.1.0",
    severity=Severity.INFO,
    message="“其它”应写作“其他”，与法律条文用词一致。",
    needs=("其它",),
)

OTHER = regex("其它")


@rule.check
def other_written_as_it(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, OTHER, holding=rule.needs):
        if match.string[: match.start()].endswith(("尤", "极")):  # 尤其它、极其它: two words meet
            yield rule.spare(span, "分属两词")
        elif others := others_words(document, span):
            yield rule.spare(span, others)
        else:
            yield rule.at(span, suggestion="其他")
