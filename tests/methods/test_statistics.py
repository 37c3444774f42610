"""统计：hand-worked numbers, and what must hold of any numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tianping.methods.statistics import (
    Change,
    NotComparable,
    compound_growth,
    mean_yearly_growth,
    quantile,
    quartiles,
)

levels = st.lists(st.integers(1, 10**7), min_size=2, max_size=8)


class TestChange:
    def test_in_number_and_rate(self) -> None:
        assert (Change(1100, 1000).difference, Change(1100, 1000).rate) == (100, Fraction(1, 10))
        assert Change(0, 40).rate == -1

    @pytest.mark.parametrize("base", [0, None])
    def test_no_base_no_rate(self, base: int | None) -> None:
        with pytest.raises(NotComparable):
            _ = Change(5, base).rate


class TestGrowth:
    def test_compound_by_hand(self) -> None:
        """1000 → 1331 in three intervals is exactly a tenth a year: 1.1³ = 1.331."""
        assert abs(compound_growth([1000, 5, 7, 1331]) - Decimal("0.1")) < Decimal("1e-25")

    def test_three_intervals_are_four_year_ends_and_not_a_cube_root_of_three_years(self) -> None:
        assert abs(compound_growth([8000, 1, 12500]) - Decimal("0.25")) < Decimal("1e-25")  # two intervals: √1.5625
        assert abs(compound_growth([8000, 1, 1, 15625]) - Decimal("0.25")) < Decimal("1e-25")  # three: ∛1.953125

    def test_mean_of_yearly_rates_by_hand(self) -> None:
        """+50 %, -50 %, +100 %: the mean is a third, though the level rose by half."""
        assert mean_yearly_growth([100, 150, 75, 150]) == Fraction(1, 3)

    def test_down_to_nothing_is_minus_one(self) -> None:
        assert compound_growth([10, 5, 0]) == -1

    @pytest.mark.parametrize("series", [[], [5], [0, 5, 6]])
    def test_refused_without_a_base(self, series: list[int]) -> None:
        for growth in (compound_growth, mean_yearly_growth):
            with pytest.raises(NotComparable):
                growth(series)

    def test_a_zero_in_between_stops_the_mean_but_not_the_compound(self) -> None:
        with pytest.raises(NotComparable):
            mean_yearly_growth([4, 0, 9])
        assert compound_growth([4, 0, 9]) == Decimal("0.5")

    @given(levels)
    def test_the_mean_is_never_below_the_compound(self, series: list[int]) -> None:
        mean = mean_yearly_growth(series)
        assert Decimal(mean.numerator) / Decimal(mean.denominator) >= compound_growth(series) - Decimal("1e-20")

    @given(levels)
    def test_compounding_it_again_gives_the_last_level(self, series: list[int]) -> None:
        back = Decimal(series[0]) * (1 + compound_growth(series)) ** (len(series) - 1)
        assert abs(back - series[-1]) < Decimal("1e-12") * series[-1]


class TestQuartiles:
    def test_by_hand(self) -> None:
        assert quartiles([1, 2, 3, 4]) == (Fraction(7, 4), Fraction(5, 2), Fraction(13, 4))
        assert quartiles([9, 1, 5]) == (3, 5, 7)
        assert quartiles([6]) == (6, 6, 6)

    @given(st.lists(st.integers(0, 500), min_size=1, max_size=60))
    def test_in_order_and_within(self, values: list[int]) -> None:
        lower, middle, upper = quartiles(values)
        assert min(values) <= lower <= middle <= upper <= max(values)
        assert quantile(values, Fraction(1)) == max(values)
        assert sum(v <= middle for v in values) * 2 >= len(values) <= sum(v >= middle for v in values) * 2

    def test_nothing_has_none(self) -> None:
        with pytest.raises(NotComparable):
            quartiles([])
