from __future__ import annotations

import time

from tests.jobs_probe.models import Effect, Run
from tianping.foundation.jobs.progress import Progress
from tianping.foundation.jobs.registry import job


@job("probe_slow", title="慢探针", queue="batch", max_attempts=1000)
@job("probe", title="探针", max_attempts=1000)
def probe(progress: Progress, *, key: str, pause: float, steps: int = 4) -> dict[str, str]:
    """The effect stands in the middle, so that kills fall before and after it. Killed as often as it likes."""
    Run.objects.create(key=key)
    for number in range(steps):
        progress.step(number, steps, "探针走步")
        time.sleep(pause)
        if number == steps // 2:
            Effect.objects.get_or_create(key=key)
    progress.step(steps, steps)
    return {"探针": key}


@job("probe_nothing", title="空探针", queue="batch")
def nothing(progress: Progress) -> None:
    """For the bench: what a job costs that does nothing."""
