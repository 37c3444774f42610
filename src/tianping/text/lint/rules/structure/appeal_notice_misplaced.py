"""上诉告知与审级不符 — a judgment that is final tells of an appeal, or one that may be appealed tells of none.

## 查什么

第二审、小额诉讼、特别程序的文书写了“可以上诉”；第一审判决书有署名却没有上诉告知。再审按第一审程序审理的仍可上诉，
不查；文书没有尾部的（节录）不查。仲裁司法审查中不予受理、驳回申请、管辖权异议的裁定可以上诉，不查。

## 为何要紧

告知错了，当事人或者白跑一趟，或者误了期限。

## 反例

小额诉讼：如不服本判决，可在判决书送达之日起十五日内上诉。

## 正例

小额诉讼：本判决为终审判决。

## 依据

《中华人民共和国民事诉讼法》第一百五十五条、第一百六十五条、第一百八十二条；《中华人民共和国刑事诉讼法》第二百三十条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.classification import Instance, Instrument, Matter, Track
from tianping.text.document.model import Document, Section, Span
from tianping.text.lint.places import find, part, whole
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "STR007",
    "appeal-notice-misplaced",
    since="0.1.0",
    severity=Severity.ERROR,
    message="{what}，请核对上诉告知。",
    basis="《中华人民共和国民事诉讼法》第一百五十五条、第一百六十五条、第一百八十二条；《中华人民共和国刑事诉讼法》第二百三十条",
)
NOTICE = regex(
    r"(?:不服本(?:判决|裁定)书?|对本(?:判决|裁定)书?不服)[^。]{0,60}?(?P<words>上诉)|(?P<closed>本(?:判决|裁定)(?:为|系|是)终审|一审终审)"
)
MATTERS = (Matter.CIVIL, Matter.CRIMINAL, Matter.ADMINISTRATIVE)


@rule.check
def appeal_notice_misplaced(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if document.instrument not in (Instrument.JUDGMENT, Instrument.RULING) or document.matter not in MATTERS:
        return
    notices = list(find(document, NOTICE, Section.APPEAL, Section.FEE, Section.LATE, Section.ORDER))
    final = _final(document)
    for match, span in notices:
        if match["closed"]:
            yield rule.spare(span, "写的是终审")
        elif final is None:
            yield rule.spare(span, "可以上诉的文书")
        else:
            yield rule.at(part(document, match, span, "words"), what=f"{final}，却写可以上诉")
    if notices or not document.is_first_judgment or final is not None:
        return
    signed = next((s.span for s in document.signatories), None)
    if signed is not None and document.section_of(signed.paragraph) is Section.SIGN:
        if any(True for _ in document.in_sections(Section.APPEAL)):
            yield rule.spare(signed, "另有告知段")
        elif any(True for _ in find(document, NOTICE, Section.ANNEX)):
            yield rule.spare(signed, "告知印在附表之后")
        else:
            place = Span(signed.paragraph, 0, signed.end)
            yield rule.at(place, what="第一审判决书署名之前没有上诉告知")


def _final(document: Document) -> str | None:
    """为何不得上诉；None where an appeal lies or where that is not said."""
    if document.instance is Instance.SECOND:
        return "第二审文书"
    if document.instance is Instance.FIRST and document.track is Track.SMALL_CLAIMS:
        return "小额诉讼一审终审"
    if document.track is Track.SPECIAL and not (document.instrument is Instrument.RULING and "仲裁" in whole(document)):
        return "特别程序一审终审"
    return None
