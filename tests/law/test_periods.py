"""期间：the last day of a period, moved where it falls on a day off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tianping.law import NotYetInForce, parameter
from tianping.law.periods import IN_CUSTODY, UnknownClock, clocks, due, months_after
from tianping.law.workdays import day_off


@pytest.mark.parametrize(
    ("clock", "start", "ends"),
    [
        ("appeal-civil", date(2026, 9, 16), date(2026, 10, 8)),  # the fifteenth day is 1 October
        ("appeal-civil", date(2026, 3, 2), date(2026, 3, 17)),
        ("appeal-civil-ruling", date(2026, 3, 2), date(2026, 3, 12)),
        ("appeal-criminal", date(2026, 3, 2), date(2026, 3, 12)),  # received on the 2nd, counted from the 3rd
        ("appeal-criminal-ruling", date(2026, 3, 2), date(2026, 3, 9)),  # the fifth day is a Saturday
        ("trial-civil", date(2026, 3, 2), date(2026, 9, 2)),
        ("trial-civil-small", date(2026, 3, 2), date(2026, 5, 6)),  # 2 May falls in the holiday
        ("enforcement", date(2026, 3, 2), date(2028, 3, 2)),
    ],
)
def test_the_last_day(clock: str, start: date, ends: date) -> None:
    assert due(clock, start).day == ends


def test_against_counting_on_the_wall_calendar() -> None:
    for offset in range(0, 400, 7):
        start = date(2025, 1, 1) + timedelta(days=offset)
        for clock in ("appeal-civil", "appeal-civil-ruling", "appeal-criminal", "defence-civil"):
            period = due(clock, start)
            day = start + timedelta(days=int(period.limit.value))
            while day_off(day):
                day += timedelta(days=1)
            assert period.day == day


def test_every_clock_has_its_parameter_and_says_its_basis() -> None:
    for code, clock in clocks().items():
        period = due(code, date(2026, 3, 2))
        assert parameter(clock.parameter).on(date(2026, 3, 2)) == period.limit
        assert "第" in period.limit.basis
        assert "第" in period.counting_basis
        assert period.day > period.start


def test_a_month_without_that_day_ends_on_its_last() -> None:
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_after(date(2026, 1, 15), 12) == date(2027, 1, 15)


def test_custody_and_lengthening_are_said() -> None:
    assert IN_CUSTODY in due("appeal-criminal", date(2026, 3, 2)).notes
    assert any("审限未扣除" in note for note in due("trial-civil", date(2026, 3, 2)).notes)


def test_what_is_not_known_is_refused() -> None:
    with pytest.raises(UnknownClock, match="没有名为“appeal”的期间"):
        due("appeal", date(2026, 3, 2))
    with pytest.raises(NotYetInForce):
        due("appeal-civil", date(1990, 3, 2))
