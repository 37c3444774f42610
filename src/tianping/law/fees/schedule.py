"""收费标准：the tariffs of the measure, one row of ``schedule.csv`` each."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

MEASURE = "《诉讼费用交纳办法》"
IN_FORCE = date(2007, 4, 1)


@dataclass(frozen=True, slots=True)
class Tariff:
    """一项收费标准：``low``–``high`` a case, and on what lies over each of ``brackets`` so many per cent.

    ``share`` is the part of the sum that is charged (a payment order: a third); ``cap`` the most.
    ``amount``: whether a sum in dispute is ``required``, ``optional`` or ``none``.
    """

    kind: str
    term: str
    low: Decimal
    high: Decimal
    cap: Decimal | None
    share: Fraction
    brackets: tuple[tuple[Decimal, Decimal], ...]
    amount: str
    basis: str


@cache
def tariffs() -> Mapping[str, Tariff]:
    """全部收费标准, in the order of the measure."""
    text = Path(__file__).with_name("schedule.csv").read_text(encoding="utf-8")
    return {row["kind"]: _tariff(row) for row in csv.DictReader(text.splitlines())}


def tariff(kind: str) -> Tariff | None:
    return tariffs().get(kind)


def _tariff(row: dict[str, str]) -> Tariff:
    pairs = (bracket.split(":") for bracket in row["brackets"].split())
    return Tariff(
        kind=row["kind"],
        term=row["term"],
        low=Decimal(row["low"]),
        high=Decimal(row["high"]),
        cap=Decimal(row["cap"]) if row["cap"] else None,
        share=Fraction(row["share"]),
        brackets=tuple((Decimal(over), Decimal(percent)) for over, percent in pairs),
        amount=row["amount"],
        basis=MEASURE + row["basis"],
    )
