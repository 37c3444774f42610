"""费用计算：by pieces, each piece a step that a party can check; and by formula, for those who only compare."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from tianping.law.fees.schedule import MEASURE, Tariff, tariff, tariffs

FEN = Decimal("0.01")
ROUNDING = Decimal(1)
"""取整：courts write whole yuan or fen, and the measure does not say; a difference up to this proves nothing."""


class FeeRefused(ValueError):
    """不能计算。"""


@dataclass(frozen=True, slots=True)
class Step:
    """一步：the words of it, and the least and most it comes to."""

    words: str
    low: Decimal
    high: Decimal
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Fee:
    """应收费用：``low`` and ``high`` differ only where a province fixes the number within the range."""

    tariff: Tariff
    amount: Decimal | None
    low: Decimal
    high: Decimal
    steps: tuple[Step, ...]

    @property
    def fixed(self) -> bool:
        return self.low == self.high

    @property
    def is_application(self) -> bool:
        """申请费 (第十四条): what is paid for an application and not for a case."""
        return "第十四条" in self.tariff.basis

    def halved(self, basis: str = MEASURE + "第十五条、第十六条、第十八条") -> Fee:
        """减半交纳, once: 民诉法解释第二百零六条 forbids to halve twice. Only the fee of a case is ever halved."""
        if self.is_application:
            raise FeeRefused(f"{self.tariff.term}不减半：减半交纳的只有案件受理费（{basis}）。")
        low, high = _fen(self.low / 2), _fen(self.high / 2)
        return replace(self, low=low, high=high, steps=(*self.steps, Step("减半交纳", low, high, basis)))


def fee(kind: str, amount: Decimal | None = None, *, base: Decimal | None = None) -> Fee:
    """应收费用 of one case or application. ``base`` is the court's own number within the range of the measure."""
    found = tariff(kind)
    if found is None:
        raise FeeRefused(f"没有“{kind}”这一类，可用：{'、'.join(tariffs())}。")
    if amount is None and found.amount == "required":
        raise FeeRefused(f"{found.term}按金额计算，请写明金额。")
    if amount is not None and found.amount == "none":
        where = "，有争议金额的按财产案件（property）计算" if kind == "ip" else ""
        raise FeeRefused(f"{found.term}按件交纳，不按金额计算，请去掉金额{where}。")
    if amount is not None and amount < 0:
        raise FeeRefused(f"金额不能是负数：{amount}。")
    if base is not None and not found.low <= base <= found.high:
        raise FeeRefused(f"{found.term}每件 {found.low} 元至 {found.high} 元（{found.basis}），{base} 元不在其内。")
    low, high = (base, base) if base is not None else (found.low, found.high)
    steps = [Step(_first(found), _fen(low), _fen(high), found.basis)]
    for words, cost in _pieces(found, amount or Decimal(0)):
        low, high = low + cost, high + cost  # not rounded before the last step
        steps.append(Step(words, _fen(cost), _fen(cost), found.basis))
    if found.share != 1:
        low, high = (each * found.share.numerator / found.share.denominator for each in (low, high))
        words = f"按合计的{found.share.denominator}分之{found.share.numerator}交纳"
        steps.append(Step(words, _fen(low), _fen(high), found.basis))
    if found.cap is not None and high > found.cap:
        low, high = min(low, found.cap), found.cap
        steps.append(Step(f"最高不超过{found.cap:,}元", low, high, found.basis))
    return Fee(found, amount, _fen(low), _fen(high), tuple(steps))


def by_formula(kind: str, amount: Decimal) -> Decimal:
    """速算：金额×费率＋常数, without steps; the lower end where there is a range."""
    found = tariffs()[kind]
    constant, percent = found.low, Decimal(0)
    for over, next_percent in found.brackets:
        if amount > over:
            constant -= over * (next_percent - percent) / 100
            percent = next_percent
    whole = amount * percent / 100 + constant
    part = whole * found.share.numerator / found.share.denominator
    return _fen(min(part, found.cap) if found.cap is not None else part)


def _first(found: Tariff) -> str:
    if found.brackets:
        return f"不超过{_yuan(found.brackets[0][0])}的部分，每件"
    return "每件"


def _pieces(found: Tariff, amount: Decimal) -> list[tuple[str, Decimal]]:
    made: list[tuple[str, Decimal]] = []
    ends = [over for over, _ in found.brackets][1:]
    for (over, percent), end in zip(found.brackets, [*ends, None], strict=False):
        if amount <= over:
            break
        piece = (amount if end is None else min(amount, end)) - over
        reach = f"超过{_yuan(over)}的部分" if end is None else f"超过{_yuan(over)}至{_yuan(end)}的部分"
        made.append((f"{reach}，{piece:,.2f}元×{percent}%", piece * percent / 100))
    return made


def _yuan(amount: Decimal) -> str:
    return f"{int(amount) // 10000}万元" if amount % 10000 == 0 else f"{amount:,}元"


def _fen(amount: Decimal) -> Decimal:
    return amount.quantize(FEN, ROUND_HALF_UP)
