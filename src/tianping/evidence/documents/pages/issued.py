"""已发文书的页面：the list, taking documents in, one document and the assigning of its reviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from tianping.evidence.documents import selectors, services
from tianping.evidence.documents.forms import AssignForm, TakeForm
from tianping.evidence.documents.models import IssuedDocument
from tianping.evidence.documents.pages.text import crumbs, paragraphs, read, review_url, state, url
from tianping.evidence.documents.states import State
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.pages import Column, Filter, NotMine, Register, Shown

COLUMNS: tuple[Column[IssuedDocument], ...] = (
    Column("案号", lambda d: {"text": d.case.case_no, "url": url(d)}, lambda d: d.case.case_no),
    Column("文书", lambda d: {"text": d.title, "note": d.case.cause}, lambda d: d.title),
    Column("承办部门", lambda d: d.organisation.name, lambda d: d.organisation.name),
    Column("承办法官", lambda d: d.judge.name, lambda d: d.judge.name),
    Column("落款日期", lambda d: d.issued_on, lambda d: d.issued_on),
    Column("字数", lambda d: d.characters, lambda d: d.characters, numeric=True),
)


def register(viewer: Viewer) -> Register[IssuedDocument]:
    """已发文书清单。Whether a document is under review is told to the office only, which assigns reviews."""
    office = viewer.holds(Role.TRIAL_OFFICE)
    how = "用“收录文书”上传已发的裁判文书。" if office else "审管办收录已发文书后，您承办或所辖的列在这里。"
    progress: tuple[Filter[IssuedDocument], ...] = (
        Filter("unreviewed", "未指派评查", lambda found: selectors.under_review(viewer, found)),
        Filter("open", "评查中", lambda found: selectors.under_review(viewer, found, State.OPEN)),
        Filter("done", "已评查", lambda found: selectors.under_review(viewer, found, State.DONE)),
    )
    return Register(
        title="已发文书",
        purpose="本院已经发出的裁判文书；评查从这里指派。",
        queryset=selectors.issued_list(viewer),
        columns=COLUMNS,
        unit="份",
        definition="您承办、评查或所辖部门的已发文书",
        filters=progress if office else (),
        find=selectors.issued_with,
        find_label="案号、文书名称、部门或法官",
        action={"label": "收录文书", "url": reverse("documents:take"), "icon": "upload"} if office else None,
        empty={"what": "这里没有您能看到的已发文书。", "how": how},
        more={"other": {"label": "看评查清单", "url": reverse("documents:reviews")}},
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """收录结果：of one file — the document it became, or why it was refused."""

    name: str
    document: IssuedDocument | None
    why: str = ""


def take(form: TakeForm, outcomes: Sequence[Outcome] = ()) -> dict[str, Any]:
    """收录页。"""
    taken = sum(outcome.document is not None for outcome in outcomes)
    return {
        "title": "收录文书",
        "purpose": "把已经发出的裁判文书收进来，以便指派评查。同一份文件只收一次。",
        "breadcrumb": crumbs(("已发文书", reverse("documents:issued")), ("收录文书", "")),
        "form": form,
        "outcomes": [
            {
                "cells": [
                    {"text": o.name, "url": url(o.document)} if o.document else o.name,
                    {
                        "state": {"word": "已收录", "kind": "done"}
                        if o.document
                        else {"word": "未收录", "kind": "overdue"}
                    },
                    o.document.case.case_no if o.document else o.why,
                ]
            }
            for o in outcomes
        ],
        "columns": [{"label": "文件"}, {"label": "结果", "short": True}, {"label": "案号或未收录的原因"}],
        "summary": f"收录 {taken} 份，未收录 {len(outcomes) - taken} 份；未收录的没有写入任何内容。",
    }


def record(viewer: Viewer, document: IssuedDocument, at: datetime, form: AssignForm | None = None) -> dict[str, Any]:
    """已发文书页。"""
    text, fault = read(viewer, document)
    return {
        "title": str(document),
        "purpose": "已发文书的正文和评查情况。",
        "breadcrumb": crumbs(("已发文书", reverse("documents:issued")), (document.case.case_no, "")),
        "action": {
            "label": "下载原件",
            "url": reverse("documents:file", args=[document.public_id]),
            "icon": "download",
        },
        "facts": [
            {"term": "案号", "value": {"text": document.case.case_no, "note": document.case.cause}},
            {"term": "文书名称", "value": document.title},
            {"term": "承办法官", "value": {"text": document.judge.name, "note": document.organisation.name}},
            {"term": "落款日期", "value": document.issued_on},
            {"term": "文件", "value": {"text": document.file_name, "note": f"{document.size:,} 字节"}},
            {"term": "字数", "value": document.characters},
            {"term": "文件哈希（SHA-256）", "value": document.sha256, "wide": True},
        ],
        "timeline": [{"at": document.taken_at, "who": document.taken_by.name, "what": "收录"}],
        "reviews": [
            {"url": review_url(r), "who": r.reviewer.name, "at": r.assigned_at, "state": state(r)}
            for r in selectors.reviews_of(viewer, document)
        ],
        "moves": [_assign_move(viewer, document, at, form)],
        "text": {
            "title": str(document),
            "paragraphs": paragraphs(text),
            "issues": text.issues if text else (),
        },
        "fault": fault,
    }


def assign_form(viewer: Viewer, document: IssuedDocument, at: datetime, posted: Any = None) -> AssignForm:
    """指派评查的表单：offers those whom nothing keeps from it and who do not review it already."""
    day = timezone.localdate(at)
    people = selectors.possible_reviewers(document, day)
    divisions = selectors.divisions_of(people, day)
    recused = selectors.recusals(document, day)
    busy = {r.reviewer_id for r in selectors.reviews_of(viewer, document) if r.state != State.VOIDED}
    offered, refused = [], {}
    for person in people:
        if why := recused.get(person.pk):
            refused[person.public_id] = why
        elif person.pk in busy:
            refused[person.public_id] = f"{person.name}已在评查这份文书，不重复指派。"
        else:
            offered.append((person.public_id, f"{person.name}（{divisions.get(person.pk, '未编入庭室')}）"))
    return AssignForm(posted, people=offered, refused=refused, auto_id="assign-%s")


def _assign_move(viewer: Viewer, document: IssuedDocument, at: datetime, form: AssignForm | None) -> Shown | NotMine:
    if why := services.assign_refusal(document, viewer):
        return NotMine("指派评查", "审管办", why)
    return Shown(
        code="assign",
        label="指派评查",
        url=reverse("documents:assign", args=[document.public_id]),
        form=form or assign_form(viewer, document, at),
        consequence="指派后，系统用当日的全部规则检查文书，批注交评查人逐条处理；承办法官只看到登记下来的。",
        undo="指派有误的，可作废该评查。",
    )
