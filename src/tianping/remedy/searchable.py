from __future__ import annotations

from django.urls import reverse

from tianping.foundation.search.registry import Result, Searchable, register
from tianping.remedy.models import ASSIGNING, Duty
from tianping.remedy.selectors import duty_list


def _words(duty: Duty) -> list[str]:
    people = [person.name for person in (duty.owner, duty.verifier) if person]
    return [duty.number, duty.title, duty.organisation.name, *people]


def _show(duty: Duty) -> Result:
    owner = f"{duty.owner.name}承办" if duty.owner else "未交办"
    return Result(str(duty), f"{owner} · {duty.organisation.name}", reverse("remedy:detail", args=[duty.public_id]))


register(
    Searchable(
        name="整改",
        records=lambda: Duty.objects.select_related("owner", "verifier", "organisation"),
        words=_words,
        visible=duty_list,
        show=_show,
        offices=ASSIGNING,
    )
)
