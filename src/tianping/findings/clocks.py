"""问题环节的期限：which open reply periods a change of the calendar would move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

from django.urls import reverse

from tianping.findings import services
from tianping.findings.models import Finding
from tianping.findings.rules import REPLY_DAYS, reply_clock
from tianping.findings.states import State
from tianping.foundation.accounts.models import Organisation
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.parameters import clocks
from tianping.foundation.parameters.clocks import Moved
from tianping.foundation.parameters.selectors import parameter_on
from tianping.law.workdays import Calendar


class ReplyClock:
    """答复期限：of findings that still wait for the reply."""

    label = "问题答复期限"

    def affected(self, viewer: Viewer, court: Organisation, calendar: Calendar) -> Sequence[Moved]:
        @cache
        def becomes(day: date) -> date:
            return reply_clock(day, int(parameter_on(REPLY_DAYS, day, court).value), calendar).day

        waiting = Finding.objects.filter(court=court, state=State.ANSWERING, reply_due__gte=viewer.on)
        seen = set(waiting.visible_to(viewer).values_list("pk", flat=True))
        return [
            Moved(
                key=finding.pk,
                number=finding.number if finding.pk in seen else "",
                url=reverse("findings:detail", args=[finding.public_id]) if finding.pk in seen else "",
                was=finding.reply_due,
                becomes=becomes(finding.reply_from),
            )
            for finding in waiting.order_by("pk")
            if becomes(finding.reply_from) != finding.reply_due
        ]

    def postpone(self, key: int, due: date, *, by: Viewer, at: datetime) -> None:
        services.finding_postpone(finding_id=key, due=due, by=by, at=at)


clocks.register(ReplyClock())
