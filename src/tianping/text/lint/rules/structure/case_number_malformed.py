"""案号格式不合语法 — the document's own case number, or one it quotes, is not written as case numbers are.

## 查什么

2016年以后的案号：年份的括号、法院代字的位数、“字第”、编号补零。本案案号逐项查；引用他案的案号只查六角括号和方头
括号。2016年以前的旧案号、公证书、鉴定书、仲裁文书的文号、合并编号和“之一”不在此列。法院代字本身是否存在不查
（需《各级法院代字表》）。

## 为何要紧

案号是卷宗、执行、公开和统计的钥匙，写法不一就检索不到。

## 反例

〔2026〕粤0304民初12号

## 正例

（2026）粤0304民初12号；（2013）福刑初字第0520号；（2017）浙杭钱证内字第493号

## 依据

《关于人民法院案件案号的若干规定》（法〔2015〕137号，法〔2018〕335号修改）。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Section
from tianping.text.lint.case_numbers import SINCE, WRITTEN, faults
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import IN_QUOTES, others_words

rule = Rule(
    "STR003",
    "case-number-malformed",
    since="0.1.0",
    severity=Severity.ERROR,
    message="案号写法不合规定：{faults}。请核对。",
    basis="《关于人民法院案件案号的若干规定》",
    needs=("号",),
)
OF_OFFICIAL_PAPERS = "〔〕【】［］[]"


@rule.check
def case_number_malformed(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, WRITTEN, holding=rule.needs):
        own = document.section_at(span) is Section.CASENO
        if int(match["year"]) < SINCE:
            yield rule.spare(span, "2016年以前的旧案号")
        elif not (found := faults(match)):
            yield rule.spare(span, "合于案号语法")
        elif others_words(document, span) == IN_QUOTES:
            yield rule.spare(span, IN_QUOTES)
        elif not own and match["open"] not in OF_OFFICIAL_PAPERS:
            yield rule.spare(span, "引用他案的案号，不逐项查")
        else:
            yield rule.at(span, faults="；".join(found))
