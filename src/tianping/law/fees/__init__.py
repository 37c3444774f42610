"""诉讼费用：what a case or an application costs under 《诉讼费用交纳办法》（国务院令第481号）, with the steps.

    fee("property", Decimal(1_000_000)).low        # 13800.00
    fee("property", Decimal(1_000_000)).halved()

Where the measure leaves a range to the province (离婚、人格权) a fee has a ``low`` and a ``high``, until the court's
own number is given as ``base``. Nothing is rounded but to the fen: the measure has no rule of rounding.
"""

from __future__ import annotations

from tianping.law.fees.calculation import ROUNDING, Fee, FeeRefused, Step, by_formula, fee
from tianping.law.fees.schedule import IN_FORCE, MEASURE, Tariff, tariff, tariffs

__all__ = [
    "IN_FORCE",
    "MEASURE",
    "ROUNDING",
    "Fee",
    "FeeRefused",
    "Step",
    "Tariff",
    "by_formula",
    "fee",
    "tariff",
    "tariffs",
]
