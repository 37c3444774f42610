"""文书质量统计：remarks by rule, division and month, each with the characters they were found in.

A division or a month in which fewer than five judges had documents reviewed is not shown by itself, for its number
would be nearly somebody's own; where one such could be had by subtraction, the next smallest goes with it. For the
same reason periods are whole years, a division is told by itself only where the page of its court does so, and its
months are not (docs/decisions/0011).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from django.db.models import Count, Min, Q, Sum

from tianping.evidence.documents import figures
from tianping.evidence.documents.models import Verdict
from tianping.foundation.accounts.models import OrganisationKind
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.figures.registry import FEW, Boundary

MYRIAD = 10_000


@dataclass(frozen=True, slots=True)
class Line:
    """一行：``said`` remarks of which ``registered`` and ``passed`` over, in ``characters`` of ``documents``."""

    said: int
    registered: int
    passed: int
    documents: int
    characters: int

    @property
    def rate(self) -> Fraction | None:
        """每万字几处; None where nothing was reviewed."""
        return Fraction(self.said * MYRIAD, self.characters) if self.characters else None

    def __add__(self, other: Line) -> Line:
        return Line(
            self.said + other.said,
            self.registered + other.registered,
            self.passed + other.passed,
            self.documents + other.documents,
            self.characters + other.characters,
        )


NOTHING = Line(0, 0, 0, 0, 0)


class By(StrEnum):
    """按什么分。"""

    RULE = "rule"  # 规则
    DIVISION = "division"  # 部门
    MONTH = "month"  # 发文月份


Together = tuple[int, Line] | None
COUNTS = {
    "said": Count("pk"),
    "registered": Count("pk", filter=Q(verdict=Verdict.REGISTERED)),
    "passed": Count("pk", filter=Q(verdict=Verdict.PASSED_OVER)),
}


@dataclass(frozen=True, slots=True)
class Statistics:
    """统计：``other_divisions`` and ``other_months`` are the sums of those not shown by themselves, and how many.

    A month is told as 2026-11, a rule by its code and its name.
    ``withheld``: fewer than five judges in all, so that only documents and characters are told.
    """

    whole: Line
    rules: Sequence[tuple[str, str, Line]]
    divisions: Sequence[tuple[str, Line]]
    other_divisions: Together
    months: Sequence[tuple[str, Line]]
    other_months: Together
    withheld: bool = False

    def keys(self, by: By) -> set[str]:
        """单列的：the rules, divisions or months told by themselves."""
        match by:
            case By.RULE:
                return {rule_key(code, name) for code, name, _ in self.rules}
            case By.DIVISION:
                return {name for name, _ in self.divisions}
            case By.MONTH:
                return {month for month, _ in self.months}


def rule_key(code: str, name: str) -> str:
    return f"{code} {name}"


def statistics(viewer: Viewer, boundary: Boundary) -> Statistics:
    """Six questions to the database, however many documents; of a division as many again, to its court."""
    issued = figures.issued(viewer, boundary).order_by()
    found = figures.remarks.records(viewer, boundary).order_by()
    place = ("organisation__name", "issued_on__year", "issued_on__month")
    judges = Count("judge", distinct=True)
    cells: dict[tuple[str, str], Line] = {}
    for name, year, month, documents, size in issued.values_list(*place).annotate(n=Count("pk"), c=Sum("characters")):
        cells[name, _month(year, month)] = Line(0, 0, 0, documents, size)
    alone = boundary.organisation.kind == OrganisationKind.DIVISION
    if issued.aggregate(n=judges)["n"] < FEW or (alone and not _is_told_by_its_court(viewer, boundary)):
        return Statistics(sum(cells.values(), NOTHING), (), (), None, (), None, withheld=True)
    for name, year, month, *said in found.values_list(*(f"review__document__{f}" for f in place)).annotate(**COUNTS):
        cells[name, _month(year, month)] += _said(said)
    whole = sum(cells.values(), NOTHING)
    base = replace(NOTHING, documents=whole.documents, characters=whole.characters)
    rules = [
        (code, name, base + _said(said)) for code, name, *said in found.values_list("code", "name").annotate(**COUNTS)
    ]
    in_division: dict[str, int] = {}
    codes: dict[str, str] = {}  # a list in the order of its numbers would be a ranking
    for name, many, code in issued.values_list(place[0]).annotate(n=judges, code=Min("organisation__code")):
        in_division[name], codes[name] = many, code
    in_month = {_month(year, month): n for year, month, n in issued.values_list(*place[1:]).annotate(n=judges)}
    divisions, other_divisions = _shown(_summed(cells, 0), in_division)
    months, other_months = ({}, None) if alone else _shown(_summed(cells, 1), in_month)
    return Statistics(
        whole,
        sorted(rules, key=lambda row: (-row[2].said, row[0])),
        sorted(divisions.items(), key=lambda row: codes[row[0]]),
        other_divisions,
        sorted(months.items()),
        other_months,
    )


def _is_told_by_its_court(viewer: Viewer, boundary: Boundary) -> bool:
    """单列的部门：what stands under 「其余」 there would else be had by taking from it what is told here.

    Asked of the whole court, also where the viewer sees the division alone: what one may not put together, two may.
    """
    division = boundary.organisation
    court = division.parent
    if court is None or court.kind == OrganisationKind.DIVISION:
        return False
    judges = figures.reviewed_in(replace(boundary, organisation=court)).order_by()
    lines = dict.fromkeys(judges.values_list("organisation__name", flat=True), NOTHING)
    counted = dict(judges.values_list("organisation__name").annotate(n=Count("judge", distinct=True)))
    return division.name in _shown(lines, counted)[0]


def _said(numbers: Sequence[int]) -> Line:
    said, registered, passed = numbers
    return Line(said, registered, passed, 0, 0)


def _month(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}"


def _summed(cells: Mapping[tuple[str, str], Line], by: int) -> dict[str, Line]:
    sums: dict[str, Line] = {}
    for key, line in cells.items():
        sums[key[by]] = sums.get(key[by], NOTHING) + line
    return sums


def _shown(lines: Mapping[str, Line], judges: Mapping[str, int]) -> tuple[dict[str, Line], Together]:
    """Those of enough judges, and the others together; one alone takes the smallest along, else it is a subtraction."""
    hidden = {name for name in lines if judges[name] < FEW}
    shown = set(lines) - hidden
    if len(hidden) == 1 and shown:
        smallest = min(shown, key=lambda name: (judges[name], name))
        hidden.add(smallest)
        shown.discard(smallest)
    others = (len(hidden), sum((lines[name] for name in hidden), NOTHING)) if hidden else None
    return {name: lines[name] for name in shown}, others
