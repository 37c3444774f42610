"""导入、列的对应、各批变动。"""

from __future__ import annotations

import zlib

from django.db import models
from django.db.models import Q

from tianping.foundation.accounts.models import Organisation, User, public_id
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer, within
from tianping.foundation.imports.states import LABELS, State
from tianping.foundation.jobs.models import Job


class ImportMapping(models.Model):
    """列的对应：which heading of a source is which field, as somebody last said; the next table finds it again."""

    court = models.ForeignKey(Organisation, verbose_name="法院", on_delete=models.PROTECT, related_name="+")
    schema = models.CharField("表式", max_length=40)
    source = models.CharField("来源系统", max_length=60)
    columns = models.JSONField("表头对应的字段", default=dict, blank=True)
    set_by = models.ForeignKey(User, verbose_name="设定人", null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField("设定时间")

    class Meta:
        ordering = ["court", "schema", "source"]
        constraints = [
            models.UniqueConstraint(fields=["court", "schema", "source"], name="import_mapping_once_for_a_source")
        ]

    def __str__(self) -> str:
        return f"{self.source}（{self.schema}）"


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, viewer: Viewer) -> ImportQuerySet:
        """导入可见：the trial office that keeps the court's tables, whoever of it sent the file."""
        return self.filter(within(viewer.paths(Role.TRIAL_OFFICE), "court__path"))


class Import(models.Model):
    """一次导入：``columns``, ``counts`` and ``refusals`` are of the last trial, or of the writing once written."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    court = models.ForeignKey(Organisation, verbose_name="法院", on_delete=models.PROTECT, related_name="+")
    schema = models.CharField("表式", max_length=40)
    source = models.CharField("来源系统", max_length=60)
    file_name = models.CharField("文件名", max_length=150)
    sha256 = models.CharField("文件哈希", max_length=64)
    size = models.PositiveIntegerField("字节数")
    state = models.CharField("状态", max_length=10, choices=[(s.value, LABELS[s]) for s in State])
    headers = models.JSONField("表头", default=list, blank=True)
    samples = models.JSONField("前几行", default=list, blank=True)
    columns = models.JSONField("表头对应的字段", default=dict, blank=True)
    job = models.ForeignKey(
        Job, verbose_name="任务", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    counts = models.JSONField("件数", default=dict, blank=True)
    summary = models.CharField("结果", max_length=300, blank=True)
    notes = models.JSONField("附带说明", default=list, blank=True)
    refusals = models.JSONField("被拒的格（前一百处）", default=list, blank=True)
    refused_cells = models.PositiveIntegerField("被拒格数", default=0)
    refused_rows = models.PositiveIntegerField("被拒行数", default=0)
    only_valid = models.BooleanField("只写入合格的行", default=False)
    received_by = models.ForeignKey(
        User, verbose_name="上传人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField("上传时间")
    expires_at = models.DateTimeField("文件保留至")
    written_at = models.DateTimeField("写入时间", null=True, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["written", "undone"]) | Q(written_at__isnull=False),
                name="import_written_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    def roles_of(self, viewer: Viewer) -> frozenset[str]:
        """与导入的关系。"""
        if viewer.is_system:
            return frozenset({"system"})
        return frozenset({"office"}) if viewer.holds_over(self.court.path, Role.TRIAL_OFFICE) else frozenset()


class ImportBatch(models.Model):
    """一批变动：what each record was before and became, so that it can be undone; the chain holds its digest."""

    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="batches")
    digest = models.CharField("摘要", max_length=64)
    packed = models.BinaryField("变动")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.source_id} {self.digest[:12]}"

    @property
    def words(self) -> str:
        return zlib.decompress(self.packed).decode()
