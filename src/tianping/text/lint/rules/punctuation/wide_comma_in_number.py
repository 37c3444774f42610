"""数字内误用全角逗号 — a sum is divided into thousands with a full-width comma.

## 查什么

金额的千分位用了全角逗号，如“59，400元”。“3，5，7项”一类列举、逗号前后不是三位一节的不查。

## 为何要紧

全角逗号会把一个数断成两个：“支付59，400元”可以读作“支付59”和“400元”，程序也读不到这个金额。

## 反例

被告支付货款59，400元。

## 正例

被告支付货款59400元；被告支付货款59,400元；请求第3，5，7项不予支持。

## 依据

GB/T 15835—2011《出版物上数字用法》。
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
    "PUN007",
    "wide-comma-in-number",
    since="0.1.0",
    severity=Severity.WARNING,
    message="数字“{here}”中的全角逗号应删去，或改用半角千分位，请核对金额。",
    basis="GB/T 15835—2011《出版物上数字用法》",
    needs=("，",),
)

NEAR = regex(r"，(?<=\d，)\d")
"""The cheap look: digits are everywhere, a wide comma between two of them is not."""
NUMBER = regex(
    r"(?<![\d.．,，])(?P<number>\d{1,3}(?:，\d{3}){1,4}(?:\.\d{1,2})?)(?!\d)(?P<unit>余?[万亿]?元|[美欧日港]元)?"
    r"|\d，(?=\d)"
)


@rule.check
def wide_comma_in_number(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for number, line in enumerate(document.lines):
        if not NEAR.search(line.text):
            continue
        for match in NUMBER.finditer(line.text):
            group = "number" if match["number"] else 0
            span = Span(number, *line.place(*match.span(group)))
            if group == 0:
                yield rule.spare(span, "不是三位一节，应是列举")
            elif match["unit"] is None:
                yield rule.spare(span, "没有金额单位，可能是列举")
            elif marked := quoted_by(line.text, *match.span(group)):
                yield rule.spare(span, marked)
            else:
                yield rule.at(span, here=match["number"])
