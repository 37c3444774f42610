"""虚词重复 — a particle or preposition stands twice in a row.

## 查什么

法院自己的话里的“的的”“了了”“在在”“和和”“并并”“及及”“将将”“被被”等。“的的确确”“为了了解”“不了了之”“存在在”“被被告”“被被害人”
“被被执行人”等合法相接不查。

## 为何要紧

多为改稿时留下，读者一眼可见。

## 反例

驳回原告的的诉讼请求；被告人分别在在平安镇经营。

## 正例

驳回原告的诉讼请求；该车被被告人开走；为了了解情况；当事人的的确确到过现场。

## 依据

《人民法院民事裁判文书制作规范》（语言规范、准确）。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section, Span
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import IN_STATEMENT, others_words
from tianping.text.regex import regex

rule = Rule(
    "GRM002",
    "particle-written-twice",
    since="0.1.0",
    severity=Severity.WARNING,
    message="“{here}”重复。",
    general=True,
)

PARTICLE = regex(r"(?P<one>[的了在和并及将被是与对把])(?P=one)")
MEETS_BEFORE = {  # the character before makes a word of the first: 存在/在、于是/是、参与/与、核对/对
    "的": "目标摩打面",
    "了": "私不为除明受终未完末知末忙",
    "在": "现存正实所潜内自外好旨意乐健驻",
    "和": "祥饱缓温平中总共调附违",
    "并": "合兼吞一归",
    "及": "以普涉顾波危埃来",
    "将": "即行必终小大主名干麻",
    "被": "棉毛植床絮铺",
    "是": "于但还只就凡可若要总正都也便倒老既而",
    "与": "参给授赋赠予付",
    "对": "核校绝相面反针应成不查比敌派配",
    "把": "车门火刀拖扫一",
}
MEETS_AFTER = {  # the character after makes a word of the second: 的/的确、了/了解、被/被告
    "的": "确士话",
    "了": "解结却断之",
    "在": "场职押案逃家校岗编建此",
    "和": "解谐平气睦田龙县静政林布",
    "并": "购处罚存列",
    "及": "其时格",
    "将": "来军近要",
    "被": "告害申执上诉保子扶侵继监代处褥单抚罚送收审鉴拘除假追赔盗强判担投救追承征拆搬扣查起",
    "是": "否非",
    "与": "会其",
    "对": "方象待于手账外价话照应称比质接立面",
    "把": "手柄握",
}


@rule.check
def particle_written_twice(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, PARTICLE):
        one, text = match["one"], match.string
        before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
        if (before and before in MEETS_BEFORE[one]) or (after and after in MEETS_AFTER[one]):
            yield rule.spare(span, "两词相接")
        elif _in_a_name(document, span) or text.startswith("水一方", match.end()):
            yield rule.spare(span, "名称的一部分")
        elif (others := others_words(document, span)) and not _told_by_the_court(document, span, others):
            yield rule.spare(span, others)
        else:
            whole = document.text_at(span) == match[0]
            yield rule.at(span, here=match[0], suggestion=one if whole and one != "被" else None)


def _in_a_name(document: Document, span: Span) -> bool:
    """人名、单位名称以虚词结尾或开头：张宗和和李……."""
    return any(
        place.span.start < span.end and span.start < place.span.end for place in document.protected_in(span.paragraph)
    )


def _told_by_the_court(document: Document, span: Span, others: str) -> bool:
    """本院认为里转述指控、意见的是法院自己的话：a repetition there is the slip of whoever typed the reasons."""
    return others == IN_STATEMENT and document.section_at(span) is Section.REASON
