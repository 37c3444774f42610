"""案件数据口径：newly accepted, carried over, accepted, closed, pending — and the same per judge.

新收 and 受理 are two numbers: 受理 = 旧存 + 新收. Of every period, 受理 = 结案 + 未结 as well.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from tianping.court.models import Case, CaseQuerySet
from tianping.foundation.accounts.models import User
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.figures.registry import FEW, Boundary, figure

KEPT = (
    ("案号", "case_no"),
    ("案件类别", "kind"),
    ("承办部门", "organisation__name"),
    ("承办人", "judge__name"),
    ("立案日期", "filed_on"),
    ("结案日期", "closed_on"),
)
SCOPE = "所选法院或部门的案件，按案件表“承办部门”归属；只计查看人有权看的案件"


def cases(viewer: Viewer, boundary: Boundary) -> CaseQuerySet:
    """边界内的案件：of the branch and the kind, whatever their days; of one person only where it is the viewer."""
    if boundary.person_id is not None:
        own = Case.objects.visible_to(viewer).filter(judge=boundary.person_id)
        found = own if boundary.person_id == viewer.user_id else Case.objects.none()
    else:
        found = Case.objects.of_branch(viewer, boundary.organisation.path)
    return found.filter(kind=boundary.kind) if boundary.kind else found


def filed_in(boundary: Boundary) -> Q:
    return Q(filed_on__gte=boundary.period.since, filed_on__lte=boundary.period.until)


def closed_in(boundary: Boundary) -> Q:
    return Q(closed_on__gte=boundary.period.since, closed_on__lte=boundary.period.until)


def at_hand_in(boundary: Boundary) -> Q:
    """期内在手：taken in by the last day, and not closed before the first."""
    return Q(filed_on__lte=boundary.period.until) & (
        Q(closed_on__isnull=True) | Q(closed_on__gte=boundary.period.since)
    )


def judges_at_hand(found: CaseQuerySet, boundary: Boundary) -> QuerySet[User]:
    """承办人：everybody who is judge of a case at hand, each looked up by one case, not gathered from all."""
    held = found.filter(at_hand_in(boundary), judge=OuterRef("pk"))
    return User.objects.filter(Exists(held))


def judges(viewer: Viewer, boundary: Boundary) -> int:
    """承办人数：the different judges of the accepted cases, the denominator of every mean per judge."""
    return judges_at_hand(cases(viewer, boundary), boundary).count()


@figure(
    code="caseload.new",
    name="新收",
    definition="期间内立案的案件数。不含期初旧存，与“受理”不同。",
    unit="件",
    boundary=f"立案日期在期间首日至末日之间（含两端）；{SCOPE}。",
    columns=KEPT,
)
def new(viewer: Viewer, boundary: Boundary) -> CaseQuerySet:
    return cases(viewer, boundary).filter(filed_in(boundary))


@figure(
    code="caseload.carried",
    name="旧存",
    definition="期间首日之前立案、到首日尚未结案的案件数。",
    unit="件",
    boundary=f"立案日期早于期间首日，且未结案或结案日期不早于首日；{SCOPE}。",
    columns=KEPT,
)
def carried(viewer: Viewer, boundary: Boundary) -> CaseQuerySet:
    return cases(viewer, boundary).filter(at_hand_in(boundary), filed_on__lt=boundary.period.since)


@figure(
    code="caseload.accepted",
    name="受理",
    definition="受理 = 旧存 + 新收：期间内在手的全部案件数。",
    unit="件",
    boundary=f"立案日期不晚于期间末日，且未结案或结案日期不早于首日；{SCOPE}。",
    columns=KEPT,
)
def accepted(viewer: Viewer, boundary: Boundary) -> CaseQuerySet:
    return cases(viewer, boundary).filter(at_hand_in(boundary))


@figure(
    code="caseload.closed",
    name="结案",
    definition="期间内结案的案件数，不论何时立案。",
    unit="件",
    boundary=f"结案日期在期间首日至末日之间（含两端）；{SCOPE}。",
    columns=KEPT,
)
def closed(viewer: Viewer, boundary: Boundary) -> CaseQuerySet:
    return cases(viewer, boundary).filter(closed_in(boundary))


@figure(
    code="caseload.pending",
    name="未结",
    definition="到期间末日终了尚未结案的案件数；未结 = 受理 - 结案。",
    unit="件",
    boundary=f"立案日期不晚于期间末日，且未结案或结案日期晚于末日；{SCOPE}。",
    columns=KEPT,
)
def pending(viewer: Viewer, boundary: Boundary) -> CaseQuerySet:
    until = boundary.period.until
    return cases(viewer, boundary).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=until), filed_on__lte=until)


PER_JUDGE = (
    "分母是期间内有受理案件的承办人数（案件表“承办人”列，不论是否入额；未分案的不计）。"
    f"分母不足 {FEW} 人的只列件数和人数。"
)


@figure(
    code="caseload.closed_per_judge",
    name="法官人均结案",
    definition=f"结案数除以承办人数。{PER_JUDGE}",
    unit="件/人",
    boundary=f"分子同“结案”，分母同“受理”；{SCOPE}。",
    columns=KEPT,
    denominator=judges,
    denominator_name="承办人",
)
def closed_per_judge(viewer: Viewer, boundary: Boundary) -> CaseQuerySet:
    return cases(viewer, boundary).filter(closed_in(boundary))


@figure(
    code="caseload.new_per_judge",
    name="法官人均新收",
    definition=f"新收数除以承办人数。{PER_JUDGE}",
    unit="件/人",
    boundary=f"分子同“新收”，分母同“受理”；{SCOPE}。",
    columns=KEPT,
    denominator=judges,
    denominator_name="承办人",
)
def new_per_judge(viewer: Viewer, boundary: Boundary) -> CaseQuerySet:
    return cases(viewer, boundary).filter(filed_in(boundary))
