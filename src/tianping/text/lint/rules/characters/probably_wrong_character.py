"""疑似别字别词 — the proofreader takes a character or word for another one.

## 查什么

统计模型逐句比对：某字或某词换成音近、形近的另一个，整句就成为法条和裁判文书里的常见说法。只报把握够大的（档位用
`--preset` 选），附把握和用语依据。人名、单位、案号、金额、日期、号码以及引号、书名号里的内容不动。

## 为何要紧

拼音输入法整词选错、字形认错，是裁判文书最常见的笔误，审改时又最容易看漏。

## 反例

应当依法追救其刑事责任。

## 正例

应当依法追究其刑事责任。

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
    "CHR018",
    "probably-wrong-character",
    since="0.1.0",
    severity=Severity.INFO,
    message="“{here}”疑似“{right}”之误，把握 {chance:.0%}{evidence}。",
    general=True,
)


@rule.check
def probably_wrong_character(document: Document, law: Law) -> Iterator[Remark | Spared]:
    from tianping.text.proofread.candidates import Kind  # here: numpy is not for those who do not proofread
    from tianping.text.proofread.in_document import proposals
    from tianping.text.proofread.proofreader import Preset

    preset = next(Preset(name) for name, value in PRESETS.items() if value == least())
    for one in proposals(document):
        edit = one.edit
        if edit.kind not in (Kind.CHARACTER, Kind.WORD):
            continue
        if marked := quoted_by(*around(document, one.span)):
            yield rule.spare(one.span, marked)
        elif not one.is_told(preset):
            yield rule.spare(one.span, "把握不足")
        else:
            told = f"，用语见“{edit.evidence}”" if edit.evidence else ""
            yield rule.at(
                one.span, here=edit.old, right=edit.new, chance=edit.score, evidence=told, suggestion=one.suggestion
            )
