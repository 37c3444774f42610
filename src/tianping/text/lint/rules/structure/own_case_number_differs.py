"""全文案号不一致 — the document calls itself by another number than the one in its head.

## 查什么

页眉、页脚里的案号，以及正文“本案案号”之后的案号，与首部案号是否相同。引用他案、系列案的案号不查。

## 为何要紧

套用旧稿时最易留下前一案的案号；送达后只能裁定补正。

## 反例

首部（2026）粤0304民初123号，页眉（2026）粤0304民初132号

## 正例

首部与页眉都是（2026）粤0304民初123号；正文引用同一原告的（2026）粤0304民初124号

## 依据

《人民法院民事裁判文书制作规范》：同一文书中案号的写法应当一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Part, Section
from tianping.text.document.sections import CASE_NUMBER
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "STR005",
    "own-case-number-differs",
    since="0.1.0",
    severity=Severity.ERROR,
    message="首部案号是{own}，此处写作{written}，请核对。",
    needs=("号",),
)
_OF_ITSELF = regex(r"本案(?:的)?案号(?:为|是|系)?[:：]?$")
_RUNNING = (Part.HEADER, Part.FOOTER)
_PLAIN = str.maketrans("（()）〔〕[]【】", "((" + "))" + "()" + "()" + "()")


@rule.check
def own_case_number_differs(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if not CASE_NUMBER.fullmatch(document.case_no):
        return
    own = document.case_no.translate(_PLAIN)
    for match, span in find(document, CASE_NUMBER, holding=rule.needs):
        if document.section_at(span) is Section.CASENO and document.paragraphs[span.paragraph].part is Part.BODY:
            continue
        before = match.string[max(match.start() - 12, 0) : match.start()]
        if match[0].translate(_PLAIN) == own:
            yield rule.spare(span, "与首部相同")
        elif document.paragraphs[span.paragraph].part in _RUNNING or _OF_ITSELF.search(before):
            yield rule.at(span, own=document.case_no, written=match[0])
        else:
            yield rule.spare(span, "引用他案")
