"""账误写为帐 — 账 (accounts) is written 帐 (curtain).

## 查什么

法院自己的话里，账户、账目、记账、账款一类词写成“帐”。引文、书证、证人证言和书名号内的照录不查。

## 为何要紧

“账”“帐”已经分工，财物出入用“账”。虽不影响裁判，却是最容易被指摘的错别字。

## 反例

被告将货款汇入原告帐户。

## 正例

被告将货款汇入原告账户；被害人睡在帐篷内。

## 依据

《第一批异形词整理表》（账、帐的分工）；《现代汉语词典》。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.places import find, part
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "CHR002",
    "account-written-as-curtain",
    since="0.1.0",
    severity=Severity.WARNING,
    message="“{here}”应写作“{right}”。",
    basis="《第一批异形词整理表》",
    needs=("帐",),
    general=True,
)

AFTER = "户目号款单本册簿务面页"
BEFORE = "记转入对结查做算进到汇欠还要讨收呆坏销报台总旧平出挂赖付买公私走过分假"
WORD = regex(f"(?P<word>帐[{AFTER}]|[{BEFORE}]帐|帐)")
CLOTH = regex(r"蚊帐|营帐|军帐|纱帐|床帐|幔帐|罗帐|帷帐|帐[篷子幕帘帷]|帐下|青纱帐")


@rule.check
def account_written_as_curtain(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, WORD, holding=rule.needs):
        text, start = match.string, match.start()
        around = text[max(start - 2, 0) : match.end() + 1]
        if len(match["word"]) == 1 or CLOTH.search(around):
            yield rule.spare(span, "不是账目的账")
        elif others := others_words(document, span):
            yield rule.spare(span, others)
        else:
            right = match["word"].replace("帐", "账")
            place = part(document, match, span, "word")
            yield rule.at(place, here=match["word"], right=right, suggestion=right)
