"""可查找的记录：each app registers its own, with the words it is found by and the question of who may see it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from zlib import crc32

from django.db.models import Model, QuerySet

from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Result:
    """查到的一条：a title that leads to its page, and beside it what tells it from its likes."""

    title: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Searchable(Generic[M]):
    """一类可查找的记录。

    ``records`` are all of them, with what ``words`` reads; ``visible`` what a viewer may see, with what ``show`` reads.
    ``words`` and ``show`` may hold only what everybody to whom a record is visible may know at any time. ``offices``
    are the roles by which ``visible`` lets somebody see a branch's records; it stays ``visible`` that decides.
    """

    name: str
    records: Callable[[], QuerySet[M]]
    words: Callable[[M], Sequence[str]]
    visible: Callable[[Viewer], QuerySet[M]]
    show: Callable[[M], Result]
    offices: tuple[Role, ...]

    label: str = field(init=False)
    """app.model, as the audit chain names it."""
    begins: int = field(init=False)
    """键的起点：a key of the index is this plus the record's own, so that a kind's entries lie together in order.

    It depends on the label alone: a kind that comes or goes with a version moves no other.
    """

    def __post_init__(self) -> None:
        label = self.records().model._meta.label_lower
        object.__setattr__(self, "label", label)
        object.__setattr__(self, "begins", (crc32(label.encode()) & 0x7FFF_FFFF) << 32)

    @property
    def code(self) -> str:
        return self.label.rpartition(".")[2]

    @property
    def ends(self) -> int:
        return self.begins + 0xFFFF_FFFF


_kinds: dict[str, Searchable[Any]] = {}


def register(kind: Searchable[Any]) -> None:
    """登记一类。Twice the same label is a mistake in the program."""
    if kind.label in _kinds:
        raise ValueError(f"可查找的记录 {kind.label} 登记了两次")
    if kind.begins in {other.begins for other in _kinds.values()}:
        raise ValueError(f"可查找的记录 {kind.label} 与另一类的键相撞，请改模型名称")
    _kinds[kind.label] = kind


def kinds() -> tuple[Searchable[Any], ...]:
    """各类，按登记先后。"""
    return tuple(_kinds.values())


def kind_of(label: str) -> Searchable[Any] | None:
    return _kinds.get(label)
