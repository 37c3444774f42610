"""问题的入口：evidence waiting to become a finding, and what the passing of days brings about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, F, Q
from django.utils import timezone

from tianping.evidence.register.models import Evidence
from tianping.evidence.register.states import State as EvidenceState
from tianping.findings import services
from tianping.findings.models import Finding, FindingQuerySet
from tianping.findings.states import State
from tianping.foundation.accounts.viewer import Viewer, system


def _system(at: datetime) -> Viewer:
    return system("系统", on=timezone.localdate(at))


def _still(waiting: FindingQuerySet, key: int) -> bool:
    """Whether it still waits once it is ours alone: somebody may have moved it since ``waiting`` was read."""
    Finding.objects.select_for_update().get(pk=key)
    return waiting.filter(pk=key).exists()


class EvidenceIntake:
    """证据立项：each piece of evidence goes under one finding — a new one, an open one, or one it reopens."""

    name = "证据立项"

    def waiting(self, at: datetime) -> Iterable[int]:
        found = Evidence.objects.filter(state=EvidenceState.REGISTERED, finding_link__isnull=True)
        return found.order_by("occurred_on", "id").values_list("pk", flat=True)

    def take(self, key: int, at: datetime) -> bool:
        evidence = (
            # The subject is held too, so that two like pieces of evidence taken at once end under one finding.
            Evidence.objects.select_for_update(of=("self", "subject"), no_key=True)
            .select_related("court", "organisation", "subject")
            .get(pk=key)
        )
        if evidence.state != EvidenceState.REGISTERED or hasattr(evidence, "finding_link"):
            return False
        alike = Finding.objects.filter(court=evidence.court, subject=evidence.subject, rule_code=evidence.rule_code)
        by = _system(at)
        inside = Q(watch_from__lt=evidence.occurred_on, watch_until__gte=evidence.occurred_on)
        watched = alike.filter(inside, state__in=[State.WATCHING, State.SETTLED]).order_by("-watch_from", "-id")
        if finding := watched.first():
            services.finding_relapse(finding_id=finding.pk, evidence=evidence, by=by, at=at)
        elif finding := alike.filter(Q(round=1) | inside, state=State.ANSWERING).order_by("-id").first():
            services.finding_join(finding_id=finding.pk, evidence=evidence, by=by, at=at)
        else:
            services.finding_open(evidence=evidence, by=by, at=at)
        return True


class LapseIntake:
    """答复到期：a reply period that ran out."""

    name = "答复到期"

    def _found(self, at: datetime) -> FindingQuerySet:
        return Finding.objects.filter(state=State.ANSWERING, reply_due__lt=timezone.localdate(at))

    def waiting(self, at: datetime) -> Iterable[int]:
        return self._found(at).values_list("pk", flat=True)

    def take(self, key: int, at: datetime) -> bool:
        if not _still(self._found(at), key):
            return False
        services.finding_lapse(finding_id=key, by=_system(at), at=at)
        return True


class WithdrawIntake:
    """证据作废：a finding none of whose evidence of this round still stands, before anybody decided on it."""

    name = "证据作废"

    def _found(self) -> FindingQuerySet:
        standing = Count(
            "links",
            filter=Q(links__round=F("round"), links__evidence__state=EvidenceState.REGISTERED),
        )
        undecided = Finding.objects.filter(state__in=[State.ANSWERING, State.ANSWERED])
        return undecided.annotate(standing=standing).filter(standing=0)

    def waiting(self, at: datetime) -> Iterable[int]:
        return self._found().values_list("pk", flat=True)

    def take(self, key: int, at: datetime) -> bool:
        if not _still(self._found(), key):
            return False
        services.finding_withdraw(finding_id=key, by=_system(at), at=at)
        return True


class SettleIntake:
    """观察期满：a watch window that passed without a relapse."""

    name = "观察期满"

    def _found(self, at: datetime) -> FindingQuerySet:
        return Finding.objects.filter(state=State.WATCHING, watch_until__lt=timezone.localdate(at))

    def waiting(self, at: datetime) -> Iterable[int]:
        return self._found(at).values_list("pk", flat=True)

    def take(self, key: int, at: datetime) -> bool:
        if not _still(self._found(at), key):
            return False
        services.finding_settle(finding_id=key, by=_system(at), at=at)
        return True
