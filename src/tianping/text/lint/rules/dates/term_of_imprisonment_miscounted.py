"""刑期止日不符 — the day a sentence ends is not its first day plus the term.

## 查什么

主文括注“自×年×月×日起至×年×月×日止”：止日与起日加刑期（减去写明的折抵日数）相差三日以上。起日在月末的算法不一，三日以内不报；
止日比算出的早而没有写明折抵日数的，可能另有在前羁押，只在差三百日以上时报；曾取保候审、监视居住的，
止日可能顺延，只查整年的笔误。

## 为何要紧

止日就是释放之日，多一天是超期羁押，少一天是脱漏刑期。

## 反例

判处有期徒刑一年六个月（刑期……即自2018年10月26日起至2020年5月25日止）

## 正例

判处有期徒刑一年六个月（刑期……即自2018年10月26日起至2020年4月25日止）

## 依据

《中华人民共和国刑法》第四十一条、第四十四条、第四十七条；《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》第二百零二条。
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from tianping.law.statutes.model import Law
from tianping.text.document.dates import day
from tianping.text.document.model import Document, Section
from tianping.text.document.numerals import counted
from tianping.text.lint.places import find, part, whole
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "DAT006",
    "term-of-imprisonment-miscounted",
    since="0.1.0",
    severity=Severity.ERROR,
    message="{term}自{start}起算{less}，止日应为{due}前后，此处写{written}，请核对刑期起止和折抵。",
    basis="《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》第二百零二条",
    needs=("刑期", "徒刑", "拘役"),
)
_N = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
SAID = regex(
    rf"(?P<kind>有期徒刑|拘役)(?:(?P<years>{_N})年)?零?(?:(?P<months>{_N})个?月(?P<days>[又零]?(?:{_N})[日天])?)?"
    r"|(?P<other>无期徒刑|死刑|管制)"
    r"|自(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日(?:起|始|开始)?[，,]?(?:计算)?(?:起)?至"
    r"(?P<end>(?P<y2>\d{4})年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日)"
)
RATE = regex(r"(?:羁押|留置|管护)?[一1][日天]，?(?:抵|折抵|折抵刑期)(?:刑期)?[一二12][日天]")
SET_OFF = regex(
    r"(?:折抵|抵扣|扣除|减去|羁押|留置|拘留)[^，。；]{0,12}?(?P<days>\d{1,3}|[一二三四五六七八九十百]{1,5})[日天](?![起止至])"
)
ELSEWISE = regex(
    r"监视居住|暂予监外|剩余刑期|余刑|余罪|假释|减刑|尚未执行|已执行|已服|数罪并罚后|(?:扣除|折抵|抵扣|减去)[^，。；]{0,12}个月"
)
BAILED = regex(r"取保候审|监视居住|顺延|脱逃|逃跑")
SLACK = timedelta(days=3)
BROKEN_CUSTODY = timedelta(days=300)  # 在前羁押而没有写明日数：取保前的羁押到不了这么久


@rule.check
def term_of_imprisonment_miscounted(document: Document, law: Law) -> Iterator[Remark | Spared]:
    months, term, said_at = None, "", 0
    paragraph = -1
    for match, span in find(document, SAID, Section.ORDER):
        if match["kind"] or match["other"]:
            commuted = match.string.endswith(("减去", "减为"), 0, match.start())  # counted from another day
            months = None if commuted else _months(match)
            term, said_at, paragraph = match[0], match.end(), span.paragraph
            continue
        start, end = _day(match, ""), _day(match, "2")
        place = part(document, match, span, "end")
        if start is None or end is None or months is None:
            yield rule.spare(place, "没有可比的刑期")
            continue
        words = match.string[said_at if paragraph == span.paragraph else 0 : match.end() + 60]
        set_off = _set_off(words)
        due = _after(start, months) - timedelta(days=1 + (set_off or 0))
        less = f"、减去折抵的{set_off}日" if set_off else ""
        if abs(end - due) <= SLACK:
            yield rule.spare(place, "止日相符")
        elif ELSEWISE.search(words):
            yield rule.spare(place, "另有折抵率或并罚，不能这样算")
        elif BAILED.search(whole(document)) and not _slip_of_the_year(start, end, due):
            yield rule.spare(place, "曾取保或监视居住，止日可能顺延")
        elif end < due and not set_off and due - end < BROKEN_CUSTODY:
            yield rule.spare(place, "可能另有在前羁押")
        elif set_off and abs(end - _after(start, months) + timedelta(days=1)) <= SLACK:
            yield rule.spare(place, "写明的日数已在起日里扣过")
        else:
            yield rule.at(place, term=term, start=start, less=less, due=due, written=match["end"])


def _months(match: re.Match[str]) -> int | None:
    if match["other"] or match["days"]:
        return None
    years, months = counted(match["years"] or "0") or 0, counted(match["months"] or "0") or 0
    return 12 * years + months or None


def _day(match: re.Match[str], which: str) -> date | None:
    return day(int(match[f"y{which}"]), int(match[f"m{which}"]), int(match[f"d{which}"]))


def _slip_of_the_year(start: date, end: date, due: date) -> bool:
    """年份写错：before it begins, or off by whole years."""
    apart = abs((end - due).days)
    return end <= start or (apart > 300 and min(apart % 365, -apart % 365) <= SLACK.days)


def _set_off(words: str) -> int | None:
    """写明的折抵日数, added up; None where none is written."""
    days = [counted(found["days"]) or 0 for found in SET_OFF.finditer(RATE.sub("", words))]
    return sum(days) or None


def _after(start: date, months: int) -> date:
    """起日加若干个月；the month's last day where it has no such day."""
    year, month = divmod(start.month - 1 + months, 12)
    last = calendar.monthrange(start.year + year, month + 1)[1]
    return date(start.year + year, month + 1, min(start.day, last))
