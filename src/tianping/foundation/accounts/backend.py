"""登录：staff number and password. There are no Django permissions here; sight comes from appointments."""

from __future__ import annotations

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from tianping.foundation.accounts.models import Appointment, RolePolicy, User


class StaffBackend(BaseBackend):
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: object
    ) -> User | None:
        user = User.objects.filter(staff_no=username, is_active=True).first()
        if user is None:
            make_password(password)  # the same work as for a known number, so that time tells nothing
            return None
        right = user.check_password(password or "")
        return user if right and user.may_sign_in(timezone.now()) else None

    def get_user(self, user_id: int) -> User | None:
        return signed_in(user_id)


def signed_in(user_id: int) -> User | None:
    """已登录者：asked at every step, so that an account put out of use, or past its last day, is out at once.

    In the same question: the second factor, and whether an office held today requires one.
    """
    today = timezone.localdate()
    offices = Appointment.objects.in_force(today).filter(user=OuterRef(OuterRef("pk")))
    required = RolePolicy.objects.filter(second_factor=True, role__in=offices.values("role"))
    found = User.objects.select_related("second_factor").annotate(factor_required=Exists(required))
    user: User | None = found.filter(pk=user_id, is_active=True).first()
    return None if user is None or (user.last_day and today > user.last_day) else user
