"""任务种类：which function a job's ``kind`` names. Each app registers its own in its ``jobs.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

if TYPE_CHECKING:
    from tianping.foundation.jobs.progress import Progress  # noqa: F401 — for the reader of the type below

Queue = Literal["default", "batch"]
Work = Callable[..., "dict[str, Any] | None"]
F = TypeVar("F", bound=Work)
MAX_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Kind:
    """任务种类：``title`` is what anybody may read, also whoever may not know what a job works on."""

    name: str
    title: str
    work: Work
    queue: Queue
    max_attempts: int


class UnknownKind(LookupError):
    """没有这类任务：a mistake in the program, or a job left behind by another version."""


_kinds: dict[str, Kind] = {}


def job(name: str, *, title: str, queue: Queue = "default", max_attempts: int = MAX_ATTEMPTS) -> Callable[[F], F]:
    """登记一类任务：``work(progress: Progress, **arguments)`` returns what its owner reads, by Chinese label, or None.

    **It must be idempotent.** A worker can be killed between any two lines, and the job then runs again from its
    beginning: write by natural key, or find what the last run has left. ``max_attempts`` counts such runs.
    Call ``progress.step`` often: only there can a job be stopped. Fail with ``JobFailed("一句给提交人看的话")``.
    """

    def register(work: F) -> F:
        known = _kinds.setdefault(name, Kind(name, title, work, queue, max_attempts))
        if known.work is not work:
            raise ValueError(f"任务种类 {name} 登记了两次：{known.work.__module__}、{work.__module__}")
        return work

    return register


def kind_of(name: str) -> Kind:
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(f"没有登记任务种类 {name}") from None


def titles() -> dict[str, str]:
    """各类任务的名称。"""
    return {name: kind.title for name, kind in _kinds.items()}


def title_of(name: str) -> str:
    """种类名称：also of a job whose kind this version no longer knows."""
    return _kinds[name].title if name in _kinds else name
