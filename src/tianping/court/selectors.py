"""关于案件的提问：the viewer first, always."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from tianping.court.models import Case, CaseKind, CaseQuerySet, Hearing
from tianping.court.rules import case_number
from tianping.foundation.accounts.models import Organisation, OrganisationKind, User
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer, within

Narrow = Callable[[QuerySet[Case]], QuerySet[Case]]


def case_list(viewer: Viewer) -> CaseQuerySet:
    """案件清单：what this viewer may see, the newest taken in first."""
    return Case.objects.visible_to(viewer).select_related("organisation", "judge").order_by("-id")


def case_visible(viewer: Viewer, public_id: str) -> Case:
    return get_object_or_404(case_list(viewer).select_related("court", "clerk"), public_id=public_id)


def hearings(viewer: Viewer, case: Case) -> list[Hearing]:
    """开庭：of a case this viewer may see; none otherwise."""
    return list(Hearing.objects.filter(case__in=Case.objects.visible_to(viewer), case=case))


def case_narrowings(viewer: Viewer) -> list[tuple[str, str, Narrow]]:
    """已存筛选：(code, label, how it narrows) — by whether closed, and by kind."""

    def of_kind(kind: str) -> Narrow:
        return lambda cases: cases.filter(kind=kind)

    return [
        ("pending", "未结", lambda cases: cases.filter(closed_on__isnull=True)),
        ("closed", "已结", lambda cases: cases.filter(closed_on__isnull=False)),
        *((value, str(label), of_kind(value)) for value, label in CaseKind.choices),
    ]


def case_find(cases: QuerySet[Case], words: str) -> QuerySet[Case]:
    """查找：a case number in any brackets, a part of one, a cause, a judge's name. ``cases`` is already limited."""
    try:
        return cases.filter(case_no=case_number(words))
    except ValueError:
        # Not icontains: where there are no capitals, folding every row of a million only costs.
        return cases.filter(
            Q(case_no__contains=words.replace("(", "（").replace(")", "）"))
            | Q(cause__contains=words)
            | Q(judge__in=User.objects.filter(name__contains=words))
        )


def courts_kept(viewer: Viewer) -> list[Organisation]:
    """可导入的法院：the courts whose whole case table this viewer's office keeps."""
    return list(
        Organisation.objects.filter(within(viewer.paths(Role.TRIAL_OFFICE), "path"), kind=OrganisationKind.COURT)
    )
