"""问题的状态：from the subject's reply to the end of the watch window, and back when it recurs."""

from __future__ import annotations

from enum import StrEnum

from tianping.foundation.moves import Move


class State(StrEnum):
    ANSWERING = "answering"  # 待答复
    ANSWERED = "answered"  # 待核实
    VERIFIED = "verified"  # 已核实，待交办整改
    REMEDYING = "remedying"  # 整改中
    WATCHING = "watching"  # 观察期
    SETTLED = "settled"  # 观察期满未复发
    DISMISSED = "dismissed"  # 不成立
    VOIDED = "voided"  # 作废


LABELS = {
    State.ANSWERING: "待答复",
    State.ANSWERED: "待核实",
    State.VERIFIED: "待交办",
    State.REMEDYING: "整改中",
    State.WATCHING: "观察期",
    State.SETTLED: "观察期满",
    State.DISMISSED: "不成立",
    State.VOIDED: "已作废",
}
FINAL = frozenset({State.DISMISSED, State.VOIDED})
START = State.ANSWERING

MOVES = (
    Move("answer", State.ANSWERING, State.ANSWERED, "subject", "答复"),
    Move("lapse", State.ANSWERING, State.ANSWERED, "system", "逾期未答复"),
    Move("verify", State.ANSWERED, State.VERIFIED, "verifier", "核实成立"),
    Move("dismiss", State.ANSWERED, State.DISMISSED, "verifier", "认定不成立"),
    Move("clear_relapse", State.ANSWERED, State.WATCHING, "verifier", "认定未复发"),
    Move("remedy", State.VERIFIED, State.REMEDYING, "remedy", "交办整改"),
    Move("release", State.REMEDYING, State.VERIFIED, "remedy", "退回交办"),
    Move("watch", State.REMEDYING, State.WATCHING, "remedy", "销号并进入观察期"),
    Move("relapse", State.WATCHING, State.ANSWERING, "system", "复发重开"),
    Move("settle", State.WATCHING, State.SETTLED, "system", "观察期满"),
    Move("relapse", State.SETTLED, State.ANSWERING, "system", "复发重开"),
    Move("void", State.ANSWERING, State.VOIDED, "office", "作废"),
    Move("void", State.ANSWERED, State.VOIDED, "office", "作废"),
    Move("void", State.VERIFIED, State.VOIDED, "office", "作废"),
    Move("withdraw", State.ANSWERING, State.VOIDED, "system", "证据作废，问题撤销"),
    Move("withdraw", State.ANSWERED, State.VOIDED, "system", "证据作废，问题撤销"),
    Move("withdraw_relapse", State.ANSWERING, State.WATCHING, "system", "复发证据作废，恢复观察"),
    Move("withdraw_relapse", State.ANSWERED, State.WATCHING, "system", "复发证据作废，恢复观察"),
)
ROLES = {
    "subject": "责任人",
    "verifier": "核实人（审管办或督察，非登记人、非责任人及其上下级）",
    "office": "审管办或督察（非责任人及其上下级）",
    "remedy": "整改环节",
    "system": "系统",
}
OPEN = frozenset({State.ANSWERING, State.ANSWERED, State.VERIFIED, State.REMEDYING, State.WATCHING})
PRIVATE = frozenset({State.ANSWERING, State.ANSWERED, State.DISMISSED, State.VOIDED})
"""未经核实：seen by the subject and those who may verify, and by nobody else."""
UNDECIDED = frozenset({State.ANSWERING, State.ANSWERED})
PRIVATE_MOVES = frozenset({"relapse", "join", "postpone", "answer", "lapse", "clear_relapse", "withdraw_relapse"})
"""What is said in a later round; it stays between its two sides unless that round is verified."""
