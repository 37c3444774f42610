"""号条：the rows of django-tasks-db, one for each job; all that this program knows of that table stands here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django_tasks_db.models import DBTaskResult

from tianping.foundation.jobs.tasks import run_job

READY, RUNNING = "READY", "RUNNING"


def issue(public_id: str, queue: str) -> UUID:
    """发号：in the transaction of the caller, so that a job and its ticket exist together or not at all."""
    return UUID(str(run_job.using(queue_name=queue).enqueue(public_id).id))


def ready_again(tickets: Iterable[UUID]) -> int:
    """重新待取：whichever way its last run ended. A ticket whose job has ended is drawn once more and thrown away."""
    found = DBTaskResult.objects.filter(pk__in=list(tickets)).exclude(status=READY)
    return found.update(status=READY, started_at=None, finished_at=None)


def discard(tickets: Iterable[UUID]) -> int:
    """销号条：of jobs that are removed."""
    return int(DBTaskResult.objects.filter(pk__in=list(tickets)).delete()[0])


def drawn_by(worker: str) -> list[UUID]:
    """某运行者手里的号条：those it drew last."""
    rows = DBTaskResult.objects.filter(status=RUNNING).values_list("pk", "worker_ids")
    return [pk for pk, workers in rows if workers and workers[-1] == worker]


def drawn_before(moment: datetime) -> list[UUID]:
    return list(DBTaskResult.objects.filter(status=RUNNING, started_at__lt=moment).values_list("pk", flat=True))


def not_waiting(tickets: Iterable[UUID]) -> list[UUID]:
    """其中已用过的：neither ready nor drawn."""
    found = DBTaskResult.objects.filter(pk__in=list(tickets)).exclude(status__in=[READY, RUNNING])
    return list(found.values_list("pk", flat=True))
