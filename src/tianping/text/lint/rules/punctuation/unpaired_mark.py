"""成对标点不配对 — a bracket, a title mark or a quotation mark has no partner.

## 查什么

同一段里“《》”“（）”““””有开无合或有合无开。“1）”一类的序号、跨段的引文、全角半角混配的括号不查；书名号里再套书名号按层数计算。

## 为何要紧

书名号、括号缺一半，引用到哪里为止就说不清；括注的内容会与正文混在一起。

## 反例

双方签订《房屋租赁合同，约定租期两年。

## 正例

双方签订《房屋租赁合同》，约定租期两年。

## 依据

GB/T 15834—2011《标点符号用法》。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Span
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import quoted_by
from tianping.text.regex import regex

rule = Rule(
    "PUN004",
    "unpaired-mark",
    since="0.1.0",
    severity=Severity.WARNING,
    message="“{here}”没有与之配对的“{partner}”。",
    basis="GB/T 15834—2011《标点符号用法》",
    general=True,
)

MARKS = regex("[《》“”（）()]")
PARTNER = {"《": "》", "“": "”", "（": "）", "》": "《", "”": "“", "）": "（"}
CLOSES = {"》": "《", "”": "“", "）": "（"}
NUMBERED = regex(r"(?:^|[，。；：、\s])[0-9０-９一二三四五六七八九十a-zA-Z①-⑩]{1,3}$")
"""序号：1）、（2）的右半。"""


@rule.check
def unpaired_mark(document: Document, law: Law) -> Iterator[Remark | Spared]:
    lonely: list[tuple[str, Span, str | None]] = []
    for number, line in enumerate(document.lines):
        for at, mark, why in _unpaired(line.text):
            if mark not in "“”":
                why = why or quoted_by(line.text, at, at + 1)
            lonely.append((mark, Span(number, *line.place(at, at + 1)), why))
    where: dict[str, set[int]] = {mark: set() for mark in PARTNER}
    for mark, span, _ in lonely:
        where[mark].add(span.paragraph)
    quotations = sum(mark in "“”" for mark, _, _ in lonely)
    for mark, span, why in lonely:
        # A quotation over several paragraphs opens each of them and closes the last; titles and brackets may break too.
        if why:
            yield rule.spare(span, why)
        elif _elsewhere(where[PARTNER[mark]], span.paragraph) or (mark in "“”" and quotations > 1):
            yield rule.spare(span, "跨段配对")
        else:
            yield rule.at(span, here=mark, partner=PARTNER[mark])


def _elsewhere(paragraphs: set[int], here: int) -> bool:
    return len(paragraphs) > (here in paragraphs)


def _unpaired(text: str) -> Iterator[tuple[int, str, str | None]]:
    """(place, mark, why it may stand alone)."""
    open_marks: dict[str, list[int]] = {"《": [], "“": [], "（": []}
    for found in MARKS.finditer(text):
        mark = "（" if found[0] == "(" else "）" if found[0] == ")" else found[0]
        if mark in open_marks:
            open_marks[mark].append(found.start())
        elif open_marks[CLOSES[mark]]:
            open_marks[CLOSES[mark]].pop()
        elif mark == "）" and NUMBERED.search(text, max(found.start() - 4, 0), found.start()):
            yield found.start(), mark, "序号"
        else:
            yield found.start(), mark, None if found[0] in PARTNER else "半角括号"
    for mark, places in open_marks.items():
        for at in places:
            yield at, mark, None if text[at] in PARTNER else "半角括号"
