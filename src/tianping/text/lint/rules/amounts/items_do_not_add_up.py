"""合计不等于分项之和 — the items of a list do not add up to the total behind it.

## 查什么

同一句里用顿号并列、每项都带“元”的金额，其后写“合计”“共计”多少元：分项之和与合计是否相等。项内有算式、单价、比例、扣减、
“其中”“已付”的不查；差额过半的多是另有分项，不查。

## 为何要紧

合计是判项和计费的依据，错一处，主文就跟着错。

## 反例

医疗费1200元、误工费3000元、交通费300元，合计4600元。

## 正例

医疗费1200元、误工费3000元、交通费300元，合计4500元。

## 依据

《中华人民共和国民事诉讼法》第一百五十七条第一款第七项（误算属补正范围）。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.places import find, part
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "NUM002",
    "items-do-not-add-up",
    since="0.1.0",
    severity=Severity.WARNING,
    message="分项之和是{summed}元，此处合计写{written}元，请核对。",
    basis="《中华人民共和国民事诉讼法》第一百五十七条第一款第七项",
    needs=("合计", "共计", "总计"),
)
_SUM = r"\d[\d,]{0,14}(?:\.\d{1,2})?"
_ITEM = rf"[^、，。；：\d\n（）()]{{1,16}}(?:人民币)?{_SUM}元"
LIST = regex(
    rf"(?P<items>{_ITEM}(?:、{_ITEM}){{1,30}})[、，,]?(?:以上|上述|各项)?(?:损失|费用|款项)?(?:合计|共计|总计)(?:为|人民币){{0,2}}(?P<total>{_SUM})元"
)
AMOUNT = regex(rf"(?P<sum>{_SUM})元")
NOT_PLAIN = regex(r"每|单价|其中|已[付支还]|扣除|减去|余|约|欠|尚|至|乘|％|%|×|÷|/|共|各")


@rule.check
def items_do_not_add_up(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, LIST, holding=rule.needs):
        place = part(document, match, span, "total")
        amounts = [_yuan(found["sum"]) for found in AMOUNT.finditer(match["items"])]
        summed, written = sum(amounts, Decimal(0)), _yuan(match["total"])
        if summed == written:
            yield rule.spare(place, "相等")
        elif NOT_PLAIN.search(match["items"]):
            yield rule.spare(place, "分项里有算式、扣减或概数")
        elif abs(summed - written) * 2 > written or match.string[match.start() - 1 : match.start()] == "、":
            yield rule.spare(place, "差额过半，多是另有分项")
        elif others := others_words(document, place):
            yield rule.spare(place, others)
        else:
            yield rule.at(place, summed=f"{summed:f}", written=match["total"])


def _yuan(words: str) -> Decimal:
    return Decimal(words.replace(",", ""))
