"""身份证号与写明的身份不符 — its check digit, birthday or sex is not what stands beside it.

## 查什么

首部十八位公民身份号码的校验位、出生日期（第七至十四位）、性别（第十七位奇数为男、偶数为女）与同一当事人写明的是否一致。
脱敏的号码、十五位旧号码、出生日期不成日期的号码不查。

## 为何要紧

执行、限高、公告都按号码找人，错一位就找错人。

## 反例

男，1980年5月6日出生，公民身份号码中的出生日期却是1981年5月6日

## 正例

男，1980年5月6日出生，公民身份号码 4403**********2417

## 依据

GB 11643《公民身份号码》；《中华人民共和国居民身份证法》第三条。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section
from tianping.text.lint.places import find, part
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import sentence_start
from tianping.text.regex import regex

rule = Rule(
    "PTY010",
    "identity-number-contradicts",
    since="0.1.0",
    severity=Severity.ERROR,
    message="身份号码{faults}，请核对。",
    basis="GB 11643《公民身份号码》",
)
NUMBER = regex(r"(?<![\dA-Za-z])(?P<number>[1-9]\d{5}(?:19|20)\d{9}[\dXx])(?![\dA-Za-z])")
BORN = regex(
    r"(?P<y>(?:19|20)\d{2})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日(?:出?生)"
    r"|生于(?P<y2>(?:19|20)\d{2})年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日"
)
SEX = regex(r"[，,、](男|女)(?=[，,、])")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"


@rule.check
def identity_number_contradicts(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, NUMBER, Section.PARTY):
        number, place = match["number"].upper(), part(document, match, span, "number")
        born = _day(number[6:10], number[10:12], number[12:14])
        if born is None:
            yield rule.spare(place, "不成身份号码")
            continue
        start = sentence_start(match.string, match.start())
        said = match.string[start : match.start()]
        found = list(_faults(number, born, said))
        if found:
            yield rule.at(place, faults="、".join(found))
        else:
            yield rule.spare(place, "与写明的身份一致")


def _faults(number: str, born: date, said: str) -> Iterator[str]:
    if CHECKS[sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False)) % 11] != number[17]:
        yield "校验位不符"
    written = BORN.search(said)
    if written is not None:
        day = _day(*(written[a] or written[b] for a, b in (("y", "y2"), ("m", "m2"), ("d", "d2"))))
        if day is not None and day != born:
            yield "与写明的出生日期不同"
    sexes = SEX.findall(f"{said}，")
    if len(sexes) == 1 and sexes[0] != ("男" if int(number[16]) % 2 else "女"):
        yield "与写明的性别不同"


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
