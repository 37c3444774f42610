from __future__ import annotations

from django.urls import reverse

from tianping.court.models import OVERSEERS, Case
from tianping.court.selectors import case_list
from tianping.foundation.search.registry import Result, Searchable, register


def _words(case: Case) -> list[str]:
    people = [person.name for person in (case.judge, case.clerk) if person]
    return [case.case_no, case.get_kind_display(), case.cause, case.organisation.name, *people]


def _show(case: Case) -> Result:
    judge = case.judge.name if case.judge else "未定承办人"
    note = f"{case.cause} · {case.organisation.name} · {judge}"
    return Result(case.case_no, note, reverse("court:case", args=[case.public_id]))


register(
    Searchable(
        name="案件",
        records=lambda: Case.objects.select_related("organisation", "judge", "clerk"),
        words=_words,
        visible=case_list,
        show=_show,
        offices=OVERSEERS,
    )
)
