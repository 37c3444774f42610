"""大小写金额不等 — an amount in capitals and the figures beside it name different sums.

## 查什么

紧挨着写的大写金额与小写金额（一个在括号里，或小写带“￥”“元”）是否相等。

## 为何要紧

主文、查明中的金额是执行和计费的依据；大小写不一，执行时必生争议。

## 反例

被告应返还借款捌仟叁元（8300元）。

## 正例

被告应返还借款捌仟叁佰元（8300元）；借款壹万元2014年到期。

## 依据

大写、小写所表示的数额应当一致；不等即必有一处有误，以当事人真实意思和证据核定。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.document.numerals import capital_amount
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "NUM001",
    "capitals-differ-from-figures",
    since="0.1.0",
    severity=Severity.ERROR,
    message="大写“{capitals}”与小写“{figures}”不等，请核对金额。",
    needs=("拾", "佰", "仟", "万", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"),
    general=True,
)

_CAPITAL = (
    r"[零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿]{1,24}(?:元|圆)"
    r"(?:零?[壹贰叁肆伍陆柒捌玖]角)?(?:零?[壹贰叁肆伍陆柒捌玖]分)?[整正]?"
)
_FIGURES = r"\d[\d,，]{0,20}(?:\.\d{1,4})?"
_OPEN, _CLOSE = r"[（(]", r"[）)]"
_SIGN = r"(?:人民币|RMB)?[￥¥]?"
PAIR = regex(
    # 捌仟叁佰元（8300元） · 捌仟叁佰元（小写：￥8300）
    rf"(?P<c1>{_CAPITAL}){_OPEN}(?:小写)?[：:]?{_SIGN}(?P<f1>{_FIGURES})(?P<w1>万?)元?(?:整|正)?{_CLOSE}"
    # 8300元（大写：捌仟叁佰元整）
    rf"|(?P<f2>{_FIGURES})(?P<w2>万?)元?(?:整|正)?{_OPEN}(?:大写)?[：:]?(?:人民币)?(?P<c2>{_CAPITAL}){_CLOSE}"
    # 捌仟叁佰元￥8300 · 捌仟叁佰元8300元: figures without a bracket count only with their unit, for a year may follow
    rf"|(?P<c3>{_CAPITAL})，?(?:小写)?[：:]?(?P<sign>{_SIGN})(?P<f3>{_FIGURES})(?P<w3>万?)(?P<unit>元|年)?"
)
IN_CAPITALS = tuple(last + unit for last in "零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿" for unit in "元圆")
HAS_DIGIT = regex(r"[壹贰叁肆伍陆柒捌玖]")


@rule.check
def capitals_differ_from_figures(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, PAIR, holding=IN_CAPITALS):
        capitals = match["c1"] or match["c2"] or match["c3"]
        figures = match["f1"] or match["f2"] or match["f3"]
        ten_thousands = match["w1"] or match["w2"] or match["w3"] or ""
        if match["c3"] and match["unit"] != "元" and "￥" not in match["sign"] and "¥" not in match["sign"]:
            yield rule.spare(span, "后面的数字不是金额")
            continue
        written, counted = _yuan(capitals), _figures(figures, ten_thousands)
        if written is None or counted is None:
            yield rule.spare(span, "大写不成数，无从比较")
        elif written == counted:
            yield rule.spare(span, "大小写相等")
        elif others := others_words(document, span):
            yield rule.spare(span, others)
        else:
            yield rule.at(span, capitals=capitals, figures=f"{figures}{ten_thousands}元")


def _yuan(capitals: str) -> Decimal | None:
    """大写的数额；None where it holds no digit, as in a form left blank (佰拾元)."""
    return capital_amount(capitals) if HAS_DIGIT.search(capitals) or capitals.startswith("拾") else None


def _figures(figures: str, ten_thousands: str) -> Decimal | None:
    try:
        amount = Decimal(figures.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return amount * 10_000 if ten_thousands else amount
