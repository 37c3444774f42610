"""随篇幅增长：time that grows as the text does, told apart from time that grows as its square, on any machine."""

from __future__ import annotations

import time
from collections.abc import Callable

TRIES = 5


def grows_with_length(work: Callable[[int], object], short: int, long: int) -> bool:
    """``work`` done on ``long`` takes at most some three times its share of the time on ``short``.

    Processor time, in seconds. A machine busy with other work may slow one try; what is quadratic fails every one.
    """

    def seconds(length: int) -> float:
        started = time.process_time()
        work(length)
        return time.process_time() - started

    work(short)  # what is compiled or read once is now
    return any(seconds(long) < 0.05 + 3.3 * long / short * seconds(short) for _ in range(TRIES))
