"""未成年人未隐名 — a minor stands with the full name in a text to be published.

## 查什么

拟公开的文稿里，全名之后写明的出生日期或年龄表明其在裁判时不满十八周岁，或全名之前写“未成年人”“未成年子女”。已写作“某”的不查。

## 为何要紧

未成年人的姓名和可识别其身份的信息不得公开。

## 反例

婚生女方小棠（2018年3月5日出生）由原告抚养。

## 正例

婚生女方某（2018年3月5日出生）由原告抚养；婚生女方小棠（1998年3月5日出生）已成年。

## 依据

《中华人民共和国未成年人保护法》第一百零三条；《最高人民法院关于人民法院在互联网公布裁判文书的规定》第八条、第九条。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tianping.law.statutes.model import Law
from tianping.text.document.model import Document, Untouchable
from tianping.text.lint.mode import Mode
from tianping.text.lint.places import around
from tianping.text.lint.remark import Remark, Severity, Spared
from tianping.text.lint.rule import Rule
from tianping.text.regex import regex

rule = Rule(
    "PRV005",
    "minor-named",
    since="0.1.0",
    severity=Severity.ERROR,
    message="“{name}”是未成年人，公开前应隐去姓名。",
    basis="《中华人民共和国未成年人保护法》第一百零三条",
    needs=("未成年", "出生", "生于", "周岁", "岁"),
    modes=frozenset({Mode.PUBLISH}),
)

NAME = regex(r"[\u4e00-\u9fff·•．某×＊*xXＸ\d]{2,4}|[\u4e00-\u9fff]{1,9}[·•．][\u4e00-\u9fff]{1,9}")
MASKED = regex(r"[某×＊*xXＸ]")
BORN = regex(
    r"(?:[，（(](?:[男女]，)?)(?:出生于|生于)?(?P<year>(?:19|20)\d{2})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?P<born>出?生)?"
)
AGED = regex(r"[，（(](?:[男女]，)?(?:时年|现年|年仅)?(?P<age>\d{1,2})周?岁")
CALLED_A_MINOR = regex(r"未成年(?:人|子女|儿子|女儿|被害人|被告人)$")


@rule.check
def minor_named(document: Document, law: Law) -> Iterator[Remark | Spared]:
    seen: set[tuple[int, int]] = set()
    for place in document.protected:
        span = place.span
        if place.kind is not Untouchable.PERSON or (span.paragraph, span.start) in seen:
            continue
        seen.add((span.paragraph, span.start))
        text, start, end = around(document, span)
        age = _age(text, end, document.decided_on)
        called = CALLED_A_MINOR.search(text, max(start - 8, 0), start) is not None
        if age is None and not called:
            continue
        name = text[start:end]
        if MASKED.search(name):
            yield rule.spare(span, "已隐名")
        elif age is not None and age >= 18:
            yield rule.spare(span, "已成年")
        elif not NAME.fullmatch(name):
            yield rule.spare(span, "不是姓名")
        else:
            yield rule.at(span, name=name)


def _age(text: str, end: int, on: date | None) -> int | None:
    """周岁：by the day of birth or the age written right after the name; None where neither is."""
    if written := AGED.match(text, end):
        return int(written["age"])
    born = BORN.match(text, end)
    if born is None or on is None or not (born["born"] or "生于" in born[0]):
        return None
    month_and_day = (int(born["month"]), int(born["day"]))
    return on.year - int(born["year"]) - ((on.month, on.day) < month_and_day)
