"""执行：shards handed to processes of this machine or to a Ray cluster.

An engine decides nothing: it gives back, as things happen, each shard with its tally, or the kind of fault that took
its worker.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tianping.text.lint.archive.ledger import Shard
from tianping.text.lint.archive.shard import Order, check_shard
from tianping.text.lint.archive.tally import Tally

Outcome = tuple[Shard, Tally | str]


class Engine(Protocol):
    """执行引擎。"""

    @property
    def room(self) -> int:
        """How many shards may be under way at once."""

    def submit(self, shard: Shard, source: Path, target: Path, order: Order) -> None: ...

    def outcomes(self) -> Iterator[Outcome]:
        """What has come back since; waits for at least one. Nothing under way: nothing."""

    def close(self) -> None: ...


class Local:
    """本机多进程。

    The death of one process breaks the whole pool and takes with it every shard under way. Those are then run alone,
    one after the other, so that only the shard at fault is called lost.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._pool = ProcessPoolExecutor(jobs)
        self._under_way: dict[Future[Tally], _Task] = {}

    @property
    def room(self) -> int:
        return self._jobs * 2 - len(self._under_way)

    def submit(self, shard: Shard, source: Path, target: Path, order: Order) -> None:
        try:
            future = self._pool.submit(check_shard, source, target, order)
        except BrokenProcessPool as error:
            future = Future()
            future.set_exception(error)
        self._under_way[future] = _Task(shard, source, target, order)

    def outcomes(self) -> Iterator[Outcome]:
        done, _ = wait(self._under_way, return_when=FIRST_COMPLETED)
        if any(isinstance(future.exception(), BrokenProcessPool) for future in done):
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = ProcessPoolExecutor(self._jobs)
            suspects, self._under_way = self._under_way, {}
            for future, task in suspects.items():
                yield task.shard, _result(future) if _came_back(future) else _alone(task)
            return
        for future in done:
            yield self._under_way.pop(future).shard, _result(future)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Task:
    shard: Shard
    source: Path
    target: Path
    order: Order


def _came_back(future: Future[Tally]) -> bool:
    return future.done() and not isinstance(future.exception(), BrokenProcessPool)


def _result(future: Future[Tally]) -> Tally | str:
    error = future.exception()
    return future.result() if error is None else told(error)


def _alone(task: _Task) -> Tally | str:
    with ProcessPoolExecutor(1) as pool:
        return _result(pool.submit(check_shard, task.source, task.target, task.order))


class Cluster:
    """Ray 集群：one core task a shard. Paths must mean the same files on every node (shared storage).

    Ray's own retries are off, so that the ledger counts every attempt.
    """

    def __init__(self, jobs: int, address: str | None = None) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing leaves the court's network
        import ray

        self._ray: Any = ray
        self._ours = not ray.is_initialized()
        if self._ours:
            address = address or os.environ.get("RAY_ADDRESS")
            started = {"address": address} if address else {"num_cpus": jobs, "include_dashboard": False}
            ray.init(**started, log_to_driver=False, logging_level="ERROR")  # type: ignore[arg-type]
        self._task = ray.remote(check_shard).options(num_cpus=1, max_retries=0)
        self._under_way: dict[Any, Shard] = {}

    @property
    def room(self) -> int:
        return max(1, int(self._ray.cluster_resources().get("CPU", 1))) * 2 - len(self._under_way)

    def submit(self, shard: Shard, source: Path, target: Path, order: Order) -> None:
        self._under_way[self._task.remote(source, target, order)] = shard

    def outcomes(self) -> Iterator[Outcome]:
        if not self._under_way:
            return
        done, _ = self._ray.wait(list(self._under_way), num_returns=1)
        for reference in done:
            shard = self._under_way.pop(reference)
            try:
                yield shard, self._ray.get(reference)
            except self._ray.exceptions.RayError as error:
                yield shard, told(error)

    def close(self) -> None:
        if self._ours:
            self._ray.shutdown()


def told(error: BaseException) -> str:
    """The kind of fault and nothing else: an exception may quote a judgment."""
    cause = getattr(error, "cause", None)
    return type(cause if isinstance(cause, BaseException) else error).__name__
