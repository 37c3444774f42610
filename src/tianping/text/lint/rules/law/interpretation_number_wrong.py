"""司法解释序号错误 — an interpretation is cited with a number it does not have, or without the one it has.

## 查什么

司法解释名称末尾的（一）（二）（三），表里没有这一号，而有同名的其他号；或者没有写号，而同名的都有号。引用《劳动争议
解释（一）》第三十二条第一款的，2025年9月1日起的文书报，因为该款已经废止。

## 为何要紧

各号规定的是不同的事，序号写错等于引了另一部司法解释。

## 反例

依照《最高人民法院关于审理劳动争议案件适用法律问题的解释》第四十三条之规定。

## 正例

依照《最高人民法院关于审理劳动争议案件适用法律问题的解释（一）》第四十三条之规定。

## 依据

《最高人民法院关于裁判文书引用法律、法规等规范性法律文件的规定》第一条；《最高人民法院关于审理劳动争议案件适用法律问题的
解释（二）》关于废止解释（一）第三十二条第一款的规定。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tianping.law.statutes.model import Law, plain_title
from tianping.text.document.model import Citation, Document
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "LAW011",
    "interpretation-number-wrong",
    since="0.1.0",
    severity=Severity.ERROR,
    message="{why}，请核对。",
    needs=("解释", "规定（"),
)

NUMBER = regex(r"（([一二三四五六七八九])）$")
NUMBERS = "一二三四五六七八九"
TABLE_COMPLETE_UNTIL = date(2025, 4, 1)
"""The table has hardly any interpretation made later, so that a next number proves nothing after this day."""

REPEALED_PARAGRAPH = ("审理劳动争议案件适用法律问题的解释（一）", 32, 1, date(2025, 9, 1))


@rule.check
def interpretation_number_wrong(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for citation in document.citations:
        title = plain_title(citation.effective_title)
        if "关于" not in title or not citation.articles:
            continue
        yield from _repealed(document, citation, title)
        if law.statute(citation.effective_title) is not None:
            if NUMBER.search(title):
                yield rule.spare(citation.span, "表里有这一号")
            continue
        known = _numbers(NUMBER.sub("", title), law)
        why = _fault(document, title, known)
        if why is None:
            if known:
                yield rule.spare(citation.span, "可能是表里还没有的新解释")
        elif others := others_words(document, citation.span, titles=False):
            yield rule.spare(citation.span, others)
        else:
            yield rule.at(citation.span, why=why)


def _numbers(stem: str, law: Law) -> list[int]:
    """The numbers under which a title is known."""
    return [number for number, name in enumerate(NUMBERS, start=1) if law.statute(f"{stem}（{name}）") is not None]


def _fault(document: Document, title: str, known: list[int]) -> str | None:
    if not known:
        return None
    held = "、".join(f"（{NUMBERS[number - 1]}）" for number in known)
    written = NUMBER.search(title)
    if written is None:
        return f"该司法解释有{held}，此处没有写明哪一号"
    number = NUMBERS.index(written[1]) + 1
    complete = document.decided_on is not None and document.decided_on <= TABLE_COMPLETE_UNTIL
    if complete or number > max(known) + 1:
        return f"该司法解释只有{held}，没有（{written[1]}）"
    return None


def _repealed(document: Document, citation: Citation, title: str) -> Iterator[Remark | Spared]:
    stem, article, paragraph, since = REPEALED_PARAGRAPH
    if stem not in title or document.decided_on is None:
        return
    for one in citation.provisions:
        if (one.article, one.paragraph) != (article, paragraph):
            continue
        if document.decided_on < since:
            yield rule.spare(one.span, "落款之日该款有效")
        elif others := others_words(document, one.span, titles=False):
            yield rule.spare(one.span, others)
        else:
            yield rule.at(one.span, why="该款自2025年9月1日起废止")
