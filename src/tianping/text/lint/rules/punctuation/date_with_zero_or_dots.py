"""月日补零、点号日期 — a day is written 03月08日 or 2026.3.8.

## 查什么

法院自己的话里，月、日前补了零，或日期用点号、斜线写成。引文、书证、编号、版本号里的不查。

## 为何要紧

正文日期用阿拉伯数字，月、日不补零；全文写法一致，检索才不漏。

## 反例

双方于2026年03月08日签约；双方于2026.3.8签约。

## 正例

双方于2026年3月8日签约；检验单编号为2026.3.8。

## 依据

《人民法院民事裁判文书制作规范》（数字用法）；GB/T 15835—2011《出版物上数字用法》。
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
    "PUN014",
    "date-with-zero-or-dots",
    since="0.1.0",
    severity=Severity.INFO,
    message="日期“{here}”的月、日不补零，也不用点号，正文应写作某年某月某日。",
)

DAY = regex(
    r"(?<!\d)(?:(?:19|20)\d{2}年)?0\d月\d{1,2}日|(?<!\d)(?:(?:19|20)\d{2}年)?1[0-2]月0\d日|(?<!\d)(?:(?:19|20)\d{2}年)?[1-9]月0\d日"
    r"|(?<![\d./．])(?:19|20)\d{2}[./．](?:0?[1-9]|1[0-2])[./．](?:0?[1-9]|[12]\d|3[01])(?![\d./．元])"
)
NUMBERED = regex(r"(?:编号|版本|型号|票号|单号|号码|批号|版|V|v|号)[为是：:第]{0,2}$")


@rule.check
def date_with_zero_or_dots(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, DAY):
        if NUMBERED.search(match.string, max(match.start() - 6, 0), match.start()):
            yield rule.spare(span, "编号或版本号")
        elif others := others_words(document, span):
            yield rule.spare(span, others)
        else:
            yield rule.at(span, here=match[0])
