"""工作日：what a clerk would count on the wall calendar."""

from __future__ import annotations

from datetime import date

import pytest

from tianping.law.workdays import add_days, add_workdays, day_off, national, workdays_until, year_known


class TestCountingWorkingDays:
    def test_the_start_day_is_not_counted(self) -> None:
        due = add_workdays(date(2026, 11, 23), 5)  # a Monday
        assert due.day == date(2026, 11, 30)
        assert due.excluded[0] == (date(2026, 11, 23), "起算日不计入")

    def test_weekends_are_excluded_with_their_reason(self) -> None:
        due = add_workdays(date(2026, 11, 23), 5)
        assert (date(2026, 11, 28), "周末") in due.excluded
        assert (date(2026, 11, 29), "周末") in due.excluded

    def test_every_day_is_either_counted_or_excluded(self) -> None:
        start = date(2026, 9, 18)
        due = add_workdays(start, 15)
        days = sorted([*due.counted, *(day for day, _ in due.excluded)])
        assert days == [date.fromordinal(start.toordinal() + k) for k in range(len(days))]
        assert days[-1] == due.day

    def test_a_holiday_on_a_weekday_is_excluded(self) -> None:
        due = add_workdays(date(2026, 9, 30), 1)  # the eve of the National Day holiday
        assert due.day == date(2026, 10, 8)
        assert (date(2026, 10, 5), "国庆节放假") in due.excluded

    def test_a_make_up_saturday_is_counted(self) -> None:
        due = add_workdays(date(2026, 10, 9), 1)
        assert due.day == date(2026, 10, 10)
        assert due.day.weekday() == 5

    def test_the_start_day_counts_where_the_rule_says_so(self) -> None:
        assert add_workdays(date(2026, 11, 23), 5, count_start=True).day == date(2026, 11, 27)

    def test_less_than_one_day_is_refused(self) -> None:
        with pytest.raises(ValueError, match="一日以上"):
            add_workdays(date(2026, 11, 23), 0)


class TestCalendarDays:
    def test_the_last_day_on_a_holiday_moves_to_the_next_working_day(self) -> None:
        due = add_days(date(2026, 9, 21), 10)  # the tenth day is 1 October
        assert due.day == date(2026, 10, 8)
        assert (date(2026, 10, 1), "届满日遇国庆节放假，顺延") in due.excluded

    def test_sixty_days_of_a_petition(self) -> None:
        assert add_days(date(2026, 3, 2), 60).day == date(2026, 5, 6)  # 1 May falls in the holiday

    def test_no_roll_where_the_rule_has_none(self) -> None:
        assert add_days(date(2026, 9, 21), 10, roll=False).day == date(2026, 10, 1)


class TestAYearWithoutANotice:
    def test_it_is_said(self) -> None:
        assert not year_known(2031)
        due = add_workdays(date(2031, 4, 30), 1)
        assert any("2031年放假安排未导入" in note for note in due.notes)

    def test_weekends_and_fixed_holidays_are_still_excluded(self) -> None:
        assert add_workdays(date(2031, 4, 30), 1).day == date(2031, 5, 5)  # 1, 2 May holiday; 3, 4 May weekend
        assert day_off(date(2031, 10, 2)) == "国庆节放假"

    def test_a_known_year_has_no_note(self) -> None:
        assert add_workdays(date(2026, 11, 23), 5).notes == ()

    def test_the_second_of_may_is_a_holiday_only_since_2025(self) -> None:
        assert day_off(date(2023, 5, 2)) is None


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_notices_of_three_years_are_there(year: int) -> None:
    assert year_known(year)
    assert day_off(date(year, 10, 1))
    assert day_off(date(year, 5, 1)) == "劳动节放假"


class TestACourtsOwnCalendar:
    """放假安排由调用者传入：the shipped table stays as it is."""

    NOTICE = {date(2031, 5, 5): ("放假", "劳动节"), date(2031, 5, 10): ("上班", "劳动节")}

    def test_a_year_gains_its_notice(self) -> None:
        calendar = national().with_year(2031, self.NOTICE)
        due = add_workdays(date(2031, 4, 30), 3, calendar=calendar)
        # Without a notice for 1 and 2 May in it, these are working days: what the notice says is all there is.
        assert due.counted == (date(2031, 5, 1), date(2031, 5, 2), date(2031, 5, 6))
        assert due.notes == ()
        assert day_off(date(2031, 5, 10), calendar=calendar) is None
        assert workdays_until(date(2031, 5, 12), on=date(2031, 5, 9), calendar=calendar) == 2
        assert add_days(date(2031, 5, 4), 1, calendar=calendar).day == date(2031, 5, 6)

    def test_it_replaces_a_year_as_a_whole_and_no_other(self) -> None:
        calendar = national().with_year(2026, {})
        assert day_off(date(2026, 10, 1), calendar=calendar) is None
        assert day_off(date(2025, 10, 1), calendar=calendar) == day_off(date(2025, 10, 1))
        assert day_off(date(2026, 10, 1)) and not year_known(2031)
