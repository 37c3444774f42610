"""账号、组织、任职，以及登录所用的口令重设、第二验证、恢复码和角色要求。"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.states import LABELS, State

if TYPE_CHECKING:
    from tianping.foundation.accounts.viewer import Viewer


def public_id() -> str:
    """公开编号：random, so that an address tells nothing about how many records stand before it."""
    return secrets.token_urlsafe(9)


class OrganisationKind(models.TextChoices):
    PROVINCE = "province", "省"
    COURT = "court", "法院"
    DIVISION = "division", "部门"


class Organisation(models.Model):
    """组织：a tree, province → court → division; ``path`` lists the ids from the root, so that sight is a prefix.

    It stands in accounts and not in court because appointments point at it (docs/decisions/0002).
    """

    name = models.CharField("名称", max_length=100)
    code = models.CharField("代码", max_length=20, unique=True)
    kind = models.CharField("类别", max_length=10, choices=OrganisationKind.choices)
    parent = models.ForeignKey(
        "self", verbose_name="上级", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField("路径", max_length=100, db_index=True, editable=False)

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="organisation_name_unique_under_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        if path != self.path:
            self.path = path
            super().save(update_fields=["path"])

    def unique_error_message(self, model_class: type[models.Model], unique_check: Sequence[str]) -> ValidationError:
        if tuple(unique_check) == ("code",):
            holder = Organisation.objects.get(code=self.code)
            return ValidationError(f"代码 {self.code} 已是{holder.name}的。代码全系统唯一，请另取一个。", code="unique")
        return ValidationError(f"{self.parent}下已有“{self.name}”。请核对，或另取名称。", code="unique")


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, viewer: Viewer) -> UserQuerySet:
        """人员可见：to the system and security administrators the people of their branch, and those without any office.

        Whoever was just registered holds no office yet; somebody has to find them to appoint them.
        """
        paths = viewer.paths(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
        if not paths:
            return self.none()
        here = Q()
        for path in paths:
            here |= Q(organisation__path__startswith=path)
        ours = Appointment.objects.filter(here).values("user_id")
        return self.filter(Q(pk__in=ours) | ~Q(pk__in=Appointment.objects.values("user_id")))


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, viewer: Viewer) -> UserQuerySet:
        return self.get_queryset().visible_to(viewer)

    def get_by_natural_key(self, staff_no: str | None) -> User:
        return self.get(staff_no=staff_no)


class User(AbstractBaseUser):
    """干警：a member of staff; one who was never given a password cannot sign in."""

    staff_no = models.CharField("工号", max_length=20, unique=True)
    name = models.CharField("姓名", max_length=50)
    pinyin = models.CharField("拼音", max_length=200, blank=True, db_index=True)
    is_active = models.BooleanField("在用", default=True)
    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    password_by_other = models.BooleanField("口令由他人设置", default=False)  # to be changed before anything else opens
    password_until = models.DateTimeField("一次性口令有效至", null=True, blank=True)
    last_day = models.DateField("在院末日", null=True, blank=True)

    USERNAME_FIELD = "staff_no"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["staff_no"]

    def __str__(self) -> str:
        return self.name

    def unique_error_message(self, model_class: type[models.Model], unique_check: Sequence[str]) -> ValidationError:
        return ValidationError(f"工号 {self.staff_no} 已经登记，不能再登记。请核对工号。", code="unique")

    def has_left(self, at: datetime) -> bool:
        """已离院：past the last day here."""
        return self.last_day is not None and timezone.localdate(at) > self.last_day

    def may_sign_in(self, at: datetime) -> bool:
        """可否登录：in use, not past the last day here, and with a password that has not run out."""
        if not self.is_active or self.has_left(at):
            return False
        return self.password_until is None or at <= self.password_until


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, on: date) -> AppointmentQuerySet:
        """在任：``until`` is the last day held."""
        return self.filter(since__lte=on).filter(Q(until__isnull=True) | Q(until__gte=on))

    def overlapping(self, since: date, until: date | None) -> AppointmentQuerySet:
        found = self.filter(Q(until__isnull=True) | Q(until__gte=since))
        return found.filter(since__lte=until) if until else found


class Appointment(models.Model):
    """任职：a role on a branch of the tree, from a day to a day; never deleted, only ended."""

    user = models.ForeignKey(User, verbose_name="干警", on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField("角色", max_length=20, choices=[(r.value, r.label) for r in Role])
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="appointments"
    )
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="appointment_ends_after_it_begins",
                violation_error_message="任职的止日早于起日。请核对：止日含当天，最早与起日同日。",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organisation", "since"], name="appointment_once_from_a_day"
            ),
        ]
        indexes = [models.Index(fields=["user", "since"], name="appointment_user_since")]

    def __str__(self) -> str:
        return f"{self.user}·{Role(self.role).label}·{self.organisation}"

    def unique_error_message(self, model_class: type[models.Model], unique_check: Sequence[str]) -> ValidationError:
        office = f"{self.organisation.name}{Role(self.role).label}"
        return ValidationError(f"{self.user.name}自 {self.since} 起任{office}已经登记，不必再办。", code="unique")


class PasswordReset(models.Model):
    """口令重设：asked for by the system administrator, approved by the security administrator, never by one alone."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    user = models.ForeignKey(User, verbose_name="账号", on_delete=models.PROTECT, related_name="resets")
    state = models.CharField("状态", max_length=12, choices=[(s.value, LABELS[s]) for s in State])
    reason = models.CharField("理由", max_length=300)
    requested_by = models.ForeignKey(User, verbose_name="申请人", on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField("申请时间")
    expires_at = models.DateTimeField("申请有效至")
    decided_by = models.ForeignKey(User, verbose_name="决定人", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("决定时间", null=True)
    decision_reason = models.CharField("决定理由", max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(state="requested"), name="reset_one_open_request"),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "declined"]) | ~Q(requested_by=F("decided_by")),
                name="reset_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(user=F("decided_by")) & ~Q(user=F("requested_by")), name="reset_not_by_the_account_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}·{State(self.state)}"


class RolePolicy(models.Model):
    """角色要求：what a role must have to work here; a row only for what the security administrator has set."""

    role = models.CharField("角色", max_length=20, unique=True, choices=[(r.value, r.label) for r in Role])
    second_factor = models.BooleanField("须有第二验证", default=False)
    set_by = models.ForeignKey(User, verbose_name="设定人", null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField("设定时间")

    def __str__(self) -> str:
        return f"{self.role}:{self.second_factor}"


class SecondFactor(models.Model):
    """第二验证：the secret shared with somebody's authenticator, sealed; ``last_step`` makes each code good once."""

    user = models.OneToOneField(User, verbose_name="账号", on_delete=models.PROTECT, related_name="second_factor")
    sealed = models.BinaryField("密封的密钥")
    confirmed_at = models.DateTimeField("启用时间", null=True)
    last_step = models.BigIntegerField(default=-1)
    failures = models.PositiveSmallIntegerField("连续错误次数", default=0)
    failed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id}"


class RecoveryCode(models.Model):
    """恢复码：good once, kept as a keyed hash."""

    factor = models.ForeignKey(SecondFactor, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.factor_id}"
