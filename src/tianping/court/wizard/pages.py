"""导入向导的页面部件：the four steps, and what one import shows at the step it has come to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from tianping.court.wizard.forms import ColumnsForm
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.imports import selectors
from tianping.foundation.imports.models import Import
from tianping.foundation.imports.services import SHOWN
from tianping.foundation.imports.states import LABELS, State
from tianping.foundation.jobs import pages as jobs
from tianping.foundation.jobs.states import State as JobState

SCHEMA = "court.cases"
STEPS = ("选表", "对应列", "试导", "写入")
KINDS = {
    State.RECEIVED: "waiting",
    State.TRIED: "waiting",
    State.WRITTEN: "done",
    State.UNDONE: "neutral",
    State.DROPPED: "neutral",
}
RECENT = 20


def steps(now: int) -> list[dict[str, Any]]:
    """四步：``now`` counts from one."""
    return [{"number": n, "label": label, "now": n == now, "done": n < now} for n, label in enumerate(STEPS, start=1)]


def start(viewer: Viewer) -> dict[str, Any]:
    """第一步的页面：the form is the view's; below it the imports of late."""
    recent = selectors.import_list(viewer, SCHEMA)[:RECENT]
    return {
        "title": "导入案件",
        "purpose": "把案件系统导出的表格导入本院案件；同一张表导入两次，第二次不会改变什么。",
        "breadcrumb": [
            {"label": "首页", "url": "/"},
            {"label": "案件", "url": reverse("court:cases")},
            {"label": "导入案件"},
        ],
        "steps": steps(1),
        "sources": selectors.sources(viewer, SCHEMA),
        "caption": "近来的导入",
        "columns": [{"label": "表"}, {"label": "来源"}, {"label": "上传"}, {"label": "状态"}, {"label": "结果"}],
        "rows": [
            {
                "cells": [
                    {"text": one.file_name, "url": reverse("court:import_one", args=[one.public_id])},
                    one.source,
                    {"text": one.received_by.name if one.received_by else "命令行"},
                    {"state": {"word": LABELS[State(one.state)], "kind": KINDS[State(one.state)]}},
                    one.summary or {"missing": "尚未试导"},
                ]
            }
            for one in recent
        ],
    }


def one(viewer: Viewer, found: Import, at: datetime, form: ColumnsForm | None = None) -> dict[str, Any]:
    """一次导入：its facts, and the step it waits at."""
    going = selectors.is_going(found)
    state = State(found.state)
    naming = state == State.RECEIVED or form is not None
    now = {State.RECEIVED: 2, State.TRIED: 3}.get(state, 4)
    if going and found.job is not None:
        now = 4 if found.job.kind.endswith((".write", ".undo")) else 3
    failed = found.job is not None and JobState(found.job.state) in (JobState.FAILED, JobState.CANCELLED)
    return {
        "title": f"导入案件：{found.file_name}",
        "purpose": "一张案件表从上传到写入；每一步都可以停下，写入前不改变任何案件。",
        "breadcrumb": [
            {"label": "首页", "url": "/"},
            {"label": "案件", "url": reverse("court:cases")},
            {"label": "导入案件", "url": reverse("court:import")},
            {"label": found.file_name},
        ],
        "state": {"word": LABELS[state], "kind": KINDS[state]},
        "steps": steps(now),
        "import": found,
        "facts": _facts(found, state),
        "going": going,
        "failure": (found.job.failure or "任务已取消。") if failed and found.job else "",
        "form": None if going else (form or columns_form(found)) if naming else None,
        "tried": state == State.TRIED and not going,
        "written": state == State.WRITTEN and not going,
        "may_undo": selectors.may_undo(viewer, found, at) and not going,
        "may_drop": state in (State.RECEIVED, State.TRIED) and not going,
        "valid_rows": sum(found.counts.values()),
        "cases_url": reverse("court:cases"),
        "refused_url": reverse("court:import_refused", args=[found.public_id]) if found.refused_rows else None,
        "caption": "被拒的单元格",
        "columns": [{"label": "行", "numeric": True}, {"label": "列"}, {"label": "现在的值"}, {"label": "原因和改法"}],
        "rows": [
            {"cells": [row, header, value or {"missing": "空"}, {"text": f"{reason}。", "note": way_out}]}
            for row, header, value, reason, way_out in found.refusals
        ],
        "unshown": max(0, found.refused_cells - SHOWN),
        "urls": {
            move: reverse("court:import_move", args=[found.public_id, move])
            for move in ("try", "write", "undo", "drop")
        },
        **(progress(found) if going else {}),
    }


def columns_form(found: Import, data: Any = None) -> ColumnsForm:
    return ColumnsForm(data, headers=found.headers, samples=found.samples, columns=found.columns)


def progress(found: Import) -> dict[str, Any]:
    """进度条：of the job, renewed from this import's own page, so that the whole office may follow it."""
    assert found.job is not None
    return {**jobs.progress(found.job), "job_url": reverse("court:import_one", args=[found.public_id])}


def _size(octets: int) -> str:
    return f"{octets / 1024 / 1024:.1f} MB" if octets >= 1024 * 1024 else f"{max(1, octets // 1024)} KB"


def _facts(found: Import, state: State) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"term": "法院", "value": found.court.name},
        {"term": "来源系统", "value": found.source},
        {"term": "上传", "value": found.received_at},
        {"term": "上传人", "value": found.received_by.name if found.received_by else "命令行"},
        {"term": "大小", "value": _size(found.size)},
    ]
    if state in (State.RECEIVED, State.TRIED):
        facts.append({"term": "文件保留至", "value": found.expires_at})
    if found.written_at:
        facts.append({"term": "写入", "value": found.written_at})
    if found.undone_at:
        facts.append({"term": "撤销", "value": found.undone_at})
    return facts
