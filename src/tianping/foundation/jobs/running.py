"""运行：one run of one job by this process, from start to end."""

from __future__ import annotations

import logging

from django.utils import timezone

from tianping.foundation.accounts.viewer import Viewer, system, viewer_of
from tianping.foundation.jobs import services
from tianping.foundation.jobs.models import Job
from tianping.foundation.jobs.progress import Cancelled, JobFailed, Progress
from tianping.foundation.jobs.registry import UnknownKind, kind_of

logger = logging.getLogger(__name__)
UNEXPECTED = "程序出错，没有办完；已办的部分重试时不会重复。请点“重试”，再不成，请把任务编号 {} 告诉系统管理员。"
UNKNOWN = "本版本没有这一类任务，可能是升级前提交的。请重新提交，不要重试。"
_at_work: dict[int, Progress] = {}


def run(public_id: str, *, ticket: str, worker: str) -> None:
    """凭号条运行：nothing where the job does not wait under this ticket."""
    job = services.job_start(public_id=public_id, ticket=ticket, worker=worker, at=timezone.now())
    if job is None:
        return
    progress = Progress(job, _owner(job))
    _at_work[job.pk] = progress
    try:
        _work(job, progress)
    except services.Superseded:
        logger.warning("任务 %s 的第 %s 次运行已被接替，就此停下", public_id, job.attempts)
    finally:
        del _at_work[job.pk]


def beat() -> None:
    """报平安：for whatever this process is running; called from the worker's pulse."""
    for progress in tuple(_at_work.values()):
        progress.beat()


def _owner(job: Job) -> Viewer:
    on = timezone.localdate()
    return viewer_of(job.owner, on=on, origin="后台任务") if job.owner else system("后台任务", on=on)


def _work(job: Job, progress: Progress) -> None:
    def finish(move: str, text: str = "", **changed: object) -> None:
        services.job_finish(
            job_id=job.pk,
            attempt=job.attempts,
            move=move,
            at=timezone.now(),
            text=text,
            done=progress.done,
            total=progress.total,
            message=progress.message,
            **changed,
        )

    try:
        result = kind_of(job.kind).work(progress, **job.arguments)
    except services.Superseded:
        raise
    except Cancelled:
        finish("stop")
    except JobFailed as said:
        finish("fail", str(said)[:300], failure=str(said)[:300])
    except UnknownKind:
        finish("fail", UNKNOWN, failure=UNKNOWN)
    except Exception:
        # The log gets where it happened; the owner gets a sentence, since a trace may hold what others may not read.
        logger.exception("任务 %s（%s）出错", job.public_id, job.kind)
        sentence = UNEXPECTED.format(job.public_id)
        finish("fail", sentence, failure=sentence)
    else:
        finish("succeed", result=result or {})
