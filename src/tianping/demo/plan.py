"""演示法院的剧情：when each judgment is reviewed and what becomes of each remark. Days are counted from the anchor day
where something is still under way, from the day of issue where it is over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Until(StrEnum):
    """演到哪一步为止：what waits there at the anchor day is what a newcomer finds to do."""

    ASSIGNED = "assigned"  # 评查人尚未处理
    REGISTERED = "registered"  # 等责任人答复
    ANSWERED = "answered"  # 等核实
    VERIFIED = "verified"  # 等交办
    GIVEN = "given"  # 整改中
    SUBMITTED = "submitted"  # 等核验
    CLOSED = "closed"  # 走完


class Turn(StrEnum):
    """情节：what happens on the way beside the ordinary course."""

    LAPSE = "lapse"  # 逾期未答复
    DISMISS = "dismiss"  # 有异议，认定不成立
    RETURN = "return"  # 核验退回一次
    POSTPONE = "postpone"  # 批准延期
    ASK_POSTPONEMENT = "ask_postponement"  # 延期待批
    HAND_OVER = "hand_over"  # 移交
    OVERDUE = "overdue"  # 整改逾期
    VOID = "void"  # 登记有误，作废
    HOLD = "hold"  # 核实后留待合并
    TOGETHER = "together"  # 与前一问题合并交办


@dataclass(frozen=True, slots=True)
class Plan:
    """一份文书的剧情。``begins``: days before the anchor on which it is taken; None: nine days after it was issued."""

    begins: int | None = None
    until: Until = Until.CLOSED
    watch_days: int = 90
    turns: dict[str, Turn] = field(default_factory=dict)  # rule code → what happens
    clerk_answers_for: frozenset[str] = frozenset()  # rule codes for which the clerk is responsible


PLANS: dict[str, Plan] = {
    "01": Plan(turns={"PTY001": Turn.HOLD}, watch_days=150),
    "02": Plan(),
    "03": Plan(begins=21, until=Until.VERIFIED),
    "05": Plan(begins=40, until=Until.SUBMITTED, clerk_answers_for=frozenset({"CHR002"})),
    "06": Plan(turns={"PTY001": Turn.TOGETHER}, watch_days=150),
    "08": Plan(),
    "09": Plan(begins=3, until=Until.ASSIGNED),
    "11": Plan(begins=5, until=Until.REGISTERED),
    "13": Plan(watch_days=180),
    "14": Plan(turns={"DAT001": Turn.HAND_OVER, "DAT002": Turn.POSTPONE}),
    "16": Plan(begins=9, until=Until.ANSWERED),
    "17": Plan(watch_days=365, turns={"CHR002": Turn.LAPSE, "NUM001": Turn.RETURN, "STR013": Turn.DISMISS}),
    "18": Plan(begins=6, until=Until.REGISTERED),
    "19": Plan(turns={"STR011": Turn.VOID}),
    "22": Plan(begins=45, until=Until.GIVEN, turns={"STR011": Turn.OVERDUE, "PUN012": Turn.ASK_POSTPONEMENT}),
    "23": Plan(watch_days=30),
}
RELAPSES = frozenset({("韩江临", "LAW002"), ("林知远", "PTY001")})
"""复发：same person, same rule, issued inside the watch window of a closed duty."""
VERIFIED_RELAPSES = frozenset({("韩江临", "LAW002")})
"""已核实的复发：the other one waits for 林知远's reply, so its old duty still counts as effective."""


def planted_at(facts: dict[str, Any], code: str, text: str) -> dict[str, Any] | None:
    """埋下的真值：the one a remark of this rule on these words stands on, or None.

    A rule may mark less than was planted: the title of a repealed law without the article after it.
    """
    return next((t for t in facts["truths"] if t["code"] == code and (text in t["text"] or t["text"] in text)), None)
