"""多进程：files checked by several processes, their reports in the order of the files.

A file that kills its process (memory, a fault of a library) is found by running those under way alone, one by one; it
becomes a fault of its own and the others are checked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
AHEAD = 16  # items given out for each process: enough to keep it busy, few enough to answer Ctrl-C at once


def ordered(
    work: Callable[[Item], Result], items: Iterable[Item], *, jobs: int, broken: Callable[[Item], Result]
) -> Iterator[Result]:
    """``work`` on each item, in order; ``broken`` answers for an item whose process died."""
    if jobs <= 1:
        yield from map(work, items)
        return
    left = iter(items)
    pool = ProcessPoolExecutor(jobs)
    under_way: deque[tuple[Item, Future[Result]]] = deque()
    try:
        while True:
            while len(under_way) < jobs * AHEAD and (item := next(left, None)) is not None:
                under_way.append((item, _submitted(pool, work, item)))
            if not under_way:
                return
            try:
                result = under_way[0][1].result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                for suspect, _ in under_way:
                    yield _alone(work, suspect, broken)
                under_way.clear()
                pool = ProcessPoolExecutor(jobs)
            else:
                under_way.popleft()
                yield result
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, work: Callable[[Item], Result], item: Item) -> Future[Result]:
    """A pool found broken only now refuses at once; the item then waits for its turn alone like the others."""
    try:
        return pool.submit(work, item)
    except BrokenProcessPool as error:
        refused: Future[Result] = Future()
        refused.set_exception(error)
        return refused


def _alone(work: Callable[[Item], Result], item: Item, broken: Callable[[Item], Result]) -> Result:
    with ProcessPoolExecutor(1) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool:
            return broken(item)
