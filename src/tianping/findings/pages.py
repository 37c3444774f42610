"""问题的页面部件：the register of findings, a finding's facts, its clock, and the moves it offers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.forms import Form
from django.urls import reverse

from tianping.findings import forms, selectors
from tianping.findings.models import Finding, Stance
from tianping.findings.rules import REPLY_DAYS, reply_clock
from tianping.findings.selectors import Known, Piece
from tianping.findings.states import LABELS, MOVES, ROLES, State
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.pages import Column, Filter, NotMine, Register, Shown
from tianping.foundation.parameters.selectors import Calendars, Values
from tianping.foundation.records import process
from tianping.law.workdays import Calendar, workdays_until

KINDS = {
    State.ANSWERING: "waiting",
    State.ANSWERED: "waiting",
    State.VERIFIED: "waiting",
    State.REMEDYING: "waiting",
    State.WATCHING: "neutral",
    State.SETTLED: "done",
    State.DISMISSED: "neutral",
    State.VOIDED: "neutral",
}


def clock(
    finding: Finding, on: date, limits: Values | None = None, calendars: Calendars | None = None
) -> dict[str, Any] | None:
    """答复期限：only while the reply is awaited; counted and excluded days as the law library counted them.

    A due day once given holds: where today's calendar would count otherwise, the chip says so and does not recount.
    """
    if finding.state != State.ANSWERING:
        return None
    limit = (limits or Values(REPLY_DAYS)).on(finding.reply_from, finding.court_id)
    calendar = (calendars or Calendars()).of(finding.court_id)
    due = reply_clock(finding.reply_from, int(limit.value), calendar)
    badge = f"（{limit.badge}）" if limit.badge else ""
    as_given = due.day == finding.reply_due
    return {
        "remaining": workdays_until(finding.reply_due, on=on, calendar=calendar),
        "basis": f"{limit.basis}{badge}",
        "start": finding.reply_from,
        "due": finding.reply_due,
        "counted": due.counted if as_given else None,
        "excluded": [{"day": day, "reason": reason} for day, reason in due.excluded] if as_given else [],
        "notes": [*due.notes, *([] if as_given else ["截止日按起算时的规定和放假安排确定，此后的变动不使它提前"])],
    }


def register(viewer: Viewer) -> Register[Finding]:
    """问题清单。"""
    calendars = Calendars()

    def seen(finding: Finding) -> Known:
        return selectors.known(viewer, finding)

    def state_cell(finding: Finding) -> dict[str, Any]:
        now = seen(finding)
        again = {"note": f"第 {now.round} 轮"} if now.round > 1 else {}
        return {"state": {"word": LABELS[now.state], "kind": KINDS[now.state]}, **again}

    def due_cell(finding: Finding) -> Any:
        if seen(finding).state != State.ANSWERING:
            return {"missing": "不在答复期"}
        return {
            "text": _days_left(finding, viewer.on, calendars.of(finding.court_id)),
            "note": f"{_day(finding.reply_due)}到期",
        }

    return Register(
        title="问题",
        purpose="由证据立项、经责任人答复和他人核实的问题；核实前只有责任人和有核实职责的人看得到。",
        queryset=selectors.finding_list(viewer),
        columns=[
            Column("编号", lambda f: {"text": f.number, "url": _url(f)}, lambda f: f.number),
            Column(
                "问题",
                lambda f: {"text": f.rule_name, "note": f.rule_code},
                lambda f: f"{f.rule_name}（{f.rule_code}）",
            ),
            Column("责任人", lambda f: f.subject.name, lambda f: f.subject.name),
            Column("责任部门", lambda f: f.organisation.name, lambda f: f.organisation.name),
            Column("状态", state_cell, lambda f: LABELS[seen(f).state]),
            Column("答复期限", due_cell, lambda f: f.reply_due if seen(f).state == State.ANSWERING else None),
            Column("立项日期", lambda f: {"day": f.opened_at}, lambda f: f.opened_at),
        ],
        unit="项",
        definition="您可以知悉的问题；同一人同一规则答复前的新证据并入一项",
        empty={"what": "这里列出由证据立项的问题。", "how": "评查等入口登记证据后，系统即立项并送责任人答复。"},
        filters=_filters(viewer),
        find=_find,
        find_label="按编号、规则或责任人查找",
    )


def _filters(viewer: Viewer) -> list[Filter[Finding]]:
    def in_state(state: State) -> Filter[Finding]:
        return Filter(str(state), LABELS[state], lambda found: found.filter(selectors.known_in(viewer, state)))

    return [
        *(in_state(state) for state in State),
        Filter("relapsed", "复发", lambda found: found.filter(selectors.known_relapsed(viewer))),
        Filter("mine", "我是责任人", lambda found: found.filter(subject_id=viewer.user_id)),
    ]


def _find(found: QuerySet[Finding], words: str) -> QuerySet[Finding]:
    return found.filter(
        Q(number__icontains=words)
        | Q(rule_code__iexact=words)
        | Q(rule_name__icontains=words)
        | Q(subject__name__icontains=words)
        | Q(subject__staff_no__iexact=words)
        | Q(subject__pinyin__istartswith=words)
    )


def _url(finding: Finding) -> str:
    return reverse("findings:detail", args=[finding.public_id])


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _days_left(finding: Finding, on: date, calendar: Calendar) -> str:
    left = workdays_until(finding.reply_due, on=on, calendar=calendar)
    if left < 0:
        return f"逾期 {-left} 个工作日"
    return f"还剩 {left} 个工作日" if left else "今日到期"


def record(viewer: Viewer, finding: Finding, tried: Mapping[str, Form] | None = None) -> dict[str, Any]:
    """问题页：what the record page shows this viewer; ``tried`` holds a form that was refused."""
    seen = selectors.known(viewer, finding)
    return {
        "title": str(finding),
        "purpose": _purpose(viewer, finding, seen),
        "breadcrumb": [
            {"label": "首页", "url": "/"},
            {"label": "问题", "url": reverse("findings:list")},
            {"label": finding.number},
        ],
        "state": {"word": LABELS[seen.state], "kind": KINDS[seen.state]},
        "clock": clock(finding, viewer.on) if seen.state == State.ANSWERING else None,
        "facts": _facts(finding, seen),
        "evidence": [_piece(viewer, finding, piece) for piece in selectors.evidence_of(viewer, finding)],
        "moves": _moves(viewer, finding, tried or {}),
        "diagram": process(MOVES, LABELS, ROLES, seen.state),
    }


def _purpose(viewer: Viewer, finding: Finding, seen: Known) -> str:
    if viewer.user_id == finding.subject_id and seen.state == State.ANSWERING:
        return "您是责任人。请先看证据，再在期限内答复；由未登记证据、与您无上下级关系的人核实。"
    if seen.state in (State.ANSWERING, State.ANSWERED):
        return "核实之前，只有责任人和有核实职责的人看得到本页。"
    return "一类问题的证据、答复、核实和此后的观察。"


def _facts(finding: Finding, seen: Known) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"term": "编号", "value": finding.number},
        {"term": "规则", "value": {"text": finding.rule_name, "note": finding.rule_code}},
        {"term": "责任人", "value": finding.subject.name},
        {"term": "责任部门", "value": finding.organisation.name},
        {"term": "轮次", "value": f"第 {seen.round} 轮"},
        {"term": "立项时间", "value": finding.opened_at},
    ]
    if finding.stance != Stance.PENDING and (seen.is_side or seen.round == finding.round):
        silent = {"note": "只作记录，不作为承认"} if finding.stance == Stance.NONE else {}
        facts.append({"term": "答复", "value": {"text": finding.get_stance_display(), **silent}})
    if finding.criterion:
        facts.append({"term": "销号标准", "value": finding.criterion, "wide": True})
    if finding.watch_days:
        days = f"{finding.watch_days} 天，交办时确定"
        begun = {"text": "销号之日起算", "note": days}
        if finding.watch_from and finding.watch_until:
            begun = {"text": f"{_day(finding.watch_from)}至{_day(finding.watch_until)}", "note": days}
        facts.append({"term": "观察期", "value": begun})
    return facts


def _piece(viewer: Viewer, finding: Finding, piece: Piece) -> dict[str, Any]:
    """A piece of evidence: the subject needs the grounds, not the person who registered it."""
    evidence = piece.evidence
    verifying = piece.readable and viewer.user_id != finding.subject_id
    return {
        "number": evidence.number,
        "url": reverse("register:detail", args=[evidence.public_id]) if piece.readable else None,
        "round": piece.round,
        "occurred_on": evidence.occurred_on,
        "summary": evidence.summary,
        "grounds": evidence.grounds if piece.readable else None,
        "registrar": evidence.registered_by.name if verifying else None,
        "door": evidence.get_door_display(),
        "registered_at": evidence.registered_at,
        "void_reason": evidence.void_reason,
    }


def _consequence(move: str, finding: Finding) -> tuple[str, str]:
    """What the move does to whom, and whether it can be undone."""
    name = finding.subject.name
    return {
        "answer": ("答复送有核实职责的人；核实之前庭长、院领导看不到。", "送出后不能修改。"),
        "verify": (f"本问题成立，{name}及其庭长、院领导看得到；随后立项整改，等待交办。", "认定后不能撤回。"),
        "dismiss": (f"本问题不成立并办结；仍只有{name}和有核实职责的人看得到。", "认定后不能撤回，新证据另行立项。"),
        "clear_relapse": (f"认定{name}未复发：问题回到原观察期，原整改不记为无效。", "认定后不能撤回。"),
        "void": ("本问题作废，记录和理由保留；尚未交办的整改事项随之撤销。", "作废后不能恢复。"),
    }[move]


ELSEWHERE = {  # what comes next where no person moves the finding itself
    State.VERIFIED: NotMine("交办整改", "审管办、督察、庭长或院领导", "在整改事项里办理。"),
    State.REMEDYING: NotMine("销号", "整改事项的核验人", "在整改事项里办理。"),
    State.WATCHING: NotMine("观察期满", "系统", "期内同一人同一规则再出现，自动重开；期满未复发，自动办结。"),
}


def _moves(viewer: Viewer, finding: Finding, tried: Mapping[str, Form]) -> list[Shown | NotMine]:
    shown: list[Shown | NotMine] = []
    for offer in selectors.offers(viewer, finding):
        code, label = offer.move.name, offer.move.label
        if not offer.allowed:
            shown.append(NotMine(label, offer.who, offer.why_not))
            continue
        consequence, undo = _consequence(code, finding)
        shown.append(
            Shown(
                code,
                label,
                reverse("findings:move", args=[finding.public_id, code]),
                tried.get(code) or forms.form_for(code),
                consequence,
                undo,
                kind="danger" if code == "void" else "primary",
                open=code == "answer",
            )
        )
    if next_elsewhere := ELSEWHERE.get(selectors.known(viewer, finding).state):
        shown.append(next_elsewhere)
    return shown
