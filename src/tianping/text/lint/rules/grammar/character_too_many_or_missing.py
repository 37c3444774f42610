"""疑似多字、漏字、语序颠倒 — the proofreader misses a character, finds one too many, or two the wrong way round.

## 查什么

统计模型逐句比对：删去一两个字、补上一个字或者前后对调，整句就成为法条和裁判文书里的常见说法。只报把握够大的（档位用
`--preset` 选），附把握和用语依据。人名、单位、案号、金额、日期、号码以及引号、书名号里的内容不动。

## 为何要紧

修改时留下的残字、漏打的字会改变意思，读的人凭语感补足，往往看不出来。

## 反例

足认以定被告人的犯罪事实。

## 正例

足以认定被告人的犯罪事实。

## 依据

统计判断，不是词表：依据是随包校对模型，训练语料为法律法规和裁判文书。只作提示，由承办人定。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.places import around
from tianping.text.lint.proofreading import PRESETS, least
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import quoted_by

rule = Rule(
    "GRM005",
    "character-too-many-or-missing",
    since="0.1.0",
    severity=Severity.INFO,
    message="“{here}”疑似{fault}，把握 {chance:.0%}{evidence}。",
    general=True,
)


@rule.check
def character_too_many_or_missing(document: Document, law: Law) -> Iterator[Remark | Spared]:
    from tianping.text.proofread.candidates import Kind  # here: numpy is not for those who do not proofread
    from tianping.text.proofread.in_document import proposals
    from tianping.text.proofread.proofreader import Preset

    preset = next(Preset(name) for name, value in PRESETS.items() if value == least())
    for one in proposals(document):
        edit = one.edit
        faults = {
            Kind.EXTRA: f"多“{edit.old}”字",
            Kind.MISSING: f"漏“{edit.new}”字",
            Kind.ORDER: f"语序颠倒，应为“{edit.new}”",
        }
        if edit.kind not in faults:
            continue
        if marked := quoted_by(*around(document, one.span)):
            yield rule.spare(one.span, marked)
        elif not one.is_told(preset):
            yield rule.spare(one.span, "把握不足")
        else:
            yield rule.at(
                one.span,
                here=document.text_at(one.span),
                fault=faults[edit.kind],
                chance=edit.score,
                evidence=f"，用语见“{edit.evidence}”" if edit.evidence else "",
                suggestion=one.suggestion,
            )
