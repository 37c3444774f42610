"""利率。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

from tianping.law.parameters import parameter
from tianping.law.rates import KNOWN_UNTIL, highest_lpr, lpr_on, rates


def test_the_rate_of_a_day() -> None:
    rate = lpr_on(date(2020, 8, 25))
    assert rate is not None
    assert (rate.one_year, rate.five_years_plus) == (Decimal("3.85"), Decimal("4.65"))
    assert lpr_on(date(2019, 8, 19)) is None


def test_the_ceiling_of_august_2020() -> None:
    multiple = parameter("lending.lpr_multiple").on(date(2020, 8, 20)).value
    assert highest_lpr(date(2020, 8, 20), date(2020, 12, 31)) == Decimal("3.85")
    assert multiple * Decimal("3.85") == Decimal("15.40")


def test_days_ascend_and_the_table_says_where_it_ends() -> None:
    assert all(before.since < after.since for before, after in pairwise(rates()))
    assert rates()[-1].since == KNOWN_UNTIL
