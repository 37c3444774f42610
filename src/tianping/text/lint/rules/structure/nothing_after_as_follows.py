"""“如下”之后没有主文 — the ruling is announced and does not come.

## 查什么

裁判依据以“判决如下”“裁定如下”收尾，其后直接是诉讼费用、上诉告知或署名。文书到此为止的（节录）不查。

## 为何要紧

主文是文书唯一可以执行的部分。

## 反例

依照《中华人民共和国民法典》第六百七十五条之规定，判决如下：（其后直接是诉讼费用）

## 正例

……判决如下：被告于本判决生效之日起十日内返还借款。

## 依据

《中华人民共和国民事诉讼法》第一百五十五条、第一百五十七条；《中华人民共和国刑事诉讼法》第二百条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.classification import Instrument
from tianping.text.document.model import Document, Part, Section
from tianping.text.lint.places import find, part
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "STR012",
    "nothing-after-as-follows",
    since="0.1.0",
    severity=Severity.ERROR,
    message="“{words}”之后没有主文，请补全。",
    basis="《中华人民共和国民事诉讼法》第一百五十五条、第一百五十七条",
    needs=("如下",),
)
ANNOUNCED = regex(r"(?P<words>(?:判决|裁定|决定)如下)[：:]?(?:$|\n)")
NO_ORDER = regex(
    r"\s*(?:审判|代理审判|人民陪审|书记员|法官助理|案件受理费|如(?:果)?不服|本(?:判决|裁定)(?:为|系|送达))"
)


@rule.check
def nothing_after_as_follows(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if document.instrument not in (Instrument.JUDGMENT, Instrument.RULING):
        return
    for match, span in list(find(document, ANNOUNCED, Section.BASIS))[-1:]:
        place = part(document, match, span, "words")
        after = [p for p in document.paragraphs[span.paragraph + 1 :] if p.part is Part.BODY and p.text.strip()]
        if match.end() < len(match.string.rstrip()):
            yield rule.spare(place, "主文写在同一段")
        elif not after:
            yield rule.spare(place, "文书到此为止，是节录")
        elif NO_ORDER.match(after[0].text):
            yield rule.at(place, words=match["words"])
        else:
            yield rule.spare(place, "其后有主文")
