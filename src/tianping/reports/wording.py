"""措辞：numbers as a report says them. Rounding happens here and nowhere before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from tianping.court.caseload import YearTotal
from tianping.foundation.figures.registry import SMALL, Value
from tianping.methods.statistics import Change, NotComparable, compound_growth, mean_yearly_growth

NO_BASE = "无可比基数"


def one_decimal(number: Fraction | Decimal) -> str:
    """一位小数，四舍五入（half up, as a court rounds and not as a computer does)."""
    exact = number if isinstance(number, Decimal) else Decimal(number.numerator) / Decimal(number.denominator)
    return f"{exact.quantize(Decimal('0.1'), ROUND_HALF_UP):,}"


def percent(rate: Fraction | Decimal) -> str:
    return f"{one_decimal(rate * 100)}%"


def change_words(change: Change, *, unit: str = "件") -> str:
    """同比：in number and percent, the base beside; a small base has no percent, a missing or zero one no change."""
    if not change.base:
        return f"{NO_BASE}（上年同期{'没有数据' if change.base is None else '为零'}）"
    base = f"上年同期 {change.base:,} {unit}"
    if change.difference == 0:
        return f"持平（{base}）"
    amount = f"{'增加' if change.difference > 0 else '减少'} {abs(change.difference):,} {unit}"
    if change.base < SMALL:
        return f"{amount}（{base}，基数不足 {SMALL} {unit}，不计百分比）"
    return f"{'上升' if change.difference > 0 else '下降'} {percent(abs(change.rate))}（{amount}，{base}）"


def change_short(change: Change) -> str:
    """表格里的同比：the same, without words that the heading has."""
    if not change.base:
        return NO_BASE
    number = f"{change.difference:+,}" if change.difference else "持平"
    return number if change.base < SMALL or not change.difference else f"{number}（{_signed(change.rate)}）"


def _signed(rate: Fraction | Decimal) -> str:
    return f"{'+' if rate > 0 else '-'}{percent(max(rate, -rate))}"


def ratio_words(value: Value, denominator_name: str) -> str | None:
    """人均：one decimal; below five people the two counts; None where there is nobody to divide by."""
    if value.denominator is None or value.ratio is None:
        return None
    if value.small:
        return f"{value.numerator:,} 件 / {denominator_name} {value.denominator} 人"
    return one_decimal(value.ratio)


class Growth(StrEnum):
    """年增长的三种读法。"""

    THREE = "three"
    TWO = "two"
    MEAN = "mean"


GROWTHS = {
    Growth.THREE: "三年复合增长率（四个年末，三个间隔）",
    Growth.TWO: "两年复合增长率（三个年末，两个间隔）",
    Growth.MEAN: "三年逐年增长率的平均（算术平均）",
}
SHORT = {Growth.THREE: "三年复合增长率", Growth.TWO: "两年复合增长率", Growth.MEAN: "三年逐年增长率的平均"}
SPOKEN = {
    Growth.THREE: "年均复合增长（三个间隔）",
    Growth.TWO: "年均复合增长（两个间隔）",
    Growth.MEAN: "逐年增长率平均",
}


@dataclass(frozen=True, slots=True)
class GrowthRead:
    """年增长：``rate`` None where it cannot be computed, and then ``reason``; ``years`` are those that enter it."""

    growth: Growth
    years: tuple[int, ...]
    rate: Fraction | Decimal | None
    reason: str = ""

    @property
    def label(self) -> str:
        return GROWTHS[self.growth]

    @property
    def span(self) -> str:
        return f"{self.years[0]}—{self.years[-1]}年"

    @property
    def words(self) -> str:
        return self.reason if self.rate is None else percent(self.rate)


def growth_read(growth: Growth, totals: Sequence[YearTotal]) -> GrowthRead:
    """年增长：of consecutive year totals, the oldest first. A missing or small year is a reason, never a guess."""
    used = totals[-3:] if growth is Growth.TWO else totals[-4:]
    years = tuple(total.year for total in used)
    missing = [str(total.year) for total in used if total.count is None]
    if missing:
        return GrowthRead(growth, years, None, f"缺 {'、'.join(missing)} 年数据，不能计算{SHORT[growth]}")
    levels = [total.count for total in used if total.count is not None]
    bases = levels[:1] if growth is not Growth.MEAN else levels[:-1]
    if small := [str(y) for y, level in zip(years, bases, strict=False) if 0 < level < SMALL]:
        return GrowthRead(growth, years, None, f"{'、'.join(small)} 年基数不足 {SMALL} 件，不计{SHORT[growth]}")
    try:
        rate = mean_yearly_growth(levels) if growth is Growth.MEAN else compound_growth(levels)
    except NotComparable as lack:
        return GrowthRead(growth, years, None, f"{NO_BASE}（{lack}），不能计算{SHORT[growth]}")
    return GrowthRead(growth, years, rate)
