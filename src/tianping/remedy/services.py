"""整改的动作：each moves a duty by its table, leaves a step and an audit row; findings move by their own services."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tianping.findings import services as findings
from tianping.findings.models import Finding
from tianping.foundation import files, loop
from tianping.foundation.accounts.models import User
from tianping.foundation.accounts.roles import CONTENT_ROLES
from tianping.foundation.accounts.viewer import Viewer, viewer_of
from tianping.foundation.audit import services as audit
from tianping.foundation.moves import MoveRefused, next_state
from tianping.foundation.numbering.services import next_number
from tianping.remedy.models import Duty, DutyFinding, DutyStep, Postponement, Proof
from tianping.remedy.rules import WATCH_DAYS_LONGEST, WATCH_DAYS_SHORTEST, Cause, Measure, training_alone
from tianping.remedy.states import MOVES, START, State

DECIDING = frozenset(move.name for move in MOVES if move.role == "decider")


class DutyRefused(ValueError):
    """整改环节的拒绝：says which field lacks what."""


def _locked(duty_id: int) -> Duty:
    return Duty.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=duty_id)


def _move(
    duty: Duty,
    move: str,
    *,
    by: Viewer,
    at: datetime,
    text: str = "",
    roles: Collection[str] | None = None,
    **changes: object,
) -> DutyStep:
    source = State(duty.state)
    try:
        duty.state = next_state(MOVES, source, move, duty.roles_of(by) if roles is None else roles)
    except MoveRefused as refusal:
        if move in ("close", "return") and (why := duty.verifier_refusal(by)):
            raise MoveRefused(move, refusal.state, why) from None
        if move in DECIDING and source == State.OPEN and "assigner" in duty.roles_of(by):
            raise MoveRefused(move, refusal.state, duty.superior_refusal(by) or refusal.why) from None
        raise
    duty.full_clean()
    duty.save()
    label = next(m.label for m in MOVES if m.name == move and m.source == source)
    step = DutyStep.take(by=by, at=at, move=move, label=label, text=text, duty=duty)
    audit.write(f"remedy.duty.{move}", on=duty, by=by, at=at, source=str(source), target=str(duty.state), **changes)
    loop.after_commit()
    return step


def _said(text: str, what: str) -> str:
    if not text.strip():
        raise DutyRefused(f"{what}为空。请写明后再办。")
    return text.strip()


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@transaction.atomic
def duty_open(*, finding: Finding, by: Viewer, at: datetime) -> Duty:
    """立项：a verified finding waits to be given to somebody; in a later round the new duty follows the old one."""
    before = Duty.objects.filter(finding_links__finding=finding, state=State.CLOSED).order_by("-id").first()
    duty = Duty(
        number=next_number(court=finding.court, register="改", year=timezone.localdate(at).year),
        court=finding.court,
        organisation=finding.organisation,
        title=f"{finding.rule_name}（{finding.subject.name}）",
        state=START,
        opened_at=at,
        follows=before,
    )
    duty.full_clean()
    duty.save()
    DutyFinding.objects.create(duty=duty, finding=finding, round=finding.round)
    DutyStep.take(by=by, at=at, move="open", label="立项，待交办", duty=duty)
    audit.write("remedy.duty.open", on=duty, by=by, at=at, number=duty.number, finding=finding.public_id)
    if before and before.ineffective_at is None:
        before.ineffective_at = at
        before.save(update_fields=["ineffective_at"])
        DutyStep.take(by=by, at=at, move="ineffective", label="问题复发，整改无效", duty=before)
        audit.write("remedy.duty.ineffective", on=before, by=by, at=at, followed_by=duty.public_id)
    return duty


@transaction.atomic
def duty_assign(
    *,
    duty_id: int,
    owner: User,
    verifier: User,
    due_on: date,
    causes: Sequence[Cause],
    measures: Sequence[Measure],
    training_alone_reason: str,
    task: str,
    criterion: str,
    watch_days: int,
    together_with: Collection[int] = (),
    by: Viewer,
    at: datetime,
) -> Duty:
    """交办：owner, verifier, due day, root cause, criterion and watch window are fixed now, before any work is done."""
    # In one order, whoever asks: two people who merge the same duties crosswise must not wait for each other.
    list(Duty.objects.select_for_update().filter(pk__in={duty_id, *together_with}).order_by("pk").values_list("pk"))
    duty = _locked(duty_id)
    today = timezone.localdate(at)
    if not causes or not measures:
        raise DutyRefused("根因和措施各至少选一项。")
    if training_alone(measures) and not training_alone_reason.strip():
        raise DutyRefused("措施只有“培训补课”。请写明为何培训足以解决，或另选措施。")
    if due_on < today:
        raise DutyRefused(f"期限{_day(due_on)}早于今天。请填今天或以后的日期。")
    if not WATCH_DAYS_SHORTEST <= watch_days <= WATCH_DAYS_LONGEST:
        raise DutyRefused(f"观察期 {watch_days} 天超出范围。请填 {WATCH_DAYS_SHORTEST} 至 {WATCH_DAYS_LONGEST} 天。")
    roles = duty.roles_of(by)  # before an owner is named: whoever gives a duty out may also take it on
    for other_id in together_with:
        _merge(_locked(other_id), into=duty, by=by, at=at)
    _check_owner(owner, today)
    _check_verifier(duty, owner, verifier, today)
    duty.owner, duty.verifier, duty.due_on = owner, verifier, due_on
    duty.causes, duty.measures = [str(c) for c in causes], [str(m) for m in measures]
    duty.training_alone_reason = training_alone_reason.strip() if training_alone(measures) else ""
    duty.task = _said(task, "整改要求")
    _move(
        duty, "assign", by=by, at=at, text=duty.task, roles=roles, owner=owner.pk, verifier=verifier.pk, due_on=due_on
    )
    for finding in duty.findings():
        findings.finding_remedy(finding_id=finding.pk, criterion=criterion, watch_days=watch_days, by=by, at=at)
    return duty


def _check_owner(owner: User, today: date) -> None:
    if not owner.is_active:
        raise DutyRefused(f"{owner.name}的账号已停用，不能承办。请另选承办人。")
    if not viewer_of(owner, on=today).holds(*CONTENT_ROLES):
        raise DutyRefused(f"{owner.name}现无业务岗位任职，看不到整改事项，不能承办。请另选承办人。")


def _check_verifier(duty: Duty, owner: User, verifier: User, today: date) -> None:
    if not verifier.is_active:
        raise DutyRefused(f"{verifier.name}的账号已停用，不能核验。请另选核验人。")
    if why := duty.verifier_refusal(viewer_of(verifier, on=today), owner):
        raise DutyRefused(f"{why}请另选核验人。")


def _merge(other: Duty, *, into: Duty, by: Viewer, at: datetime) -> None:
    """并入：several findings under one duty; the other entry stays readable and points here."""
    if other.pk == into.pk or other.organisation_id != into.organisation_id:
        raise DutyRefused(f"{other.number} 不能并入 {into.number}：须是同一部门另一个待交办事项。")
    other.merged_into = into
    _move(other, "merge", by=by, at=at, text=f"并入 {into.number}", into=into.public_id)
    for link in other.finding_links.all():
        DutyFinding.objects.create(duty=into, finding=link.finding, round=link.round)


@transaction.atomic
def duty_drop(*, duty_id: int, by: Viewer, at: datetime) -> Duty:
    """撤销：every finding of a duty not yet given out was voided."""
    duty = _locked(duty_id)
    _move(duty, "drop", by=by, at=at)
    return duty


@transaction.atomic
def duty_submit(
    *, duty_id: int, report: str, proofs: Sequence[tuple[str, bytes]] = (), by: Viewer, at: datetime
) -> Duty:
    """提请核验：the owner says what was done and hands in what shows it."""
    duty = _locked(duty_id)
    report = _said(report, "完成情况")
    next_state(MOVES, State(duty.state), "submit", duty.roles_of(by))  # nothing is kept of what may not be handed in
    kept = [(name[-150:], files.keep(data), len(data)) for name, data in proofs]
    step = _move(duty, "submit", by=by, at=at, text=report, proofs=[sha256 for _, sha256, _ in kept])
    for name, sha256, size in kept:
        Proof.objects.create(duty=duty, step=step, file_name=name, sha256=sha256, size=size)
    return duty


@transaction.atomic
def duty_return(*, duty_id: int, reason: str, by: Viewer, at: datetime) -> Duty:
    """退回：the proof does not show that it is done; the reason says what is missing."""
    duty = _locked(duty_id)
    _move(duty, "return", by=by, at=at, text=_said(reason, "退回理由"))
    return duty


@transaction.atomic
def duty_close(*, duty_id: int, reason: str, by: Viewer, at: datetime) -> Duty:
    """销号：a verifier who does not owe the duty accepts the proof that it is done; the watch window begins."""
    duty = _locked(duty_id)
    duty.closed_at = at
    _move(duty, "close", by=by, at=at, text=_said(reason, "核验意见"))
    for finding in duty.findings():
        findings.finding_watch(finding_id=finding.pk, closed_on=timezone.localdate(at), by=by, at=at)
    return duty


@transaction.atomic
def duty_hand_over(*, duty_id: int, owner: User, reason: str, by: Viewer, at: datetime) -> Duty:
    """移交：a leaver's duty goes to somebody else; the due day stays."""
    duty = _locked(duty_id)
    before = duty.owner
    if before is None or owner.pk == before.pk:
        raise DutyRefused("移交的对象与现承办人相同。请选择另一人。")
    verifier = duty.verifier
    roles = duty.roles_of(by)
    _check_owner(owner, timezone.localdate(at))
    if verifier is not None:
        _check_verifier(duty, owner, verifier, timezone.localdate(at))
    duty.owner = owner
    text = f"{before.name}移交{owner.name}：{_said(reason, '移交理由')}"
    _move(duty, "hand_over", by=by, at=at, text=text, roles=roles, owner=owner.pk)
    return duty


