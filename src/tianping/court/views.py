"""案件页：the list and one case."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tianping.court import selectors
from tianping.foundation.accounts.access import StaffRequest, open_to
from tianping.foundation.accounts.roles import CONTENT_ROLES
from tianping.foundation.pages import Column, Filter, Register, render_register

NOT_GIVEN = {"missing": "案件表未填"}


@open_to(*CONTENT_ROLES)
@require_safe
def cases(request: StaffRequest) -> HttpResponse:
    may_import = selectors.keeps_courts(request.viewer)
    find = selectors.CaseFinding(request.viewer)
    register: Register[Any] = Register(
        title="案件",
        purpose="本院案件系统的案件，按最近一次导入；评查文书、登记线索都以这里的案号为准。",
        queryset=selectors.case_list(request.viewer),
        columns=(
            Column("案号", lambda c: {"text": c.case_no, "url": reverse("court:case", args=[c.public_id])}, _case_no),
            Column("案由", lambda c: c.cause, lambda c: c.cause),
            Column("程序", lambda c: c.get_procedure_display(), lambda c: c.get_procedure_display()),
            Column("承办部门", lambda c: c.organisation.name, lambda c: c.organisation.name),
            Column("承办人", lambda c: c.judge.name if c.judge else {"missing": "未分案"}, _judge),
            Column("立案日期", lambda c: c.filed_on, lambda c: c.filed_on),
            Column("结案日期", lambda c: c.closed_on or {"missing": "未结"}, lambda c: c.closed_on),
        ),
        unit="件",
        definition="您能看到的案件：院领导、审管办、督察看全院，庭长看本部门，法官和书记员看本人承办的",
        empty={
            "what": "这里列出您能看到的案件。",
            "how": "案件由审管办从案件系统导出的表格导入。",
            "action_label": "导入案件" if may_import else "",
            "action_url": reverse("court:import") if may_import else "",
        },
        filters=[Filter(*narrowing) for narrowing in selectors.case_narrowings(request.viewer)],
        find=find,
        find_label="按案号、案由、部门、承办人、书记员查找",
        branches=find.branches,
        action={"label": "导入案件", "url": reverse("court:import"), "icon": "upload"} if may_import else None,
    )
    return render_register(request, register)


def _case_no(case: Any) -> str:
    return str(case.case_no)


def _judge(case: Any) -> str | None:
    return case.judge.name if case.judge else None


@open_to(*CONTENT_ROLES)
@require_safe
def case(request: StaffRequest, public_id: str) -> HttpResponse:
    found = selectors.case_visible(request.viewer, public_id)
    heard = selectors.hearings(request.viewer, found)
    context = {
        "title": found.case_no,
        "purpose": "案件系统里这一案的基本情况；要改动，请在案件系统改后重新导入。",
        "breadcrumb": [
            {"label": "首页", "url": "/"},
            {"label": "案件", "url": reverse("court:cases")},
            {"label": found.case_no},
        ],
        "state": {"word": "已结", "kind": "done"} if found.closed_on else {"word": "未结", "kind": "neutral"},
        "facts": [
            {"term": "案由", "value": found.cause},
            {"term": "案件类别", "value": found.get_kind_display()},
            {"term": "适用程序", "value": found.get_procedure_display()},
            {"term": "审级", "value": {1: "一审", 2: "二审", 3: "再审"}.get(found.instance, str(found.instance))},
            {"term": "法院", "value": found.court.name},
            {"term": "承办部门", "value": found.organisation.name},
            {"term": "承办人", "value": found.judge.name if found.judge else {"missing": "未分案"}},
            {"term": "书记员", "value": found.clerk.name if found.clerk else NOT_GIVEN},
            {"term": "立案日期", "value": found.filed_on},
            {"term": "结案日期", "value": found.closed_on or {"missing": "未结"}},
            {
                "term": "结案方式",
                "value": found.get_how_closed_display() or (NOT_GIVEN if found.closed_on else {"missing": "未结"}),
            },
        ],
        "caption": "开庭",
        "columns": [{"label": "开庭时间"}, {"label": "法庭"}],
        "rows": [{"cells": [hearing.starts_at, hearing.room]} for hearing in heard],
        "empty": {"what": "这里列出本案的开庭。", "how": "案件系统排期后随案件一并导入；现在还没有。"},
        "data_time": timezone.now(),
    }
    return render(request, "court/case.html", context)
