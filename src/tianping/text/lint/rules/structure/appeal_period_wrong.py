"""上诉期与文书种类不符 — fifteen days in a criminal judgment, or fifteen in a civil ruling.

## 查什么

上诉告知里的天数：民事、行政判决十五日，裁定十日；刑事判决十日，裁定五日，自接到的第二日起算。涉外三十日不查；附带
民事部分随刑事期限。

## 为何要紧

期限写错，当事人按错的期限上诉，本院要承担误告的后果。

## 反例

刑事判决书：可在判决书送达之日起十五日内上诉。

## 正例

刑事判决书：可在接到判决书的第二日起十日内上诉。

## 依据

《中华人民共和国民事诉讼法》第一百七十一条；《中华人民共和国行政诉讼法》第八十五条；《中华人民共和国刑事诉讼法》第二百三十条；
《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》第三百八十条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.classification import Instrument, Matter
from tianping.text.document.model import Document, Section
from tianping.text.document.numerals import counted
from tianping.text.lint.places import find, part
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "STR008",
    "appeal-period-wrong",
    since="0.1.0",
    severity=Severity.ERROR,
    message="{matter}{instrument}的上诉期是{right}日，此处写作“{written}”，请核对。",
    needs=("上诉",),
)
PERIOD = regex(
    r"(?:不服(?:从)?本?(?:判决|裁定)|对本(?:判决|裁定)书?不服)[^。]{0,40}?(?P<words>(?<!第)(?P<days>[一二三四五六七八九十]{1,3}|\d{1,2})[日天])(?:之?内)?[^。]{0,80}?上诉"
)
DAYS = {
    (Matter.CIVIL, Instrument.JUDGMENT): (15, "《中华人民共和国民事诉讼法》第一百七十一条第一款"),
    (Matter.CIVIL, Instrument.RULING): (10, "《中华人民共和国民事诉讼法》第一百七十一条第二款"),
    (Matter.ADMINISTRATIVE, Instrument.JUDGMENT): (15, "《中华人民共和国行政诉讼法》第八十五条"),
    (Matter.ADMINISTRATIVE, Instrument.RULING): (10, "《中华人民共和国行政诉讼法》第八十五条"),
    (Matter.CRIMINAL, Instrument.JUDGMENT): (10, "《中华人民共和国刑事诉讼法》第二百三十条"),
    (Matter.CRIMINAL, Instrument.RULING): (5, "《中华人民共和国刑事诉讼法》第二百三十条"),
}
ABROAD = 30  # 在中华人民共和国领域内没有住所的当事人


@rule.check
def appeal_period_wrong(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if (document.matter, document.instrument) not in DAYS:
        return
    right, basis = DAYS[document.matter, document.instrument]
    for match, span in find(document, PERIOD, Section.APPEAL):
        place, days = part(document, match, span, "words"), counted(match["days"])
        if days == right:
            yield rule.spare(place, "期限相符")
        elif days == ABROAD:
            yield rule.spare(place, "在我国领域内没有住所的当事人为三十日")
        else:
            yield rule.at(
                place,
                basis=basis,
                matter=document.matter.value,
                instrument=document.instrument.value,
                right=right,
                written=match["words"],
            )
