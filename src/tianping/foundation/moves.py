"""流转：the moves a record may make, as a table. Pure; the only way a state changes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Move:
    """一步：``role`` is the relation to the record that may take it (owner, verifier, system …)."""

    name: str
    source: StrEnum
    target: StrEnum
    role: str
    label: str  # 页面上的动词


class MoveRefused(Exception):
    """流转被拒：the state does not allow the move, or the one who asks may not take it."""

    def __init__(self, move: str, state: StrEnum, why: str) -> None:
        self.move, self.state, self.why = move, state, why
        super().__init__(why)


def next_state(table: Sequence[Move], state: StrEnum, move: str, roles: Collection[str]) -> StrEnum:
    """下一状态：refuses what the table does not list for this state and one of these roles."""
    listed = [m for m in table if m.name == move and m.source == state]
    if not listed:
        raise MoveRefused(move, state, "当前状态下不能办这一步，可能已由他人办理。请刷新后查看最新状态。")
    for candidate in listed:
        if candidate.role in roles:
            return candidate.target
    raise MoveRefused(move, state, "您不是可以办这一步的人。")


def moves_from(table: Sequence[Move], state: StrEnum) -> list[Move]:
    return [m for m in table if m.source == state]


@dataclass(frozen=True, slots=True)
class Offer:
    """可办事项：a move shown on a record page — allowed to this viewer, or who may do it and why not you."""

    move: Move
    allowed: bool
    who: str
    why_not: str = ""
