"""问题的动作：each moves a finding by its table, leaves a step on its timeline and a row in the audit chain."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tianping.evidence.register.models import Evidence
from tianping.findings.models import Finding, FindingEvidence, FindingStep, Stance
from tianping.findings.rules import REPLY_DAYS, Watch, reply_clock
from tianping.findings.states import MOVES, START, State
from tianping.foundation import loop
from tianping.foundation.accounts.models import Organisation
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import services as audit
from tianping.foundation.moves import MoveRefused, next_state
from tianping.foundation.numbering.services import next_number
from tianping.foundation.parameters.selectors import calendar_of, parameter_on


class FindingRefused(ValueError):
    """问题环节的拒绝：says which field lacks what."""


def _locked(finding_id: int) -> Finding:
    return Finding.objects.select_for_update(of=("self",)).select_related("organisation", "subject").get(pk=finding_id)


def _move(finding: Finding, move: str, *, by: Viewer, at: datetime, text: str = "", as_stage: str = "") -> Finding:
    """One move: ``as_stage`` is the stage that acts through its own service (remedy), when no person's role decides."""
    roles = frozenset({as_stage}) if as_stage else finding.roles_of(by)
    try:
        target = next_state(MOVES, State(finding.state), move, roles)
    except MoveRefused as refusal:
        if move in ("verify", "dismiss", "clear_relapse") and (why := finding.verifier_refusal(by)):
            raise MoveRefused(move, refusal.state, why) from None
        if move == "void" and (why := finding.office_refusal(by)):
            raise MoveRefused(move, refusal.state, why) from None
        raise
    source, finding.state = finding.state, target
    finding.full_clean()
    finding.save()
    label = next(m.label for m in MOVES if m.name == move and m.source == source)
    FindingStep.take(by=by, at=at, move=move, label=label, text=text, finding=finding, round=finding.round)
    audit.write(
        f"findings.finding.{move}",
        on=finding,
        by=by,
        at=at,
        source=str(source),
        target=str(target),
        round=finding.round,
    )
    loop.after_commit()
    return finding


def _said(text: str, what: str) -> str:
    if not text.strip():
        raise FindingRefused(f"{what}为空。请写明后再办。")
    return text


def _start_reply_clock(finding: Finding, at: datetime) -> None:
    finding.reply_from = timezone.localdate(at)
    finding.reply_due = _reply_due(finding.court, finding.reply_from)


def _reply_due(court: Organisation, day: date) -> date:
    limit = parameter_on(REPLY_DAYS, day, court)
    return reply_clock(day, int(limit.value), calendar_of(court.pk)).day


@transaction.atomic
def finding_open(*, evidence: Evidence, by: Viewer, at: datetime) -> Finding:
    """立项：new evidence becomes a finding; the subject sees it first and has the reply period."""
    day = timezone.localdate(at)
    finding = Finding(
        number=next_number(court=evidence.court, register="问", year=day.year),
        court=evidence.court,
        organisation=evidence.organisation,
        rule_code=evidence.rule_code,
        rule_name=evidence.rule_name,
        subject=evidence.subject,
        opened_at=at,
        state=START,
        reply_from=day,
        reply_due=_reply_due(evidence.court, day),
    )
    finding.full_clean()
    finding.save()
    FindingEvidence.objects.create(finding=finding, evidence=evidence, round=1)
    FindingStep.take(by=by, at=at, move="open", label="立项，送责任人", finding=finding, round=1)
    audit.write("findings.finding.open", on=finding, by=by, at=at, number=finding.number, evidence=evidence.public_id)
    return finding


@transaction.atomic
def finding_join(*, finding_id: int, evidence: Evidence, by: Viewer, at: datetime) -> Finding:
    """并入：the same shortfall of the same person, while it still waits for the reply; the reply period starts anew."""
    finding = _locked(finding_id)
    if finding.state != State.ANSWERING:
        raise FindingRefused(f"{finding.number} 已过答复阶段，新证据另行立项。")
    if finding.round > 1 and (finding.watch is None or not finding.watch.covers(evidence.occurred_on)):
        raise FindingRefused(f"{evidence.number} 的发生日期不在 {finding.number} 的观察期内，另行立项。")
    FindingEvidence.objects.create(finding=finding, evidence=evidence, round=finding.round)
    _start_reply_clock(finding, at)
    finding.save(update_fields=["reply_from", "reply_due"])
    FindingStep.take(by=by, at=at, move="join", label="并入新证据", finding=finding, round=finding.round)
    audit.write("findings.finding.join", on=finding, by=by, at=at, evidence=evidence.public_id)
    return finding


@transaction.atomic
def finding_relapse(*, finding_id: int, evidence: Evidence, by: Viewer, at: datetime) -> Finding:
    """复发重开：the same shortfall of the same person inside the watch window; a new round begins."""
    finding = _locked(finding_id)
    if finding.watch is None or not finding.watch.covers(evidence.occurred_on):
        raise FindingRefused(f"{evidence.number} 的发生日期不在 {finding.number} 的观察期内，另行立项。")
    finding.round += 1
    finding.stance = Stance.PENDING
    _start_reply_clock(finding, at)
    FindingEvidence.objects.create(finding=finding, evidence=evidence, round=finding.round)
    return _move(finding, "relapse", by=by, at=at)


