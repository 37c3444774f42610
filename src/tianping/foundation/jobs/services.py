"""后台任务的动作：enqueue, cancel and retry are a person's; start, beat, finish and reap are the worker's."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tianping.foundation.accounts.models import Organisation, OrganisationKind
from tianping.foundation.accounts.viewer import Viewer, system
from tianping.foundation.audit import services as audit
from tianping.foundation.jobs import tickets
from tianping.foundation.jobs.models import Job, JobStep
from tianping.foundation.jobs.registry import kind_of
from tianping.foundation.jobs.states import MOVES, State
from tianping.foundation.moves import MoveRefused, next_state

LABELS = {move.name: move.label for move in MOVES}
ASKED_ALREADY = "已要求取消，任务在办完手头一步后停下。请稍候刷新。"
KILLED = "运行中断了 {times} 次（运行它的进程没有办完就消失了），已不再自动重来。请点“重试”；再不成，请告诉系统管理员。"


class Superseded(Exception):
    """已被接替：the run was taken for dead and the job given to another; whoever sees this must stop quietly."""


def _system(at: datetime) -> Viewer:
    return system("后台任务", on=timezone.localdate(at))


def _move(job: Job, move: str, *, by: Viewer, at: datetime, text: str = "", **changed: Any) -> Job:
    """一步：the state, what comes with it, the timeline and the audit row. ``job`` is locked by the caller."""
    job.state = next_state(MOVES, State(job.state), move, job.roles_of(by))
    for field, value in changed.items():
        setattr(job, field, value)
    job.save()
    JobStep.take(by=by, at=at, move=move, label=LABELS[move], text=text, job=job)
    audit.write(f"jobs.job.{move}", on=job, by=by, at=at, kind=job.kind, attempts=job.attempts)
    return job


@transaction.atomic
def job_enqueue(*, kind: str, title: str, arguments: dict[str, Any], by: Viewer, at: datetime) -> Job:
    """提交：the job and its ticket in the caller's transaction. ``arguments`` must be JSON: ids, not records."""
    registered = kind_of(kind)
    if json.loads(json.dumps(arguments)) != arguments:
        raise TypeError(f"任务 {kind} 的参数存入后会变样：只能用字符串、数、真假、空、列表和以字符串为键的字典。")
    job = Job(
        kind=kind,
        title=title,
        owner_id=by.user_id,
        court=_court_of(by),
        arguments=arguments,
        state=State.QUEUED,
        max_attempts=registered.max_attempts,
        enqueued_at=at,
    )
    job.ticket = tickets.issue(job.public_id, registered.queue)
    job.full_clean()
    job.save()
    JobStep.take(by=by, at=at, move="enqueue", label="提交", job=job)
    audit.write("jobs.job.enqueue", on=job, by=by, at=at, kind=kind)
    return job


def _court_of(by: Viewer) -> Organisation | None:
    """提交人所在法院：the nearest court above the first of the standings."""
    if not by.standings:
        return None
    above = [int(number) for number in by.standings[0].path.strip("/").split("/")]
    courts = Organisation.objects.filter(pk__in=above, kind=OrganisationKind.COURT)
    return courts.order_by("-path").first() or Organisation.objects.get(pk=above[-1])


@transaction.atomic
def job_cancel(*, job_id: int, by: Viewer, at: datetime) -> Job:
    """取消：one that waits ends at once; one that runs is asked to, and ends at its next step."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state == State.RUNNING and job.cancel_requested:
        raise MoveRefused("cancel", State.RUNNING, ASKED_ALREADY)
    ended = at if job.state == State.QUEUED else None
    return _move(job, "cancel", by=by, at=at, cancel_requested=True, finished_at=ended)


@transaction.atomic
def job_retry(*, job_id: int, by: Viewer, at: datetime) -> Job:
    """重试：from the beginning, with as many runs again; a new ticket, since the old one may still be in a hand."""
    job = Job.objects.select_for_update().get(pk=job_id)
    registered = kind_of(job.kind)
    return _move(
        job,
        "retry",
        by=by,
        at=at,
        cancel_requested=False,
        max_attempts=job.attempts + registered.max_attempts,
        ticket=tickets.issue(job.public_id, registered.queue),
        done=0,
        total=None,
        message="",
        failure="",
        finished_at=None,
    )


@transaction.atomic
def job_start(*, public_id: str, ticket: str, worker: str, at: datetime) -> Job | None:
    """开始：None where this ticket is no longer the job's, or the job does not wait (cancelled, done, taken)."""
    job = Job.objects.select_for_update().filter(public_id=public_id, ticket=ticket, state=State.QUEUED).first()
    if job is None:
        return None
    return _move(
        job, "start", by=_system(at), at=at, worker=worker, attempts=job.attempts + 1, started_at=at, heartbeat_at=at
    )


