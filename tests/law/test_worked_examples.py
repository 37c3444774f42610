"""算例：what a clerk would have worked out on paper — fees at the ends of brackets, periods over holidays.

The sums are reckoned by hand from the measure, the days counted on the wall calendar of 2024 to 2026.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tianping.law.fees import FeeRefused, fee
from tianping.law.periods import SERVED_BY_NOTICE, due

YUAN = Decimal


class TestPeriodsThatEndOnADayOff:
    @pytest.mark.parametrize(
        ("clock", "start", "ends", "why"),
        [
            ("appeal-civil", date(2024, 12, 17), date(2025, 1, 2), "第15日是元旦"),
            ("appeal-civil", date(2025, 1, 13), date(2025, 2, 5), "第15日是春节假期第一日"),
            ("appeal-civil-foreign", date(2026, 1, 16), date(2026, 2, 24), "第30日在春节假期"),
            ("appeal-criminal", date(2025, 9, 21), date(2025, 10, 9), "第10日是国庆节，假期八天"),
            ("appeal-administrative", date(2026, 4, 20), date(2026, 5, 6), "第15日在劳动节假期"),
            ("appeal-administrative-ruling", date(2026, 6, 9), date(2026, 6, 22), "第10日是端午节，其后是周末"),
            ("defence-civil", date(2026, 3, 20), date(2026, 4, 7), "第15日是清明节"),
            ("trial-civil-second", date(2026, 7, 1), date(2026, 10, 8), "三个月的对应日是国庆节"),
            ("trial-civil-second-ruling", date(2026, 9, 1), date(2026, 10, 8), "第30日是国庆节"),
            ("trial-administrative-summary", date(2026, 3, 17), date(2026, 5, 6), "第45日是劳动节"),
            ("review-preservation", date(2026, 4, 30), date(2026, 5, 6), "第5日在劳动节假期"),
            ("review-enforcement", date(2026, 9, 15), date(2026, 9, 28), "第10日是中秋节，其后是周末"),
            ("suit-enforcement", date(2026, 9, 16), date(2026, 10, 8), "第15日是国庆节"),
        ],
    )
    def test_moves_on_to_the_next_working_day(self, clock: str, start: date, ends: date, why: str) -> None:
        assert due(clock, start).day == ends, why

    @pytest.mark.parametrize(
        ("clock", "start", "ends"),
        [
            ("appeal-civil-ruling", date(2024, 9, 19), date(2024, 9, 29)),  # a Sunday worked for National Day
            ("appeal-civil", date(2025, 9, 13), date(2025, 9, 28)),
            ("appeal-criminal-ruling", date(2026, 2, 9), date(2026, 2, 14)),  # a Saturday worked for Spring Festival
            ("trial-civil-small", date(2025, 12, 31), date(2026, 2, 28)),
        ],
    )
    def test_a_weekend_day_that_is_worked_is_no_day_off(self, clock: str, start: date, ends: date) -> None:
        assert due(clock, start).day == ends

    def test_a_day_off_on_the_way_changes_nothing(self) -> None:
        assert due("appeal-civil", date(2026, 9, 30)).day == date(2026, 10, 15)
        assert due("appeal-civil", date(2026, 10, 3)).day == date(2026, 10, 19)  # the fifteenth day is a Sunday


class TestMonthsAndYears:
    @pytest.mark.parametrize(
        ("clock", "start", "ends"),
        [
            ("appeal-civil", date(2024, 2, 14), date(2024, 2, 29)),  # counted in days over a leap day
            ("trial-civil-summary", date(2023, 11, 30), date(2024, 2, 29)),
            ("trial-civil-summary", date(2024, 11, 30), date(2025, 2, 28)),
            ("trial-civil", date(2025, 8, 29), date(2026, 2, 28)),
            ("trial-civil", date(2025, 8, 31), date(2026, 2, 28)),
            ("suit-administrative", date(2025, 11, 15), date(2026, 5, 15)),
            ("suit-administrative-after-review", date(2026, 3, 2), date(2026, 3, 17)),
            ("enforcement", date(2024, 2, 29), date(2026, 2, 28)),  # no 29 February; a Saturday that is worked
            ("retrial-civil", date(2026, 1, 31), date(2026, 7, 31)),
            ("trial-criminal", date(2026, 3, 2), date(2026, 5, 6)),
            ("trial-criminal-latest", date(2026, 3, 2), date(2026, 6, 2)),
            ("trial-criminal-second", date(2026, 3, 31), date(2026, 6, 1)),  # 31 May is a Sunday
            ("trial-criminal-summary", date(2026, 3, 2), date(2026, 3, 23)),  # the twentieth day is a Sunday
            ("trial-criminal-expedited", date(2026, 3, 2), date(2026, 3, 12)),
        ],
    )
    def test_end_on_the_day_of_the_same_number_or_the_last_of_the_month(
        self, clock: str, start: date, ends: date
    ) -> None:
        assert due(clock, start).day == ends


class TestServiceByNotice:
    def test_thirty_days_and_then_the_fifteen_of_appeal(self) -> None:
        notice = due("notice-civil", date(2026, 3, 2))
        assert notice.day == date(2026, 4, 1)
        assert SERVED_BY_NOTICE in notice.notes
        assert due("appeal-civil", notice.day).day == date(2026, 4, 16)

    def test_sixty_days_before_2022(self) -> None:
        before = due("notice-civil", date(2021, 3, 1))
        assert (before.day, before.limit.value) == (date(2021, 4, 30), 60)
        assert "2012修正" in before.limit.basis

    def test_sixty_days_abroad(self) -> None:
        assert due("notice-civil-foreign", date(2026, 3, 2)).day == date(2026, 5, 6)


class TestTheProvisionOfTheDay:
    @pytest.mark.parametrize(
        ("clock", "start", "article"),
        [
            ("trial-civil", date(2019, 5, 6), "（2012修正）第一百四十九条"),
            ("trial-civil-summary", date(2019, 5, 6), "（2012修正）第一百六十一条"),
            ("defence-civil", date(2021, 12, 31), "（2012修正）第一百二十五条"),
            ("defence-civil", date(2022, 1, 1), "》第一百二十八条"),
            ("defence-civil-foreign", date(2023, 9, 1), "（2021修正）第二百七十五条"),  # adopted, not yet in force
            ("defence-civil-foreign", date(2024, 1, 1), "》第二百八十五条"),
            ("enforcement", date(2023, 12, 31), "（2021修正）第二百四十六条"),
            ("enforcement", date(2024, 1, 1), "》第二百五十条"),
            ("trial-criminal", date(2018, 10, 25), "（2012修正）第二百零二条"),
            ("trial-criminal", date(2018, 10, 26), "》第二百零八条"),
        ],
    )
    def test_is_the_one_cited(self, clock: str, start: date, article: str) -> None:
        assert article in due(clock, start).limit.basis

    def test_a_longer_limit_that_is_possible_is_said(self) -> None:
        assert (
            "可能判处的有期徒刑超过一年的，可以延长至十五日。"
            in due("trial-criminal-expedited", date(2026, 3, 2)).notes
        )


class TestFees:
    @pytest.mark.parametrize(
        ("kind", "amount", "expected"),
        [
            ("property", "10000.01", "50.00"),
            ("property", "10040", "51.00"),
            ("property", "86500", "1962.50"),
            ("property", "300000", "5800.00"),
            ("property", "5600000", "51000.00"),
            ("property", "1000001", "13800.01"),
            ("property", "20000002", "141800.01"),
            ("preservation", "1000", "30.00"),
            ("preservation", "1001", "30.01"),
            ("preservation", "100000", "1020.00"),
            ("preservation", "206136", "1550.68"),
            ("preservation", "895999", "5000.00"),
            ("preservation", "895000", "4995.00"),
            ("enforcement", "10000", "50.00"),
            ("enforcement", "500000", "7400.00"),
            ("enforcement", "5000000", "52400.00"),
            ("enforcement", "10000000", "77400.00"),
            ("payment-order", "10000", "16.67"),
            ("payment-order", "100000", "766.67"),
            ("bankruptcy", "10000", "25.00"),
        ],
    )
    def test_at_the_ends_of_brackets(self, kind: str, amount: str, expected: str) -> None:
        assert fee(kind, YUAN(amount)).low == YUAN(expected)

    @pytest.mark.parametrize(
        ("kind", "amount", "base", "expected"),
        [
            ("divorce", "200000", "300", "300"),
            ("divorce", "200001", "300", "300.01"),
            ("personality", "50000", "500", "500"),
            ("personality", "100000", "500", "1000"),
        ],
    )
    def test_a_free_part_is_free_to_its_last_yuan(self, kind: str, amount: str, base: str, expected: str) -> None:
        found = fee(kind, YUAN(amount), base=YUAN(base)).low
        assert abs(found - YUAN(expected)) <= YUAN("0.01")

    @pytest.mark.parametrize(("amount", "half"), [("86500", "981.25"), ("206136", "2196.02"), ("450000", "4025.00")])
    def test_halves(self, amount: str, half: str) -> None:
        assert fee("property", YUAN(amount)).halved().low == YUAN(half)

    def test_an_appeal_pays_on_what_is_appealed(self) -> None:
        whole, plaintiff, defendant = (fee("property", YUAN(n)).low for n in (1_000_000, 620_000, 380_000))
        assert (whole, plaintiff, defendant) == (YUAN(13800), YUAN(10000), YUAN(7000))

    @pytest.mark.parametrize("kind", ["preservation", "enforcement", "payment-order", "bankruptcy"])
    def test_an_application_is_never_halved(self, kind: str) -> None:
        with pytest.raises(FeeRefused, match="减半交纳的只有案件受理费"):
            fee(kind, YUAN(100_000)).halved()

    def test_intellectual_property_with_a_sum_is_told_where_to_go(self) -> None:
        with pytest.raises(FeeRefused, match="按财产案件"):
            fee("ip", YUAN(100_000))
