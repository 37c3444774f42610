"""利率：the loan prime rate (贷款市场报价利率, LPR) by day.

``lpr.csv`` holds the days on which the rate changed, as published by the National Interbank Funding Center; what came
after ``KNOWN_UNTIL`` has not been verified, so nothing is computed from it. The ceilings of private lending that build
on it are parameters (``lending.lpr_multiple``, ``lending.supported_percent``).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

KNOWN_UNTIL = date(2025, 5, 20)
"""The last change in the table; a later day may have had another change that is not in it."""


@dataclass(frozen=True, slots=True)
class LoanPrimeRate:
    """LPR：per cent a year, from ``since`` on."""

    since: date
    one_year: Decimal
    five_years_plus: Decimal


@cache
def rates() -> tuple[LoanPrimeRate, ...]:
    """全部, the oldest first."""
    rows = csv.DictReader(Path(__file__).with_name("lpr.csv").read_text(encoding="utf-8").splitlines())
    return tuple(
        LoanPrimeRate(
            date.fromisoformat(row["from"]), Decimal(row["one_year_percent"]), Decimal(row["five_year_plus_percent"])
        )
        for row in rows
    )


def lpr_on(day: date) -> LoanPrimeRate | None:
    """某日的 LPR; None before there was any."""
    return next((rate for rate in reversed(rates()) if rate.since <= day), None)


def highest_lpr(start: date, end: date) -> Decimal | None:
    """The highest one-year rate in force on some day of a span: no ceiling by LPR was above its multiple."""
    held = [rate for rate in rates() if start < rate.since <= end]
    first = lpr_on(start)
    return max((rate.one_year for rate in [*held, *([first] if first else [])]), default=None)
