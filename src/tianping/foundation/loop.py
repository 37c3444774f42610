"""循环：state is the queue. Each stage's intake asks what the stage before has left and makes it its own.

The intakes run in the order of ``settings.LOOP`` after a commit that changed something, and again from the command.
A crash between two stages leaves the work where the next run finds it; taking twice changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


class Intake(Protocol):
    """入口：``waiting`` lists keys of what waits at ``at``; ``take`` makes one of them ours, whole and only once."""

    name: str

    def waiting(self, at: datetime) -> Iterable[int]: ...

    def take(self, key: int, at: datetime) -> bool:
        """True where something changed."""
        ...


def run(at: datetime) -> dict[str, int]:
    """走一遍：what each intake took, by its name. A record that cannot be taken stays and does not hold up the rest."""
    taken: dict[str, int] = {}
    intakes: tuple[Intake, ...] = import_string(settings.LOOP)
    for intake in intakes:
        count = 0
        for key in list(intake.waiting(at)):
            try:
                with transaction.atomic():
                    count += intake.take(key, at)
            except Exception:
                logger.exception("循环在“%s”第 %s 号记录停下；其余继续，下次再试", intake.name, key)
        taken[intake.name] = count
    return taken


def after_commit() -> None:
    """提交后走一遍：a service calls this when it leaves work for the stage after it; once a transaction is enough."""
    if not any(entry[1] is _run_now for entry in transaction.get_connection().run_on_commit):
        transaction.on_commit(_run_now, robust=True)


def _run_now() -> None:
    run(timezone.now())
