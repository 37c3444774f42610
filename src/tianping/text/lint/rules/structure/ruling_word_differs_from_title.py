"""裁判用语与标题不符 — the words that announce or follow the disposition are those of another instrument.

## 查什么

标题是判决书而写“裁定如下”“本裁定”，标题是裁定书而写“判决如下”“本判决”，决定书同此。只看本院自己的裁判依据和
上诉、生效告知。

## 为何要紧

判决与裁定的适用事项、上诉期限不同，用语相混会使文书性质不明，通常要作补正裁定。

## 反例

民事裁定书：依照《中华人民共和国民事诉讼法》第一百五十七条第一款第三项之规定，判决如下：

## 正例

民事裁定书：上诉人不服一审判决，提起上诉。本院依照……之规定，裁定如下：

## 依据

《中华人民共和国民事诉讼法》第一百五十五条、第一百五十七条；《中华人民共和国刑事诉讼法》第二百条；
《人民法院民事裁判文书制作规范》。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section
from tianping.text.lint.places import find, part
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "STR011",
    "ruling-word-differs-from-title",
    since="0.1.0",
    severity=Severity.ERROR,
    message="标题是{title}，此处却写“{words}”，请核对文书种类。",
    basis="《中华人民共和国民事诉讼法》第一百五十五条、第一百五十七条",
    needs=("如下", "本判决", "本裁定", "本决定"),
)

KINDS = ("判决", "裁定", "决定")
ANNOUNCED = regex(r"(?P<words>(?P<kind>判决|裁定|决定)如下)[：:]?(?:$|\n)")
REFERRED = regex(r"(?:不服|如果?对|^)(?P<words>本(?P<kind>判决|裁定|决定)书?)(?=[，,为系是]|不服|送达|一经|自)")
GROUND = regex(r"依照|依据|按照|根据|综上|《")
BELOW = regex(r"原审|一审|原判|二审|原裁定|[（(〔]\d{4}[）)〕][^，。]{2,24}号")


@rule.check
def ruling_word_differs_from_title(document: Document, law: Law) -> Iterator[Remark | Spared]:
    kind = next((kind for kind in KINDS if document.title.endswith(f"{kind}书")), None)
    if kind is None:
        return
    asked = (
        (ANNOUNCED, ("如下",), {Section.BASIS, Section.REASON}),
        (REFERRED, tuple(f"本{kind}" for kind in KINDS), {Section.APPEAL}),
    )
    for pattern, words, own in asked:
        for match, span in find(document, pattern, holding=words):
            place = part(document, match, span, "words")
            if match["kind"] == kind:
                continue
            before = match.string[: match.start()]
            clause = before[max(before.rfind("。"), before.rfind("\n")) + 1 :]
            if document.section_at(place) not in own:
                yield rule.spare(place, "不是本院的裁判依据或告知")
            elif others := others_words(document, place):
                yield rule.spare(place, others)
            elif BELOW.search(clause):
                yield rule.spare(place, "转述原审或他案")
            elif pattern is ANNOUNCED and not GROUND.search(clause):
                yield rule.spare(place, "前面没有裁判依据，不是本院的裁判")
            else:
                yield rule.at(place, title=document.title, words=match["words"])
