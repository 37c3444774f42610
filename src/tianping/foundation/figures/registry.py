"""登记口径：``@figure`` makes a query of records into a number that says what it counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from tianping.foundation.accounts.models import Organisation
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.figures.period import Period

SMALL = 20  # 基数不足二十的只列件数，不计百分比：one case more or less would be five points
CASES = "reports:figure"
FEW = 5  # 分母不足五人的只列件数和人数：a mean of four is nearly somebody's own number


@dataclass(frozen=True, slots=True)
class Boundary:
    """边界：whose records, of which days, of which kind; ``person_id`` where only one person's own are meant.

    Together with the viewer it says which records are counted: the same figure is another number for another scope.
    """

    organisation: Organisation
    period: Period
    kind: str = ""
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """数值：a count, or a count over another; never rounded here."""

    numerator: int
    denominator: int | None = None

    @property
    def ratio(self) -> Fraction | None:
        """The exact quotient; None for a count, and where there is nothing to divide by."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def small(self) -> bool:
        """分母过小：counts are shown and no rate."""
        return self.denominator is not None and self.denominator < FEW


Records = Callable[[Viewer, Boundary], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Figure:
    """数据口径：``columns`` are what a snapshot keeps of each record: (heading, path of the field).

    ``page`` names the page that opens the records; only figures of cases stand on the common one and have snapshots.
    """

    code: str
    name: str
    definition: str
    unit: str
    boundary: str
    version: int
    columns: tuple[tuple[str, str], ...]
    records: Records
    denominator: Callable[[Viewer, Boundary], int] | None = None
    denominator_name: str = ""
    page: str = CASES

    def value(self, viewer: Viewer, boundary: Boundary) -> Value:
        count = self.records(viewer, boundary).count()
        return Value(count, self.denominator(viewer, boundary) if self.denominator else None)


_FIGURES: dict[str, Figure] = {}
_CODE = re.compile(r"[a-z_]+\.[a-z_]+")


def figure(
    *,
    code: str,
    name: str,
    definition: str,
    unit: str,
    boundary: str,
    columns: tuple[tuple[str, str], ...],
    version: int = 1,
    denominator: Callable[[Viewer, Boundary], int] | None = None,
    denominator_name: str = "",
    page: str = CASES,
) -> Callable[[Records], Figure]:
    """登记一个口径。A code or a name that is taken is refused: two numbers under one label are how reports go wrong."""

    def register(records: Records) -> Figure:
        if not _CODE.fullmatch(code):
            raise ValueError(f"口径代码 {code} 应为“域.名”，如 caseload.new")
        if code in _FIGURES:
            raise ValueError(f"口径代码 {code} 已登记")
        if name in {other.name for other in _FIGURES.values()}:
            raise ValueError(f"口径名称“{name}”已登记为另一个口径")
        made = Figure(
            code, name, definition, unit, boundary, version, columns, records, denominator, denominator_name, page
        )
        _FIGURES[code] = made
        return made

    return register


def figures() -> tuple[Figure, ...]:
    """全部口径，按登记先后。"""
    return tuple(_FIGURES.values())


def figure_of(code: str) -> Figure | None:
    return _FIGURES.get(code)
