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
THEIRS = {  # what the package's worker says, and what is said instead; None: the command says it already
    "Starting worker worker_id=%s queues=%s": None,
    "No more tasks to run for worker_id=%s - exiting gracefully.": None,
    "Received %s - shutting down gracefully... (press Ctrl+C again to force)": "收到停止的要求，办完手头的任务就停；"
    "要立即停下，请再要求一次，手头的任务下次启动时重来。",
    "Received %s - terminating current task.": "又收到停止的要求，立即停下；手头的任务下次启动时重来。",
}


def in_our_words(record: logging.LogRecord) -> bool:
    """用我们的话：a line of the package we have no words for stays as it is."""
    said = THEIRS.get(str(record.msg), record.msg)
    if said is None:
        return False
    if said != record.msg:
        record.msg, record.args = said, ()
    return True


def work(*, worker: str, queues: str = "*", batch: bool = False, interval: float = 1.0) -> None:
    """取号、运行，直到被叫停；``batch`` ends when the queue is empty. SIGTERM waits for the job that runs."""
    now = timezone.now()
    found = services.reap(now, worker=worker)
    if found.jobs or found.tickets:
        logger.warning("运行者 %s 上次没有正常结束：%s", worker, found)
    logging.getLogger("django_tasks_db").addFilter(in_our_words)
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
