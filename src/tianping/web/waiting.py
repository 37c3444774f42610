"""待我办理：what each stage says waits for a viewer, as the home page and the top bar show it."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.urls import reverse

from tianping.evidence.documents import selectors as documents
from tianping.findings import pages as findings_pages
from tianping.findings import selectors as findings
from tianping.findings.rules import REPLY_DAYS
from tianping.findings.states import LABELS as FINDING_LABELS
from tianping.findings.states import State as FindingState
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.parameters.selectors import Calendars, Values
from tianping.remedy import pages as remedy_pages
from tianping.remedy import selectors as remedy
from tianping.remedy.states import LABELS as DUTY_LABELS
from tianping.remedy.states import State as DutyState

MOST = 20  # a section of the home page; the rest is behind 「全部」


def count(viewer: Viewer) -> int:
    return (
        documents.reviews_waiting_for(viewer).count()
        + findings.waiting_for(viewer).count()
        + remedy.waiting_for(viewer).count()
    )


def sections(viewer: Viewer) -> list[dict[str, Any]]:
    """首页各节：only those in which something waits."""
    return [s for s in (_findings(viewer), _duties(viewer), _reviews(viewer)) if s["count"]]


def _findings(viewer: Viewer) -> dict[str, Any]:
    found = findings.waiting_for(viewer).order_by("reply_due", "id")
    limits, calendars = Values(REPLY_DAYS), Calendars()
    items = [
        {
            "title": str(finding),
            "why": "您是责任人，请先看证据再答复。"
            if finding.state == FindingState.ANSWERING
            else f"责任人{finding.get_stance_display()}，等您核实。",
            "url": reverse("findings:detail", args=[finding.public_id]),
            "state": {"word": FINDING_LABELS[FindingState(finding.state)], "kind": "waiting"},
            "clock": findings_pages.clock(finding, viewer.on, limits, calendars),
        }
        for finding in found[:MOST]
    ]
    return _section("问题", "findings", found.count(), items, reverse("findings:list"))


def _duties(viewer: Viewer) -> dict[str, Any]:
    found = remedy.waiting_for(viewer).order_by(F("due_on").asc(nulls_last=True), "id")  # alike on both databases
    whys = {
        DutyState.PLANNING: "问题已核实，等您交办：定承办人、期限、标准。",
        DutyState.SUBMITTED: "承办人已报结，等您核验。",
    }
    items = [
        {
            "title": str(duty),
            "why": whys.get(DutyState(duty.state), "您是承办人，请按期整改并提请核验。")
            if duty.state != DutyState.OPEN or duty.owner_id == viewer.user_id
            else "承办人申请延期，等您批复。",
            "url": reverse("remedy:detail", args=[duty.public_id]),
            "state": {"word": DUTY_LABELS[DutyState(duty.state)], "kind": "waiting"},
            "clock": remedy_pages.clock(duty, viewer.on),
        }
        for duty in found[:MOST]
    ]
    return _section("整改", "duties", found.count(), items, reverse("remedy:list"))


def _reviews(viewer: Viewer) -> dict[str, Any]:
    found = documents.reviews_waiting_for(viewer)
    items = [
        {
            "title": str(review.document),
            "why": f"{review.total} 条批注，还有 {review.pending} 条待您处理。",  # type: ignore[attr-defined]
            "url": reverse("documents:review", args=[review.public_id]),
            "state": {"word": "评查中", "kind": "waiting"},
            "clock": None,
        }
        for review in found[:MOST]
    ]
    return _section("文书评查", "reviews", found.count(), items, reverse("documents:reviews"))


def _section(title: str, code: str, number: int, items: list[dict[str, Any]], all_url: str) -> dict[str, Any]:
    return {"title": title, "code": code, "count": number, "items": items, "all_url": all_url}


def nothing(viewer: Viewer) -> dict[str, str]:
    """空首页：what would be here for this role, and how it gets here."""
    if viewer.holds(Role.TRIAL_OFFICE, Role.INSPECTOR):
        how = "评查登记的问题，责任人答复后在此等您核实；核实后等您交办，报结后等您核验。"
    elif viewer.holds(Role.HEAD, Role.LEADER):
        how = "辖内问题核实后在此等您交办整改；延期申请也在此等您批复。"
    else:
        how = "与您有关的问题先送您答复；交给您的整改和评查也列在这里。"
    return {
        "what": "现在没有等您办的事。",
        "how": how,
        "action_url": reverse("documents:own_check"),
        "action_label": "自查一份文书",
    }
