"""关于人员与任职的提问：the viewer first. What these show are offices and accounts, never what anybody works on."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from tianping.foundation.accounts.models import Appointment, AppointmentQuerySet, Organisation, User, UserQuerySet
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer, within


def person_list(viewer: Viewer) -> UserQuerySet:
    """人员：of the administrator's branch, the last registered first."""
    found = User.objects.visible_to(viewer)
    return found.order_by("-id")


def person_visible(viewer: Viewer, public_id: str) -> User:
    return get_object_or_404(person_list(viewer), public_id=public_id)


def myself(viewer: Viewer) -> User:
    return User.objects.get(pk=viewer.user_id or 0)


def person_find(found: QuerySet[User], words: str) -> QuerySet[User]:
    """查找：by staff number, name or its spelling, or where an office is held."""
    return found.filter(
        Q(staff_no__icontains=words)
        | Q(name__icontains=words)
        | Q(pinyin__istartswith=words)
        | Q(pk__in=Appointment.objects.filter(organisation__name__icontains=words).values("user_id"))
    )


def offices(viewer: Viewer, on: date) -> dict[int, list[Appointment]]:
    """现任：what everybody of this administrator's branch holds on a day, by person."""
    held: dict[int, list[Appointment]] = {}
    for one in _seen(viewer).in_force(on):
        held.setdefault(one.user_id, []).append(one)
    return held


def appointments_of(viewer: Viewer, person: User) -> list[Appointment]:
    """历任：the newest first."""
    return list(_seen(viewer).filter(user=person).order_by("-since", "-id"))


def appointments_open(viewer: Viewer, person: User, on: date) -> list[Appointment]:
    """可免的任职：not ended, or ending later than today, on this administrator's branch."""
    later = Q(until__isnull=True) | Q(until__gt=on)
    return list(_seen(viewer).filter(later, user=person).order_by("since", "id"))


def holding(found: QuerySet[User], role: Role, on: date) -> QuerySet[User]:
    """现任某角色的人。"""
    return found.filter(pk__in=Appointment.objects.in_force(on).filter(role=role.value).values("user_id"))


def holding_none(found: QuerySet[User], on: date) -> QuerySet[User]:
    return found.exclude(pk__in=Appointment.objects.in_force(on).values("user_id"))


def organisations(viewer: Viewer) -> list[Organisation]:
    """可任职的组织：the administrator's own branch."""
    paths = viewer.paths(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
    return list(Organisation.objects.filter(within(paths, "path")).order_by("path"))


def _seen(viewer: Viewer) -> AppointmentQuerySet:
    paths = viewer.paths(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
    return Appointment.objects.filter(within(paths)).select_related("organisation", "user")
