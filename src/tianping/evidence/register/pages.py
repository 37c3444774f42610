"""登记册的页面部件：columns of the list, facts and timeline of a record, and the table of its moves."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tianping.evidence.register import selectors
from tianping.evidence.register.forms import VoidForm
from tianping.evidence.register.models import Evidence
from tianping.evidence.register.states import LABELS, MOVES, ROLES, State
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.pages import Column, Filter, NotMine, Register, Shown
from tianping.foundation.records import process

KINDS = {State.REGISTERED: "done", State.VOIDED: "neutral"}


def url(evidence: Evidence) -> str:
    return reverse("register:detail", args=[evidence.public_id])


def state(evidence: Evidence) -> dict[str, str]:
    now = State(evidence.state)
    return {"word": LABELS[now], "kind": KINDS[now]}


def registrar(viewer: Viewer, evidence: Evidence) -> str:
    """登记人：the subject reads the grounds and learns the office, not the name (最少知悉)."""
    return evidence.get_door_display() if evidence.subject_id == viewer.user_id else evidence.registered_by.name


COLUMNS: tuple[Column[Evidence], ...] = (
    Column("编号", lambda e: {"text": e.number, "url": url(e)}, lambda e: e.number),
    Column("规则", lambda e: {"text": e.rule_name, "note": e.rule_code}, lambda e: f"{e.rule_code} {e.rule_name}"),
    Column("摘要", lambda e: e.summary, lambda e: e.summary),
    Column("责任人", lambda e: {"text": e.subject.name, "note": e.organisation.name}, lambda e: e.subject.name),
    Column("发生日期", lambda e: e.occurred_on, lambda e: e.occurred_on),
    Column("登记时间", lambda e: e.registered_at, lambda e: e.registered_at),
    Column("状态", lambda e: {"state": state(e)}, lambda e: LABELS[State(e.state)]),
)


def register(viewer: Viewer) -> Register[Evidence]:
    """登记册清单。"""
    by: Column[Evidence] = Column("登记人", lambda e: registrar(viewer, e), lambda e: registrar(viewer, e))
    return Register(
        title="证据登记册",
        purpose="每一件证据只登记一次；立项以后的答复、核实、整改都从这里指回。",
        queryset=selectors.evidence_list(viewer),
        columns=(*COLUMNS[:-2], by, *COLUMNS[-2:]),
        unit="件",
        definition="您登记的、与您有关的，以及您所督查部门的证据",
        filters=(
            Filter("untaken", "待立项", selectors.untaken),
            Filter("registered", "已登记", lambda found: found.filter(state=State.REGISTERED)),
            Filter("voided", "已作废", lambda found: found.filter(state=State.VOIDED)),
        ),
        find=selectors.with_words,
        find_label="编号、规则、摘要、案号或姓名",
        empty={
            "what": "这里没有您能看到的证据。",
            "how": "评查人在文书评查中登记的批注列在这里，随即送责任人答复。",
        },
    )


def facts(evidence: Evidence) -> list[dict[str, Any]]:
    case = evidence.case
    found: list[dict[str, Any]] = [
        {"term": "编号", "value": evidence.number},
        {"term": "入口", "value": evidence.get_door_display()},
        {"term": "规则", "value": {"text": evidence.rule_name, "note": evidence.rule_code}},
        {"term": "责任人", "value": {"text": evidence.subject.name, "note": evidence.organisation.name}},
        {
            "term": "案件",
            "value": {"text": case.case_no, "note": case.cause} if case else {"missing": "与具体案件无关"},
        },
        {"term": "发生日期", "value": evidence.occurred_on},
        {"term": "摘要", "value": evidence.summary, "wide": True},
        {"term": "登记理由", "value": evidence.grounds, "wide": True},
    ]
    return found


def timeline(viewer: Viewer, evidence: Evidence) -> list[dict[str, Any]]:
    who = registrar(viewer, evidence)
    steps: list[dict[str, Any]] = [{"at": evidence.registered_at, "who": who, "what": "登记为证据"}]
    if evidence.voided_at:  # only whoever registered it voids it
        steps.append({"at": evidence.voided_at, "who": who, "what": "作废", "note": evidence.void_reason})
    return steps


def moves(viewer: Viewer, evidence: Evidence, form: VoidForm | None = None) -> list[Shown | NotMine]:
    shown: list[Shown | NotMine] = []
    for offer in selectors.offers(viewer, evidence):
        if not offer.allowed:
            shown.append(NotMine(offer.move.label, offer.who, offer.why_not))
            continue
        shown.append(
            Shown(
                code=offer.move.name,
                label=offer.move.label,
                url=reverse("register:void", args=[evidence.public_id]),
                form=form or VoidForm(auto_id="void-%s"),
                consequence="作废后，据此立项而尚未核实的问题随之撤销；记录和理由仍可查。",
                undo="作废不能撤回。",
                kind="danger",
            )
        )
    return shown


def record(viewer: Viewer, evidence: Evidence, form: VoidForm | None = None) -> dict[str, Any]:
    """证据页的全部内容。"""
    return {
        "title": f"{evidence.number} {evidence.rule_name}",
        "purpose": "登记了什么、依据哪一处、由谁登记。",
        "breadcrumb": [
            {"label": "首页", "url": "/"},
            {"label": "证据登记册", "url": reverse("register:list")},
            {"label": evidence.number},
        ],
        "state": state(evidence),
        "facts": facts(evidence),
        "place": selectors.place_of(viewer, evidence),
        "timeline": timeline(viewer, evidence),
        "moves": moves(viewer, evidence, form),
        "diagram": process(MOVES, LABELS, ROLES, State(evidence.state)),
    }
