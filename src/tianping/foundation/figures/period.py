"""期间：from a day to a day, both counted, and the same days a year before. Pure."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """期间：``since`` and ``until`` are its first and last day."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if self.until < self.since:
            raise ValueError(f"期间止于 {self.until}，早于起始 {self.since}")

    @property
    def after(self) -> date:
        """The first day after it."""
        return self.until + timedelta(days=1)

    @property
    def code(self) -> str:
        return f"{self.since.isoformat()}--{self.until.isoformat()}"

    @property
    def whole_months(self) -> bool:
        return self.since.day == 1 and self.until.day == monthrange(self.until.year, self.until.month)[1]

    @property
    def label(self) -> str:
        """2026年、2026年1—10月、2026年10月；not of whole months: 2026年1月1日至11月23日。"""
        first, last = self.since, self.until
        if not self.whole_months:
            until = f"{last.month}月{last.day}日"
            return f"{first.year}年{first.month}月{first.day}日至" + (
                until if first.year == last.year else f"{last.year}年{until}"
            )
        if first.year != last.year:
            return f"{first.year}年{first.month}月至{last.year}年{last.month}月"
        if first.month == last.month:
            return f"{first.year}年{first.month}月"
        return (
            f"{first.year}年" if (first.month, last.month) == (1, 12) else f"{first.year}年{first.month}—{last.month}月"
        )

    def year_before(self) -> Period:
        """上年同期：the same days; the end of a February stays its end."""
        return Period(_year_before(self.since), _year_before(self.until, last=self.whole_months))

    def months(self) -> list[Period]:
        """The months of it, the first and the last perhaps not whole."""
        found, since = [], self.since
        while since <= self.until:
            end = since.replace(day=monthrange(since.year, since.month)[1])
            found.append(Period(since, min(end, self.until)))
            since = end + timedelta(days=1)
        return found


def _year_before(day: date, *, last: bool = False) -> date:
    days = monthrange(day.year - 1, day.month)[1]
    return date(day.year - 1, day.month, days if last else min(day.day, days))


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31))


def period_of(code: str) -> Period:
    """From its code; anything else raises ``ValueError``."""
    since, separator, until = code.partition("--")
    if not separator:
        raise ValueError(code)
    return Period(date.fromisoformat(since), date.fromisoformat(until))
