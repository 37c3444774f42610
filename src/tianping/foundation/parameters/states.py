"""本院参数的状态：proposed by one, decided by another."""

from __future__ import annotations

from enum import StrEnum

from tianping.foundation.moves import Move


class State(StrEnum):
    PROPOSED = "proposed"  # 待批准
    APPROVED = "approved"  # 已批准，自起算日起施行
    DECLINED = "declined"  # 不予批准
    WITHDRAWN = "withdrawn"  # 撤回


LABELS = {
    State.PROPOSED: "待批准",
    State.APPROVED: "已批准",
    State.DECLINED: "不予批准",
    State.WITHDRAWN: "已撤回",
}
FINAL = frozenset({State.APPROVED, State.DECLINED, State.WITHDRAWN})
START = State.PROPOSED

MOVES = (
    Move("approve", State.PROPOSED, State.APPROVED, "approver", "批准"),
    Move("decline", State.PROPOSED, State.DECLINED, "approver", "不予批准"),
    Move("withdraw", State.PROPOSED, State.WITHDRAWN, "office", "撤回"),
)
ROLES = {"approver": "院领导（非提出人）", "office": "审管办"}
