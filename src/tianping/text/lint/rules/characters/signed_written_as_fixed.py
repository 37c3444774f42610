"""签订、坐落、安排误写 — a like-sounding character in 签订 (sign), 坐落 (lie) or 安排 (arrange).

## 查什么

法院自己的话里的“签定”“座落”“按排”。引文、书证、权证登记栏和当事人陈述照录不查。

## 为何要紧

三词都有通行写法。不动产权证的登记栏沿用旧写法，抄录时照原样，法院叙述用今天的写法。

## 反例

双方签定买卖合同；房屋座落于清河区。

## 正例

双方签订买卖合同；房屋坐落于清河区；按照排序先后确定。

## 依据

《现代汉语词典》“签订”“坐落”“安排”条。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "CHR004",
    "signed-written-as-fixed",
    since="0.1.0",
    severity=Severity.WARNING,
    message="“{here}”应写作“{right}”。",
    needs=("签定", "座落", "按排"),
    general=True,
)

RIGHT = {"签定": "签订", "座落": "坐落", "按排": "安排"}
WORD = regex(r"签定|座落|按排")
OTHER_WORDS = {  # 标签定价、一座落成的大桥、按排序先后
    "签定": regex(r"[标书牌抽]签定|签定[价义额期]"),
    "座落": regex(r"座落[成款地后]|[一两几二三四五六七八九十]座落"),
    "按排": regex(r"按排[名列序放期水污量班号行位查除气他]"),
}


@rule.check
def signed_written_as_fixed(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, WORD, holding=rule.needs):
        here = match[0]
        if OTHER_WORDS[here].search(match.string, max(match.start() - 1, 0), match.end() + 1):
            yield rule.spare(span, "分属两词")
        elif others := others_words(document, span):
            yield rule.spare(span, others)
        else:
            yield rule.at(span, here=here, right=RIGHT[here], suggestion=RIGHT[here])
