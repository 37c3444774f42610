"""指代不明 — the disposition says 被告 (the defendant) where there are two or more of them.

## 查什么

首部有两名以上被告，主文却写“被告应……”“被告于……支付”，既不写姓名，也不写“二被告”“各被告”“共同”。

## 为何要紧

主文是执行依据。不写明是哪一名被告，执行时无从确定义务人，只能再行解释或补正。

## 反例

被告于本判决生效之日起十日内返还借款（首部有两名被告）。

## 正例

被告方若水于本判决生效之日起十日内返还借款；二被告于本判决生效之日起十日内返还借款。

## 依据

《中华人民共和国民事诉讼法》第一百五十五条（判决书应当写明判决结果）；主文应当明确、具体、可以执行。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Role, Section
from tianping.text.lint.places import find, part
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "GRM007",
    "which-defendant",
    since="0.1.0",
    severity=Severity.WARNING,
    message="首部有{count}名被告，此处只写“被告”，请写明是哪一名或哪几名。",
    needs=("被告",),
)

ACTS = regex(
    r"(?P<word>被告)(?=(?:应当?|须)?(?:于|在|自)本?(?:判决|裁定|调解)|应|须|(?:立即)?(?:向原告)?"
    r"(?:支付|赔偿|返还|偿还|给付|归还|交付|退还|清偿|承担|停止|继续履行|协助|腾退|迁出|拆除|办理))"
)
WHICH = regex(r"(?:二|两|三|四|五|六|七|八|九|十|各|原、|上述|上列|全体|其余|其他|第[一二三四五]|共同|该)$")


@rule.check
def which_defendant(document: Document, law: Law) -> Iterator[Remark | Spared]:
    defendants = {party.name for party in document.parties if party.role is Role.DEFENDANT}
    for match, span in find(document, ACTS, Section.ORDER):
        place = part(document, match, span, "word")
        if len(defendants) < 2:
            yield rule.spare(place, "首部只有一名被告")
        elif WHICH.search(match.string, max(match.start() - 2, 0), match.start()):
            yield rule.spare(place, "已写明是哪几名")
        elif others := others_words(document, place):
            yield rule.spare(place, others)
        else:
            yield rule.at(place, count=len(defendants))
