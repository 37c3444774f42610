"""造整改事项：each state is reached by walking the moves, never by setting it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from tests.cast import Court
from tianping.findings.models import Finding
from tianping.findings.states import State as FindingState
from tianping.findings.tests import factories as findings
from tianping.remedy import services
from tianping.remedy.intake import DropIntake, FindingIntake
from tianping.remedy.models import Duty
from tianping.remedy.rules import Cause, Measure
from tianping.remedy.selectors import duty_list
from tianping.remedy.states import State

OWNER, ASSIGNER, VERIFIER, INSPECTOR, HEAD = "林知远", "周既明", "许清嘉", "程砚之", "秦望舒"
OTHER_HEAD, COLLEAGUE, REGISTRAR, OTHER_COURT, PRESIDENT = "孟怀瑾", "沈若川", "韩江临", "陶思源", "裴院长"
REPORT = "补正裁定已经送达双方当事人"


def planned(court: Court, at: datetime | None = None, **evidence: Any) -> Duty:
    """立项：a verified finding, taken in as the loop does."""
    at = at or court.now
    finding = findings.finding_at(court, FindingState.VERIFIED, at=at, **evidence)
    FindingIntake().take(finding.pk, at)
    return Duty.objects.get(finding_links__finding=finding)


def terms(court: Court, at: datetime | None = None, **other: Any) -> dict[str, Any]:
    at = at or court.now
    people = {role: court.people[other.pop(role, name)] for role, name in (("owner", OWNER), ("verifier", VERIFIER))}
    return {
        **people,
        "due_on": at.date() + timedelta(days=20),
        "causes": [Cause.CARE],
        "measures": [Measure.CORRECTION],
        "training_alone_reason": "",
        "task": "作出补正裁定并送达。",
        "criterion": "不再出现",
        "watch_days": findings.WATCH_DAYS,
        **other,
    }


def assign(court: Court, duty: Duty, by: str = ASSIGNER, at: datetime | None = None, **other: Any) -> Duty:
    at = at or court.now
    return services.duty_assign(duty_id=duty.pk, by=court.viewer(by), at=at, **terms(court, at, **other))


def submit(court: Court, duty: Duty, by: str | None = None, at: datetime | None = None, **other: Any) -> Duty:
    duty.refresh_from_db()
    by = by or (duty.owner.name if duty.owner else OWNER)
    return services.duty_submit(duty_id=duty.pk, **{"report": REPORT, **other}, by=court.viewer(by), at=at or court.now)


def close(court: Court, duty: Duty, by: str | None = None, at: datetime | None = None) -> Duty:
    duty.refresh_from_db()
    by = by or (duty.verifier.name if duty.verifier else VERIFIER)
    return services.duty_close(duty_id=duty.pk, reason="送达回证齐全。", by=court.viewer(by), at=at or court.now)


def ask(court: Court, duty: Duty, by: str = OWNER, until: date | None = None, at: datetime | None = None) -> None:
    duty.refresh_from_db()
    services.postponement_ask(
        duty_id=duty.pk,
        until=until or duty.due_on + timedelta(days=10),
        reason="当事人在外地，送达需时。",
        by=court.viewer(by),
        at=at or court.now,
    )


def duty_at(court: Court, state: State, at: datetime | None = None, **evidence: Any) -> Duty:
    duty = planned(court, at, **evidence)
    if state == State.MERGED:
        into = planned(court, at, **{**evidence, "rule": f"M{duty.pk}"})
        assign(court, into, at=at, together_with=[duty.pk])
    elif state == State.VOIDED:
        assign(court, duty, at=at)
        services.duty_void(duty_id=duty.pk, reason="交办错人。", by=court.viewer(ASSIGNER), at=at or court.now)
    else:
        steps: list[Callable[..., object]] = [assign, submit, close]
        way = [State.PLANNING, State.OPEN, State.SUBMITTED, State.CLOSED]
        for step in steps[: way.index(state)]:
            step(court, duty, at=at)
    duty.refresh_from_db()
    assert duty.state == state
    return duty


def dropped(court: Court) -> Duty:
    """问题作废后随之撤销的事项。"""
    from tianping.findings.services import finding_void

    duty = planned(court)
    finding_void(finding_id=duty.findings().get().pk, reason="登记错了文书。", by=court.viewer(ASSIGNER), at=court.now)
    DropIntake().take(duty.pk, court.now)
    duty.refresh_from_db()
    return duty


def again(court: Court, duty: Duty, at: datetime) -> Duty:
    """复发：the finding of a closed duty recurs, is verified, and has its next duty."""
    finding = duty.findings().order_by("id")[0]
    findings.relapse(court, finding, at.date(), at)
    findings.answer(court, finding, at)
    findings.verify(court, finding, at=at)
    FindingIntake().take(finding.pk, at)
    return Duty.objects.order_by("-id")[0]


def reread(duty: Duty) -> Duty:
    return Duty.objects.get(pk=duty.pk)


def finding_of(duty: Duty) -> Finding:
    return duty.findings().get()


def sees(court: Court, name: str, duty: Duty) -> bool:
    return duty_list(court.viewer(name)).filter(pk=duty.pk).exists()
