"""电话、邮箱、微信未删除 — a telephone number or an address of mail or chat stands in a text to be published.

## 查什么

拟公开的文稿里的手机号码、带区号的座机、电子邮箱和写明的微信号、QQ号。客服、法院联系电话、诈骗所用的涉案号码、已遮盖的不查。

## 为何要紧

通讯方式属于个人信息，公开前应当删除。

## 反例

联系电话13800138000。

## 正例

联系电话138****8000；拨打客服电话4008008000。

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

rule = rule_of("PRV002", "contact-shown", message="公开前应删除{kind}。")

CONTACT = regex(
    r"(?P<mobile>(?<![\dA-Za-z.])1[3-9]\d{9}(?![\dA-Za-z]))|(?P<covered>(?<!\d)1[3-9]\d[*×＊xX]{4}\d{4})"
    r"|(?P<landline>(?<!\d)0\d{2,3}[-—－]\d{7,8}(?!\d))|(?P<hotline>(?<!\d)(?:400|800)[-－]?\d{3}[-－]?\d{4}(?!\d))"
    r"|(?P<mail>[A-Za-z0-9._-]{2,40}@[A-Za-z0-9-]{1,30}\.[A-Za-z.]{2,12})"
    r"|(?P<chat>(?:微信号|QQ号|QQ|QQ号码)[为是：:]{0,2}(?P<id>[A-Za-z0-9_-]{5,24}))"
)
KINDS = {"mobile": "手机号码", "landline": "座机号码", "mail": "电子邮箱", "chat": "微信号、QQ号"}
OF_THE_COURT = regex(r"(?:法院|客服|热线|举报|咨询|值班|报警|诉讼服务)[^，。；]{0,12}$")
IN_THE_CASE = regex(r"(?:涉案|诈骗|作案|冒充|虚假|群发|拨打|呼叫|机主|通话记录|话单)[^，。；]{0,20}$")


@rule.check
def contact_shown(document: Document, law: Law) -> Iterator[Remark | Spared]:
    yield from shown(rule, document, CONTACT, _spared, lambda match: _kind(match) or "")


def _kind(match: re.Match[str]) -> str | None:
    return next((KINDS[name] for name in KINDS if match[name]), None)


def _spared(match: re.Match[str], before: str) -> str | None:
    if _kind(match) is None:
        return "已遮盖，或是客服号码"
    if OF_THE_COURT.search(before):
        return "法院或客服的联系方式"
    return "涉案号码" if IN_THE_CASE.search(before) else None
