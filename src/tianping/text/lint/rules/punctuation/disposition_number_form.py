"""主文序号写法 — the items of the disposition are numbered in another way than 一、二、.

## 查什么

主文各项用“1.”“1、”“（一）”起头，而没有一项用“一、”；或者汉字序号后面不是顿号，如“一.”“一，”。“一、”之下再分“1.”“（1）”的，没有序号的判项以冒号引出的清单，不查。

## 为何要紧

主文序号用汉字加顿号，上诉、执行引用“判决主文第一项”时才对得上。

## 反例

1.被告返还借款。2.驳回原告的其他诉讼请求。

## 正例

一、被告返还借款：1.本金五万元；2.利息三千元。二、驳回原告的其他诉讼请求。

## 依据

《人民法院民事裁判文书制作规范》（裁判主文的序号）；各类文书样式。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section, Span
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import quoted_by
from tianping.text.regex import regex

rule = Rule(
    "PUN010",
    "disposition-number-form",
    since="0.1.0",
    severity=Severity.WARNING,
    message="主文序号“{here}”应写作“{right}”。",
)

NUMBER = regex(
    r"(?P<right>[一二三四五六七八九十]{1,3}、)|(?P<mark>(?P<han>[一二三四五六七八九十]{1,3})[.．,，:：])(?!\d)"
    r"|(?P<arabic>(?P<digits>\d{1,2})[.．、](?!\d))|(?P<bracket>[（(](?P<inner>[一二三四五六七八九十]{1,3})[）)][、，]?)"
)
LEADS_ON = regex(r"(?<!判决如下)(?<!裁定如下)(?<!决定如下)[：:]$")
DIGITS = "〇一二三四五六七八九"


@rule.check
def disposition_number_form(document: Document, law: Law) -> Iterator[Remark | Spared]:
    items = [(match, span) for match, span in _numbered(document)]
    has_right = any(match["right"] for match, _ in items)
    for match, span in items:
        if match["right"]:
            yield rule.spare(span, "写法合规")
        elif match["mark"] is None and has_right:
            yield rule.spare(span, "“一、”之下的分项")
        elif match["mark"] is None and sum(m["mark"] is None and not m["right"] for m, _ in items) < 2:
            yield rule.spare(span, "只此一处，未必是序号")
        elif match["mark"] is None and _listed(document, items[0][1]):
            yield rule.spare(span, "判项所列的各物")
        elif marked := quoted_by(match.string, *match.span()):
            yield rule.spare(span, marked)
        else:
            right = f"{match['han'] or match['inner'] or _han(int(match['digits']))}、"
            yield rule.at(
                span, here=match[0], right=right, suggestion=right if document.text_at(span) == match[0] else None
            )


def _listed(document: Document, first: Span) -> bool:
    """没有序号的判项之后所列：返还下列物品：1.…… — what is numbered are the things, not the dispositions."""
    before = [s.span for s in document.stretches_in(Section.ORDER) if s.span.paragraph < first.paragraph]
    return bool(before) and LEADS_ON.search(document.text_at(before[-1]).rstrip()) is not None


def _numbered(document: Document) -> Iterator[tuple[re.Match[str], Span]]:
    """Only what opens a paragraph of the disposition is a number of an item."""
    for stretch in document.stretches_in(Section.ORDER):
        line = document.lines[stretch.span.paragraph]
        if stretch.span.start == 0 and (match := NUMBER.match(line.text)):
            yield match, Span(stretch.span.paragraph, *line.place(*match.span()))


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else DIGITS[tens] + "十") + (DIGITS[ones] if ones else "")
