"""账号的动作：register, deactivate, set a password, appoint, end an appointment. Each writes its audit row."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from pypinyin import lazy_pinyin

from tianping.foundation.accounts.models import Appointment, Organisation, User
from tianping.foundation.accounts.roles import Role, clash
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import services as audit
from tianping.foundation.tokens.services import tokens_revoke_of


class AppointmentRefused(ValueError):
    """任职被拒：two offices that may not meet in one person, or an office given to oneself."""


class AccountRefused(ValueError):
    """账号被拒：says what cannot be done to this account and what to do instead."""


class WrongPassword(AccountRefused):
    """口令不对：one's own, asked for again; each counts as a sign-in that failed."""


@transaction.atomic
def user_register(*, staff_no: str, name: str, by: Viewer, at: datetime) -> User:
    """登记干警：an account without a password; it cannot sign in until one is set."""
    user = User(staff_no=staff_no, name=name, pinyin="".join(lazy_pinyin(name)))
    user.set_unusable_password()
    user.full_clean()
    user.save()
    audit.write("accounts.user.register", on=user, by=by, at=at, staff_no=staff_no)
    return user


@transaction.atomic
def user_set_password(*, user: User, password: str, by: Viewer, at: datetime) -> None:
    """设置口令：checked against the password rules; the chain records that it changed, not what it is.

    A password set by anybody but its owner must be changed by the owner before anything else opens. It also ends what
    the old one had opened: sessions, because they carry its hash, and personal tokens, because they stood in for it.
    """
    validate_password(password, user)
    user.set_password(password)
    user.password_by_other = by.user_id != user.pk
    user.password_until = None
    user.save(update_fields=["password", "password_by_other", "password_until"])
    audit.write("accounts.user.set_password", on=user, by=by, at=at)
    if user.password_by_other:
        tokens_revoke_of(user=user, reason="口令由他人重设", by=by, at=at)


@transaction.atomic
def user_change_password(*, user: User, old: str, new: str, by: Viewer, at: datetime) -> None:
    """修改口令：one's own, with the old one at hand; the new one differs from it."""
    if by.user_id != user.pk:
        raise AccountRefused("口令只能由本人修改。忘记口令的，请系统管理员申请重设。")
    if not user.check_password(old):
        raise WrongPassword("原口令不对，口令没有改。请重新输入；忘记的，请系统管理员申请重设。")
    if old == new:
        raise AccountRefused("新口令与原口令相同，口令没有改。请另设一个。")
    user_set_password(user=user, password=new, by=by, at=at)


@transaction.atomic
def user_set_active(*, user: User, active: bool, reason: str, by: Viewer, at: datetime) -> User:
    """停用、恢复账号：an inactive one cannot sign in, and whoever is signed in with it is out at the next step."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if by.user_id == user.pk:
        raise AccountRefused("不能停用或恢复自己的账号。请由另一位系统管理员办理。")
    if user.is_active == active:
        raise AccountRefused(f"{user.name}的账号{'已在使用' if active else '已停用'}，不必再办。请刷新后查看。")
    if active and user.last_day and user.last_day < timezone.localdate(at):
        raise AccountRefused(f"{user.name}已于 {user.last_day} 离院，账号不能恢复。重新到院的，请另行登记。")
    user.is_active = active
    user.save(update_fields=["is_active"])
    verb = "activate" if active else "deactivate"
    audit.write(f"accounts.user.{verb}", on=user, by=by, at=at, reason=said(reason, "理由"))
    return user


def said(text: str, what: str) -> str:
    if not text.strip():
        raise AccountRefused(f"{what}为空。请写明后再办。")
    return text.strip()


@transaction.atomic
def appoint(
    *, user: User, role: Role, organisation: Organisation, since: date, until: date | None, by: Viewer, at: datetime
) -> Appointment:
    """任职：refused where it would join two of the three administrators, or one of them with a content role."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if by.user_id == user.pk:
        raise AppointmentRefused(f"不能任免自己。{user.name}的任职请由另一位安全管理员办理。")
    if locked.last_day and (until is None or until > locked.last_day):
        raise AppointmentRefused(
            f"{user.name}（{user.staff_no}）已登记于 {locked.last_day} 离院，不能任{role.label}到那天以后。"
        )
    held = frozenset(
        Role(r) for r in Appointment.objects.overlapping(since, until).filter(user=user).values_list("role", flat=True)
    )
    if reason := clash(held, role):
        raise AppointmentRefused(
            f"{user.name}（{user.staff_no}）不能任{role.label}：{reason}。请另选一人，或先结束原任职。"
        )
    appointment = Appointment(user=user, role=role, organisation=organisation, since=since, until=until)
    appointment.full_clean()
    appointment.save()
    audit.write(
        "accounts.appoint",
        on=user,
        by=by,
        at=at,
        role=role.value,
        organisation=organisation.code,
        since=since,
        until=until,
    )
    return appointment


@transaction.atomic
def appointment_end(*, appointment: Appointment, until: date, by: Viewer, at: datetime) -> Appointment:
    """免职：the last day on which the role is held. Only earlier than was fixed: a later day would be an appointment
    that nobody held against the offices that may not meet in one person, or against the day this one leaves.
    """
    if by.user_id == appointment.user_id:
        raise AppointmentRefused("不能任免自己。请由另一位安全管理员办理。")
    User.objects.select_for_update().get(pk=appointment.user_id)
    appointment.refresh_from_db(fields=["until"])
    office = f"{appointment.organisation.name}{Role(appointment.role).label}"
    office = f"{appointment.user.name}自 {appointment.since} 起任{office}"
    if until < appointment.since:
        raise AppointmentRefused(f"{office}，不能在 {until} 就免去。请填 {appointment.since} 或以后的日期。")
    if appointment.until is not None and until > appointment.until:
        raise AppointmentRefused(f"{office}，本就到 {appointment.until} 止，免职不能往后延。要延长，请另行任职。")
    appointment.until = until
    appointment.full_clean()
    appointment.save(update_fields=["until"])
    audit.write("accounts.appointment.end", on=appointment.user, by=by, at=at, role=appointment.role, until=until)
    return appointment


@transaction.atomic
def account_leave(*, user: User, last_day: date, by: Viewer, at: datetime) -> list[Appointment]:
    """离院的账号部分：ends every appointment on the last day; from the day after nobody signs in with the account."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if by.user_id == user.pk:
        raise AccountRefused("不能为自己办理离院。请由另一位安全管理员办理。")
    going = list(Appointment.objects.filter(user=user).filter(Q(until__isnull=True) | Q(until__gt=last_day)))
    if future := next((one for one in going if one.since > last_day), None):
        raise AccountRefused(
            f"{user.name}已登记自 {future.since} 起任{future.organisation.name}{Role(future.role).label}，"
            f"晚于离院末日 {last_day}。请把末日改到该日以后，或核对是否应办调动。"
        )
    for appointment in going:
        appointment_end(appointment=appointment, until=last_day, by=by, at=at)
    user.last_day = last_day
    user.save(update_fields=["last_day"])
    audit.write("accounts.user.leave", on=user, by=by, at=at, last_day=last_day)
    return going
