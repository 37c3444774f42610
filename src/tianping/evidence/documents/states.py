"""评查的状态。"""

from __future__ import annotations

from enum import StrEnum

from tianping.foundation.moves import Move


class State(StrEnum):
    OPEN = "open"  # 评查中
    DONE = "done"  # 已评查
    VOIDED = "voided"  # 已作废


LABELS = {State.OPEN: "评查中", State.DONE: "已评查", State.VOIDED: "已作废"}
FINAL = frozenset({State.DONE, State.VOIDED})
START = State.OPEN
MOVES = (
    Move("register", State.OPEN, State.OPEN, "reviewer", "登记为证据"),
    Move("pass_over", State.OPEN, State.OPEN, "reviewer", "不予登记"),
    Move("finish", State.OPEN, State.DONE, "reviewer", "办结评查"),
    Move("void", State.OPEN, State.VOIDED, "office", "作废"),
)
ROLES = {"reviewer": "评查人", "office": "审管办"}
