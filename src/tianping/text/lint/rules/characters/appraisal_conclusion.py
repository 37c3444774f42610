"""鉴定意见误写为鉴定结论 — an expert opinion goes by the name it had before 2013.

## 查什么

2013年以后作出的民事、刑事文书（行政文书自2015年5月起），法院自己的话里仍写“鉴定结论”。劳动能力鉴定结论、价格鉴定
结论书、引号和书名号内的名称不查。

## 为何要紧

修改后的诉讼法把“结论”改为“意见”，意思是它须经质证，不当然采信。沿用旧名，等于说证据不必审查。

## 反例

该鉴定结论程序合法，本院予以采信。

## 正例

该鉴定意见程序合法，本院予以采信；劳动能力鉴定结论为八级。

## 依据

《中华人民共和国刑事诉讼法》第五十条；《中华人民共和国民事诉讼法》第六十六条；《中华人民共和国行政诉讼法》第三十三条。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "CHR012",
    "appraisal-conclusion",
    since="0.1.0",
    severity=Severity.WARNING,
    message="“鉴定结论”在现行诉讼法中称“鉴定意见”。",
    needs=("鉴定结论",),
)

CONCLUSION = regex("鉴定结论")
RENAMED, RENAMED_FOR_ADMINISTRATIVE = date(2013, 1, 1), date(2015, 5, 1)
STATUTORY_NAME = regex(r"劳动能力[^，。；]{0,12}$|(?:价格|价值|物价|工伤|认证)[^，。；]{0,10}$")
NAME_OF_A_PAPER = regex(r"(?:意见|通知|告知)?书|通知")


@rule.check
def appraisal_conclusion(document: Document, law: Law) -> Iterator[Remark | Spared]:
    since = RENAMED_FOR_ADMINISTRATIVE if document.title.startswith("行政") else RENAMED
    for match, span in find(document, CONCLUSION, holding=rule.needs):
        if document.decided_on is None or document.decided_on < since:
            yield rule.spare(span, "裁判在改称之前，或没有落款日期")
        elif STATUTORY_NAME.search(match.string, max(match.start() - 18, 0), match.start()):
            yield rule.spare(span, "法定名称")
        elif NAME_OF_A_PAPER.match(match.string, match.end()):
            yield rule.spare(span, "文件名称")
        elif others := others_words(document, span):
            yield rule.spare(span, others)
        else:
            yield rule.at(span, suggestion="鉴定意见")
