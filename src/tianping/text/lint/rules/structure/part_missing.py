"""缺必备节 — a judgment without reasons, without parties, or without what the parties said.

## 查什么

判决书有主文却没有“本院认为”，或者没有当事人一节；第一审民事、行政判决书没有事实一节（经审理查明、本院认定事实）。要素式、
令状式、表格式文书、小额诉讼的简化文书和公示催告的除权判决不查；文书没有首部或没有主文的（节录）不查。

## 为何要紧

裁判结果和作出该裁判的理由是判决书的法定内容。

## 反例

……经审理查明……。依照……之规定，判决如下：（没有“本院认为”）

## 正例

……经审理查明……。本院认为……。依照……之规定，判决如下：

## 依据

《中华人民共和国民事诉讼法》第一百五十五条；《中华人民共和国刑事诉讼法》第二百条；《人民法院民事裁判文书制作规范》。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.classification import Instrument, Matter, Track
from tianping.text.document.model import Document, Section
from tianping.text.lint.places import find, part, whole
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "STR001",
    "part-missing",
    since="0.1.0",
    severity=Severity.ERROR,
    message="判决书没有{what}，请核对是否漏写。",
    basis="《中华人民共和国民事诉讼法》第一百五十五条；《中华人民共和国刑事诉讼法》第二百条",
    needs=("判决如下",),
)
ANNOUNCED = regex(r"(?P<words>判决如下)[：:]?(?:$|\n)")
SIMPLE = regex(r"要素式|令状式|表格式|简式裁判文书|当庭宣判[^。]{0,20}简化|公示催告期间已?(?:届?满|经过)")
REASON = regex(r"本院(?:经[^，。]{0,12})?认为|合议庭(?:评议)?认为|综上")
FACT = regex(r"查明|认定(?:如下)?(?:的)?(?:案件)?事实|事实(?:认定)?如下|确认(?:如下)?事实|经审理|无争议的事实|审理认为")


@rule.check
def part_missing(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if document.instrument is not Instrument.JUDGMENT or not (document.title or document.case_no):
        return
    for match, span in list(find(document, ANNOUNCED, Section.BASIS))[-1:]:
        place = part(document, match, span, "words")
        text = whole(document)
        missing = list(_missing(document, text))
        if not missing:
            yield rule.spare(place, "必备的节都有")
        elif SIMPLE.search(text) or document.track is Track.SMALL_CLAIMS:
            yield rule.spare(place, "简式文书")
        else:
            yield rule.at(place, what="、".join(missing))


def _missing(document: Document, text: str) -> Iterator[str]:
    written = {stretch.section for stretch in document.stretches}
    if Section.PARTY not in written:
        yield "当事人"
    if (
        document.matter in (Matter.CIVIL, Matter.ADMINISTRATIVE)
        and Section.FACT not in written
        and not FACT.search(text)
    ):
        yield "认定的事实"
    if Section.REASON not in written and not REASON.search(text):
        yield "裁判理由（本院认为）"
