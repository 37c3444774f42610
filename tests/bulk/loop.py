"""问题和整改：each in a state of the loop, in fixed shares."""

from __future__ import annotations

from datetime import timedelta

from tests.bulk.court import Bulk, numbers_of, take
from tianping.evidence.register.models import Evidence
from tianping.findings.models import Finding, FindingEvidence, FindingStep, Stance
from tianping.findings.states import State as FindingState
from tianping.remedy.models import Duty, DutyFinding, DutyStep, Postponement
from tianping.remedy.states import State as DutyState

FINDING_STATES = (  # of a hundred, where they stand
    [FindingState.ANSWERING] * 4
    + [FindingState.ANSWERED] * 6
    + [FindingState.VERIFIED] * 4
    + [FindingState.REMEDYING] * 12
    + [FindingState.WATCHING] * 22
    + [FindingState.SETTLED] * 42
    + [FindingState.DISMISSED] * 7
    + [FindingState.VOIDED] * 3
)
OWED = {FindingState.VERIFIED, FindingState.REMEDYING, FindingState.WATCHING, FindingState.SETTLED}


def finding_on(made: Bulk, evidence: Evidence, number: int, state: FindingState, again: bool = False) -> Finding:
    today = made.now.date()
    watched = state in (FindingState.WATCHING, FindingState.SETTLED) or again
    over = -10 if state == FindingState.SETTLED else 80
    return Finding(
        court=made.court,
        organisation=evidence.organisation,
        number=f"2026-问-{number:05d}",
        rule_code=evidence.rule_code,
        rule_name=evidence.rule_name,
        subject=evidence.subject,
        opened_at=evidence.registered_at,
        state=state,
        round=2 if again else 1,
        stance=Stance.PENDING if state == FindingState.ANSWERING else Stance.CONTESTS,
        reply_from=today - timedelta(days=3),
        reply_due=today + timedelta(days=4 - number % 9),
        first_verified_at=made.now if state in OWED or again else None,
        criterion="观察期内，同一责任人不再出现同一规则的问题" if state in OWED else "",
        watch_days=90 if state in OWED else None,
        watch_from=today + timedelta(days=over - 90) if watched else None,
        watch_until=today + timedelta(days=over) if watched else None,
    )


def put_findings(made: Bulk, evidence: list[Evidence]) -> list[Finding]:
    numbers, rows = numbers_of(Finding), []
    for n, piece in enumerate(evidence):
        state = FINDING_STATES[n * 37 % 100]
        again = n % 4 == 0 and state not in (FindingState.DISMISSED, FindingState.VOIDED)
        rows.append(finding_on(made, piece, next(numbers), state, again))
    findings = take(Finding, rows)
    links = [FindingEvidence(finding=f, evidence=e, round=1) for f, e in zip(findings, evidence, strict=True)]
    take(FindingEvidence, links)
    steps = []
    for finding in findings:
        steps.append(finding_step(made, finding, "open", "立项"))
        if finding.state != FindingState.ANSWERING:
            steps.append(finding_step(made, finding, "answer", "答复"))
        if finding.first_verified_at:
            steps.append(finding_step(made, finding, "verify", "核实成立"))
        if finding.round > 1 and finding.state in OWED:
            steps.append(finding_step(made, finding, "verify", "核实成立", 2))
    take(FindingStep, steps)
    return findings


def finding_step(made: Bulk, finding: Finding, move: str, label: str, number: int = 1) -> FindingStep:
    return FindingStep(
        finding=finding, round=number, at=made.now, actor=made.deputy, actor_name="审管办", move=move, label=label
    )


DUTY_STATES = {
    FindingState.VERIFIED: [DutyState.PLANNING],
    FindingState.REMEDYING: [DutyState.OPEN, DutyState.OPEN, DutyState.SUBMITTED],
    FindingState.WATCHING: [DutyState.CLOSED],
    FindingState.SETTLED: [DutyState.CLOSED],
}


def duty_for(made: Bulk, finding: Finding, number: int, state: DutyState, follows: Duty | None = None) -> Duty:
    given = state != DutyState.PLANNING
    return Duty(
        court=made.court,
        organisation=finding.organisation,
        number=f"2026-改-{number:05d}",
        title=f"整改：{finding.rule_name}",
        state=state,
        opened_at=made.now,
        owner=finding.subject if given else None,
        verifier=made.office if given else None,
        due_on=made.now.date() + timedelta(days=30 - number % 40) if given else None,
        causes=["care"] if given else [],
        measures=["correction"] if given else [],
        task="更正原件，逐份核对姓名。" if given else "",
        closed_at=made.now if state == DutyState.CLOSED else None,
        follows=follows,
    )


def put_duties(made: Bulk, findings: list[Finding], many: int) -> None:
    """The first duty of a finding that recurred was closed without effect; the one it has now follows it."""
    owed = [f for f in findings if f.state in OWED]
    numbers, first = numbers_of(Duty), {}
    recurred = [f for f in owed if f.round > 1][: max(0, many - len(owed))]
    for finding in recurred:
        first[finding.pk] = duty_for(made, finding, next(numbers), DutyState.CLOSED)
        first[finding.pk].ineffective_at = made.now
    take(Duty, list(first.values()))
    last = []
    for n, finding in enumerate(owed[: many - len(recurred)]):
        states = DUTY_STATES[FindingState(finding.state)]
        state = states[n % len(states)]
        last.append((finding, duty_for(made, finding, next(numbers), state, first.get(finding.pk))))
    take(Duty, [duty for _, duty in last])
    links = [DutyFinding(duty=first[f.pk], finding=f, round=1) for f in recurred]
    links += [DutyFinding(duty=duty, finding=finding, round=finding.round) for finding, duty in last]
    take(DutyFinding, links)
    steps = [
        DutyStep(duty=link.duty, at=made.now, actor=made.deputy, actor_name="审管办", move=move, label=label)
        for link in links
        for move, label in (("open", "立项"), ("assign", "交办"))
    ]
    take(DutyStep, steps)
    open_now = [duty for _, duty in last if duty.state == DutyState.OPEN]
    take(Postponement, [postponement(made, duty) for duty in open_now[::10]])


def postponement(made: Bulk, duty: Duty, granted: bool | None = None) -> Postponement:
    return Postponement(
        duty=duty,
        asked_by=duty.owner,
        asked_at=made.now,
        asked_until=made.now.date() + timedelta(days=60),
        reason="原件在二审法院",
        granted=granted,
        decided_by=made.deputy if granted is not None else None,
        decided_at=made.now if granted is not None else None,
    )
