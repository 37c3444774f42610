"""工作日计算：a due day, with every day that was counted and every day that was not, and why.

Days off and make-up working days (调休上班) come from ``holidays.csv``: the yearly notices of the State Council's
General Office (国务院办公厅关于部分节假日安排的通知), 2024, 2025 and 2026. A year without a notice is computed from
weekends and the statutory holidays of fixed date, and says so: its answer may move when the notice comes. A court that
has imported a year's notice passes its own ``calendar``; nothing here knows where it keeps it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

ONE_DAY = timedelta(days=1)
START_DAY_REASON = "起算日不计入"
WEEKEND_REASON = "周末"

# 《全国年节及纪念日放假办法》: only the holidays of fixed date; the others move with the moon.
FIXED_HOLIDAYS = {(1, 1): "元旦", (5, 1): "劳动节", (10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节"}
SECOND_OF_MAY_SINCE = 2025  # the 2024 amendment made 5月2日 a holiday from 2025-01-01


@dataclass(frozen=True, slots=True)
class Due:
    """到期日：``counted`` ends with ``day``; ``excluded`` pairs a skipped day with its reason; ``notes`` warn."""

    day: date
    counted: tuple[date, ...]
    excluded: tuple[tuple[date, str], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """放假安排：the announced days, each 放假 or 上班 with the holiday's name, and the years whose notice is in it."""

    days: Mapping[date, tuple[str, str]]
    years: frozenset[int]

    def with_year(self, year: int, days: Mapping[date, tuple[str, str]]) -> Calendar:
        """The same with one year's notice in place of whatever it had for that year."""
        others = {day: what for day, what in self.days.items() if day.year != year}
        return Calendar({**others, **days}, self.years | {year})


def year_known(year: int, *, calendar: Calendar | None = None) -> bool:
    """Whether the year's notice is in the table."""
    return year in (calendar or national()).years


def fixed_holiday(day: date) -> str | None:
    """日期固定的法定节假日：its name, or None."""
    if (day.month, day.day) == (5, 2) and day.year >= SECOND_OF_MAY_SINCE:
        return "劳动节"
    return FIXED_HOLIDAYS.get((day.month, day.day))


def day_off(day: date, *, calendar: Calendar | None = None) -> str | None:
    """放假的缘由：why a day is not a working day, or None where it is one."""
    known = calendar or national()
    if day in known.days:
        kind, name = known.days[day]
        return f"{name}放假" if kind == "放假" else None
    if day.year not in known.years and (fixed := fixed_holiday(day)):
        return f"{fixed}放假"
    return WEEKEND_REASON if day.weekday() >= 5 else None


def add_workdays(start: date, n: int, *, count_start: bool = False, calendar: Calendar | None = None) -> Due:
    """第 n 个工作日 after ``start``. The day it starts from is not counted, unless the rule says so."""
    _refuse_less_than_one(n)
    counted: list[date] = []
    excluded: list[tuple[date, str]] = [] if count_start else [(start, START_DAY_REASON)]
    day = start if count_start else start + ONE_DAY
    while True:
        reason = day_off(day, calendar=calendar)
        if reason:
            excluded.append((day, reason))
        else:
            counted.append(day)
            if len(counted) == n:
                return Due(day, tuple(counted), tuple(excluded), notes_between(start, day, calendar))
        day += ONE_DAY


def add_days(
    start: date, n: int, *, count_start: bool = False, roll: bool = True, calendar: Calendar | None = None
) -> Due:
    """第 n 个自然日 after ``start``; a last day that is no working day moves to the next one (届满日顺延)."""
    _refuse_less_than_one(n)
    first = start if count_start else start + ONE_DAY
    counted = [first + timedelta(days=k) for k in range(n)]
    excluded: list[tuple[date, str]] = [] if count_start else [(start, START_DAY_REASON)]
    day = counted[-1]
    while roll and (reason := day_off(day, calendar=calendar)):
        excluded.append((day, f"届满日遇{reason}，顺延"))
        day += ONE_DAY
    if day != counted[-1]:
        counted.append(day)
    return Due(day, tuple(counted), tuple(excluded), notes_between(start, day, calendar))


def workdays_until(due: date, *, on: date, calendar: Calendar | None = None) -> int:
    """剩余工作日：those after ``on`` up to and with ``due``; below zero, the working days by which it is overdue."""
    first, last, sign = (on, due, 1) if on <= due else (due, on, -1)
    between = (first + timedelta(days=k) for k in range(1, (last - first).days + 1))
    return sign * sum(day_off(day, calendar=calendar) is None for day in between)


def _refuse_less_than_one(n: int) -> None:
    if n < 1:
        raise ValueError(f"期限应为一日以上，现为 {n}。")


def notes_between(start: date, end: date, calendar: Calendar | None) -> tuple[str, ...]:
    """须提醒的年度：a sentence for each year of a span whose notice is not known."""
    return tuple(
        f"{year}年放假安排未导入，只扣除周末和日期固定的法定节假日，到期日可能变动。"
        for year in range(start.year, end.year + 1)
        if not year_known(year, calendar=calendar)
    )


@cache
def national() -> Calendar:
    """随软件发布的放假安排。"""
    table = Path(__file__).with_name("holidays.csv").read_text(encoding="utf-8").splitlines()
    days = {date.fromisoformat(row["day"]): (row["kind"], row["name"]) for row in csv.DictReader(table)}
    return Calendar(days, frozenset(day.year for day in days))
