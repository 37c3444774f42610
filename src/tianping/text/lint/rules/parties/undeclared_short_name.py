"""简称未声明或声明冲突 — a company goes by a short name nobody declared, or two parties by the same one.

## 查什么

法院自己的话里用“某某公司”指称首部的一家公司，而全文没有“（以下简称……）”声明；两名当事人声明了同一个简称。名称恰为另一家
公司全称的不查。

## 为何要紧

简称不声明，不知指谁；一个简称指两家，主文就不能执行。

## 反例

首部：南浦市望江商贸有限公司（没有声明简称）。说理：望江公司应当付款。

## 正例

首部：南浦市望江商贸有限公司（以下简称望江公司）。说理：望江公司应当付款。

## 依据

《人民法院民事裁判文书制作规范》：首次出现时注明简称，其后统一。
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Part, Section
from tianping.text.lint.places import find, part, whole
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "PTY004",
    "undeclared-short-name",
    since="0.1.0",
    severity=Severity.WARNING,
    message="{what}，请核对简称的声明。",
    basis="《人民法院民事裁判文书制作规范》",
    needs=("公司",),
)
SHORT = regex(r"(?:^|[，。；：、“（被告与和向由对]|原告|第三人|上诉人)(?P<name>[\u4e00-\u9fff]{2,6}公司)(?!法)")
GENERIC = regex(
    r"(?:该|本|两|各|上述|某|总|子|母|分|保险|物业|租赁|有限|股份|责任|目标|项目|涉案|关联|原|新|一人)公司$"
)
LEGAL_FORM = regex(r"(?:股份有限|有限责任|有限|集团|股份)?(?:分)?公司$")


@rule.check
def undeclared_short_name(document: Document, law: Law) -> Iterator[Remark | Spared]:
    declared = Counter(alias for party in document.parties for alias in party.aliases)
    for party in document.parties:
        shared = [alias for alias in party.aliases if declared[alias] > 1]
        if shared:
            yield rule.at(party.span, what=f"“{shared[0]}”被声明为{declared[shared[0]]}名当事人的简称")
    companies = [party.name for party in document.parties if LEGAL_FORM.search(party.name)]
    known = {party.name for party in document.parties} | set(declared)
    flagged: set[str] = set()
    for match, span in find(document, SHORT, holding=rule.needs):
        name, place = match["name"], part(document, match, span, "name")
        own = name.removesuffix("公司")
        if name in flagged or document.section_at(place) is Section.PARTY or GENERIC.search(name):
            continue
        if document.paragraphs[place.paragraph].part is not Part.BODY:
            continue
        owners = [company for company in companies if own in LEGAL_FORM.sub("", company) and company != name]
        if len(owners) != 1:
            continue
        if name in known:
            yield rule.spare(place, "已声明的简称")
        elif re.search(rf"称[^，。]{{0,4}}{re.escape(name)}", whole(document)):
            yield rule.spare(place, "文中另有声明")
        elif others := others_words(document, place):
            yield rule.spare(place, others)
        else:
            flagged.add(name)
            yield rule.at(place, what=f"“{name}”没有声明为{owners[0]}的简称")