@transaction.atomic
def finding_answer(*, finding_id: int, stance: Stance, text: str, by: Viewer, at: datetime) -> Finding:
    """答复：the subject says whether it is so, and why."""
    finding = _locked(finding_id)
    if stance not in (Stance.ADMITS, Stance.CONTESTS):
        raise FindingRefused("请选“无异议”或“有异议”。")
    if stance == Stance.CONTESTS:
        _said(text, "异议理由")
    finding.stance = stance
    return _move(finding, "answer", by=by, at=at, text=text)


@transaction.atomic
def finding_lapse(*, finding_id: int, by: Viewer, at: datetime) -> Finding:
    """逾期未答复：recorded as silence, never taken as admission."""
    finding = _locked(finding_id)
    if timezone.localdate(at) <= finding.reply_due:
        raise FindingRefused(f"{finding.number} 的答复期限到 {finding.reply_due:%Y年%-m月%-d日} 才届满。")
    finding.stance = Stance.NONE
    return _move(finding, "lapse", by=by, at=at)


@transaction.atomic
def finding_postpone(*, finding_id: int, due: date, by: Viewer, at: datetime) -> Finding:
    """答复期限顺延（由放假安排引起）：only later, and only while the reply is awaited."""
    finding = _locked(finding_id)
    if finding.state != State.ANSWERING or due <= finding.reply_due:
        return finding
    was, finding.reply_due = finding.reply_due, due
    finding.save(update_fields=["reply_due"])
    text = f"放假安排更新，答复截止日由{was:%Y年%-m月%-d日}顺延到{due:%Y年%-m月%-d日}。"
    FindingStep.take(
        by=by, at=at, move="postpone", label="答复期限顺延", text=text, finding=finding, round=finding.round
    )
    audit.write("findings.finding.postpone", on=finding, by=by, at=at, was=was, due=due)
    return finding


@transaction.atomic
def finding_verify(*, finding_id: int, reason: str, by: Viewer, at: datetime) -> Finding:
    """核实成立：by a third person, with reasons that answer what the subject said."""
    finding = _locked(finding_id)
    finding.first_verified_at = finding.first_verified_at or at
    return _move(finding, "verify", by=by, at=at, text=_said(reason, "核实意见"))


@transaction.atomic
def finding_dismiss(*, finding_id: int, reason: str, by: Viewer, at: datetime) -> Finding:
    """认定不成立：or, in a later round, that it did not recur — then the watch goes on."""
    finding = _locked(finding_id)
    move = "dismiss" if finding.round == 1 else "clear_relapse"
    return _move(finding, move, by=by, at=at, text=_said(reason, "认定理由"))


@transaction.atomic
def finding_clear_relapse(*, finding_id: int, reason: str, by: Viewer, at: datetime) -> Finding:
    """认定未复发：only of a later round; the watch goes on as it was fixed."""
    if (finding := _locked(finding_id)).round == 1:
        raise FindingRefused(f"{finding.number} 是首轮，没有复发可言。如不属实，请认定不成立。")
    return finding_dismiss(finding_id=finding_id, reason=reason, by=by, at=at)


@transaction.atomic
def finding_void(*, finding_id: int, reason: str, by: Viewer, at: datetime) -> Finding:
    """作废：a wrong entry; it stays readable with its reason. A finding once verified and remedied is not voided."""
    finding = _locked(finding_id)
    if finding.round > 1:
        raise FindingRefused(f"{finding.number} 首轮已核实并整改，不能整项作废。如属误登，请认定未复发。")
    return _move(finding, "void", by=by, at=at, text=_said(reason, "作废理由"))


@transaction.atomic
def finding_withdraw(*, finding_id: int, by: Viewer, at: datetime) -> Finding:
    """撤销：every piece of evidence of this round was voided, so nothing is left to answer."""
    finding = _locked(finding_id)
    return _move(finding, "withdraw" if finding.round == 1 else "withdraw_relapse", by=by, at=at)


@transaction.atomic
def finding_settle(*, finding_id: int, by: Viewer, at: datetime) -> Finding:
    """观察期满：the system finds that it did not recur; the owner never says so."""
    finding = _locked(finding_id)
    if finding.watch is None or timezone.localdate(at) <= finding.watch.until:
        raise FindingRefused(f"{finding.number} 的观察期尚未届满。")
    return _move(finding, "settle", by=by, at=at)


@transaction.atomic
def finding_remedy(*, finding_id: int, criterion: str, watch_days: int, by: Viewer, at: datetime) -> Finding:
    """交办整改（由整改环节调用）：criterion and watch window are fixed here and do not change while it is worked on."""
    finding = _locked(finding_id)
    finding.criterion, finding.watch_days = _said(criterion, "销号标准").strip(), watch_days
    return _move(finding, "remedy", by=by, at=at, as_stage="remedy")


@transaction.atomic
def finding_release(*, finding_id: int, reason: str, by: Viewer, at: datetime) -> Finding:
    """退回交办（由整改环节调用）：its duty was voided, so it waits for another."""
    return _move(_locked(finding_id), "release", by=by, at=at, text=reason, as_stage="remedy")


@transaction.atomic
def finding_watch(*, finding_id: int, closed_on: date, by: Viewer, at: datetime) -> Finding:
    """进入观察期（由整改环节调用）：from the day its duty was closed, for the days fixed at the opening."""
    finding = _locked(finding_id)
    if finding.watch_days is None:
        raise FindingRefused(f"{finding.number} 没有定下观察期。")
    watch = Watch.of(closed_on, finding.watch_days)
    finding.watch_from, finding.watch_until = watch.since, watch.until
    return _move(finding, "watch", by=by, at=at, as_stage="remedy")
