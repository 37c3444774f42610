"""进展：what a running job says of itself, and how it learns that it should stop."""

from __future__ import annotations

import logging
import time
from threading import Lock

from django.db import OperationalError, connection
from django.utils import timezone

from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.jobs import services
from tianping.foundation.jobs.models import Job

logger = logging.getLogger(__name__)
EVERY = 1.0  # 秒


class Cancelled(Exception):
    """按要求停下：raised at a step after the owner asked; let it pass, what is half done rolls back with it."""


class JobFailed(Exception):
    """办不成：with the sentence its owner reads — place, fault, reason, way out."""


class Progress:
    """一次运行：``by`` is the owner as of today, for the services the job calls; the system where nobody owns it.

    ``step`` may be called for every row and inside a transaction: at most once a second it writes, and never inside a
    transaction, where nobody could see it and SQLite could not write beside it. The worker's own pulse, on a
    connection of its own, writes the same words and keeps a job alive that is long between two steps.
    """

    def __init__(self, job: Job, by: Viewer) -> None:
        self.job_id, self.public_id, self.attempt, self.by = job.pk, job.public_id, job.attempts, by
        self.done, self.total, self.message = 0, job.total, ""
        self._written = time.monotonic()
        self._cancelled = self._superseded = False
        self._writing = Lock()

    def step(self, done: int, total: int | None = None, message: str = "") -> None:
        """走到哪了：raises ``Cancelled`` where the owner asked to stop."""
        self.done, self.total = done, self.total if total is None else total
        self.message = message[:200] or self.message
        if time.monotonic() - self._written >= EVERY and not connection.in_atomic_block:
            self.beat()
        if self._superseded:
            raise services.Superseded
        if self._cancelled:
            raise Cancelled

    def beat(self) -> None:
        """心跳：from the job's own steps and from the pulse. A busy database is no reason to fail."""
        with self._writing:
            self._written = time.monotonic()
            try:
                self._cancelled |= services.job_beat(
                    job_id=self.job_id,
                    attempt=self.attempt,
                    done=self.done,
                    total=self.total,
                    message=self.message,
                    at=timezone.now(),
                )
            except services.Superseded:
                self._superseded = True
            except OperationalError:
                logger.warning("任务 %s 这一次心跳没有写成，稍后再写", self.public_id)
