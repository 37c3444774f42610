"""期间倒置 — an interval ends before it begins.

## 查什么

“某年某月某日至某年某月某日”两端都写明年份，而后一日早于前一日。后端省略年份的不报：可能跨年。

## 为何要紧

刑期、计息期间、羁押期间倒置，结果必错；真实文书里查到的多是年份笔误。

## 反例

自2026年5月18日起至2025年6月2日止。

## 正例

自2025年5月18日起至2026年6月2日止；2025年12月8日至1月3日；2025年5月、2024年3月两次借款。

## 依据

期间的届满日不早于起算日。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document
from tianping.text.lint.places import find
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.lint.speech import others_words
from tianping.text.regex import regex

rule = Rule(
    "DAT002",
    "interval-reversed",
    since="0.1.0",
    severity=Severity.ERROR,
    message="期间“{interval}”止期早于起期，请核对日期。",
    needs=("至", "到", "—", "－", "-", "～", "~"),
    general=True,
)

_DATE = r"(?P<y{n}>\d(?<!\d\d)\d{{3}})年(?:(?P<m{n}>\d{{1,2}})月(?:(?P<d{n}>\d{{1,2}})日)?)?"
_TO = r"(?:[（(][^（）()]{1,12}[）)])?(?:起|开始|始)?[，,]?(?:直?至|到|—{1,2}|－|-|～|~)"
INTERVAL = regex(rf"{_DATE.format(n=1)}{_TO}(?:(?P<same>同年|当年|次年|翌年)|{_DATE.format(n=2)}|\d{{1,2}}月)")


@rule.check
def interval_reversed(document: Document, law: Law) -> Iterator[Remark | Spared]:
    for match, span in find(document, INTERVAL):
        if match["y2"] is None:
            yield rule.spare(span, "止期未写年份，可能跨年")
            continue
        start, end = _moment(match, "1"), _moment(match, "2")
        # 2015年3月至2015年: the coarser end holds the finer start; compare only what both sides state.
        shared = min(len(start), len(end))
        if end[:shared] >= start[:shared]:
            yield rule.spare(span, "止期不早于起期")
        elif others := others_words(document, span):
            yield rule.spare(span, others)
        else:
            yield rule.at(span, interval=match[0])


def _moment(match: re.Match[str], side: str) -> tuple[int, ...]:
    return tuple(int(match[unit + side]) for unit in "ymd" if match[unit + side])
