"""主文没有履行期限 — money is ordered paid and no day is set.

## 查什么

民事判决的给付判项既没有写“于本判决生效之日起……日内”，也没有按月、每年、某日前一类期限，别的判项也没有统一写期限。
确认、解除、驳回和已经履行的不查。

## 为何要紧

没有期限，何时起算迟延履行、何时可以申请执行都会起争议。

## 反例

被告返还原告借款10万元。

## 正例

被告于本判决生效之日起十日内返还原告借款10万元。

## 依据

《中华人民共和国民事诉讼法》第二百四十六条、第二百六十四条；《人民法院民事裁判文书制作规范》。
"""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "STR014",
    "no-time-to-perform",
    since="0.1.0",
    severity=Severity.WARNING,
    message="判项有给付，没有写履行期限，请核对。",
    basis="《中华人民共和国民事诉讼法》第二百六十四条",
)
PAYS = regex(r"(?:支付|给付|返还|偿还|赔偿|清偿|归还|补偿|退还|交付|付清)")
TIME = regex(
    r"[日天月年周]内|立即|当日|之日|按[月季年]|每[月季年]|逐[月年]|[日月]前|期满|届满|同时|限期|[一二三四五六七八九十\d]日[起止]|次月"
)
OTHERWISE = regex(
    r"驳回|确认|撤销|维持|解除|准予|不准|已(?:经)?(?:履行|支付|给付|付清)|优先受偿|连带|补充(?:清偿|赔偿)|追偿|变更|负担|折抵"
)


@rule.check
def no_time_to_perform(document: Document, law: Law) -> Iterator[Remark | Spared]:
    if not document.decides_civil_claims:
        return
    said = [document.text_at(item.span) for item in document.dispositions]
    for item, words in zip(document.dispositions, said, strict=True):
        if not PAYS.search(words):
            continue
        if TIME.search(words):
            yield rule.spare(item.span, "写了期限")
        elif OTHERWISE.search(words):
            yield rule.spare(item.span, "不是独立的给付判项")
        elif any(("上述" in other or "以上" in other) and TIME.search(other) for other in said):
            yield rule.spare(item.span, "另项统一写了期限")
        else:
            yield rule.at(item.span)
