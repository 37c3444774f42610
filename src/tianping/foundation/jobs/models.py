"""后台任务及其经过；定时工作的末次运行。"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tianping.foundation.accounts.models import Organisation, User, public_id
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer, within
from tianping.foundation.jobs.states import LABELS, State
from tianping.foundation.steps import Step


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, viewer: Viewer) -> JobQuerySet:
        """任务可见：its owner alone; what it works on may be nobody else's business."""
        return self.none() if viewer.user_id is None else self.filter(owner_id=viewer.user_id)

    def operated_by(self, viewer: Viewer) -> JobQuerySet:
        """运行情况可见：the system administrator's branch and the system's own jobs — for ``OPERATION_FIELDS`` only."""
        if not viewer.holds(Role.SYSTEM_ADMIN):
            return self.none()
        return self.filter(within(viewer.paths(Role.SYSTEM_ADMIN), "court__path") | Q(court__isnull=True))


OPERATION_FIELDS = (
    "public_id",
    "kind",
    "state",
    "enqueued_at",
    "started_at",
    "finished_at",
    "heartbeat_at",
    "attempts",
    "worker",
)
"""运行情况：what the system administrator may read of a job; no title, arguments, message, failure or result."""


class Job(models.Model):
    """后台任务：``attempts`` only grows, so that it also tells one run from the run that replaced it."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    kind = models.CharField("种类", max_length=40)
    title = models.CharField("任务", max_length=120)
    owner = models.ForeignKey(
        User, verbose_name="提交人", null=True, blank=True, on_delete=models.PROTECT, related_name="jobs"
    )
    court = models.ForeignKey(
        Organisation, verbose_name="法院", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    arguments = models.JSONField("参数", default=dict, blank=True)
    state = models.CharField("状态", max_length=10, choices=[(s.value, LABELS[s]) for s in State])
    done = models.PositiveIntegerField("已办", default=0)
    total = models.PositiveIntegerField("共", null=True, blank=True)
    message = models.CharField("进展", max_length=200, blank=True)
    cancel_requested = models.BooleanField("已要求取消", default=False)
    attempts = models.PositiveSmallIntegerField("已运行次数", default=0)
    max_attempts = models.PositiveSmallIntegerField("至多运行次数")
    ticket = models.UUIDField("号条", unique=True)
    worker = models.CharField("运行者", max_length=64, blank=True)
    heartbeat_at = models.DateTimeField("心跳", null=True, blank=True)
    enqueued_at = models.DateTimeField("提交时间")
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    failure = models.CharField("未办成的原因", max_length=300, blank=True)
    result = models.JSONField("结果", default=dict, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="running")
                | (Q(heartbeat_at__isnull=False, started_at__isnull=False) & ~Q(worker="")),
                name="job_running_has_worker_and_heartbeat",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(failure=""), name="job_failed_says_why"),
        ]
        indexes = [models.Index(fields=["state", "heartbeat_at"], name="job_state_heartbeat")]

    def __str__(self) -> str:
        return self.title

    def roles_of(self, viewer: Viewer) -> frozenset[str]:
        """与任务的关系。"""
        if viewer.is_system:
            return frozenset({"system"})
        return frozenset({"owner"}) if viewer.user_id == self.owner_id else frozenset()


class JobStep(Step):
    """任务经过。"""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="steps")


class ScheduledWork(models.Model):
    """定时工作的末次运行：``slot`` is the minute or day last done; a claim keeps two workers from doing it at once."""

    name = models.CharField("工作", max_length=40, primary_key=True)
    slot = models.CharField("末次时段", max_length=20, blank=True)
    done_at = models.DateTimeField("末次完成", null=True, blank=True)
    note = models.CharField("末次结果", max_length=200, blank=True)
    failed_at = models.DateTimeField("末次出错", null=True, blank=True)
    claimed_by = models.CharField("正由谁办", max_length=64, blank=True)
    claimed_at = models.DateTimeField("何时着手", null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} {self.slot}"
