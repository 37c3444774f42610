"""缺审判人员、日期或书记员 — the foot of the document lacks one of the three.

## 查什么

尾部已有署名、日期、书记员中的两样而缺另一样。三样都没有的是节录，只有一样的多是节录，不查；起草稿不查。

## 为何要紧

审判人员、书记员署名和日期是文书的法定要素。

## 反例

审判员　陆知秋／书记员　江晚晴（中间没有日期）

## 正例

审判员　陆知秋／二〇二六年三月八日／书记员　江晚晴

## 依据

《中华人民共和国民事诉讼法》第一百五十五条、第一百五十七条；《中华人民共和国刑事诉讼法》第二百零三条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.classification import Instrument
from tianping.text.document.model import Document, Section, Span
from tianping.text.lint.mode import Mode
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule

rule = Rule(
    "STR017",
    "unsigned",
    since="0.1.0",
    severity=Severity.ERROR,
    message="文书尾部没有{what}，请补全。",
    basis="《中华人民共和国民事诉讼法》第一百五十五条；《中华人民共和国刑事诉讼法》第二百零三条",
    modes=frozenset({Mode.ISSUED, Mode.PUBLISH}),
)
CLERKS = ("书记员", "代书记员", "代理书记员", "见习书记员", "实习书记员", "速录员")


@rule.check
def unsigned(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if document.instrument not in (Instrument.JUDGMENT, Instrument.RULING):
        return
    foot = [s.span for s in document.stretches if s.section in (Section.SIGN, Section.DATE, Section.CLERK)]
    if not foot:
        return
    place = next((span for span in foot if document.text_at(span).strip()), foot[0])
    clerk = any("书记员" in document.text_at(span) for span in foot) or any(
        signed.title in CLERKS or signed.title == "法官助理" for signed in document.signatories
    )
    judge = any(signed.title not in (*CLERKS, "法官助理") for signed in document.signatories)
    present = {"审判人员署名": judge, "完整的落款日期": document.decided_on is not None, "书记员署名": clerk}
    missing = [what for what, there in present.items() if not there]
    if not missing:
        yield rule.spare(place, "三样都有")
    elif len(missing) == 1:
        yield rule.at(Span(place.paragraph, place.start, place.end), what=missing[0])
    else:
        yield rule.spare(place, "尾部不全，是节录")
