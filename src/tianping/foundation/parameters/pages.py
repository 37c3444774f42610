"""参数的页面部件：every number with its basis and badge, what is waiting for approval, and what was decided."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils.timezone import localdate

from tianping import law
from tianping.foundation.accounts.models import Organisation
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.moves import moves_from
from tianping.foundation.pages import NotMine, Shown
from tianping.foundation.parameters import forms, selectors
from tianping.foundation.parameters.holidays import Outcome
from tianping.foundation.parameters.models import LocalValue
from tianping.foundation.parameters.selectors import Line
from tianping.foundation.parameters.states import LABELS, MOVES, ROLES, State
from tianping.law import Value
from tianping.law.workdays import year_known

UNITS = {
    "day": "日", "workday": "个工作日", "month": "个月", "year": "年", "yuan": "元", "percent": "%", "count": "次",
    "times": "倍",
}  # fmt: skip
KINDS = {State.PROPOSED: "waiting", State.APPROVED: "done", State.DECLINED: "neutral", State.WITHDRAWN: "neutral"}
NATIONAL_UNTIL_CONFIRMED = "全国没有统一规定"


def amount(value: int | Decimal, unit: str) -> str:
    return f"{value}%" if unit == "percent" else f"{value} {UNITS[unit]}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _national(line: Line) -> dict[str, Any]:
    last = line.parameter.values[-1]
    cell: dict[str, Any] = {"text": amount(last.value, last.unit), "note": f"{last.basis}，自{_day(last.since)}起"}
    if last.badge and not line.is_local:
        cell |= {"state": {"word": last.badge, "kind": "waiting"}}
        cell["note"] = f"{amount(last.value, last.unit)}；{cell['note']}"
    return cell


def _set_by_law(line: Line) -> list[Any]:
    last = line.parameter.values[-1]
    return [amount(last.value, last.unit), last.basis, last.since]


def _ours(line: Line) -> dict[str, Any]:
    note = ""
    if line.coming is not None:
        number = line.coming.number
        what = "恢复全国值" if number is None else amount(number, line.parameter.unit)
        note = f"自{_day(line.coming.since)}起为{what}"
    if line.is_local and line.now is not None:
        return {"text": amount(line.now.value, line.now.unit), "note": note or "本院已定"}
    return {"text": "未定", "note": note} if note else {"missing": "本院尚未确认或另定"}


def _basis(line: Line) -> Any:
    return line.now.basis if line.now is not None and line.is_local else {"missing": "没有本院的依据"}


def _since(line: Line) -> Any:
    return line.now.since if line.now is not None and line.is_local else {"missing": "没有本院的施行日"}


def overview(viewer: Viewer, court: Organisation, tried: tuple[str, str, Form] | None = None) -> dict[str, Any]:
    """参数页：``tried`` is (public id, move, form) of a decision that was refused."""
    keeps = court in selectors.courts_kept(viewer)
    lines, values = selectors.lines(viewer, court), selectors.values(viewer, court)
    rows: list[dict[str, Any]] = []
    fixed: list[dict[str, Any]] = []
    for line in lines:
        first: dict[str, Any] = {"text": line.parameter.name}
        if not line.is_ours_to_set:
            fixed.append({"cells": [first, *_set_by_law(line)]})
            continue
        if keeps and line.proposal is None:
            first["url"] = _with_court(reverse("parameters:set", args=[line.parameter.code]), court)
        rows.append({"cells": [first, _national(line), _ours(line), _basis(line), _since(line)]})
    waiting = [
        {"value": one, "words": words(one), "moves": _moves(viewer, one, tried)}
        for one in values
        if one.state == State.PROPOSED
    ]
    calendar = selectors.calendar_of(court.pk)
    this_year = viewer.on.year
    return {
        "title": "本院参数",
        "purpose": "期限、天数等数字的全国值和本院的值；全国没有统一规定的，由审管办提出、院领导批准后施行。",
        "breadcrumb": [{"label": "首页", "url": "/"}, {"label": "本院参数"}],
        "action": {"label": "导入放假安排", "url": reverse("parameters:holidays"), "icon": "upload"} if keeps else None,
        "court": court,
        "filters": [
            {"label": one.name, "url": _with_court(reverse("parameters:list"), one), "active": one == court}
            for one in courts
        ]
        if len(courts := selectors.courts_of(viewer)) > 1
        else [],
        "caption": "本院可以定的",
        "columns": [{"label": label} for label in ("参数", "全国值", "本院的值", "依据", "施行日")],
        "rows": rows,
        "fixed": {
            "caption": "法律已有规定的",
            "columns": [{"label": "参数"}, {"label": "值", "short": True}, {"label": "依据"}, {"label": "施行日"}],
            "rows": fixed,
        },
        "keeps": keeps,
        "waiting": waiting,
        "years": [
            {"year": year, "known": year_known(year, calendar=calendar)} for year in range(this_year, this_year + 2)
        ],
        "notices": [
            f"{one.year}年：{one.imported_by_name}于{_day(localdate(one.imported_at))}导入“{one.file_name}”"
            for one in selectors.notices(viewer, court)
        ],
        "decided": {
            "caption": "提出和批复",
            "columns": [{"label": label} for label in ("提出", "状态", "依据", "提出人", "批复")],
            "rows": [{"cells": _history(one)} for one in values],
        },
    }


def _with_court(url: str, court: Organisation) -> str:
    return f"{url}?court={court.code}"


def words(value: LocalValue) -> str:
    parameter = law.parameter(value.code)
    what = "恢复全国值" if value.number is None else f"定为{amount(value.number, parameter.unit)}"
    return f"{parameter.name}：自{_day(value.since)}起{what}"


def _history(value: LocalValue) -> list[Any]:
    decision: Any = {"missing": "尚未批复"}
    if value.decided_by is not None:
        decision = {"text": value.decided_by.name, "note": value.reason}
    elif value.state == State.WITHDRAWN:
        decision = {"text": "审管办撤回", "note": value.reason}
    state = State(value.state)
    return [
        words(value), {"state": {"word": LABELS[state], "kind": KINDS[state]}}, value.basis,
        {"text": value.proposed_by.name, "note": _day(localdate(value.proposed_at))}, decision,
    ]  # fmt: skip


CONSEQUENCES = {
    "approve": ("自施行日起，新起算的期限按此计算；已经起算的不变。", "批准后不能撤销，只能以后另定。"),
    "decline": ("本项不施行，审管办可以另提。", "不能撤销。"),
    "withdraw": ("本项不再送批。", "撤回后可以另提。"),
}


def _moves(viewer: Viewer, value: LocalValue, tried: tuple[str, str, Form] | None) -> list[Shown | NotMine]:
    roles = value.roles_of(viewer)
    found: list[Shown | NotMine] = []
    for move in moves_from(MOVES, State(value.state)):
        if move.role in roles:
            refused = tried is not None and tried[:2] == (value.public_id, move.name)
            consequence, undo = CONSEQUENCES[move.name]
            found.append(
                Shown(
                    code=f"{value.public_id}-{move.name}",
                    label=move.label,
                    url=reverse("parameters:decide", args=[value.public_id, move.name]),
                    form=tried[2] if refused and tried else reason_form(value.public_id, move.name),
                    consequence=consequence,
                    undo=undo,
                    kind="danger" if move.name == "decline" else "primary",
                )
            )
        else:
            own = viewer.user_id == value.proposed_by_id and viewer.holds(Role.LEADER)
            why = "本项由您提出，应由另一位院领导批准。" if own else f"您不是{ROLES[move.role]}。"
            found.append(NotMine(move.label, ROLES[move.role], why))
    return found


def reason_form(public_id: str, move: str, data: Any = None) -> forms.ReasonForm:
    return forms.ReasonForm(data, prefix=f"{public_id}-{move}", required=move == "decline")


def setting(court: Organisation, parameter: law.Parameter, now: Value | None, form: Form) -> dict[str, Any]:
    """提出页。"""
    held = f"现为{amount(now.value, now.unit)}（{now.basis}）" if now else "现在没有值"
    return {
        "title": f"设定：{parameter.name}",
        "purpose": f"{court.name}的值，{held}。提出后由院领导批准，自施行日起用于新起算的期限。",
        "breadcrumb": [
            {"label": "首页", "url": "/"},
            {"label": "本院参数", "url": _with_court(reverse("parameters:list"), court)},
            {"label": parameter.name},
        ],
        "form": form,
        "court": court,
    }


def holidays(form: Form, outcome: Outcome | None, refused_at: int = 200) -> dict[str, Any]:
    """放假安排导入页：what was refused, or what it would do."""
    shown = outcome.refused[:refused_at] if outcome else ()
    hidden = sum(not one.moved.number for one in outcome.affected) if outcome else 0
    return {
        "title": "导入放假安排",
        "purpose": "把国务院办公厅当年的放假通知导入本院；"
        "没有导入的年度只扣周末和日期固定的法定节假日，期限里写明“放假安排未导入”。",
        "breadcrumb": [
            {"label": "首页", "url": "/"},
            {"label": "本院参数", "url": reverse("parameters:list")},
            {"label": "导入放假安排"},
        ],
        "form": form,
        "outcome": outcome,
        "refused": {
            "caption": "被拒的单元格",
            "columns": [{"label": label} for label in ("行", "列", "现在的值", "原因和改法")],
            "rows": [
                {"cells": [str(r.row), r.header, r.value, {"text": f"{r.reason}。", "note": r.way_out}]} for r in shown
            ],
        },
        "affected": {
            "caption": "受影响的期限",
            "columns": [{"label": label} for label in ("期限", "现在到期", "按新安排", "怎样处理")],
            "rows": [
                {
                    "cells": [
                        {"text": one.moved.number, "note": one.clock.label, "url": one.moved.url},
                        one.moved.was,
                        one.moved.becomes,
                        "顺延" if one.moved.later else "不提前，仍按原定",
                    ]
                }
                for one in (outcome.affected if outcome else ())
                if one.moved.number
            ],
        },
        "hidden": hidden,
    }
