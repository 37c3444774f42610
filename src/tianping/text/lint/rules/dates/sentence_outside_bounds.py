"""刑期超出法定幅度 — a term of detention, control or imprisonment that the kind of punishment does not allow.

## 查什么

主文判处的管制不满三个月或超过二年，拘役不满一个月或超过六个月，有期徒刑不满六个月或超过十五年；数罪并罚决定执行的，
管制超过三年、拘役超过一年、有期徒刑超过二十五年。

## 为何要紧

超出法定幅度的刑罚不能执行，必须依审判监督程序纠正。

## 反例

判处拘役八个月。

## 正例

判处拘役五个月；数罪并罚，决定执行拘役八个月；判处有期徒刑六个月。

## 依据

《中华人民共和国刑法》第三十八条第一款、第四十二条、第四十五条、第六十九条第一款、第九十九条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.places import around
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.sentences import Length, Term, terms
from tianping.text.lint.speech import quoted_by

rule = Rule(
    "DAT007",
    "sentence-outside-bounds",
    since="0.1.0",
    severity=Severity.ERROR,
    message="{kind}{bounds}，此处为{written}，请核对刑种和刑期。",
    needs=("拘役", "管制", "有期徒刑"),
)

# In months, from the articles named above: least and most for one crime, and the most for several together.
BOUNDS = {
    "管制": (3, 24, 36, "《中华人民共和国刑法》第三十八条第一款"),
    "拘役": (1, 6, 12, "《中华人民共和国刑法》第四十二条"),
    "有期徒刑": (6, 180, 300, "《中华人民共和国刑法》第四十五条"),
}
SEVERAL = "《中华人民共和国刑法》第六十九条第一款"
COMMUTED = ("减为", "减刑", "假释", "余刑", "未执行", "前罪")


@rule.check
def sentence_outside_bounds(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for term in terms(document):
        least, most, most_together, basis = BOUNDS[term.kind]
        text, start, end = around(document, term.span)
        upper = most_together if term.combined else most
        if Length(least).measure <= term.length.measure <= Length(upper).measure:
            yield rule.spare(term.span, "在法定幅度内")
        elif quoted_by(text, start, end):
            yield rule.spare(term.span, "引号内")
        elif any(word in text[max(0, start - 30) : end + 20] for word in COMMUTED):
            yield rule.spare(term.span, "减刑、余刑或者前罪的刑期")
        else:
            yield rule.at(
                term.span,
                basis=SEVERAL if term.combined else basis,
                kind=term.kind,
                bounds=_bounds(term, least, upper),
                written=term.length.words,
            )


def _bounds(term: Term, least: int, upper: int) -> str:
    if term.combined:
        return f"数罪并罚最高不超过{Length(upper).words}"
    return f"的期限为{Length(least).words}以上{Length(upper).words}以下"
