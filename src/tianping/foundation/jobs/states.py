"""后台任务的状态。"""

from __future__ import annotations

from enum import StrEnum

from tianping.foundation.moves import Move


class State(StrEnum):
    QUEUED = "queued"  # 排队中
    RUNNING = "running"  # 运行中
    SUCCEEDED = "succeeded"  # 已完成
    FAILED = "failed"  # 未办成，可以重试
    CANCELLED = "cancelled"  # 已取消，可以重试


LABELS = {
    State.QUEUED: "排队中",
    State.RUNNING: "运行中",
    State.SUCCEEDED: "已完成",
    State.FAILED: "未办成",
    State.CANCELLED: "已取消",
}
FINAL = frozenset({State.SUCCEEDED})
START = State.QUEUED

MOVES = (
    Move("start", State.QUEUED, State.RUNNING, "system", "开始运行"),
    Move("cancel", State.QUEUED, State.CANCELLED, "owner", "取消"),
    Move("cancel", State.RUNNING, State.RUNNING, "owner", "取消"),  # asked; it stops at its next step
    Move("stop", State.RUNNING, State.CANCELLED, "system", "按要求停下"),
    Move("succeed", State.RUNNING, State.SUCCEEDED, "system", "办完"),
    Move("fail", State.RUNNING, State.FAILED, "system", "未办成"),
    Move("requeue", State.RUNNING, State.QUEUED, "system", "中断，重新排队"),
    Move("retry", State.FAILED, State.QUEUED, "owner", "重试"),
    Move("retry", State.CANCELLED, State.QUEUED, "owner", "重试"),
)
ROLES = {"owner": "提交人", "system": "系统"}
GOING = frozenset({State.QUEUED, State.RUNNING})
