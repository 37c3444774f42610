"""进度：one line on a terminal's error stream, rewritten in place; nothing at all where nobody looks."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

FROM = 20  # below it the work is done before a line can be read
EVERY = 0.1  # seconds


class Progress:
    """进度行：``检查 120/3,000（4%），约余 2 分 10 秒``."""

    def __init__(self, talk: TextIO, total: int, unit: str = "份", clock: Callable[[], float] = time.monotonic) -> None:
        self._talk, self._total, self._unit, self._clock = talk, total, unit, clock
        self._shows = talk.isatty() and total >= FROM
        self._began = self._told = clock()
        self._done = 0

    def step(self, number: int = 1) -> None:
        self._done += number
        now = self._clock()
        if self._shows and (now - self._told >= EVERY or self._done == 1):
            self._told = now
            share = self._done * 100 // self._total
            left = (now - self._began) / self._done * (self._total - self._done)
            self._talk.write(f"\r检查 {self._done:,}/{self._total:,} {self._unit}（{share}%），{_left(left)}\x1b[K")
            self._talk.flush()

    def clear(self) -> None:
        """Before anything else is told on the same stream."""
        if self._shows:
            self._talk.write("\r\x1b[K")
            self._talk.flush()


def _left(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"约余 {whole} 秒"
    if whole < 3600:
        return f"约余 {whole // 60} 分 {whole % 60} 秒"
    return f"约余 {whole // 3600} 小时 {whole % 3600 // 60} 分"
