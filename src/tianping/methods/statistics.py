"""统计：change against a base, growth over years, quartiles. Numbers in, numbers out; nothing is rounded here.

A rate that cannot be computed raises ``NotComparable`` with the reason; it is never replaced by a zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

DIGITS = 28


class NotComparable(ValueError):
    """无可比基数：there is no base, or it is zero, or the series is too short."""


@dataclass(frozen=True, slots=True)
class Change:
    """增减：a number beside the number it is compared with. ``base`` is None where nobody knows it."""

    now: int
    base: int | None

    @property
    def difference(self) -> int:
        if self.base is None:
            raise NotComparable("没有上年同期的数")
        return self.now - self.base

    @property
    def rate(self) -> Fraction:
        """增减率：(now - base) / base. Refused where the base is missing or zero."""
        if not self.base:
            raise NotComparable("没有上年同期的数" if self.base is None else "上年同期为零")
        return Fraction(self.now - self.base, self.base)


def compound_growth(levels: Sequence[int]) -> Decimal:
    """年均复合增长率（水平法）：g = (x_n / x_0) ** (1/n) - 1, n the number of intervals, one fewer than the levels.

    The geometric mean of the yearly ratios (平均发展速度 less one, 水平法 of Chinese official statistics): only the
    first and the last level enter it. ``levels`` are the totals of consecutive years, the oldest first. Refused for
    fewer than two levels and where the first is not positive; a last level of zero is a growth of -1.
    """
    if len(levels) < 2:
        raise NotComparable("不足两个年份")
    if levels[0] <= 0:
        raise NotComparable("起始年份为零")
    if levels[-1] < 0:
        raise NotComparable("末年为负数")
    with localcontext() as context:
        context.prec = DIGITS
        return (Decimal(levels[-1]) / Decimal(levels[0])) ** (Decimal(1) / Decimal(len(levels) - 1)) - 1


def mean_yearly_growth(levels: Sequence[int]) -> Fraction:
    """逐年增长率的算术平均：the mean of (x_i - x_{i-1}) / x_{i-1}.

    Every year enters it, and every base must be positive. It is never below the compound growth of the same levels
    (inequality of the arithmetic and geometric means).
    """
    if len(levels) < 2:
        raise NotComparable("不足两个年份")
    if any(level <= 0 for level in levels[:-1]):
        raise NotComparable("有年份为零")
    rates = [Fraction(after - before, before) for before, after in pairwise(levels)]
    return sum(rates, Fraction(0)) / len(rates)


def quantile(values: Sequence[int], share: Fraction) -> Fraction:
    """分位数：type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician, 1996.

    Position h = (n - 1) * share among the sorted values, counted from zero; between two values, the straight line.
    """
    if not values:
        raise NotComparable("没有数值")
    ordered = sorted(values)
    position = (len(ordered) - 1) * share
    below = position.numerator // position.denominator
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def quartiles(values: Sequence[int]) -> tuple[Fraction, Fraction, Fraction]:
    """四分位数：the lower quartile, the median and the upper quartile; half of the values lie between the outer two."""
    lower, middle, upper = (quantile(values, Fraction(part, 4)) for part in (1, 2, 3))
    return lower, middle, upper
