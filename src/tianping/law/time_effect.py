"""时间效力：which law governs, by the days of the facts — as the transitional provisions say, and no further.

Only what can be said from days alone. Whether an exception holds (有利溯及、空白溯及) is a judgment of the court: the
answer names the provision to look at and leaves it open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Governed(StrEnum):
    """适用。"""

    OLD = "适用当时的法律"
    NEW = "适用新法"
    SPANS = "跨越施行日"
    UNKNOWN = "事实没有日期"


@dataclass(frozen=True, slots=True)
class Transition:
    """过渡规则：``new`` took effect on ``since``; ``basis`` says which law governs what came before it."""

    new: str
    since: date
    basis: str
    spanning: str
    exceptions: str = ""


CIVIL_CODE = Transition(
    new="中华人民共和国民法典",
    since=date(2021, 1, 1),
    basis="《最高人民法院关于适用〈中华人民共和国民法典〉时间效力的若干规定》第一条",
    spanning="法律事实持续至施行之后的，适用民法典，另有规定的除外（第一条第三款）；合同履行持续的，分段适用（第二十条）",
    exceptions="第二条（更有利于保护合法权益）、第三条（当时没有规定）；施行前已经终审的再审案件不适用民法典（第五条）",
)
COMPANY_LAW = Transition(
    new="中华人民共和国公司法",
    since=date(2024, 7, 1),
    basis="《最高人民法院关于适用〈中华人民共和国公司法〉时间效力的若干规定》第一条",
    spanning="法律事实持续至施行之后的，看该规定有无专条：合同履行持续的，第三条；应当清算的，第六条",
    exceptions="该规定第一条至第五条列举可以适用公司法的情形；第八十八条第一款不溯及",
)
PRIVATE_LENDING = Transition(
    new="最高人民法院关于审理民间借贷案件适用法律若干问题的规定",
    since=date(2020, 8, 20),
    basis="《最高人民法院关于审理民间借贷案件适用法律若干问题的规定》第三十一条",
    spanning="2020年8月20日后新受理的一审案件，合同成立在前的，利息到2020年8月19日按当时的规定，其后按起诉时的上限",
)
TRANSITIONS = (CIVIL_CODE, COMPANY_LAW, PRIVATE_LENDING)


def governed(transition: Transition, facts_from: date | None, facts_to: date | None) -> Governed:
    """适用何法 for facts from one day to another; both ends count."""
    if facts_from is None or facts_to is None:
        return Governed.UNKNOWN
    if facts_from >= transition.since:
        return Governed.NEW
    return Governed.OLD if facts_to < transition.since else Governed.SPANS
