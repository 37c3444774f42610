"""口令重设的状态：two people, one after the other."""

from __future__ import annotations

from enum import StrEnum

from tianping.foundation.moves import Move


class State(StrEnum):
    REQUESTED = "requested"  # 待批准
    APPROVED = "approved"  # 已批准，一次性口令已给出
    DECLINED = "declined"  # 不予批准
    WITHDRAWN = "withdrawn"  # 申请人撤回
    LAPSED = "lapsed"  # 24 小时内无人批准


LABELS = {
    State.REQUESTED: "待批准",
    State.APPROVED: "已批准",
    State.DECLINED: "不予批准",
    State.WITHDRAWN: "已撤回",
    State.LAPSED: "已过期",
}
FINAL = frozenset({State.APPROVED, State.DECLINED, State.WITHDRAWN, State.LAPSED})
START = State.REQUESTED

MOVES = (
    Move("approve", State.REQUESTED, State.APPROVED, "approver", "批准重设"),
    Move("decline", State.REQUESTED, State.DECLINED, "approver", "不予批准"),
    Move("withdraw", State.REQUESTED, State.WITHDRAWN, "requester", "撤回申请"),
    Move("lapse", State.REQUESTED, State.LAPSED, "system", "过期"),
)
ROLES = {
    "approver": "安全管理员（非申请人、非账号本人）",
    "requester": "申请人",
    "system": "系统",
}
