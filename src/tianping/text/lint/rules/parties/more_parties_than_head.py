"""当事人人数称谓不符 — three accused are spoken of where the head names two.

## 查什么

法院自己的话里“二被告人”“三被告”“两原告”一类合称的人数，多于首部列的同类当事人。少于首部人数的可能只指其中几人，不查；同句写明
另案处理、已判刑的不查。

## 为何要紧

多数出一人，多半是从同案旧稿复制而来，或者首部漏列。

## 反例

首部只列两名被告人，说理写：三被告人共同盗窃……

## 正例

首部列三名被告人，说理写：二被告人罗某、方某系从犯……

## 依据

《中华人民共和国刑事诉讼法》第二百条；《中华人民共和国民事诉讼法》第一百五十五条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Part, Role, Section
from tianping.text.document.numerals import counted
from tianping.text.lint.places import find, part
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words, sentence_start
from tianping.text.regex import regex

rule = Rule(
    "PTY014",
    "more-parties-than-head",
    since="0.1.0",
    severity=Severity.WARNING,
    message="此处写“{here}”，首部只列了{listed}名{role}，请核对。",
    needs=("被告", "原告"),
)
TOGETHER = regex(
    r"(?P<words>(?P<number>[二两三四五六七八九](?<![第\d一二三四五六七八九十].))(?:名|个|位)?(?P<role>被告人|被告|原告))(?![单人席])"
)
ELSEWHERE = regex(r"另案|已判|同案|在逃|他案|前案|分案|附带民事")
ROLES = {"被告人": (Role.ACCUSED,), "被告": (Role.DEFENDANT, Role.ACCUSED), "原告": (Role.PLAINTIFF,)}


@rule.check
def more_parties_than_head(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, TOGETHER):
        place = part(document, match, span, "words")
        listed = sum(party.role in ROLES[match["role"]] for party in document.parties)
        number = 2 if match["number"] == "两" else counted(match["number"])
        if not listed or number is None or document.paragraphs[place.paragraph].part is not Part.BODY:
            continue
        start = sentence_start(match.string, match.start())
        if number <= listed:
            yield rule.spare(place, "不多于首部人数")
        elif ELSEWHERE.search(match.string[start : match.end() + 40]):
            yield rule.spare(place, "同句说到另案的人")
        elif document.section_at(place) is Section.PRIOR:
            yield rule.spare(place, "转述原审")
        elif others := others_words(document, place):
            yield rule.spare(place, others)
        else:
            yield rule.at(place, here=match["words"], listed=listed, role=match["role"])
