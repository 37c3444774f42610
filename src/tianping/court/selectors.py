"""关于案件的提问：the viewer first, always."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from tianping.court.models import OVERSEERS, Case, CaseKind, CaseQuerySet, Hearing
from tianping.court.rules import case_number
from tianping.foundation.accounts.models import Organisation, OrganisationKind, User
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer, within
from tianping.foundation.search import selectors as search

Narrow = Callable[[QuerySet[Case]], QuerySet[Case]]


def case_list(viewer: Viewer) -> CaseQuerySet:
    """案件清单：what this viewer may see, the newest taken in first."""
    return Case.objects.visible_to(viewer).select_related("organisation", "judge").order_by("-id")


def case_branches(viewer: Viewer) -> list[CaseQuerySet]:
    """案件清单，按支（foundation/keys.py）。"""
    return Case.objects.branches(viewer)


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


class CaseFinding:
    """查找案件：by number, cause, division, judge or clerk. Made for one viewer and one request.

    What a division has, and what one holds oneself, is read through. Whoever holds an office over a court or more asks
    the index of searches, where it is quicker and has followed every change of a case. Of numbers it knows what they
    begin with: where it finds none, they are read as well.
    """

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._asked: dict[str, Q | None] = {}

    def __call__(self, cases: QuerySet[Case], words: str) -> QuerySet[Case]:
        """``cases`` is already limited."""
        return cases.filter(self._indexed(words) or said_in(words))

    def branches(self, words: str) -> list[CaseQuerySet]:
        """各支（foundation/keys.py）：none where the index answers, for it has looked on the viewer's branches only."""
        return [] if words and self._indexed(words) else case_branches(self._viewer)

    def _indexed(self, words: str) -> Q | None:
        if words not in self._asked:
            self._asked[words] = self._asks_index(words)
        return self._asked[words]

    def _asks_index(self, words: str) -> Q | None:
        over = any(s.role in OVERSEERS and s.kind != OrganisationKind.DIVISION for s in self._viewer.standings)
        kind = search.kind_named("case")
        if kind is None or not over or _number(words) or not search.answers(kind, words):
            return None
        found = search.condition(self._viewer, kind, words)
        return None if found == Q(pk__in=[]) and not words.isalpha() else found


def said_in(words: str) -> Q:
    """逐件查找：a case number in any brackets, a part of one, a cause, a name."""
    if number := _number(words):  # "of any court" lets the natural key answer, which begins with the court
        return Q(court__in=Organisation.objects.all(), case_no=number)
    # Not icontains: where there are no capitals, folding every row of a million only costs.
    people = User.objects.filter(name__contains=words)
    return (
        Q(case_no__contains=words.replace("(", "（").replace(")", "）"))
        | Q(cause__contains=words)
        | Q(organisation__in=Organisation.objects.filter(name__contains=words))
        | Q(judge__in=people)
        | Q(clerk__in=people)
    )


def _number(words: str) -> str:
    try:
        return case_number(words)
    except ValueError:
        return ""


def keeps_courts(viewer: Viewer) -> bool:
    """是否管一院以上的案件表。"""
    return any(s.role == Role.TRIAL_OFFICE and s.kind != OrganisationKind.DIVISION for s in viewer.standings)


def courts_kept(viewer: Viewer) -> list[Organisation]:
    """可导入的法院：the courts whose whole case table this viewer's office keeps."""
    return list(
        Organisation.objects.filter(within(viewer.paths(Role.TRIAL_OFFICE), "path"), kind=OrganisationKind.COURT)
    )
