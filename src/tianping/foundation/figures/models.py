"""快照。"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from tianping.foundation.accounts.models import Organisation, User, public_id
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer, within

OVER = (Role.LEADER, Role.TRIAL_OFFICE, Role.INSPECTOR, Role.HEAD)


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def visible_to(self, viewer: Viewer) -> SnapshotQuerySet:
        """快照可见：whoever holds an office over the branch it was taken of, who may see all its cases."""
        return self.filter(within(viewer.paths(*OVER)))


class Snapshot(models.Model):
    """快照：a figure as it was when somebody took it — value, boundary, and each record with its fields as then.

    ``records`` is compressed canonical JSON: a list of [public id, field, …] in the order of the ids. Nothing of a
    snapshot is ever changed; ``hash`` covers everything else of it.
    """

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    code = models.CharField("代码", max_length=60)
    version = models.PositiveSmallIntegerField("版本")
    name = models.CharField("名称", max_length=40)
    definition = models.TextField("定义")
    unit = models.CharField("单位", max_length=10)
    organisation = models.ForeignKey(Organisation, verbose_name="范围", on_delete=models.PROTECT, related_name="+")
    since = models.DateField("起")
    until = models.DateField("止")
    kind = models.CharField("类别", max_length=20, blank=True)
    numerator = models.PositiveIntegerField("数值")
    denominator = models.PositiveIntegerField("分母", null=True)
    columns = models.TextField("列")
    records = models.BinaryField("记录")
    records_hash = models.CharField("记录哈希", max_length=64)
    taken_by = models.ForeignKey(User, verbose_name="取数人", on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField("取数时间")
    algorithm = models.CharField("算法", max_length=10)
    hash = models.CharField("哈希", max_length=64)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="snapshot_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.name}（{self.taken_at:%Y-%m-%d}）"

    def frozen(self) -> dict[str, Any]:
        """What the hash covers: every field but the hash itself, the records by their own hash."""
        plain: dict[str, Any] = {
            field.attname: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if field.attname not in ("id", "hash", "records")
        }
        assert isinstance(plain["since"], date) and isinstance(plain["taken_at"], datetime)
        return plain
