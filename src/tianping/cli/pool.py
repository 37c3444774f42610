"""多进程：files checked by several processes, their reports in the order of the files.

Processes take a few files at a time and read them themselves; whoever is free takes the next few, and files large
enough to leave the others waiting at the end are taken first. A file that kills its process (memory, a fault of a
library) is found by running what was under way alone; it becomes a fault of its own and the others are checked.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
TOGETHER = 8  # items given out at once: giving out costs about a tenth of checking a short judgment
BYTES = 100_000  # and not more than this, so that the last few take no longer than others
LARGE = 300_000  # some seconds of work
AHEAD = 3  # given out for each process: enough to keep it busy, few enough to answer Ctrl-C at once


def ordered(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    *,
    jobs: int,
    broken: Callable[[Item], Result],
    size: Callable[[Item], int] = lambda item: 0,
) -> Iterator[Result]:
    """``work`` on each item, in order; ``broken`` answers for an item whose process died, ``size`` is in bytes."""
    if jobs <= 1:
        yield from map(work, items)
        return
    parts = together(items, size)
    left = iter(sorted(range(len(parts)), key=lambda number: -max(sum(map(size, parts[number])) - LARGE, 0)))
    pool = _pool(jobs)
    under_way: dict[Future[list[Result]], int] = {}
    came: dict[int, list[Result]] = {}
    due = 0
    try:
        while due < len(parts):
            while len(under_way) < jobs * AHEAD and (number := next(left, None)) is not None:
                under_way[_submitted(pool, work, parts[number])] = number
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            if any(isinstance(future.exception(), BrokenProcessPool) for future in done):
                pool.shutdown(wait=False, cancel_futures=True)
                came |= {number: _saved(future, work, parts[number], broken) for future, number in under_way.items()}
                under_way.clear()
                pool = _pool(jobs)
            else:
                came |= {under_way.pop(future): future.result() for future in done}
            while due in came:
                yield from came.pop(due)
                due += 1
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def together(items: Sequence[Item], size: Callable[[Item], int]) -> list[list[Item]]:
    """每次领取的几份, in order: ``TOGETHER`` at most, fewer where they are long."""
    parts: list[list[Item]] = []
    held = 0
    for item in items:
        if not parts or len(parts[-1]) == TOGETHER or held + size(item) > BYTES:
            parts.append([])
            held = 0
        parts[-1].append(item)
        held += size(item)
    return parts


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Forked where that is safe: a process then has everything loaded that we have."""
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("fork" if sys.platform == "linux" else None))


def _each(work: Callable[[Item], Result], items: list[Item]) -> list[Result]:
    return [work(item) for item in items]


def _submitted(pool: ProcessPoolExecutor, work: Callable[[Item], Result], items: list[Item]) -> Future[list[Result]]:
    """A pool found broken only now refuses at once; the items then wait for their turn alone like the others."""
    try:
        return pool.submit(_each, work, items)
    except BrokenProcessPool as error:
        refused: Future[list[Result]] = Future()
        refused.set_exception(error)
        return refused


def _saved(
    future: Future[list[Result]], work: Callable[[Item], Result], items: list[Item], broken: Callable[[Item], Result]
) -> list[Result]:
    """What came back before the pool broke, else the items alone: together, and if that kills again, one by one."""
    if future.done() and not future.cancelled() and future.exception() is None:
        return future.result()
    found = _alone(work, items)
    if found is not None:
        return found
    if len(items) == 1:
        return [broken(items[0])]
    return [result for item in items for result in _alone(work, [item]) or [broken(item)]]


def _alone(work: Callable[[Item], Result], items: list[Item]) -> list[Result] | None:
    with _pool(1) as pool:
        try:
            return pool.submit(_each, work, items).result()
        except BrokenProcessPool:
            return None
