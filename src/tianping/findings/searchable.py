from __future__ import annotations

from django.urls import reverse

from tianping.findings.models import VERIFYING, Finding
from tianping.findings.selectors import finding_list
from tianping.foundation.accounts.roles import Role
from tianping.foundation.search.registry import Result, Searchable, register


def _words(finding: Finding) -> list[str]:
    """What stays the same through every round: nobody finds by it a round they may not know of."""
    return [finding.number, finding.rule_code, finding.rule_name, finding.subject.name, finding.organisation.name]


def _show(finding: Finding) -> Result:
    note = f"{finding.rule_code} · {finding.subject.name} · {finding.organisation.name}"
    return Result(str(finding), note, reverse("findings:detail", args=[finding.public_id]))


register(
    Searchable(
        name="问题",
        records=lambda: Finding.objects.select_related("subject", "organisation"),
        words=_words,
        visible=finding_list,
        show=_show,
        offices=(Role.LEADER, Role.HEAD, *VERIFYING),
    )
)
