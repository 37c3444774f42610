"""登录锁定：after five failures in a row from one address, for fifteen minutes, unless lifted before.

What was typed as a staff number is never shown where it is nobody's: it may have been a password.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tianping.foundation.accounts.access import address_of
from tianping.foundation.accounts.models import SecondFactor, User
from tianping.foundation.accounts.second_factor import FAILURES_MOST, LOCKED_FOR
from tianping.foundation.accounts.services import AccountRefused, WrongPassword
from tianping.foundation.accounts.viewer import Viewer, system
from tianping.foundation.audit import services as audit

UNKNOWN = "未登记的工号"


@dataclass(frozen=True, slots=True)
class Lock:
    """一处锁定：``key`` names it on the page; ``who`` is a person or 「未登记的工号」."""

    key: str
    who: str
    staff_no: str
    address: str
    failures: int
    until: datetime


def _attempts(at: datetime) -> dict[tuple[str, str], tuple[int, datetime]]:
    """By what was typed and from where: failures, the last of them; browsers of one address count together."""
    found: dict[tuple[str, str], tuple[int, datetime]] = {}
    since = at - settings.AXES_COOLOFF_TIME
    for attempt in AccessAttempt.objects.filter(attempt_time__gt=since):
        key = (attempt.username or "", attempt.ip_address or "")
        count, last = found.get(key, (0, attempt.attempt_time))
        found[key] = (count + attempt.failures_since_start, max(last, attempt.attempt_time))
    return found


def lock_list(viewer: Viewer, at: datetime) -> list[Lock]:
    """现有锁定：of the people this administrator may see, and of numbers that are nobody's."""
    people = {user.staff_no: user for user in User.objects.visible_to(viewer)}
    known = _known(*(name for name, _ in _attempts(at)))
    locks: dict[str, Lock] = {}
    for (name, address), (failures, last) in _attempts(at).items():
        if failures < settings.AXES_FAILURE_LIMIT or (name in known and name not in people):
            continue
        person, until = people.get(name), last + settings.AXES_COOLOFF_TIME
        key = f"{person.public_id if person else '?'}@{address}"
        who, staff_no = (person.name, person.staff_no) if person else (UNKNOWN, "")
        if key not in locks or locks[key].until < until:
            locks[key] = Lock(key, who, staff_no, address, failures, until)
    for factor in SecondFactor.objects.filter(user__in=User.objects.visible_to(viewer), failures__gte=FAILURES_MOST):
        if factor.failed_at and factor.failed_at + LOCKED_FOR > at:
            user, until = factor.user, factor.failed_at + LOCKED_FOR
            key = f"{user.public_id}#code"
            locks[key] = Lock(key, user.name, user.staff_no, "第二验证", factor.failures, until)
    return sorted(locks.values(), key=lambda lock: lock.until, reverse=True)


def locked_from(user: User, address: str, at: datetime) -> bool:
    """此处已锁：whether this person would find the sign-in page locked at this address now."""
    since = at - settings.AXES_COOLOFF_TIME
    tried = AccessAttempt.objects.filter(username=user.staff_no, ip_address=address, attempt_time__gt=since)
    failures = sum(tried.values_list("failures_since_start", flat=True))
    return bool(failures >= settings.AXES_FAILURE_LIMIT)


@transaction.atomic
def lock_lift(*, key: str, by: Viewer, at: datetime) -> Lock:
    """解除锁定：of one line of the list; not one's own."""
    lock = next((one for one in lock_list(by, at) if one.key == key), None)
    if lock is None:
        raise AccountRefused("这一处锁定已到时解除，或已由他人解除。请刷新后查看。")
    user = User.objects.filter(staff_no=lock.staff_no).first() if lock.staff_no else None
    if user is not None and user.pk == by.user_id:
        raise AccountRefused("不能解除自己的锁定。请等 15 分钟，或由另一位安全管理员办理。")
    if key.endswith("#code"):
        SecondFactor.objects.filter(user=user).update(failures=0, failed_at=None)
    else:
        for name, address in _attempts(at):
            if address == lock.address and (name == lock.staff_no if user else not _known(name)):
                AccessAttempt.objects.filter(username=name, ip_address=address).delete()
    audit.write("accounts.lock.lift", on=user or "accounts.unknown", by=by, at=at, address=lock.address)
    return lock


def _known(*names: str) -> set[str]:
    return set(User.objects.filter(staff_no__in=names).values_list("staff_no", flat=True))


@receiver(user_locked_out)
def _note(
    sender: Any, request: HttpRequest, username: str | None = None, ip_address: str | None = None, **_: Any
) -> None:
    """Only the failure that closes the lock is noted; knocking at a closed one is not a new event."""
    if getattr(request, "axes_failures_since_start", None) != settings.AXES_FAILURE_LIMIT:
        return
    now = timezone.now()
    user = User.objects.filter(staff_no=username or "").first()
    by = system("登录", on=timezone.localdate(now))
    with transaction.atomic():
        audit.write("accounts.lock", on=user or "accounts.unknown", by=by, at=now, address=ip_address or "", minutes=15)


@contextmanager
def counted(request: HttpRequest, user: User) -> Iterator[None]:
    """再输口令也计次：whoever sits at somebody else's open page guesses no more often there than when signing in.

    Around the service, outside its transaction, so that the count stays where the change is refused.
    """
    credentials = {"username": user.staff_no}
    if not AxesProxyHandler.is_allowed(request, credentials):
        request.axes_locked_out = True  # type: ignore[attr-defined]  # the middleware gives ``answer``
        raise WrongPassword("口令连续多次不对，现在不能再试。")
    try:
        yield
    except WrongPassword:
        AxesProxyHandler.user_login_failed(sender=__name__, credentials=credentials, request=request)
        raise
    AxesProxyHandler.reset_attempts(username=user.staff_no, ip_address=address_of(request))


def answer(request: HttpRequest, response: HttpResponse | None, credentials: Mapping[str, Any] | None) -> HttpResponse:
    """锁定时的答复：the same page whether the number is somebody's or nobody's, the password right or wrong."""
    context = {"limit": settings.AXES_FAILURE_LIMIT, "minutes": 15, "signed_in": request.user.is_authenticated}
    return render(request, "registration/locked.html", context, status=429)
