"""法定参数的值与日期。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

TO_BE_CONFIRMED = "待本院确认"


@dataclass(frozen=True, slots=True)
class Value:
    """参数值：the number, since when, and the provision that says so.

    Not ``confirmed`` means no national provision was found: a default the court may edit, shown with ``badge``.
    """

    value: int | Decimal
    unit: str
    basis: str
    since: date
    confirmed: bool = True
    scope: str = ""

    @property
    def badge(self) -> str:
        return "" if self.confirmed else TO_BE_CONFIRMED


@dataclass(frozen=True, slots=True)
class Parameter:
    """参数：``values`` ascend by day; ``checked_on`` is the day a person last compared them with the official text."""

    code: str
    name: str
    unit: str
    values: tuple[Value, ...]
    checked_on: date

    def on(self, day: date) -> Value:
        """The value that held on a day. Before the first it raises: a guess would become a deadline."""
        held = [value for value in self.values if value.since <= day]
        if not held:
            raise NotYetInForce(self, day)
        return held[-1]


class NotYetInForce(LookupError):
    """此前无规定：asked for a day before the first value."""

    def __init__(self, parameter: Parameter, day: date) -> None:
        self.parameter, self.day = parameter, day
        first = parameter.values[0]
        super().__init__(
            f"表里 {day.isoformat()} 尚无“{parameter.name}”（{parameter.code}），"
            f"最早录入的一项自 {first.since.isoformat()} 起（{first.basis}）。请核对日期，或补录当时的规定。"
        )


class UnknownParameter(LookupError):
    """没有这个参数。"""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"没有名为 {code} 的法定参数。请核对名称；新参数在 law/parameters/ 下加一个文件。")
