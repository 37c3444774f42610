"""导入的状态。"""

from __future__ import annotations

from enum import StrEnum

from tianping.foundation.moves import Move


class State(StrEnum):
    RECEIVED = "received"  # 已收表，待对应列、试导
    TRIED = "tried"  # 已试导，待写入
    WRITTEN = "written"  # 已写入
    UNDONE = "undone"  # 写入后撤销
    DROPPED = "dropped"  # 未写入即放弃


LABELS = {
    State.RECEIVED: "待试导",
    State.TRIED: "待写入",
    State.WRITTEN: "已写入",
    State.UNDONE: "已撤销",
    State.DROPPED: "已放弃",
}
FINAL = frozenset({State.UNDONE, State.DROPPED})
START = State.RECEIVED

MOVES = (
    Move("try", State.RECEIVED, State.TRIED, "office", "试导"),
    Move("try", State.TRIED, State.TRIED, "office", "试导"),
    Move("write", State.TRIED, State.WRITTEN, "office", "写入"),
    Move("undo", State.WRITTEN, State.UNDONE, "office", "撤销导入"),
    Move("drop", State.RECEIVED, State.DROPPED, "office", "放弃"),
    Move("drop", State.TRIED, State.DROPPED, "office", "放弃"),
    Move("expire", State.RECEIVED, State.DROPPED, "system", "逾期删除"),
    Move("expire", State.TRIED, State.DROPPED, "system", "逾期删除"),
)
ROLES = {"office": "审管办", "system": "系统"}
