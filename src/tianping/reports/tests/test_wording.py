"""措辞：rounding, changes, growth — the words a report prints."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tianping.court.caseload import YearTotal
from tianping.foundation.figures.registry import Value
from tianping.methods.statistics import Change
from tianping.reports.wording import Growth, change_short, change_words, growth_read, one_decimal, percent, ratio_words


@pytest.mark.parametrize(
    ("number", "words"),
    [(Fraction(1, 4), "0.3"), (Fraction(249, 1000), "0.2"), (Fraction(12345), "12,345.0"), (Fraction(-1, 4), "-0.3")],
)
def test_half_is_rounded_up_as_people_do(number: Fraction, words: str) -> None:
    assert one_decimal(number) == words


@pytest.mark.parametrize(
    ("now", "base", "words", "short"),
    [
        (1100, 1000, "上升 10.0%（增加 100 件，上年同期 1,000 件）", "+100（+10.0%）"),
        (900, 1000, "下降 10.0%（减少 100 件，上年同期 1,000 件）", "-100（-10.0%）"),
        (50, 50, "持平（上年同期 50 件）", "持平"),
        (11, 8, "增加 3 件（上年同期 8 件，基数不足 20 件，不计百分比）", "+3"),
        (5, 0, "无可比基数（上年同期为零）", "无可比基数"),
        (5, None, "无可比基数（上年同期没有数据）", "无可比基数"),
        (0, 0, "无可比基数（上年同期为零）", "无可比基数"),
    ],
)
def test_year_on_year(now: int, base: int | None, words: str, short: str) -> None:
    assert change_words(Change(now, base)) == words
    assert change_short(Change(now, base)) == short


def test_a_mean_per_judge_needs_five_of_them() -> None:
    assert ratio_words(Value(61, 5), "承办人") == "12.2"
    assert ratio_words(Value(61, 4), "承办人") == "61 件 / 承办人 4 人"
    assert ratio_words(Value(0, 0), "承办人") is None


def totals(*counts: int | None) -> list[YearTotal]:
    return [YearTotal(2022 + i, count) for i, count in enumerate(counts)]


class TestGrowth:
    """1000 → 1200 → 900 → 1331: by hand, ∛1.331 − 1 = 10 %; √(1331/1200) − 1 = 5.3 %; (20 − 25 + 47.89)/3 = 14.3 %."""

    LEVELS = totals(1000, 1200, 900, 1331)

    @pytest.mark.parametrize(
        ("growth", "words", "span"),
        [
            (Growth.THREE, "10.0%", "2022—2025年"),
            (Growth.TWO, "5.3%", "2023—2025年"),
            (Growth.MEAN, "14.3%", "2022—2025年"),
        ],
    )
    def test_three_readings_of_the_same_years(self, growth: Growth, words: str, span: str) -> None:
        read = growth_read(growth, self.LEVELS)
        assert (read.words, read.span) == (words, span)

    @pytest.mark.parametrize(
        ("growth", "counts", "words"),
        [
            (Growth.THREE, (1000, None, 900, 1331), "缺 2023 年数据，不能计算三年复合增长率"),
            (Growth.TWO, (1000, None, 900, None), "缺 2023、2025 年数据，不能计算两年复合增长率"),
            (Growth.MEAN, (None, 1200, 900, 1331), "缺 2022 年数据，不能计算三年逐年增长率的平均"),
            (Growth.THREE, (0, 1, 2, 3), "无可比基数（起始年份为零），不能计算三年复合增长率"),
            (Growth.THREE, (19, 1, 2, 300), "2022 年基数不足 20 件，不计三年复合增长率"),
            (Growth.MEAN, (100, 19, 200, 300), "2023 年基数不足 20 件，不计三年逐年增长率的平均"),
        ],
    )
    def test_refused_with_its_reason(self, growth: Growth, counts: tuple[int | None, ...], words: str) -> None:
        read = growth_read(growth, totals(*counts))
        assert (read.rate, read.words) == (None, words)

    def test_a_year_missing_before_the_two_intervals_does_not_stop_them(self) -> None:
        assert growth_read(Growth.TWO, totals(None, 1200, 900, 1331)).words == "5.3%"


def test_percent_of_a_small_rate_keeps_its_sign() -> None:
    assert percent(Fraction(-1, 1000)) == "-0.1%"
