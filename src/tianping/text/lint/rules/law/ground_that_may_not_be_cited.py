"""裁判依据引用了不得引用的文件 — the grounds rest on a text that may only help to reason.

## 查什么

裁判依据（“依照……判决如下”）引用宪法、会议纪要、审判指导意见；民事、刑事文书引用部门规章。说理部分引用的不报。

## 为何要紧

这些文件不得作为裁判依据，只能在说理部分阐述其精神。

## 反例

依照《中华人民共和国宪法》第三十三条之规定，判决如下。

## 正例

本院认为，根据会议纪要的精神……；依照《中华人民共和国民法典》第五百零九条之规定，判决如下。

## 依据

《最高人民法院关于裁判文书引用法律、法规等规范性法律文件的规定》第三条至第六条；《人民法院民事裁判文书制作规范》。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import COUNTRY, Law, plain_title
from tianping.text.document.classification import Matter
from tianping.text.document.model import Document, Section
from tianping.text.lint.places import around
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import quoted_by
from tianping.text.regex import regex

rule = Rule(
    "LAW008",
    "ground-that-may-not-be-cited",
    since="0.1.0",
    severity=Severity.ERROR,
    message="{kind}不得作为裁判依据引用，可以在说理部分阐述。",
    needs=("宪法", "纪要", "指导意见", "办法", "规定"),
    basis="《最高人民法院关于裁判文书引用法律、法规等规范性法律文件的规定》第三条至第六条",
)

CONSTITUTION = regex(rf"^(?:{COUNTRY})?宪法$")
MINUTES = regex(r"纪要[》）]?$")
GUIDANCE = regex(r"(?:量刑|审判|案件|工作).{0,12}指导意见(?:（试行）)?$")
MINISTRIES = (
    *(
        "公安部",
        "司法部",
        "财政部",
        "教育部",
        "交通运输部",
        "交通部",
        "建设部",
        "住房和城乡建设部",
        "商务部",
        "国家税务总局",
    ),
    *(
        "中国人民银行",
        "国家工商行政管理总局",
        "劳动和社会保障部",
        "人力资源和社会保障部",
        "卫生部",
        "农业部",
        "农业农村部",
    ),
    *("自然资源部", "国土资源部"),
)
MINISTRY = regex(rf"^(?:{'|'.join(MINISTRIES)})[^、]{{2,40}}(?:规定|办法|细则)$")
ENDINGS = ("宪法", "纪要", "纪要）", "意见", "（试行）", "规定", "办法", "细则")  # the cheap look before the close one
NO_REGULATIONS = frozenset({Matter.CIVIL, Matter.CRIMINAL})


@rule.check
def ground_that_may_not_be_cited(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for citation in document.citations:
        if not citation.effective_title.endswith(ENDINGS):
            continue
        kind = _kind(plain_title(citation.effective_title), document.matter)
        if kind is None:
            continue
        text, start, end = around(document, citation.span)
        if document.section_at(citation.span) is not Section.BASIS:
            yield rule.spare(citation.span, "不在裁判依据里")
        elif quoted_by(text, start, end, titles=False):
            yield rule.spare(citation.span, "引号内")
        else:
            yield rule.at(citation.span, kind=kind)


def _kind(title: str, matter: Matter) -> str | None:
    if CONSTITUTION.match(title):
        return "宪法"
    if MINUTES.search(title):
        return "会议纪要"
    if GUIDANCE.search(title):
        return "审判指导意见"
    if matter in NO_REGULATIONS and MINISTRY.match(title):
        return "部门规章"
    return None
