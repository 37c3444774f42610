"""造问题：each state is reached by walking the moves, never by setting it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from tests.cast import Court
from tianping.evidence.register.models import Evidence
from tianping.findings import services
from tianping.findings.intake import EvidenceIntake, SettleIntake
from tianping.findings.models import Finding, Stance
from tianping.findings.selectors import finding_list
from tianping.findings.states import State
from tianping.foundation.accounts import services as accounts
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import system
from tianping.foundation.audit import services as audit

SUBJECT, REGISTRAR, OFFICE, OTHER_OFFICE, INSPECTOR = "林知远", "韩江临", "周既明", "许清嘉", "程砚之"
HEAD, OTHER_HEAD, COLLEAGUE, OTHER_COURT, PRESIDENT = "秦望舒", "孟怀瑾", "韩江临", "陶思源", "裴院长"
REPLY = "此处系录入笔误，已核对原件"
WATCH_DAYS = 90


def opened(court: Court, evidence: Evidence | None = None, at: datetime | None = None) -> Finding:
    """立项：through the intake, as the loop does."""
    at = at or court.now
    evidence = evidence or court.evidence(at=at)
    EvidenceIntake().take(evidence.pk, at)
    evidence = Evidence.objects.get(pk=evidence.pk)
    return evidence.finding_link.finding


def answer(court: Court, finding: Finding, at: datetime | None = None, **said: Any) -> Finding:
    said = {"stance": Stance.CONTESTS, "text": REPLY, **said}
    by = court.viewer(finding.subject.name)
    return services.finding_answer(finding_id=finding.pk, by=by, at=at or court.now, **said)


def verify(court: Court, finding: Finding, by: str = OFFICE, at: datetime | None = None) -> Finding:
    return services.finding_verify(
        finding_id=finding.pk, reason="与原件核对属实。", by=court.viewer(by), at=at or court.now
    )


def remedied(court: Court, finding: Finding, at: datetime | None = None) -> Finding:
    return services.finding_remedy(
        finding_id=finding.pk,
        criterion="不再出现",
        watch_days=WATCH_DAYS,
        by=court.viewer(OFFICE),
        at=at or court.now,
    )


def watched(court: Court, finding: Finding, at: datetime | None = None) -> Finding:
    at = at or court.now
    return services.finding_watch(finding_id=finding.pk, closed_on=at.date(), by=court.viewer(OTHER_OFFICE), at=at)


def finding_at(court: Court, state: State, at: datetime | None = None, **evidence: Any) -> Finding:
    """An own finding in ``state``, first round."""
    at = at or court.now
    finding = opened(court, court.evidence(at=at, **evidence), at)
    decided: dict[State, Callable[[], object]] = {
        State.DISMISSED: lambda: services.finding_dismiss(
            finding_id=finding.pk, reason="属当事人曾用名。", by=court.viewer(OFFICE), at=at
        ),
        State.VOIDED: lambda: services.finding_void(
            finding_id=finding.pk, reason="登记错了文书。", by=court.viewer(OFFICE), at=at
        ),
    }
    way = [State.ANSWERING, State.ANSWERED, State.VERIFIED, State.REMEDYING, State.WATCHING, State.SETTLED]
    steps: list[Callable[[], object]] = [
        lambda: answer(court, finding, at),
        lambda: verify(court, finding, at=at),
        lambda: remedied(court, finding, at),
        lambda: watched(court, finding, at),
        lambda: SettleIntake().take(finding.pk, at + timedelta(days=WATCH_DAYS + 1)),
    ]
    steps = [steps[0], decided[state]] if state in decided else steps[: way.index(state)]
    for step in steps:
        step()
    finding.refresh_from_db()
    assert finding.state == state
    return finding


def relapse(court: Court, finding: Finding, occurred_on: date, at: datetime) -> Evidence:
    """复发的证据：taken in by the intake at ``at``."""
    evidence = court.evidence(occurred_on=occurred_on, at=at, subject=finding.subject.name, rule=finding.rule_code)
    EvidenceIntake().take(evidence.pk, at)
    finding.refresh_from_db()
    return Evidence.objects.get(pk=evidence.pk)


def also(court: Court, name: str, role: Role, branch: str) -> None:
    """再任一职。"""
    accounts.appoint(
        user=court.people[name],
        role=role,
        organisation=court.organisations[branch],
        since=date(2025, 1, 2),
        until=None,
        by=system("测试准备", on=court.today),
        at=court.now,
    )


def sees(court: Court, name: str, finding: Finding) -> bool:
    return finding_list(court.viewer(name)).filter(pk=finding.pk).exists()


def as_seen(court: Court, name: str, finding: Finding) -> Finding:
    return finding_list(court.viewer(name)).get(pk=finding.pk)


def last_audit(verb: str) -> dict[str, str]:
    """The last row of the chain with this verb, by column."""
    from tianping.foundation.audit.chain import FIELDS

    found = [row for row in audit.rows() if row[FIELDS.index("verb")] == verb]
    return {name: str(value) for name, value in zip(FIELDS, found[-1], strict=False)}
