from __future__ import annotations

from django.urls import reverse

from tianping.evidence.documents.models import IssuedDocument
from tianping.evidence.documents.selectors import issued_list
from tianping.foundation.accounts.roles import Role
from tianping.foundation.search.registry import Result, Searchable, register


def _words(document: IssuedDocument) -> list[str]:
    """The facts of a judgment, never its text."""
    return [document.case.case_no, document.title, document.judge.name, document.organisation.name]


def _show(document: IssuedDocument) -> Result:
    note = f"{document.judge.name} · {document.organisation.name}"
    return Result(str(document), note, reverse("documents:document", args=[document.public_id]))


register(
    Searchable(
        name="已发文书",
        records=lambda: IssuedDocument.objects.select_related("case", "judge", "organisation"),
        words=_words,
        visible=issued_list,
        show=_show,
        offices=(Role.TRIAL_OFFICE, Role.INSPECTOR, Role.LEADER, Role.HEAD),
    )
)
