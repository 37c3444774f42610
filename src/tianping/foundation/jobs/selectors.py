"""关于后台任务的提问：the viewer first, always."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.jobs.models import OPERATION_FIELDS, Job, JobQuerySet, JobStep, ScheduledWork
from tianping.foundation.jobs.states import MOVES, State
from tianping.foundation.moves import Move, moves_from


def job_list(viewer: Viewer) -> JobQuerySet:
    """我的任务：the newest first."""
    return Job.objects.visible_to(viewer).order_by("-id")


def job_visible(viewer: Viewer, public_id: str) -> Job:
    return get_object_or_404(job_list(viewer), public_id=public_id)


def steps(viewer: Viewer, job: Job) -> list[JobStep]:
    """经过。"""
    return list(JobStep.objects.filter(job__in=job_list(viewer), job=job))


def moves_of(viewer: Viewer, job: Job) -> list[Move]:
    """可办的：cancel and retry, where they make sense; asking twice to stop is no move."""
    if job.state == State.RUNNING and job.cancel_requested:
        return []
    mine = job.roles_of(viewer)
    return [move for move in moves_from(MOVES, State(job.state)) if move.role in mine]


def operations(viewer: Viewer) -> QuerySet[Any, Any]:
    """运行情况：for the system administrator, rows that hold ``OPERATION_FIELDS`` and nothing else of a job."""
    return Job.objects.operated_by(viewer).order_by("-id").values_list(*OPERATION_FIELDS, named=True)


@dataclass(frozen=True, slots=True)
class LastDone:
    """定时工作的末次运行。"""

    name: str
    done_at: datetime | None
    note: str
    failed_at: datetime | None


def schedule(viewer: Viewer) -> dict[str, LastDone]:
    """定时工作：by name; nothing for whoever is not the system administrator."""
    if not viewer.holds(Role.SYSTEM_ADMIN):
        return {}
    rows = ScheduledWork.objects.values_list("name", "done_at", "note", "failed_at")
    return {name: LastDone(name, done_at, note, failed_at) for name, done_at, note, failed_at in rows}
