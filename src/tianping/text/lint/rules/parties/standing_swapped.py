"""原被告错位 — a plaintiff is called the defendant, or the defendant the plaintiff.

## 查什么

法院自己的话里“原告”“被告”“第三人”“上诉人”“被上诉人”之后写的姓名、名称，首部列的却是另一方。有反诉、互诉、另案叙述的
不查；隐名（李某、×）不查；首部没有的人不查。

## 为何要紧

主文把原被告写反，给付方向就反了，只能裁定补正。

## 反例

首部：原告罗青山，被告方若水。主文：被告罗青山返还原告方若水借款。

## 正例

首部：原告罗青山，被告方若水。主文：被告方若水返还原告罗青山借款。

## 依据

《中华人民共和国民事诉讼法》第一百五十五条、第一百五十七条第一款第七项（补正判决书中的笔误）。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Part, Section
from tianping.text.lint.places import find, part, whole
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words, sentence_start
from tianping.text.regex import regex

rule = Rule(
    "PTY002",
    "standing-swapped",
    since="0.1.0",
    severity=Severity.ERROR,
    message="首部的{name}是{head}，此处写作{here}，请核对。",
    basis="《中华人民共和国民事诉讼法》第一百五十七条第一款第七项",
    needs=("原告", "被告", "上诉人"),
)
STANDINGS = ("被上诉人", "上诉人", "原告", "被告", "第三人")
MASKED = regex(r"[某×xX*＊]")
CROSSED = regex(r"反诉|互诉|本诉|追加|合并审理")
ELSEWHERE = regex(r"另案|他案|另一案|前案|该案|此前|曾|仲裁|[（(〔]\d{4}[）)〕][^，。]{2,24}号|作为(?:原告|被告)")


@rule.check
def standing_swapped(document: Document, law: Law) -> Iterator[Remark | Spared]:
    held: dict[str, set[str]] = {}
    for party in document.parties:
        words = (party.written, *party.identities)
        for name in (party.name, *party.aliases):
            if len(name) >= 2 and not MASKED.search(name):
                held.setdefault(name, set()).update(_standings(words))
    held = {name: standings for name, standings in held.items() if standings}
    if len({frozenset(standings) for standings in held.values()}) < 2:
        return
    names = "|".join(sorted(map(re.escape, held), key=len, reverse=True))
    pattern = re.compile(
        rf"(?<!反诉)(?<!原审)(?<!一审)(?<!二审)(?<!被)(?P<here>{'|'.join(STANDINGS)})(?P<name>{names})(?![\u4e00-\u9fff]{{0,6}}(?:公司|厂|店))"
    )
    crossed = CROSSED.search(whole(document))
    for match, span in find(document, pattern):
        here, name, place = match["here"], match["name"], part(document, match, span, "name")
        if document.section_at(place) is Section.PARTY or document.paragraphs[place.paragraph].part is not Part.BODY:
            continue
        if here in held[name]:
            yield rule.spare(place, "与首部相符")
        elif crossed:
            yield rule.spare(place, "有反诉或合并，称谓交错")
        elif ELSEWHERE.search(match.string[max(sentence_start(match.string, match.start()), 0) : match.start()]):
            yield rule.spare(place, "说的是另案")
        elif others := others_words(document, place):
            yield rule.spare(place, others)
        else:
            yield rule.at(place, name=name, head="、".join(sorted(held[name])), here=here)


def _standings(words: tuple[str, ...]) -> set[str]:
    """诉讼地位, without 原审、反诉 and the like before it. An accused is none of these."""
    found = set()
    for written in words:
        for standing in STANDINGS:
            if written.endswith(standing):
                found.add(standing)
                break
    return found
