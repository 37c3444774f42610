"""运行者：the package's worker under a fixed id, with a pulse beside it and, unless it only drains, the schedule."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Event, Thread

from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections, connections
from django.utils import timezone

from tianping.foundation.jobs import running, schedule, services

logger = logging.getLogger(__name__)


def work(*, worker: str, queues: str = "*", batch: bool = False, interval: float = 1.0) -> None:
    """取号、运行，直到被叫停；``batch`` ends when the queue is empty. SIGTERM waits for the job that runs."""
    now = timezone.now()
    found = services.reap(now, worker=worker)
    if found.jobs or found.tickets:
        logger.warning("运行者 %s 上次没有正常结束：%s", worker, found)
    with ExitStack() as beside:
        beside.enter_context(_repeating(settings.JOB_PULSE_SECONDS, running.beat))
        if batch:
            schedule.run_due(now, worker=worker)
        else:
            beside.enter_context(
                _repeating(settings.JOB_PULSE_SECONDS, lambda: schedule.run_due(timezone.now(), worker=worker))
            )
        call_command(
            "db_worker",
            worker_id=worker,
            queue_name=queues,
            batch=batch,
            interval=interval,
            reload=False,
            startup_delay=False,
            verbosity=1,
        )


@contextmanager
def _repeating(seconds: float, do: Callable[[], object]) -> Iterator[None]:
    """每隔几秒：in a thread of its own, at once and then again and again; it ends what it is doing before it stops.

    The pulse and the schedule are two threads: a slow turn of the loop must not make a living job look dead.
    """
    enough = Event()

    def again() -> None:
        try:
            while not enough.is_set():
                close_old_connections()
                try:
                    do()
                except Exception:
                    logger.exception("后台一圈没有走完，%s 秒后再走", seconds)
                enough.wait(seconds)
        finally:
            connections.close_all()

    thread = Thread(target=again, daemon=True)
    thread.start()
    try:
        yield
    finally:
        enough.set()
        thread.join(timeout=60)