def job_beat(*, job_id: int, attempt: int, done: int, total: int | None, message: str, at: datetime) -> bool:
    """心跳：says that this run lives and how far it is. True where its owner wants it stopped."""
    mine = Job.objects.filter(pk=job_id, attempts=attempt, state=State.RUNNING)
    if not mine.update(heartbeat_at=at, done=done, total=total, message=message):
        raise Superseded
    return mine.filter(cancel_requested=True).exists()


@transaction.atomic
def job_finish(*, job_id: int, attempt: int, move: str, at: datetime, text: str = "", **changed: Any) -> Job:
    """结束：succeed, fail or stop — by the run that the job still belongs to."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state != State.RUNNING or job.attempts != attempt:
        raise Superseded
    return _move(job, move, by=_system(at), at=at, text=text, finished_at=at, **changed)


@dataclass(frozen=True, slots=True)
class Reaped:
    """收回：how many jobs were found without a living worker, and how many tickets were put right."""

    jobs: int
    tickets: int

    def __str__(self) -> str:
        return f"收回中断的任务 {self.jobs} 项，理顺排队记录 {self.tickets} 条"


def reap(at: datetime, *, worker: str = "") -> Reaped:
    """收回：jobs whose worker has been silent too long, and what lies between a ticket and its job after a kill.

    A worker that starts under its own fixed id names it: whatever runs under that id is dead, however fresh its heart.
    """
    silent_since = at - timedelta(seconds=settings.JOB_SILENCE_SECONDS)
    running = Job.objects.filter(state=State.RUNNING)
    dead = running.filter(worker=worker) if worker else running.filter(heartbeat_at__lt=silent_since)
    jobs = sum(_interrupted(pk, silent_since, worker, at) for pk in list(dead.values_list("pk", flat=True)))
    with transaction.atomic():
        return Reaped(jobs, _tickets_put_right(silent_since, worker))


@transaction.atomic
def _interrupted(job_id: int, silent_since: datetime, worker: str, at: datetime) -> bool:
    """中断：back into the queue; or stopped, where that was wanted; or failed, where it has run often enough."""
    job = Job.objects.select_for_update().get(pk=job_id)
    alive = job.worker != worker if worker else (job.heartbeat_at or at) >= silent_since
    if job.state != State.RUNNING or alive:
        return False
    tickets.ready_again([job.ticket])
    if job.cancel_requested:
        _move(job, "stop", by=_system(at), at=at, finished_at=at)
    elif job.attempts < job.max_attempts:
        _move(job, "requeue", by=_system(at), at=at, text=f"第 {job.attempts} 次运行中断", worker="")
    else:
        failure = KILLED.format(times=job.attempts)
        _move(job, "fail", by=_system(at), at=at, text=failure, failure=failure, finished_at=at)
    return True


def _tickets_put_right(silent_since: datetime, worker: str) -> int:
    """A kill between drawing a ticket and starting its job, or between ending a job and handing its ticket in."""
    drawn = tickets.drawn_by(worker) if worker else tickets.drawn_before(silent_since)
    at_work = set(Job.objects.filter(ticket__in=drawn, state=State.RUNNING).values_list("ticket", flat=True))
    # A worker taken for dead that was only slow may hand in the ticket of the job that waits again.
    waiting = Job.objects.filter(state=State.QUEUED).values_list("ticket", flat=True)
    return tickets.ready_again({*drawn, *tickets.not_waiting(waiting)} - at_work)
