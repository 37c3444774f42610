"""所计的记录：what a count of the statistics page opens — the documents or the remarks it counts, all of them.

Only what the page tells by itself is opened: of too few judges nothing, and so nothing of what stands under 「其余」.
A row names its case only to whoever may see the review it comes from. The others come in an order that says nothing
of which document they are from, and tell their division only where no one judge's number could be had by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When

from tianping.evidence.documents import figures
from tianping.evidence.documents.models import Review
from tianping.evidence.documents.statistics import By, Statistics, rule_key, statistics
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.figures.registry import Boundary, Figure

OF_REMARKS = (figures.remarks, figures.registered, figures.passed_over)
OPENED = {figure.code: figure for figure in (figures.reviewed, *OF_REMARKS)}


@dataclass(frozen=True, slots=True)
class Part:
    """一部分：one rule, division or month of the whole, as the statistics name it; without ``by`` all of it."""

    by: By | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """一个数和它所计的记录。``told`` is the division of a record where it may be told, else empty."""

    figure: Figure
    boundary: Boundary
    part: Part
    records: QuerySet[Any]

    @property
    def of_remarks(self) -> bool:
        return self.figure in OF_REMARKS


def counted(viewer: Viewer, code: str, boundary: Boundary, part: Part) -> Counted | None:
    """所计的记录；None where the page tells this viewer no such number."""
    figure = OPENED.get(code)
    read = statistics(viewer, boundary)
    if figure is None or not _is_told(read, figure, part):
        return None
    at = "review__document__" if figure in OF_REMARKS else ""
    found = figure.records(viewer, boundary).filter(_only(part, at))
    order: Sequence[str]
    if figure in OF_REMARKS:
        found = found.select_related("review__document__case", "review__document__organisation")
        order = ("code", "name", "severity", "told", "verdict", "pk")
    else:
        found, order = found.select_related("case", "organisation"), ("told", "title", "pk")
    division = f"{at}organisation__name"
    told = Case(When(**{f"{division}__in": _divisions(read, part)}, then=F(division)), default=Value(""))
    return Counted(figure, boundary, part, found.annotate(told=told).order_by(*order))


def reviews_known(viewer: Viewer, reviews: Sequence[int]) -> dict[int, str]:
    """其中看得到的评查, with their addresses: of these the rows may be named."""
    return dict(Review.objects.visible_to(viewer).filter(pk__in=reviews).values_list("pk", "public_id"))


def _is_told(read: Statistics, figure: Figure, part: Part) -> bool:
    if part.by is None:
        return figure is figures.reviewed or not read.withheld
    if part.by is By.RULE and figure is figures.reviewed:
        return False  # a rule is asked of every document: there is no such number
    return part.key in read.keys(part.by)


def _divisions(read: Statistics, part: Part) -> set[str]:
    """可列的部门。Of a month none: the months of a division would give away the one in which one judge stood alone."""
    return set() if part.by is By.MONTH else read.keys(By.DIVISION)


def _only(part: Part, at: str) -> Q:
    match part.by:
        case None:
            return Q()
        case By.RULE:
            code, _, name = part.key.partition(" ")
            assert rule_key(code, name) == part.key
            return Q(code=code, name=name)
        case By.DIVISION:
            return Q(**{f"{at}organisation__name": part.key})
        case By.MONTH:
            year, month = part.key.split("-")
            return Q(**{f"{at}issued_on__year": int(year), f"{at}issued_on__month": int(month)})
