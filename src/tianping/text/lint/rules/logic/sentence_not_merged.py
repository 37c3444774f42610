"""数罪各判而没有决定执行的刑罚 — terms for two crimes and no word on what is to be served.

## 查什么

刑事主文对同一被告人写了两个以上“犯××罪，判处有期徒刑（拘役）……”，而没有“决定执行”“合并执行”“数罪并罚”。只判罚金、免予刑事处罚
的罪不计。

## 为何要紧

不写决定执行的刑罚，监狱不知执行多久，必须裁定补正或者再审。

## 反例

被告人罗青山犯盗窃罪，判处有期徒刑一年；犯诈骗罪，判处有期徒刑八个月。

## 正例

……犯诈骗罪，判处有期徒刑八个月；决定执行有期徒刑一年四个月。

## 依据

《中华人民共和国刑法》第六十九条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.classification import Matter
from tianping.text.document.model import Document, Section, Span
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "LOG010",
    "sentence-not-merged",
    since="0.1.0",
    severity=Severity.ERROR,
    message="对同一被告人写了{count}个自由刑，没有写决定执行的刑罚，请核对。",
    basis="《中华人民共和国刑法》第六十九条",
    needs=("判处",),
)
SAID = regex(
    r"(?P<who>被告人|上诉人|被告单位|^[一二三四五六七八九十]{1,3}、(?=[^犯，。；：]{2,10}犯))|(?P<term>犯[^，。；：]{2,40}?罪[^。；]{0,12}?判处(?:有期徒刑|拘役))|(?P<merged>决定执行|合并执行|并罚|总和刑期|执行有期徒刑|执行拘役)"
)


@rule.check
def sentence_not_merged(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if document.matter is not Matter.CRIMINAL:
        return
    groups: list[list[tuple[str, Span]]] = []
    for match, span in find(document, SAID, Section.ORDER):
        kind = str(match.lastgroup)
        if kind == "who" or not groups:
            groups.append([])
        groups[-1].append((kind, span))
    merged_somewhere = any(kind == "merged" for group in groups for kind, _ in group)
    for group in groups:
        terms = [span for kind, span in group if kind == "term"]
        if len(terms) < 2:
            yield from (rule.spare(span, "没有同一人的两个自由刑") for span in terms)
            continue
        if any(kind == "merged" for kind, _ in group) or merged_somewhere:
            yield rule.spare(terms[-1], "写了决定执行的刑罚")
        else:
            yield rule.at(terms[-1], count=len(terms))
