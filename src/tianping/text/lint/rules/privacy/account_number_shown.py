"""银行卡号、账号未删除 — the number of a bank card or an account stands in a text to be published.

## 查什么

拟公开的文稿里校验位相符的银行卡号，写明是账号、卡号的长数字，写明的支付宝账号。法院收款账户、缴费账户、已遮盖的不查。

## 为何要紧

银行账号属于个人信息，公开前应当删除；主文必须写明账户的，公开稿遮盖中间数字。

## 反例

汇入其账号6222020000000123455。

## 正例

汇入其账号6222****3455；汇入本院执行款专户。

## 依据

《最高人民法院关于人民法院在互联网公布裁判文书的规定》第十条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.publication import rule_of, shown
from tianping.text.lint.remark import Remark, Spared
from tianping.text.regex import regex

rule = rule_of("PRV003", "account-number-shown", message="公开前应删除{kind}。")

ACCOUNT = regex(
    r"(?P<alipay>支付宝(?:账号|帐号|账户|帐户)[为是：:]{0,2}[A-Za-z0-9@._-]{6,40})"
    r"|(?P<covered>(?<!\d)\d{3,6}[*×＊xX]{3,14}\d{2,6})|(?<![\dA-Za-z])(?P<number>\d{12,22})(?![\dA-Za-z])"
)
NAMED = regex(r"(?:卡号|账号|帐号|账户|帐户|银行卡|借记卡|信用卡|储蓄卡|存折)[^，。；\d]{0,12}$")
OF_THE_COURT = regex(
    r"(?:执行款|案款|案件受理费|诉讼费|财政|国库|非税|罚没|(?:本院|法院)[^，。；]{0,10}(?:[账帐]户|专户|账号|开户))[^。；]{0,40}$"
)


@rule.check
def account_number_shown(document: Document, law: Law) -> Iterator[Remark | Spared]:
    yield from shown(rule, document, ACCOUNT, _spared, lambda m: "支付宝账号" if m["alipay"] else "银行卡号或账号")


def _spared(match: re.Match[str], before: str) -> str | None:
    number = match["number"]
    if match["covered"]:
        return "已遮盖"
    if number and not (NAMED.search(before) or (16 <= len(number) <= 19 and number[0] in "3456" and _luhn(number))):
        return "不是账号，校验也不符"
    if number and len(set(number)) == 1:
        return "已遮盖"
    return "法院或财政的收款账户" if OF_THE_COURT.search(before) else None


def _luhn(number: str) -> bool:
    """银行卡校验：the Luhn sum, every second digit from the right doubled."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
