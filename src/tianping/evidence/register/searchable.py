from __future__ import annotations

from django.urls import reverse

from tianping.evidence.register.models import Evidence
from tianping.evidence.register.selectors import evidence_list
from tianping.foundation.accounts.roles import Role
from tianping.foundation.search.registry import Result, Searchable, register


def _words(evidence: Evidence) -> list[str]:
    """Not the grounds: they are read on the page, by those who read it for a reason."""
    case = [evidence.case.case_no] if evidence.case else []
    return [
        evidence.number,
        evidence.rule_code,
        evidence.rule_name,
        evidence.summary,
        evidence.subject.name,
        evidence.organisation.name,
        *case,
    ]


def _show(evidence: Evidence) -> Result:
    note = f"{evidence.rule_name} · {evidence.subject.name} · {evidence.organisation.name}"
    return Result(str(evidence), note, reverse("register:detail", args=[evidence.public_id]))


register(
    Searchable(
        name="证据",
        records=lambda: Evidence.objects.select_related("subject", "organisation", "case"),
        words=_words,
        visible=evidence_list,
        show=_show,
        offices=(Role.TRIAL_OFFICE, Role.INSPECTOR),
    )
)
