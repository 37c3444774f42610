"""问题的计算：reply period, watch window, what counts as the same thing again. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tianping.law.workdays import Calendar, Due, add_workdays

REPLY_DAYS = "findings.reply_days"


def reply_clock(opened_on: date, days: int, calendar: Calendar) -> Due:
    """答复期限：in working days; how many, and which days are off, is the court's of the day it was opened."""
    return add_workdays(opened_on, days, calendar=calendar)


@dataclass(frozen=True, slots=True)
class Watch:
    """观察期：the days after closure on which the same shortfall of the same person counts as a relapse."""

    since: date
    until: date

    @classmethod
    def of(cls, closed_on: date, days: int) -> Watch:
        return cls(closed_on, closed_on + timedelta(days=days))

    def covers(self, occurred_on: date) -> bool:
        """The day of closure itself is not in the window: what happened then preceded the closure or cannot be told."""
        return self.since < occurred_on <= self.until
