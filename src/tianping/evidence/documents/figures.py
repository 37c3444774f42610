"""文书检查的数据口径：documents reviewed, remarks on them, shortfalls registered — by rule, division and month.

A document reviewed twice is counted once, by its first review. No figure of remarks is of a person, and no record it
opens names one; the case only to whoever may see the review: unverified, a remark is between the judge and whoever
verifies. What each count opens stands in counted.py.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from tianping.evidence.documents.models import IssuedDocument, Remark, Review, Verdict
from tianping.evidence.documents.states import State
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer, within
from tianping.foundation.figures.registry import Boundary, figure

OFFICES = (Role.TRIAL_OFFICE, Role.LEADER, Role.INSPECTOR)
"""看得到统计的职位，限于所辖的法院。"""
PAGE = "documents:statistics"
SCOPE = (
    "所选法院或部门的已发文书，按承办部门归属，按发文日期计入期间；经评查的才计，评查过几次的按第一次，作废的评查不计"
)
ANONYMOUS = (
    ("规则", "code"),
    ("名称", "name"),
    ("级别", "severity"),
    ("承办部门", "review__document__organisation__name"),
    ("处理", "verdict"),
)


def issued(viewer: Viewer, boundary: Boundary) -> QuerySet[Any]:
    """边界内经评查的文书，连同第一次评查的编号（first）。None of one person: that is nobody's figure."""
    return reviewed_in(boundary).filter(within(viewer.paths(*OFFICES)))


def reviewed_in(boundary: Boundary) -> QuerySet[Any]:
    """The same, whoever asks: for deciding what may be told, never for telling it."""
    reviews = Review.objects.filter(document=OuterRef("pk")).exclude(state=State.VOIDED).order_by("id")
    found = IssuedDocument.objects.filter(
        organisation__path__startswith=boundary.organisation.path,
        issued_on__range=(boundary.period.since, boundary.period.until),
    ).annotate(first=Subquery(reviews.values("pk")[:1]))
    found = found.filter(case__kind=boundary.kind) if boundary.kind else found
    return found.filter(first__isnull=False) if boundary.person_id is None else found.none()


def characters(viewer: Viewer, boundary: Boundary) -> int:
    """分母：characters of the documents reviewed."""
    return int(issued(viewer, boundary).aggregate(n=Sum("characters"))["n"] or 0)


@figure(
    code="documents.reviewed",
    name="经评查的文书",
    definition="期间内发文、经过评查的文书数。",
    unit="份",
    boundary=f"{SCOPE}。",
    columns=(("文书", "title"), ("承办部门", "organisation__name"), ("发文日期", "issued_on"), ("字数", "characters")),
    page=PAGE,
)
def reviewed(viewer: Viewer, boundary: Boundary) -> QuerySet[Any]:
    return issued(viewer, boundary)


of_remarks = partial(  # counted in places, told beside the characters read
    figure,
    unit="处",
    boundary=f"{SCOPE}。",
    columns=ANONYMOUS,
    denominator=characters,
    denominator_name="经评查文书的字数",
    page=PAGE,
)


@of_remarks(
    code="documents.remarks",
    name="文书批注",
    definition="检查引擎在经评查的文书上作的批注数，不论评查人如何处理；页面上折算为每万字几处，并列字数。",
)
def remarks(viewer: Viewer, boundary: Boundary) -> QuerySet[Remark]:
    return Remark.objects.filter(review__in=issued(viewer, boundary).values("first"))


@of_remarks(
    code="documents.registered",
    name="文书登记问题",
    definition="批注中评查人登记为证据的处数；登记后作废的也在内，是否成立以问题的核实为准。",
)
def registered(viewer: Viewer, boundary: Boundary) -> QuerySet[Remark]:
    return remarks.records(viewer, boundary).filter(verdict=Verdict.REGISTERED)


@of_remarks(
    code="documents.passed_over",
    name="文书不予登记",
    definition="批注中评查人不予登记的处数，每处有理由；多的规则误报多。",
)
def passed_over(viewer: Viewer, boundary: Boundary) -> QuerySet[Remark]:
    return remarks.records(viewer, boundary).filter(verdict=Verdict.PASSED_OVER)
