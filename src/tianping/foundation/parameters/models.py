"""本院参数的值、放假安排。"""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from tianping.foundation.accounts.models import Organisation, User, public_id
from tianping.foundation.accounts.roles import CONTENT_ROLES, Role
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.parameters.states import LABELS, State


class LocalValueQuerySet(models.QuerySet["LocalValue"]):
    def visible_to(self, viewer: Viewer) -> LocalValueQuerySet:
        """本院的人都可看：a number that binds people is open to them; another court's is not."""
        here = Q(pk__in=[])
        for path in viewer.paths(*CONTENT_ROLES):
            above = [int(step) for step in path.strip("/").split("/")]
            here |= Q(court__path__startswith=path) | Q(court_id__in=above)
        return self.filter(here)

    def approved(self) -> LocalValueQuerySet:
        return self.filter(state=State.APPROVED)


class LocalValue(models.Model):
    """本院定的值：without ``value`` it goes back to the national one. Never edited once proposed; only decided."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    court = models.ForeignKey(Organisation, verbose_name="法院", on_delete=models.PROTECT, related_name="+")
    code = models.CharField("参数", max_length=80)
    value = models.DecimalField("值", max_digits=14, decimal_places=2, null=True, blank=True)
    basis = models.CharField("依据", max_length=200)
    since = models.DateField("起")
    state = models.CharField("状态", max_length=12, choices=[(s.value, LABELS[s]) for s in State])
    proposed_by = models.ForeignKey(User, verbose_name="提出人", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    decided_by = models.ForeignKey(
        User, verbose_name="批准人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("批准时间", null=True, blank=True)
    reason = models.CharField("批注", max_length=300, blank=True)

    objects = LocalValueQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["court", "code"], condition=Q(state="proposed"), name="parameter_one_open_proposal"
            ),
            models.UniqueConstraint(
                fields=["court", "code", "since"], condition=Q(state="approved"), name="parameter_one_value_from_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "declined"])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="parameter_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.value} {self.since}"

    @property
    def number(self) -> int | Decimal | None:
        """A whole number where it is one: 「5 个工作日」, never 「5.00」."""
        if self.value is None:
            return None
        return int(self.value) if self.value == self.value.to_integral_value() else self.value

    def roles_of(self, viewer: Viewer) -> frozenset[str]:
        roles = set()
        if viewer.holds_over(self.court.path, Role.TRIAL_OFFICE):
            roles.add("office")
        if viewer.holds_over(self.court.path, Role.LEADER) and viewer.user_id != self.proposed_by_id:
            roles.add("approver")
        return frozenset(roles)


class HolidayNotice(models.Model):
    """一年的放假安排：of the imports of a year the last holds; the earlier ones stay."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    court = models.ForeignKey(Organisation, verbose_name="法院", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    file_name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    imported_by = models.ForeignKey(User, verbose_name="导入人", null=True, on_delete=models.PROTECT, related_name="+")
    imported_by_name = models.CharField("导入人姓名", max_length=50)
    imported_at = models.DateTimeField("导入时间")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["court", "year"], name="holiday_notice_court_year")]

    def __str__(self) -> str:
        return f"{self.year} {self.file_name}"


class HolidayDay(models.Model):
    """放假或上班的一天。"""

    notice = models.ForeignKey(HolidayNotice, on_delete=models.PROTECT, related_name="days")
    day = models.DateField("日期")
    kind = models.CharField("安排", max_length=2, choices=[("放假", "放假"), ("上班", "上班")])
    name = models.CharField("节日", max_length=20)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["notice", "day"], name="holiday_day_once_in_a_notice")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"
