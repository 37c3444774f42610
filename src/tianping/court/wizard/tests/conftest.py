"""The cast of tests/conftest.py, and a worker that does what waits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult

from tests.conftest import client_of, court, files_home, now
from tianping.foundation.imports.models import Import
from tianping.foundation.jobs import running
from tianping.foundation.jobs.models import Job

__all__ = ["client_of", "court", "files_home", "now"]


@pytest.fixture
def work() -> Callable[[], Job]:
    """由运行者办最后提交的一项任务。"""

    def run() -> Job:
        job = Job.objects.latest("id")
        DBTaskResult.objects.get(pk=job.ticket).claim("w-1")
        running.run(job.public_id, ticket=str(job.ticket), worker="w-1")
        job.refresh_from_db()
        return job

    return run


@pytest.fixture
def upload(client_of: Callable[[str], Client], files_home: Path) -> Callable[..., Import]:
    """周既明上传一张表。"""

    def send(data: bytes, *, by: str = "周既明", name: str = "案件.xlsx", source: str = "案件系统") -> Import:
        sent = {"court": "LJ", "source": source, "file": SimpleUploadedFile(name, data)}
        answer = client_of(by).post("/cases/import/", sent)
        assert answer.status_code == 302, answer.content.decode()
        return Import.objects.latest("id")

    return send


@pytest.fixture
def named() -> Callable[[Import], dict[str, str]]:
    """对应列的表单，按系统猜定的填。"""

    def fill(found: Import) -> dict[str, str]:
        return {
            f"column_{place}": found.columns.get(header) or "-" for place, header in enumerate(found.headers) if header
        }

    return fill
