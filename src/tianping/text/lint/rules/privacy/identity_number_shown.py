"""身份证号未删除 — a whole identity number stands in a text that is to be published.

## 查什么

拟公开的文稿里，校验位和出生日期都相符的十八位公民身份号码。案号、编号恰好十八位而校验不符的、已经遮盖的不查。

## 为何要紧

公布身份证号码泄露个人信息，公开前应当删除。

## 反例

公民身份号码11010519491231002X。

## 正例

公民身份号码110105********0028；执业证号110105194912310021。

## 依据

《最高人民法院关于人民法院在互联网公布裁判文书的规定》第十条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.publication import rule_of, shown
from tianping.text.lint.remark import Remark, Spared
from tianping.text.regex import regex

rule = rule_of("PRV001", "identity-number-shown", message="公开前应删除公民身份号码。", needs=tuple("0123456789"))

NUMBER = regex(r"(?<![\dA-Za-z])\d{6}(?P<born>\d{8}|[\d*×＊xX]{8})[\d*×＊]{3}[\dXx*×＊](?![\dA-Za-z])")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"


@rule.check
def identity_number_shown(document: Document, law: Law) -> Iterator[Remark | Spared]:
    yield from shown(rule, document, NUMBER, _spared)


def _spared(match: re.Match[str], before: str) -> str | None:
    if not match[0][:17].isdigit():
        return "已遮盖"
    return None if _born(match["born"]) and _checks(match[0]) else "校验位或出生日期不符，应是编号"


def _born(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return born.year >= 1900


def _checks(number: str) -> bool:
    """校验位：GB 11643, weighted sum modulo 11."""
    return number[17].upper() == CHECK[sum(int(d) * w for d, w in zip(number, WEIGHTS, strict=False)) % 11]
