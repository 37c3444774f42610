"""应隐名人员未隐名 — a victim, a witness or an expert stands with the full name in a text to be published.

## 查什么

拟公开的文稿里，“被害人”“证人”“鉴定人”“附带民事诉讼原告人”之后写着全名。已写作“某”的、被告人、公诉人、民警等履行职务的人不查。

## 为何要紧

刑事案件的被害人及其法定代理人、附带民事诉讼原告人、证人、鉴定人应当隐名，露出全名会给他们带来危险。

## 反例

证人王青石证言证实案发经过。

## 正例

证人王某证言证实案发经过。

## 依据

《最高人民法院关于人民法院在互联网公布裁判文书的规定》第八条、第九条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Role, Untouchable
from tianping.text.lint.mode import Mode
from tianping.text.lint.places import around, whole
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "PRV006",
    "name-to-be-hidden",
    since="0.1.0",
    severity=Severity.ERROR,
    message="{who}“{name}”公开前应隐名，写作“{surname}某”。",
    basis="《最高人民法院关于人民法院在互联网公布裁判文书的规定》第八条、第九条",
    needs=("被害人", "证人", "鉴定人", "附带民事"),
    modes=frozenset({Mode.PUBLISH}),
)

MASKED = regex(r"[某×＊*xXＸ\d]|.[甲乙丙丁]|[甲乙丙丁]$")
WHO = regex(r"(?P<who>被害人|证人|鉴定人|附带民事诉讼原告人)(?:[（(][^（）()]{1,12}[）)])?(?:、)?$")
ON_DUTY = regex(r"(?:民警|警察|警官|辅警|协警|交警|司法鉴定人|法医|医生)$")
ALSO_A_WORD = frozenset("向房从经家应方时身和于在与及强安")
"""既是姓氏又是常用字：被害人向……报案、被害人房间."""
PART_OF_A_BODY = regex(r"生殖|阴部|胸部|面部|头部|腹部")
RUNS_ON = regex(r"[\u4e00-\u9fff]{1,2}\d")
"""后面只剩一两个字就是数字：退赔被害人阿木·卡各1800元 without its mark; where such a name ends is not told."""
CHINESE_NAME = regex(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}[·•．][\u4e00-\u9fff]{1,10}")


@rule.check
def name_to_be_hidden(document: Document, law: Law) -> Iterator[Remark | Spared]:
    open_names = {party.name for party in document.parties if party.role is Role.ACCUSED}
    names = {document.text_at(one.span) for one in document.protected if one.kind is Untouchable.PERSON}
    seen: set[tuple[int, int]] = set()
    for place in document.protected:
        span = place.span
        if place.kind is not Untouchable.PERSON or (span.paragraph, span.start) in seen:
            continue
        seen.add((span.paragraph, span.start))
        text, start, end = around(document, span)
        who = WHO.search(text, max(start - 24, 0), start)
        if who is None:
            continue
        name = text[start:end]
        if MASKED.search(name):
            yield rule.spare(span, "已隐名")
        elif name in open_names:
            yield rule.spare(span, "是被告人")
        elif ON_DUTY.search(text, max(who.start() - 6, 0), who.start()):
            yield rule.spare(span, "履行职务的人")
        elif not CHINESE_NAME.fullmatch(name) or _cut_wrongly(text, start, open_names) or PART_OF_A_BODY.match(name):
            yield rule.spare(span, "不是姓名")
        elif name[0] in ALSO_A_WORD and whole(document).count(name) < 2:
            yield rule.spare(span, "只出现一次，未必是姓名")
        elif RUNS_ON.match(text, end) or (len(name) > 2 and name[:-1] in names):
            yield rule.spare(span, "姓名到哪里为止不明")
        else:
            yield rule.at(span, who=who["who"], name=name, surname=name[0])


def _cut_wrongly(text: str, start: int, open_names: set[str]) -> bool:
    """被害人向某某：the word after 被害人 is 向 or 与, and the name of an accused begins behind it."""
    return any(text.startswith(name, start + 1) for name in open_names)
