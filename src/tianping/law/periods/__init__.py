"""期间：statutory periods counted from a day — appeal, defence, notice, trial limits — with each day left out and why.

    due("appeal-civil", date(2026, 9, 16)).day      # 2026-10-08: the fifteenth day is a holiday

The day a period starts from is not counted; a last day that is no working day moves on (民事诉讼法第八十五条 and
刑事诉讼法第一百零五条). What may stop or lengthen a trial limit (鉴定、公告、延长) is not known here: it is said, not
computed.
"""

from __future__ import annotations

import csv
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from tianping.law import workdays
from tianping.law.parameters import Value, parameter
from tianping.law.renumbering import as_numbered_on
from tianping.law.workdays import ONE_DAY, START_DAY_REASON, Calendar, Due, add_days, day_off

COUNTING = {
    "civil": "《中华人民共和国民事诉讼法》第八十五条",
    "criminal": "《中华人民共和国刑事诉讼法》第一百零五条",
    "administrative": "《中华人民共和国行政诉讼法》第一百零一条（期间适用民事诉讼法的规定）",
}
"""计算期间的依据。"""

IN_CUSTODY = "犯罪嫌疑人、被告人或者罪犯在押期间，应当至期满之日为止，不因节假日延长（刑事诉讼法第一百零五条）。"
TRIAL_LIMIT = "审限未扣除鉴定、公告、管辖异议等期间，也未计入经批准的延长。"
SERVED_BY_NOTICE = "公告期满即视为送达；上诉期、答辩期从期满的次日起算，用期满之日再算一次。"


class UnknownClock(LookupError):
    """没有这个期间。"""

    def __init__(self, clock: str) -> None:
        self.clock = clock
        super().__init__(f"没有名为“{clock}”的期间，可用：{'、'.join(clocks())}。")


@dataclass(frozen=True, slots=True)
class Clock:
    """一种期间。"""

    code: str
    term: str
    starts: str
    parameter: str
    counting: str


@dataclass(frozen=True, slots=True)
class Period:
    """期间的计算结果：``limit`` with the provision that set it, ``due`` with every day left out."""

    clock: Clock
    start: date
    limit: Value
    due: Due
    notes: tuple[str, ...]

    @property
    def day(self) -> date:
        return self.due.day

    @property
    def counting_basis(self) -> str:
        return as_numbered_on(COUNTING[self.clock.counting], self.start)


@cache
def clocks() -> Mapping[str, Clock]:
    """全部期间。"""
    rows = csv.DictReader(Path(__file__).with_name("clocks.csv").read_text(encoding="utf-8").splitlines())
    return {
        row["clock"]: Clock(row["clock"], row["term"], row["from"], row["parameter"], row["counting"]) for row in rows
    }


def due(clock: str, start: date, *, calendar: Calendar | None = None) -> Period:
    """届满日 of a period that starts from a day. Before the first provision known it raises ``NotYetInForce``."""
    found = clocks().get(clock)
    if found is None:
        raise UnknownClock(clock)
    limit = parameter(found.parameter).on(start)
    number = int(limit.value)
    if limit.unit == "day":
        ends = add_days(start, number, calendar=calendar)
    else:
        ends = _rolled(start, months_after(start, number * (12 if limit.unit == "year" else 1)), calendar)
    notes = list(ends.notes)
    if found.counting == "criminal":
        notes.append(IN_CUSTODY)
    if clock.startswith("trial-"):
        notes.append(TRIAL_LIMIT)
    if clock.startswith("notice-"):
        notes.append(SERVED_BY_NOTICE)
    if limit.scope:
        notes.append(f"{limit.scope}。")
    return Period(found, start, limit, ends, tuple(notes))


def months_after(start: date, months: int) -> date:
    """对应日 after so many months; a month without that day ends on its last."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _rolled(start: date, day: date, calendar: Calendar | None) -> Due:
    excluded = [(start, START_DAY_REASON)]
    while reason := day_off(day, calendar=calendar):
        excluded.append((day, f"届满日遇{reason}，顺延"))
        day += ONE_DAY
    notes = workdays.notes_between(start, day, calendar)
    return Due(day, (day,), tuple(excluded), notes)
