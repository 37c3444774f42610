"""整改的页面部件：the register of duties, a duty's facts, its clock, and the moves it offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.forms import Form
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from tianping.findings import selectors as findings
from tianping.findings.pages import KINDS as FINDING_KINDS
from tianping.findings.states import LABELS as FINDING_LABELS
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.pages import Column, Filter, NotMine, Register, Shown
from tianping.foundation.records import process
from tianping.remedy import forms, selectors
from tianping.remedy.models import Duty
from tianping.remedy.rules import CAUSES, MEASURES, Cause, Measure
from tianping.remedy.states import LABELS, LIVE, MOVES, ROLES, State

KINDS = {
    State.PLANNING: "waiting",
    State.OPEN: "waiting",
    State.SUBMITTED: "waiting",
    State.CLOSED: "done",
    State.MERGED: "neutral",
    State.VOIDED: "neutral",
}
INEFFECTIVE = {"word": "整改无效", "kind": "overdue"}
NOT_GIVEN_OUT = {"missing": "待交办"}


def clock(duty: Duty, on: date) -> dict[str, Any] | None:
    """整改期限：in calendar days, as agreed when the duty was given out."""
    if duty.due_on is None or duty.state not in (State.OPEN, State.SUBMITTED):
        return None
    if duty.state == State.SUBMITTED:
        return {"paused": "已报结，待核验", "unit": "天", "basis": "交办时确定", "due": duty.due_on}
    return {
        "remaining": (duty.due_on - on).days,
        "unit": "天",
        "basis": "交办时确定",
        "due": duty.due_on,
    }


def register(viewer: Viewer) -> Register[Duty]:
    """整改台账。"""

    def state_cell(duty: Duty) -> dict[str, Any]:
        note = {"note": INEFFECTIVE["word"]} if duty.ineffective_at else {}
        return {"state": {"word": LABELS[State(duty.state)], "kind": KINDS[State(duty.state)]}, **note}

    def due_cell(duty: Duty) -> Any:
        if duty.due_on is None:
            return NOT_GIVEN_OUT
        if duty.state != State.OPEN:
            return {"day": duty.due_on}
        return {"text": _days_left((duty.due_on - viewer.on).days), "note": f"{_day(duty.due_on)}到期"}

    def state_words(duty: Duty) -> str:
        return LABELS[State(duty.state)] + (f"（{INEFFECTIVE['word']}）" if duty.ineffective_at else "")

    return Register(
        title="整改",
        purpose="问题核实后的整改事项：谁承办、何时完成、由谁核验；承办人不能销自己的号。",
        queryset=selectors.duty_list(viewer),
        columns=[
            Column("编号", lambda d: {"text": d.number, "url": _url(d)}, lambda d: d.number),
            Column("事项", lambda d: d.title, lambda d: d.title),
            Column("责任部门", lambda d: d.organisation.name, lambda d: d.organisation.name),
            Column("承办人", lambda d: d.owner.name if d.owner else NOT_GIVEN_OUT, lambda d: _name(d.owner)),
            Column("核验人", lambda d: d.verifier.name if d.verifier else NOT_GIVEN_OUT, lambda d: _name(d.verifier)),
            Column("状态", state_cell, state_words),
            Column("期限", due_cell, lambda d: d.due_on),
        ],
        unit="项",
        definition="您可以查看的整改事项；并入他项和作废的也计在内",
        empty={"what": "这里列出整改事项。", "how": "问题经核实成立，系统即立项，由审管办、督察、庭长或院领导交办。"},
        filters=_filters(viewer),
        find=_find,
        find_label="按编号、事项或承办人查找",
        action={"label": "台账填报", "url": reverse("remedy:ledger"), "icon": "table"},
    )


def _filters(viewer: Viewer) -> list[Filter[Duty]]:
    def in_state(state: State) -> Filter[Duty]:
        return Filter(str(state), LABELS[state], lambda found: found.filter(state=state))

    return [
        *(in_state(state) for state in State),
        Filter("overdue", "逾期", lambda found: found.filter(state=State.OPEN, due_on__lt=viewer.on)),
        Filter("mine", "我承办", lambda found: found.filter(owner_id=viewer.user_id)),
        Filter("to_verify", "等我核验", lambda found: found.filter(verifier_id=viewer.user_id, state=State.SUBMITTED)),
        Filter("ineffective", "整改无效", lambda found: found.filter(ineffective_at__isnull=False)),
    ]


def _find(found: QuerySet[Duty], words: str) -> QuerySet[Duty]:
    return found.filter(
        Q(number__icontains=words)
        | Q(title__icontains=words)
        | Q(owner__name__icontains=words)
        | Q(owner__staff_no__iexact=words)
        | Q(owner__pinyin__istartswith=words)
    )


def _url(duty: Duty) -> str:
    return reverse("remedy:detail", args=[duty.public_id])


def _name(person: Any) -> str | None:
    return person.name if person else None


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _days_left(days: int) -> str:
    if days < 0:
        return f"逾期 {-days} 天"
    return f"还剩 {days} 天" if days else "今日到期"


def record(viewer: Viewer, duty: Duty, tried: Mapping[str, Form] | None = None) -> dict[str, Any]:
    """整改页：what the record page shows this viewer; ``tried`` holds a form that was refused."""
    state = State(duty.state)
    waits = ("待批", "waiting") if state in LIVE else ("未批复，事项已了结", "neutral")
    return {
        "title": str(duty),
        "purpose": _purpose(viewer, duty, state),
        "breadcrumb": [
            {"label": "首页", "url": "/"},
            {"label": "整改", "url": reverse("remedy:list")},
            {"label": duty.number},
        ],
        "state": {"word": LABELS[state], "kind": KINDS[state]},
        "ineffective": INEFFECTIVE if duty.ineffective_at else None,
        "clock": clock(duty, viewer.on),
        "facts": _facts(duty),
        "findings": _findings(viewer, duty),
        "neighbours": _neighbours(viewer, duty),
        "postponements": [
            {
                "asked_at": p.asked_at,
                "asked_by": p.asked_by.name,
                "until": p.asked_until,
                "reason": p.reason,
                "outcome": {None: waits[0], True: "已批准", False: "不予延期"}[p.granted],
                "kind": {None: waits[1], True: "done", False: "neutral"}[p.granted],
                "decided_by": _name(p.decided_by),
            }
            for p in duty.postponements.all()
        ],
        "proofs": [
            {
                "name": proof.file_name,
                "url": reverse("remedy:proof", args=[proof.public_id]),
                "size": filesizeformat(proof.size),
                "at": proof.step.at,
            }
            for proof in (duty.proofs.select_related("step") if duty.owner_id else ())  # none before it is given out
        ],
        "moves": _moves(viewer, duty, tried or {}),
        "diagram": process(MOVES, LABELS, ROLES, state),
    }


def _purpose(viewer: Viewer, duty: Duty, state: State) -> str:
    if viewer.user_id == duty.owner_id and state == State.OPEN:
        return "您是承办人。请按要求整改，到期前报完成情况并附证明材料，由核验人销号。"
    if viewer.user_id == duty.verifier_id and state == State.SUBMITTED:
        return "承办人已报结。请核对完成情况和证明材料：符合要求的销号，不符合的退回。"
    if state == State.PLANNING:
        return "问题已核实，等待交办：根因、措施、标准、观察期和期限在交办时一次定下。"
    return "谁承办、何时完成、由谁核验，以及办理经过。"


def _facts(duty: Duty) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"term": "编号", "value": duty.number},
        {"term": "责任部门", "value": duty.organisation.name},
        {"term": "承办人", "value": duty.owner.name if duty.owner else NOT_GIVEN_OUT},
        {"term": "核验人", "value": duty.verifier.name if duty.verifier else NOT_GIVEN_OUT},
        {"term": "立项时间", "value": duty.opened_at},
        {"term": "期限", "value": {"day": duty.due_on} if duty.due_on else NOT_GIVEN_OUT},
    ]
    if duty.due_on is None:
        return facts
    criterion, watch_days = selectors.criterion_of(duty)
    facts += [
        {"term": "根因", "value": "、".join(CAUSES[Cause(c)] for c in duty.causes)},
        {"term": "措施", "value": "、".join(MEASURES[Measure(m)] for m in duty.measures)},
    ]
    if duty.training_alone_reason:
        facts.append({"term": "只培训的理由", "value": duty.training_alone_reason, "wide": True})
    facts += [
        {"term": "整改要求", "value": duty.task, "wide": True},
        {
            "term": "销号标准",
            "value": {"text": criterion, "note": f"销号后观察 {watch_days} 天，交办时确定"},
            "wide": True,
        },
    ]
    if duty.closed_at:
        facts.append({"term": "销号时间", "value": duty.closed_at})
    if duty.ineffective_at:
        facts.append({"term": "认定整改无效", "value": {"day": duty.ineffective_at, "note": "观察期内问题复发"}})
    return facts


def _findings(viewer: Viewer, duty: Duty) -> list[dict[str, Any]]:
    """A finding the viewer may not open is named by its rule alone, without number or link."""
    seen = {f.pk: f for f in findings.finding_list(viewer).filter(duty_links__duty=duty)}
    rows: list[dict[str, Any]] = []
    for finding in duty.concerned():
        if mine := seen.get(finding.pk):
            state = findings.known(viewer, mine).state
            url = reverse("findings:detail", args=[mine.public_id])
            rows.append({"text": str(mine), "url": url, "word": FINDING_LABELS[state], "kind": FINDING_KINDS[state]})
        else:
            rows.append({"text": finding.rule_name, "url": None, "word": "", "kind": ""})
    return rows


def _neighbours(viewer: Viewer, duty: Duty) -> list[dict[str, str]]:
    words = {
        "follows": "接续（原整改无效）",
        "followers": "复发后另立",
        "merged": "并入本项的事项",
        "merged_into": "已并入",
    }
    beside = selectors.neighbours(viewer, duty)
    return [{"word": words[how], "text": str(other), "url": _url(other)} for how in words for other in beside[how]]


def _consequence(move: str, duty: Duty) -> tuple[str, str]:
    """What the move does to whom, and whether it can be undone."""
    owner, verifier = _name(duty.owner) or "", _name(duty.verifier) or ""
    asked = duty.postponement_asked()
    until = _day(asked.asked_until) if asked else ""
    due = _day(duty.due_on) if duty.due_on else ""
    return {
        "assign": (
            "承办人自此负有整改责任；标准和观察期就此定下，谁也不能中途更改。",
            "交办有误的，只能写明理由作废后重新交办。",
        ),
        "submit": (f"完成情况和材料送{verifier}核验；核验前不能再改。", "不能撤回；核验人可以退回。"),
        "ask_postponement": (f"申请送有交办职责的人批复；批准前期限仍为{due}。", "送出后不能撤回。"),
        "grant_postponement": (f"{owner}的期限改为{until}。", "批准后不能撤回。"),
        "refuse_postponement": (f"期限仍为{due}，{owner}须按期完成。", "批复后不能撤回；承办人可另行申请。"),
        "hand_over": (f"{owner}不再承办，由新承办人按原期限完成。", "可以再次移交。"),
        "change_verifier": (f"{verifier}不再核验，由新核验人核验。", "可以再次改派。"),
        "return": (f"退回{owner}继续整改，期限不变。", "退回后由承办人重新提请核验。"),
        "close": ("本事项销号，问题进入观察期；期内同一人同一规则再出现，问题自动重开。", "销号后不能撤回。"),
        "void": ("本事项作废，记录和理由保留；所涉问题回到待交办，另立事项。", "作废后不能恢复。"),
    }[move]


def _moves(viewer: Viewer, duty: Duty, tried: Mapping[str, Form]) -> Sequence[Shown | NotMine]:
    shown: list[Shown | NotMine] = []
    for offer in selectors.offers(viewer, duty):
        code, label = offer.move.name, offer.move.label
        if not offer.allowed:
            shown.append(NotMine(label, offer.who, offer.why_not))
            continue
        consequence, undo = _consequence(code, duty)
        shown.append(
            Shown(
                code,
                label,
                reverse("remedy:move", args=[duty.public_id, code]),
                tried.get(code) or forms.form_for(code, duty, viewer),
                consequence,
                undo,
                kind="danger" if code == "void" else "primary",
                multipart=code in forms.WITH_FILES,
                open=code in ("assign", "close", "grant_postponement"),
            )
        )
    return shown
