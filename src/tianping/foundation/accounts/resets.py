"""口令重设：asked by the system administrator with a reason, approved by the security administrator within a day.

The one-time password goes to whoever approved, once, and must be changed at the first sign-in. Neither of the two
alone can get into somebody's account, and neither may be its owner.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from tianping.foundation.accounts.models import PasswordReset, User
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.services import AccountRefused, said, user_set_password
from tianping.foundation.accounts.states import MOVES, START, State
from tianping.foundation.accounts.viewer import Viewer, system
from tianping.foundation.audit import services as audit
from tianping.foundation.moves import MoveRefused, next_state

VALID = timedelta(hours=24)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another


def reset_list(viewer: Viewer) -> QuerySet[PasswordReset]:
    """重设申请：of the people this administrator may see; the newest first."""
    seen = User.objects.visible_to(viewer)
    return (
        PasswordReset.objects.filter(user__in=seen).select_related("user", "requested_by", "decided_by").order_by("-id")
    )


def reset_visible(viewer: Viewer, public_id: str) -> PasswordReset:
    return get_object_or_404(reset_list(viewer), public_id=public_id)


def roles_of(reset: PasswordReset, viewer: Viewer) -> frozenset[str]:
    """与申请的关系：whoever asked may withdraw; who approves is another, and not the account itself."""
    if viewer.is_system:
        return frozenset({"system"})
    if viewer.user_id == reset.user_id:
        return frozenset()
    if viewer.user_id == reset.requested_by_id:
        return frozenset({"requester"})
    return frozenset({"approver"}) if viewer.holds(Role.SECURITY_ADMIN) else frozenset()


@transaction.atomic
def reset_request(*, user: User, reason: str, by: Viewer, at: datetime) -> PasswordReset:
    """申请重设：one at a time for an account; never for one's own."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if by.user_id == user.pk:
        raise AccountRefused("不能申请重设自己的口令。记得原口令的，请自行修改；忘记的，请另一位系统管理员申请。")
    if not by.holds(Role.SYSTEM_ADMIN) or not User.objects.visible_to(by).filter(pk=user.pk).exists():
        raise AccountRefused("重设由所在法院的系统管理员申请。")
    if not user.is_active:
        raise AccountRefused(f"{user.name}的账号已停用，不能重设口令。要用，请先恢复账号。")
    if user.has_left(at):
        raise AccountRefused(f"{user.name}已于 {user.last_day} 离院，不能重设口令。重新到院的，请另行登记。")
    for old in PasswordReset.objects.filter(user=user, state=State.REQUESTED):
        if old.expires_at > at:
            raise AccountRefused(
                f"{user.name}已有一项重设申请待批准（{old.requested_by.name}提出）。请等批准或先撤回。"
            )
        _lapse(old, at)
    reset = PasswordReset(
        user=user,
        state=START,
        reason=said(reason, "理由"),
        requested_by=User.objects.get(pk=by.user_id or 0),
        requested_at=at,
        expires_at=at + VALID,
    )
    reset.full_clean(exclude=["decided_by", "decided_at"])
    reset.save()
    audit.write("accounts.reset.request", on=user, by=by, at=at, reset=reset.public_id, reason=reset.reason)
    return reset


@transaction.atomic
def reset_approve(*, reset_id: int, by: Viewer, at: datetime) -> str:
    """批准重设：returns the one-time password, which is kept nowhere; it is good for a day."""
    reset = _decided(reset_id, "approve", by=by, at=at)
    user = User.objects.select_for_update().get(pk=reset.user_id)
    password = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    user_set_password(user=user, password=password, by=by, at=at)
    user.password_until = at + VALID
    user.save(update_fields=["password_until"])
    audit.write("accounts.reset.approve", on=user, by=by, at=at, reset=reset.public_id, until=user.password_until)
    return password


@transaction.atomic
def reset_decline(*, reset_id: int, reason: str, by: Viewer, at: datetime) -> PasswordReset:
    reason = said(reason, "理由")
    reset = _decided(reset_id, "decline", by=by, at=at, reason=reason)
    audit.write("accounts.reset.decline", on=reset.user, by=by, at=at, reset=reset.public_id, reason=reason)
    return reset


@transaction.atomic
def reset_withdraw(*, reset_id: int, by: Viewer, at: datetime) -> PasswordReset:
    reset = _decided(reset_id, "withdraw", by=by, at=at)
    audit.write("accounts.reset.withdraw", on=reset.user, by=by, at=at, reset=reset.public_id)
    return reset


def _decided(reset_id: int, move: str, *, by: Viewer, at: datetime, reason: str = "") -> PasswordReset:
    reset = PasswordReset.objects.select_for_update(of=("self",)).select_related("user").get(pk=reset_id)
    mine = roles_of(reset, by)
    if "approver" in mine and not User.objects.visible_to(by).filter(pk=reset.user_id).exists():
        mine = frozenset()
    state = State(reset.state)
    target = next_state(MOVES, state, move, mine)
    if reset.expires_at <= at:
        raise MoveRefused(move, state, "申请已超过 24 小时，不再有效。请系统管理员重新申请。")
    reset.state, reset.decided_by_id, reset.decided_at, reset.decision_reason = target, by.user_id, at, reason
    if move == "withdraw":
        reset.decided_by_id = None
    reset.save()
    return reset


def _lapse(reset: PasswordReset, at: datetime) -> None:
    by = system("重设过期", on=timezone.localdate(at))
    reset.state = next_state(MOVES, State(reset.state), "lapse", roles_of(reset, by))
    reset.decided_at = at
    reset.save(update_fields=["state", "decided_at"])
    audit.write("accounts.reset.lapse", on=reset.user, by=by, at=at, reset=reset.public_id)
