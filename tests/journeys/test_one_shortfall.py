"""一件事走完全程：a remark becomes evidence, a finding, a duty, a closure — and comes back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import Court
from tianping.findings import services as findings
from tianping.findings.models import Finding, Stance
from tianping.findings.states import State as FindingState
from tianping.foundation import loop
from tianping.foundation.audit import services as audit
from tianping.remedy import services as remedy
from tianping.remedy.models import Duty
from tianping.remedy.rules import DEFAULT_CRITERION, Cause, Measure
from tianping.remedy.states import State as DutyState


@pytest.mark.django_db
def test_a_shortfall_travels_the_whole_way_and_its_relapse_reopens_it(court: Court) -> None:
    now = court.now
    court.evidence()
    assert loop.run(now)["证据立项"] == 1
    finding = Finding.objects.get()
    assert finding.number == "2026-问-0001"

    findings.finding_answer(
        finding_id=finding.pk, stance=Stance.ADMITS, text="系笔误，已申请补正。", by=court.viewer("林知远"), at=now
    )
    findings.finding_verify(finding_id=finding.pk, reason="与原件核对属实。", by=court.viewer("周既明"), at=now)
    assert loop.run(now)["问题交办"] == 1

    duty = Duty.objects.get()
    remedy.duty_assign(
        duty_id=duty.pk,
        owner=court.people["林知远"],
        verifier=court.people["许清嘉"],
        due_on=date(2026, 12, 10),
        causes=[Cause.CARE],
        measures=[Measure.CORRECTION, Measure.GUIDANCE],
        training_alone_reason="",
        task="作出补正裁定并送达。",
        criterion=DEFAULT_CRITERION,
        watch_days=90,
        by=court.viewer("周既明"),
        at=now,
    )
    remedy.duty_submit(duty_id=duty.pk, report="补正裁定已送达双方。", by=court.viewer("林知远"), at=now)
    remedy.duty_close(duty_id=duty.pk, reason="送达回证齐全。", by=court.viewer("许清嘉"), at=now)
    finding.refresh_from_db()
    assert finding.state == FindingState.WATCHING

    later = now + timedelta(days=40)
    court.evidence(occurred_on=later.date() - timedelta(days=1), at=later)
    loop.run(later)
    finding.refresh_from_db()
    assert (finding.state, finding.round) == (FindingState.ANSWERING, 2)
    findings.finding_answer(finding_id=finding.pk, stance=Stance.ADMITS, text="", by=court.viewer("林知远"), at=later)
    findings.finding_verify(finding_id=finding.pk, reason="同类问题再现。", by=court.viewer("程砚之"), at=later)
    loop.run(later)
    old, new = Duty.objects.order_by("id")
    assert old.state == DutyState.CLOSED
    assert old.ineffective_at == later
    assert new.follows == old
    assert audit.verify().faults == ()