@transaction.atomic
def verifier_change(*, duty_id: int, verifier: User, reason: str, by: Viewer, at: datetime) -> Duty:
    """改派核验人：of one who left or may no longer verify; the new one is held to the same rules."""
    duty = _locked(duty_id)
    before, owner = duty.verifier, duty.owner
    if before is None or owner is None or verifier.pk == before.pk:
        raise DutyRefused("改派的对象与现核验人相同，或本事项尚未交办。请选择另一人。")
    roles = duty.roles_of(by)
    _check_verifier(duty, owner, verifier, timezone.localdate(at))
    duty.verifier = verifier
    text = f"{before.name}改为{verifier.name}：{_said(reason, '改派理由')}"
    _move(duty, "change_verifier", by=by, at=at, text=text, roles=roles, verifier=verifier.pk)
    return duty


@transaction.atomic
def postponement_ask(*, duty_id: int, until: date, reason: str, by: Viewer, at: datetime) -> Postponement:
    """申请延期：by the owner, with a reason; the due day stays until somebody else decides."""
    duty = _locked(duty_id)
    if duty.due_on is None or until <= duty.due_on or until < timezone.localdate(at):
        raise DutyRefused(f"申请延至{_day(until)}，不晚于现期限或已经过去。请填更晚的日期。")
    if duty.postponements.filter(granted__isnull=True).exists():
        raise DutyRefused("已有一份延期申请待批，不重复申请。")
    reason = _said(reason, "延期理由")
    _move(duty, "ask_postponement", by=by, at=at, text=f"申请延至{_day(until)}：{reason}", until=until)
    assert duty.owner is not None  # an open duty has one: duty_assigned_has_owner_verifier_due
    return Postponement.objects.create(duty=duty, asked_by=duty.owner, asked_at=at, asked_until=until, reason=reason)


