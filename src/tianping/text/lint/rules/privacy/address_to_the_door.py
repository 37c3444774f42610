"""自然人住址写到门牌 — the home of a natural person is given down to the door.

## 查什么

拟公开的文稿首部，自然人的住址、户籍地写到路名门牌、栋、单元、室，或村、组、号。单位的住所地、正文里涉案房屋的位置不查。

## 为何要紧

家庭住址属于个人信息，公开稿一般写到区、县为止。

## 反例

被告方若水，男，住南浦市清河区平安路12号302室。

## 正例

被告方若水，男，住南浦市清河区；被告清河公司，住所地南浦市清河区平安路12号。

## 依据

《最高人民法院关于人民法院在互联网公布裁判文书的规定》第十条、第十一条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section
from tianping.text.lint.mode import Mode
from tianping.text.lint.places import find, part
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "PRV004",
    "address-to-the-door",
    since="0.1.0",
    severity=Severity.ERROR,
    message="自然人住址公开时写到区、县为止，请删去“{door}”。",
    basis="《最高人民法院关于人民法院在互联网公布裁判文书的规定》第十条",
    needs=("住", "户籍", "户口"),
    modes=frozenset({Mode.PUBLISH}),
)

HOME = regex(
    r"(?P<lives>住所地|住所|住址|现住址|现住|暂住|户籍所在地|户籍地|户籍|户口所在地|家住|住)[为是在于：:]{0,2}(?P<place>[^，。；（）()\n]{2,60})"
)
REGION = regex(r"^.{0,24}?(?:自治县|[县区旗]|市(?!.{1,8}[县区旗市]))")
DOOR = regex(
    r"\d+[号栋幢弄室组]|[一二三四五六七八九十]+(?:组|栋|单元|室|号)|\d+单元|[村社][\d一二三四五六七八九十]+[组社号]"
)
ORGANISATION = regex(
    r"公司|厂|院|局|所(?!在)|中心|银行|支行|分行|合作社|委员会|学校|集团|经营部|商行|事务所|政府|办事处"
)


@rule.check
def address_to_the_door(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, HOME, holding=rule.needs):
        door = DOOR.search(match["place"])
        if document.section_at(span) is not Section.PARTY:
            yield rule.spare(span, "不在首部，可能是涉案房屋")
        elif door is None:
            yield rule.spare(span, "没有写到门牌")
        elif ORGANISATION.search(match.string, max(match.string.rfind("。", 0, match.start()), 0), match.start()):
            yield rule.spare(span, "单位的住所")
        elif re.search(r"[×＊*]{2}|[xX]{2}|某", match["place"]):
            yield rule.spare(span, "已遮盖")
        else:
            region = REGION.match(match["place"])
            yield rule.at(part(document, match, span, "place"), door=match["place"][region.end() if region else 0 :])
