"""模板占位未替换 — a blank of the template was never filled in.

## 查什么

法院自己写的部分里还留着空白横线、空方括号“【】”、“（待填）”，或者年、月、日、元、条的位置写着×、X。已作隐名的姓名、地址、
车牌、号码里的×和“某”不查；拟公开的文稿不查。

## 为何要紧

占位留到送达稿里，日期、金额、刑期都是空的，主文无法执行。

## 反例

被告于××××年××月××日向原告借款____元。

## 正例

被告于2024年3月10日向原告借款5000元；驾驶车牌为粤B×××××的轿车；住清河区××路。

## 依据

《人民法院民事裁判文书制作规范》（文书要素应当齐全）。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section
from tianping.text.lint.mode import Mode
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import quoted_by
from tianping.text.regex import regex

rule = Rule(
    "GRM009",
    "placeholder-left",
    since="0.1.0",
    severity=Severity.ERROR,
    message="“{here}”是未填写的占位，请补全。",
    needs=("_", "＿", "【", "［", "×", "X", "Ｘ", "待填"),
    modes=frozenset({Mode.DRAFT, Mode.ISSUED}),
)

_MASK = "[×XxＸ]"
BLANK = regex(
    r"(?P<blank>_{2,40}|＿{2,40}|[【［\[][ 　]{0,8}[】］\]]|[（(]?(?:待填写?|此处填写?)[^，。；）)]{0,8}[）)]?)"
    rf"|(?P<date>(?:{_MASK}{{1,8}}|[12]\d{{0,2}}{_MASK}{{1,3}})年(?:{_MASK}{{1,4}}月(?:{_MASK}{{1,4}}日)?)?|(?<=月){_MASK}{{1,4}}日)"
    rf"|(?P<sum>(?<![A-Za-z\d×XxＸ*]){_MASK}{{1,8}}[万亿]?元|第{_MASK}{{1,6}}条)"
    rf"|(?P<masked>{_MASK}{{2,8}})"
)
SIGNS = (*"_＿【［[×XxＸ", "待填", "此处填")
CASE_NUMBER = regex(r"[（(〔\[［【]$")
HEAD = frozenset({Section.TITLE, Section.CASENO})


@rule.check
def placeholder_left(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, BLANK, holding=SIGNS):
        text = match.string
        if match["masked"]:
            yield rule.spare(span, "隐名或编号")
        elif marked := quoted_by(text, *match.span()):
            yield rule.spare(span, marked)
        elif document.section_at(span) in HEAD or CASE_NUMBER.search(text, max(match.start() - 1, 0), match.start()):
            yield rule.spare(span, "案号另有规则")
        elif document.section_at(span) in (Section.CLAIM, Section.DEFENCE, Section.PARTY) and not match["blank"]:
            yield rule.spare(span, "可能是隐去的个人信息")
        else:
            yield rule.at(span, here=match[0])
