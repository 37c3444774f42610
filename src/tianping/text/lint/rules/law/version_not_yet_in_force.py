"""引用尚未施行的法律 — a statute, or a version of it, is cited that was not in force on the day of judgment.

## 查什么

本院认为、裁判依据引用的法律、司法解释，在落款之日还没有施行；或者写明引用某年修正、修订的版本，而该版本在落款之日还
没有施行。法规表里不是首次公布的版本不据以判断整部法律何时施行。

## 为何要紧

没有施行的法律不能作为裁判依据。

## 反例

2026年3月判决：依照《中华人民共和国商标法》（2026年修订）第五十七条之规定。

## 正例

2026年3月判决：依照《中华人民共和国商标法》第五十七条之规定。

## 依据

《中华人民共和国立法法》第六十一条：法律应当明确规定施行日期；各法律、司法解释的施行日期。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tianping.law.statutes.model import Law, Statute
from tianping.text.document.model import Citation, Document, Section
from tianping.text.lint.places import around
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "LAW006",
    "version-not-yet-in-force",
    since="0.1.0",
    severity=Severity.ERROR,
    message="{what}自{effective}起施行，落款之日{decided}尚未施行，不能引用。",
    needs=("《",),
)

RULED_ON = frozenset({Section.REASON, Section.BASIS})
YEAR_OF_VERSION = regex(r"^[（(](?P<year>\d{4})年?(?:修正|修订|修改)(?:本|版)?[）)]")
WILL_APPLY = regex(r"施行后|施行前|尚未施行|将于|自[^，。]{1,20}施行|时间效力|公布|草案")


@rule.check
def version_not_yet_in_force(document: Document, law: Law) -> Iterator[Remark | Spared]:
    day = document.decided_on
    if day is None:
        return
    for citation in document.citations:
        statute = law.statute(citation.effective_title)
        if statute is None:
            continue
        what, effective = _cited(document, citation, statute, law)
        if effective is None or effective <= day:
            if statute.versions[-1].effective > day or "年" in what:
                yield rule.spare(citation.span, "落款之日已经施行，或者不能确定引用哪一版")
        elif document.section_at(citation.span) not in RULED_ON:
            yield rule.spare(citation.span, "不是本院的说理或依据")
        elif others := others_words(document, citation.span, titles=False):
            yield rule.spare(citation.span, others)
        elif _speaks_of_its_beginning(document, citation):
            yield rule.spare(citation.span, "正是说它何时施行")
        else:
            yield rule.at(citation.span, what=what, effective=effective, decided=day)


def _cited(document: Document, citation: Citation, statute: Statute, law: Law) -> tuple[str, date | None]:
    """What is cited and since when it held; None where that cannot be told."""
    text, _, end = around(document, citation.span)
    written = YEAR_OF_VERSION.match(text[end : end + 16])
    if written:
        versions = [one for one in statute.versions if one.adopted.year == int(written["year"]) and not one.unproven]
        what = f"《{statute.title}》{written['year']}年的版本"
        return what, versions[0].effective if len(versions) == 1 else None
    first = statute.versions[0]
    known = law.is_first(first) and not first.unproven
    return f"《{statute.title}》", first.effective if known else None


def _speaks_of_its_beginning(document: Document, citation: Citation) -> bool:
    text, start, end = around(document, citation.span)
    return bool(WILL_APPLY.search(text, max(0, start - 20), end + 40))
