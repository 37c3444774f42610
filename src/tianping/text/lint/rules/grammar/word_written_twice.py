"""词语重复 — a word of two or three characters stands twice in a row.

## 查什么

法院自己的话里，“被告”“本院”“依法”“应当”一类不能叠用的词紧挨着写了两遍。只查词表所收的词：“保险保险单”“交通事故事故认定书”
“银行银行卡”“大队大队长”是两词相接，“研究研究”是叠用，都不查。

## 为何要紧

多为复制或改稿时留下，读者一眼可见。

## 反例

本院认为，被告被告应当返还借款。

## 正例

本院认为，被告应当返还借款；机动车商业保险保险单载明限额。

## 依据

《人民法院民事裁判文书制作规范》（语言规范、准确）。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section, Span
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import IN_STATEMENT, others_words
from tianping.text.regex import regex

rule = Rule(
    "GRM001",
    "word-written-twice",
    since="0.1.0",
    severity=Severity.WARNING,
    message="“{word}”重复。",
)

_LISTED = (
    "被告 原告 被告人 原告人 上诉人 公诉人 自诉人 辩护人 代理人 被害人 第三人 申请人 本院 法院 检察院 公诉机关 "
    "本案 认为 应当 依法 依照 依据 根据 按照 判令 判处 构成 其行为 犯罪 有期 徒刑 罚金 缓刑 罪名 提起 "
    "提出 提交 提供 予以 不予 作出 支付 返还 偿还 赔偿 承担 负担 驳回 诉称 辩称 述称 诉讼 约于 "
    "签订 履行 归还 查明 证实 确认 属于 系因 因此 由于 故意 故本 并且 并处 以及 且被 但是 "
    "虽然 如果 因为 所以 对于 关于 通过 经过 同时 其中 上述 以上 该案 当庭 当场 现场 到庭 参加 供述 指控 审理 "
    "受理 立案 逮捕 羁押 拘留 抓获 查获 搜获 扣押 驾驶 携带 实施 发生 造成 导致 使用 进行 具有 没有 已经 未经 "
    "无法 不服 生效 送达 执行 申请 递交 上诉 起诉 抗诉 人民 公安 民警 报警 伙同 窃得 窃取 盗窃 现金 价值 人民币 "
    "共计 合计"
)
NEVER_DOUBLED = frozenset(re.findall(r"\S+", _LISTED))
# Followed so, the second is the beginning of another word: 不服上诉上诉人, 申请执行执行人.
TWO_WORDS_MEET = {
    "诉讼": "请费中程风标代", "赔偿": "金款责义额协数限标范",
    "犯罪": "嫌事行情构",
    "执行": "案通标款人局法依裁立程", "驾驶": "证人员资", "申请": "书人再执鉴", "法院": "系工审执立干",
    "现场": "勘照图检辨指", "上诉": "人状期费请", "供述": "笔", "起诉": "书状时", "公安": "局机厅民分部",
    "人民": "法检政币公", "履行": "期义", "羁押": "期", "拘留": "所证通",
    "逮捕": "证", "被害人": "陈", "扣押": "清物决", "抓获": "经", "盗窃": "罪所案",
    "没有": "没", "确认": "书单", "价值": "认鉴评", "罚金": "刑", "缓刑": "考", "支付": "宝凭令", "被告": "知发",
    "报警": "记电人求", "使用": "权人费", "发生": "额", "参加": "人", "提供": "方者", "构成": "要", "返还": "请",
}  # fmt: skip
MAY_MEET = ("保险", "银行", "合同", "事故", "大队", "工程", "鉴定", "研究", "商量", "联系")
"""放过的常见相接：保险保险单、银行银行卡、研究研究."""
_FIRST, _SECOND = ("".join(sorted({word[at] for word in (*NEVER_DOUBLED, *MAY_MEET)})) for at in (0, 1))
DOUBLED = regex(rf"(?P<word>[{_FIRST}][{_SECOND}][\u4e00-\u9fff]?)(?P=word)")


@rule.check
def word_written_twice(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, DOUBLED):
        word = match["word"]
        if word not in NEVER_DOUBLED:
            yield rule.spare(span, "可以叠用或两词相接")
        elif match.string[match.end() : match.end() + 1] in TWO_WORDS_MEET.get(word, " "):
            yield rule.spare(span, "两词相接")
        elif (others := others_words(document, span)) and not _told_by_the_court(document, span, others):
            yield rule.spare(span, others)
        else:
            # Inside a clause a stop may be missing (诉至本院本院作出判决): only where the clause opens is it sure.
            opens = match.start() == 0 or match.string[match.start() - 1] in "，。；：、\n"
            sure = opens and document.text_at(span) == word * 2
            yield rule.at(span, word=word, suggestion=word if sure else None)


def _told_by_the_court(document: Document, span: Span, others: str) -> bool:
    """本院认为里转述指控、意见的是法院自己的话：a repetition there is the slip of whoever typed the reasons."""
    return others == IN_STATEMENT and document.section_at(span) is Section.REASON
