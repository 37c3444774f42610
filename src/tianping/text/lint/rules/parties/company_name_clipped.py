"""公司全称少字 — a word of its legal form (有限, 股份) has dropped out of a party's registered name.

## 查什么

首部的公司全称去掉“有限”“股份”“责任”后的写法，在法院自己的话里单独出现，又没有声明为简称。分公司、另一家公司（首部另有
此名）不查。

## 为何要紧

少一个字就是另一个法人，执行时对不上登记。

## 反例

首部：南浦市望江商贸有限公司。主文：南浦市望江商贸公司支付货款。

## 正例

首部：南浦市望江商贸有限公司（以下简称望江公司）。说理：望江公司应当支付货款。

## 依据

《中华人民共和国公司法》第七条；《人民法院民事裁判文书制作规范》。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section
from tianping.text.lint.places import find, part
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words

rule = Rule(
    "PTY003",
    "company-name-clipped",
    since="0.1.0",
    severity=Severity.ERROR,
    message="首部的名称是{head}，此处写作{here}，请核对。",
    basis="《中华人民共和国公司法》第七条",
    needs=("公司",),
)
_FORMS = ("股份有限公司", "有限责任公司", "有限公司")
_SHORTER = {
    "股份有限公司": ("股份公司", "有限公司", "公司"),
    "有限责任公司": ("有限公司", "责任公司", "公司"),
    "有限公司": ("公司",),
}
_BEFORE = r"(?P<before>^|[^\u4e00-\u9fff]|与|和|及|由|向|对|被告|原告|第三人|上诉人|申请人|支付|告知|判令|认为)"


@rule.check
def company_name_clipped(document: Document, law: Law) -> Iterator[Remark | Spared]:
    known = {name for party in document.parties for name in (party.name, *party.aliases)}
    heads: dict[str, str] = {}
    for party in document.parties:
        form = next((form for form in _FORMS if party.name.endswith(form)), None)
        if form is not None and len(party.name) > len(form) + 2:
            for shorter in _SHORTER[form]:
                heads.setdefault(party.name[: -len(form)] + shorter, party.name)
    if not heads:
        return
    names = "|".join(sorted(map(re.escape, heads), key=len, reverse=True))
    for match, span in find(document, re.compile(rf"{_BEFORE}(?P<name>{names})(?!.{{0,12}}?分公司)")):
        here, place = match["name"], part(document, match, span, "name")
        if document.section_at(place) is Section.PARTY:
            continue
        if here in known:
            yield rule.spare(place, "已声明为简称，或首部另有此名")
        elif others := others_words(document, place):
            yield rule.spare(place, others)
        else:
            yield rule.at(place, head=heads[here], here=here)
