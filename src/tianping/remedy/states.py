"""整改事项的状态。"""

from __future__ import annotations

from enum import StrEnum

from tianping.foundation.moves import Move


class State(StrEnum):
    PLANNING = "planning"  # 待交办
    OPEN = "open"  # 整改中
    SUBMITTED = "submitted"  # 已报结，待核验
    CLOSED = "closed"  # 已销号；复发则问题重开，另立一项
    MERGED = "merged"  # 并入他项
    VOIDED = "voided"  # 已作废


LABELS = {
    State.PLANNING: "待交办",
    State.OPEN: "整改中",
    State.SUBMITTED: "待核验",
    State.CLOSED: "已销号",
    State.MERGED: "已并入他项",
    State.VOIDED: "已作废",
}
FINAL = frozenset({State.CLOSED, State.MERGED, State.VOIDED})
START = State.PLANNING

MOVES = (
    Move("assign", State.PLANNING, State.OPEN, "assigner", "交办"),
    Move("merge", State.PLANNING, State.MERGED, "assigner", "并入他项"),
    Move("drop", State.PLANNING, State.VOIDED, "system", "问题作废，事项撤销"),
    Move("submit", State.OPEN, State.SUBMITTED, "owner", "提请核验"),
    Move("ask_postponement", State.OPEN, State.OPEN, "owner", "申请延期"),
    Move("grant_postponement", State.OPEN, State.OPEN, "decider", "批准延期"),
    Move("refuse_postponement", State.OPEN, State.OPEN, "decider", "不予延期"),
    Move("hand_over", State.OPEN, State.OPEN, "assigner", "移交"),
    Move("change_verifier", State.OPEN, State.OPEN, "assigner", "改派核验人"),
    Move("return", State.SUBMITTED, State.OPEN, "verifier", "退回"),
    Move("close", State.SUBMITTED, State.CLOSED, "verifier", "销号"),
    Move("change_verifier", State.SUBMITTED, State.SUBMITTED, "assigner", "改派核验人"),
    Move("void", State.OPEN, State.VOIDED, "decider", "作废"),
)
ROLES = {
    "assigner": "审管办、督察、庭长或院领导（非责任人、非承办人）",
    "decider": "审管办、督察、庭长或院领导（非责任人、非承办人，也不是其下级）",
    "owner": "承办人",
    "verifier": "指定的核验人",
    "system": "系统",
}
LIVE = frozenset({State.PLANNING, State.OPEN, State.SUBMITTED})
