"""参数的动作：propose, approve, decline, withdraw. Each leaves a row in the audit chain; none edits a value."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from tianping import law
from tianping.foundation.accounts.models import Organisation
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import services as audit
from tianping.foundation.moves import MoveRefused, next_state
from tianping.foundation.parameters.models import LocalValue
from tianping.foundation.parameters.states import MOVES, State

COUNTED = frozenset({"day", "workday", "month", "year", "count"})
MOST = {"day": 3650, "workday": 2500, "month": 120, "year": 50, "percent": 100}


class ParameterRefused(ValueError):
    """参数环节的拒绝：says what is lacking and the way out."""


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@transaction.atomic
def value_propose(
    *, court: Organisation, code: str, value: Decimal | None, basis: str, since: date, by: Viewer, at: datetime
) -> LocalValue:
    """提出：by the trial office of the court. Without a value: back to the national one."""
    parameter = law.parameter(code)
    if by.user_id is None or not by.holds_over(court.path, Role.TRIAL_OFFICE):
        raise ParameterRefused(f"{court.name}的参数由该院审管办提出。")
    if parameter.values[-1].confirmed:
        raise ParameterRefused(f"“{parameter.name}”由{parameter.values[-1].basis}规定，本院不能另定。")
    if not basis.strip():
        raise ParameterRefused("依据为空。请写明文件名称和文号，或哪一天的院务会、审委会决定。")
    if since < by.on:
        raise ParameterRefused(f"施行日 {_day(since)} 已过。已经起算的期限不能追改，请填今天或以后的日期。")
    _number_fits(parameter, value)
    Organisation.objects.select_for_update().get(pk=court.pk)
    if LocalValue.objects.filter(court=court, code=code, state=State.PROPOSED).exists():
        raise ParameterRefused(f"“{parameter.name}”已有一项待批准。请先撤回，或等院领导批复后再提。")
    _day_is_free(court, code, since)
    if value is None and not LocalValue.objects.approved().filter(court=court, code=code).exists():
        raise ParameterRefused(f"“{parameter.name}”本院还没有另定过，无须恢复。")
    proposal = LocalValue(
        court=court, code=code, value=value, basis=basis.strip(), since=since, state=State.PROPOSED,
        proposed_by_id=by.user_id, proposed_at=at,
    )  # fmt: skip
    proposal.full_clean()
    proposal.save()
    audit.write(
        "parameters.value.propose", on=proposal, by=by, at=at, code=code, value=value, basis=basis.strip(), since=since
    )
    return proposal


def _number_fits(parameter: law.Parameter, value: Decimal | None) -> None:
    if value is None:
        return
    if parameter.unit in COUNTED and value != value.to_integral_value():
        raise ParameterRefused(f"“{parameter.name}”应为整数，现为 {value}。")
    if value < (1 if parameter.unit in COUNTED else 0):
        raise ParameterRefused(f"“{parameter.name}”不能是 {value}。请填一个正数。")
    if value > (most := MOST.get(parameter.unit, Decimal("999999999"))):
        raise ParameterRefused(f"“{parameter.name}”最多 {most}，现为 {value}。请核对单位。")


def _day_is_free(court: Organisation, code: str, since: date) -> None:
    if LocalValue.objects.approved().filter(court=court, code=code, since=since).exists():
        raise ParameterRefused(f"自 {_day(since)} 起施行的值已经批准，不能再改。请另定一个以后的施行日。")


@transaction.atomic
def value_approve(*, value_id: int, reason: str = "", by: Viewer, at: datetime) -> LocalValue:
    """批准：by a leader who did not propose it. A day that has passed meanwhile has to be proposed anew."""
    proposal = _locked(value_id)
    _may(proposal, "approve", by)
    if proposal.since < by.on:
        raise ParameterRefused(f"施行日 {_day(proposal.since)} 已过，批准就成了追改。请审管办撤回，另定施行日再提。")
    _day_is_free(proposal.court, proposal.code, proposal.since)
    return _decided(proposal, "approve", reason, by=by, at=at)


@transaction.atomic
def value_decline(*, value_id: int, reason: str, by: Viewer, at: datetime) -> LocalValue:
    """不予批准：with the reason."""
    proposal = _locked(value_id)
    _may(proposal, "decline", by)
    if not reason.strip():
        raise ParameterRefused("不予批准的理由为空。请写明后再办。")
    return _decided(proposal, "decline", reason, by=by, at=at)


@transaction.atomic
def value_withdraw(*, value_id: int, reason: str = "", by: Viewer, at: datetime) -> LocalValue:
    """撤回：by the office, as long as nobody has decided."""
    proposal = _locked(value_id)
    _may(proposal, "withdraw", by)
    return _decided(proposal, "withdraw", reason, by=by, at=at)


def _locked(value_id: int) -> LocalValue:
    return LocalValue.objects.select_for_update(of=("self",)).select_related("court").get(pk=value_id)


def _may(proposal: LocalValue, move: str, by: Viewer) -> State:
    try:
        return State(next_state(MOVES, State(proposal.state), move, proposal.roles_of(by)))
    except MoveRefused as refusal:
        if move != "withdraw" and by.user_id == proposal.proposed_by_id and proposal.state == State.PROPOSED:
            raise MoveRefused(move, refusal.state, "这项参数由您提出，应由另一位院领导批准。") from None
        raise


def _decided(proposal: LocalValue, move: str, reason: str, *, by: Viewer, at: datetime) -> LocalValue:
    proposal.state = _may(proposal, move, by)
    if move != "withdraw":
        proposal.decided_by_id, proposal.decided_at = by.user_id, at
    proposal.reason = reason.strip()
    proposal.full_clean()
    proposal.save()
    audit.write(
        f"parameters.value.{move}", on=proposal, by=by, at=at, code=proposal.code, value=proposal.value,
        since=proposal.since,
    )  # fmt: skip
    return proposal
