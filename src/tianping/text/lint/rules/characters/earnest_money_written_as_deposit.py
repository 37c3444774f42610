"""定金误写为订金 — earnest money, which is returned double, is called a deposit (订金).

## 查什么

法院自己的话里写“订金”，而同一段又适用定金罚则、判令双倍返还。

## 为何要紧

定金有担保效力，订金没有。把定金罚则用在“订金”上，是说理与用语自相矛盾。

## 反例

被告违约，应依定金罚则双倍返还订金。

## 正例

被告违约，应依定金罚则双倍返还定金；双方约定的是订金，不适用定金罚则。

## 依据

《中华人民共和国民法典》第五百八十六条、第五百八十七条。
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
    "CHR003",
    "earnest-money-written-as-deposit",
    since="0.1.0",
    severity=Severity.WARNING,
    message="同段适用定金罚则，此处却写“订金”，请核对是否“定金”。",
    basis="《中华人民共和国民法典》第五百八十六条、第五百八十七条",
    needs=("订金",),
)

DEPOSIT = regex("订金")
DOUBLED = regex(r"定金罚则|定金的?规则|(?:双倍|加倍|两倍|二倍)(?:返还|退还|偿还)")
ARGUED = regex(
    r"不适用定金|不(?:具有|是|属于|构成)[^，。]{0,6}定金|(?:并非|而非|区别于|不同于)“?定金|订金[^，。]{0,4}(?:与|和)[^，。]{0,2}定金"
)
"""论证性质：the court is telling the two apart, so both words are meant."""


@rule.check
def earnest_money_written_as_deposit(document: Document, law: Law) -> Iterator[Remark | Spared]:
    said: dict[int, tuple[bool, bool]] = {}  # of each paragraph: the rule of earnest money applied, the two told apart
    for match, span in find(document, DEPOSIT, holding=rule.needs):
        if span.paragraph not in said:
            said[span.paragraph] = bool(DOUBLED.search(match.string)), bool(ARGUED.search(match.string))
        doubled, argued = said[span.paragraph]
        if not doubled:
            yield rule.spare(span, "同段没有定金罚则")
        elif argued:
            yield rule.spare(span, "论证订金不是定金")
        elif others := others_words(document, span):
            yield rule.spare(span, others)
        else:
            yield rule.at(span)
