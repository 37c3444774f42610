"""循环总览：seven counts in the order of the loop. Each is the number of records its link lists to the same viewer."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tianping.evidence.register import selectors as register
from tianping.findings import selectors as findings
from tianping.findings.states import State as FindingState
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer
from tianping.remedy import selectors as remedy
from tianping.remedy.states import State as DutyState


def of(viewer: Viewer) -> dict[str, Any]:
    duties = remedy.live_counts(viewer)
    stages = [
        _stage(
            "证据立项",
            "登记了而还没有归入问题的证据",
            register.evidence_list(viewer).filter(state="registered", finding_link__isnull=True).count()
            if viewer.holds(*OFFICES)
            else None,
            f"{reverse('register:list')}?state=untaken",
            "登记未作废、尚未归入任何问题；正常情况下登记后即归入",
            stuck_after=0,
            missing="登记的证据由审管办、督察掌握，您看不到",
        ),
        _finding("责任人答复", "送责任人后还没有答复", viewer, FindingState.ANSWERING, "期满未答复的由系统记为未答复"),
        _finding("核实", "答复了而还没有人核实", viewer, FindingState.ANSWERED, "登记人、责任人及其上下级不参加核实"),
        _duty("交办", "核实了而还没有交办整改", viewer, duties, DutyState.PLANNING, "核实成立后自动立项，等交办"),
        _duty("整改", "正在整改", viewer, duties, DutyState.OPEN, "已交办、尚未提请核验"),
        _duty("核验", "报结了而还没有核验", viewer, duties, DutyState.SUBMITTED, "由不承担该事项的人核验"),
        _finding("观察", "销号后在观察期内", viewer, FindingState.WATCHING, "期内同一人同一规则再出现，问题自动重开"),
    ]
    if (late := duties["overdue"]) and viewer.holds(*OVER):
        url = f"{reverse('remedy:list')}?state=overdue"
        stages[4]["stuck"] = {"count": late, "words": f"{late} 项已过期限", "url": url}
    back = findings.relapsed(viewer).count() if viewer.holds(*OVER) else 0
    reopened = {
        "count": back,
        "url": f"{reverse('findings:list')}?state=relapsed",
        "words": "原整改记为无效，另立接续事项。",
    }
    return {"stages": stages, "reopened": reopened if back else None}


OFFICES = (Role.TRIAL_OFFICE, Role.INSPECTOR)
OVER = (*OFFICES, Role.LEADER, Role.HEAD)
BEFORE_VERIFICATION = (FindingState.ANSWERING, FindingState.ANSWERED)
NOT_YOURS = "核实之前的问题由审管办、督察掌握，您看不到"
NOT_OVER = "由审管办、督察、庭长和院领导掌握；您看不到他人的，只看得到与本人有关的"
"""A nought in place of these would pass for 「没有积压」."""


def _stage(
    name: str,
    question: str,
    count: int | None,
    url: str,
    definition: str,
    *,
    stuck_after: int | None = None,
    missing: str = NOT_OVER,
) -> dict[str, Any]:
    stuck = None
    if stuck_after is not None and count is not None and count > stuck_after:
        stuck = {"count": count, "words": f"{count} 件等待系统归入，循环可能没有运行", "url": url}
    stage = {"name": name, "question": question, "count": count, "url": url, "definition": definition, "stuck": stuck}
    return stage if count is not None else {**stage, "missing": missing}


def _finding(name: str, question: str, viewer: Viewer, state: FindingState, definition: str) -> dict[str, Any]:
    early = state in BEFORE_VERIFICATION
    count = findings.in_state(viewer, state).count() if viewer.holds(*(OFFICES if early else OVER)) else None
    url, missing = f"{reverse('findings:list')}?state={state}", NOT_YOURS if early else NOT_OVER
    return _stage(name, question, count, url, definition, missing=missing)


def _duty(
    name: str, question: str, viewer: Viewer, counts: dict[str, int], state: DutyState, definition: str
) -> dict[str, Any]:
    count = counts[state.value] if viewer.holds(*OVER) else None
    return _stage(name, question, count, f"{reverse('remedy:list')}?state={state}", definition)
