"""整改的入口：verified findings wait for a duty; duties not given out vanish with their findings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from tianping.findings.models import Finding
from tianping.findings.states import State as FindingState
from tianping.foundation.accounts.viewer import Viewer, system
from tianping.remedy import services
from tianping.remedy.models import Duty, DutyFinding, DutyQuerySet
from tianping.remedy.states import LIVE, State


def _system(at: datetime) -> Viewer:
    return system("系统", on=timezone.localdate(at))


class FindingIntake:
    """问题交办：a verified finding without a live duty gets one, waiting to be given out."""

    name = "问题交办"

    def waiting(self, at: datetime) -> Iterable[int]:
        served = DutyFinding.objects.filter(duty__state__in=LIVE).values("finding_id")
        found = Finding.objects.filter(state=FindingState.VERIFIED).exclude(pk__in=served)
        return found.order_by("id").values_list("pk", flat=True)

    def take(self, key: int, at: datetime) -> bool:
        # The lock on the finding makes taking twice at once wait, and then find that it is served.
        finding = (
            Finding.objects.select_for_update(of=("self",))
            .select_related("court", "organisation", "subject")
            .get(pk=key)
        )
        if finding.state != FindingState.VERIFIED or finding.duty_links.filter(duty__state__in=LIVE).exists():
            return False
        services.duty_open(finding=finding, by=_system(at), at=at)
        return True


class DropIntake:
    """问题作废：a duty not yet given out, all of whose findings were voided."""

    name = "问题作废"

    def _found(self) -> DutyQuerySet:
        standing = DutyFinding.objects.exclude(finding__state=FindingState.VOIDED).values("duty_id")
        return Duty.objects.filter(state=State.PLANNING).exclude(pk__in=standing)

    def waiting(self, at: datetime) -> Iterable[int]:
        return self._found().values_list("pk", flat=True)

    def take(self, key: int, at: datetime) -> bool:
        Duty.objects.select_for_update().get(pk=key)
        if not self._found().filter(pk=key).exists():
            return False
        services.duty_drop(duty_id=key, by=_system(at), at=at)
        return True