@transaction.atomic
def postponement_decide(*, duty_id: int, grant: bool, reason: str, by: Viewer, at: datetime) -> Duty:
    """批准或不予延期：with a reason, by somebody who does not owe the duty."""
    duty = _locked(duty_id)
    asked = duty.postponements.filter(granted__isnull=True).first()
    if asked is None:
        raise DutyRefused("没有待批的延期申请，可能已由他人办理。")
    if asked.asked_by_id == by.user_id:
        raise DutyRefused("延期由您申请，须由他人批复。")
    reason = _said(reason, "批复意见")
    if grant:
        duty.due_on = asked.asked_until
    move = "grant_postponement" if grant else "refuse_postponement"
    _move(duty, move, by=by, at=at, text=reason, until=asked.asked_until)
    asked.granted, asked.decided_by_id, asked.decided_at = grant, by.user_id, at
    asked.save(update_fields=["granted", "decided_by", "decided_at"])
    return duty


@transaction.atomic
def duty_void(*, duty_id: int, reason: str, by: Viewer, at: datetime) -> Duty:
    """作废：a wrong entry, with its reason; its findings wait for another duty."""
    duty = _locked(duty_id)
    reason = _said(reason, "作废理由")
    _move(duty, "void", by=by, at=at, text=reason)
    for finding in duty.findings():
        findings.finding_release(finding_id=finding.pk, reason=reason, by=by, at=at)
    return duty
