from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from tests.cast import Court
from tests.conftest import client_of, court, now
from tianping.foundation.jobs import registry, running, services
from tianping.foundation.jobs.models import Job
from tianping.foundation.jobs.registry import MAX_ATTEMPTS, Work

__all__ = ["client_of", "court", "killed", "kinds", "now", "run", "submit"]
OWNER, OTHER, ADMIN, OTHER_COURT = "许清嘉", "周既明", "系统甲", "陶思源"
Submit = Callable[..., Job]


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """登记册只在本测试内有效。"""
    own: dict[str, Any] = dict(registry._kinds)
    monkeypatch.setattr(registry, "_kinds", own)
    return own


@pytest.fixture
def submit(court: Court, kinds: dict[str, Any]) -> Submit:
    """提交一项任务：submit(work, by=…, **arguments) registers the function and enqueues it."""

    def enqueue(work: Work, *, by: str = OWNER, max_attempts: int = MAX_ATTEMPTS, **arguments: Any) -> Job:
        kinds.pop("test", None)
        registry.job("test", title="测试任务", max_attempts=max_attempts)(work)
        return services.job_enqueue(
            kind="test", title="导入贺兰山案件表", arguments=arguments, by=court.viewer(by), at=court.now
        )

    return enqueue


@pytest.fixture
def run() -> Callable[..., Job]:
    """由运行者跑一次：draws the job's ticket as the package's worker does."""

    def draw(job: Job, worker: str = "w-1") -> Job:
        job.refresh_from_db()
        DBTaskResult.objects.get(pk=job.ticket).claim(worker)
        running.run(job.public_id, ticket=str(job.ticket), worker=worker)
        DBTaskResult.objects.get(pk=job.ticket).set_successful(None)
        job.refresh_from_db()
        return job

    return draw


@pytest.fixture
def killed(court: Court) -> Iterator[Callable[..., Job]]:
    """跑到一半被杀：drawn and started, and then nothing more is ever heard of its worker."""

    def kill(job: Job, worker: str = "w-1", after: timedelta = timedelta(0)) -> Job:
        job.refresh_from_db()
        DBTaskResult.objects.get(pk=job.ticket).claim(worker)
        DBTaskResult.objects.filter(pk=job.ticket).update(started_at=court.now + after)
        services.job_start(public_id=job.public_id, ticket=str(job.ticket), worker=worker, at=court.now + after)
        job.refresh_from_db()
        return job

    yield kill


def nothing(progress: Any) -> None:
    """A job that does nothing."""
