"""后台任务的页面部件：my jobs, one job, and how the jobs run (for the system administrator)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.backup.selectors import backup_state
from tianping.foundation.jobs import selectors
from tianping.foundation.jobs.models import Job
from tianping.foundation.jobs.registry import title_of
from tianping.foundation.jobs.schedule import WORK
from tianping.foundation.jobs.states import GOING, LABELS, State
from tianping.foundation.pages import Column, Filter, Register, Shown, timeline

KINDS = {
    State.QUEUED: "waiting",
    State.RUNNING: "waiting",
    State.SUCCEEDED: "done",
    State.FAILED: "overdue",
    State.CANCELLED: "neutral",
}
NOT_YET = {"missing": "尚未开始"}
NOT_ENDED = {"missing": "尚未结束"}
CONSEQUENCES = {
    State.QUEUED: ("任务不再运行。", "取消后可以重试。"),
    State.RUNNING: ("任务办完手头一步后停下，已写入的部分保留。", "停下后可以重试，已办的部分不会重复。"),
    State.FAILED: ("任务从头再运行一遍，已办的部分不会重复。", "运行中可以取消。"),
    State.CANCELLED: ("任务从头再运行一遍，已办的部分不会重复。", "运行中可以取消。"),
}


def _state(state: str) -> dict[str, str]:
    return {"word": LABELS[State(state)], "kind": KINDS[State(state)]}


def _filters() -> list[Filter[Any]]:
    def in_state(state: State) -> Filter[Any]:
        return Filter(str(state), LABELS[state], lambda found: found.filter(state=state))

    return [in_state(state) for state in State]


def counted(job: Job) -> str:
    """进度的字：counts, and the job's own words."""
    counts = f"{job.done}/{job.total}" if job.total else str(job.done or "")
    return " ".join(filter(None, [counts, job.message]))


def register(viewer: Viewer) -> Register[Job]:
    """我的后台任务。"""
    return Register(
        title="后台任务",
        purpose="您提交的、要运行一阵子的任务：导入、批量检查等。关掉页面不影响运行。",
        queryset=selectors.job_list(viewer),
        columns=[
            Column("任务", lambda j: {"text": j.title, "url": _url(j)}, lambda j: j.title),
            Column("种类", lambda j: title_of(j.kind), lambda j: title_of(j.kind)),
            Column("状态", lambda j: {"state": _state(j.state)}, lambda j: LABELS[State(j.state)]),
            Column("进度", lambda j: counted(j) or NOT_YET, lambda j: counted(j) or None),
            Column("提交时间", lambda j: j.enqueued_at, lambda j: j.enqueued_at),
            Column("结束时间", lambda j: j.finished_at or NOT_ENDED, lambda j: j.finished_at),
        ],
        unit="项",
        definition="您本人提交的任务",
        empty={
            "what": "这里列出您提交的后台任务。",
            "how": "从导入等页面提交较大的表时，系统在后台办理并在这里显示进度。",
        },
        filters=_filters(),
        find=lambda found, words: found.filter(title__icontains=words),
        find_label="按任务名称查找",
    )


def operations(viewer: Viewer) -> Register[Any]:
    """运行情况：kinds, states and times; whose job it is and what it works on is not read from the database at all."""

    def moment(field: str) -> Column[Any]:
        labels = {"enqueued_at": "提交时间", "heartbeat_at": "最近心跳", "finished_at": "结束时间"}
        value: Callable[[Any], Any] = lambda row: getattr(row, field)  # noqa: E731
        return Column(labels[field], lambda row: value(row) or {"missing": "尚无"}, value)

    last = selectors.schedule(viewer)
    works = [{"label": work.label, "last": last.get(work.name)} for work in WORK]
    return Register(
        title="任务运行情况",
        purpose="后台任务运行是否正常：种类、状态、时间和运行者。任务的内容不对系统管理员显示。",
        queryset=selectors.operations(viewer),
        columns=[
            Column("编号", lambda row: row.public_id, lambda row: row.public_id),
            Column("种类", lambda row: title_of(row.kind), lambda row: title_of(row.kind)),
            Column("状态", lambda row: {"state": _state(row.state)}, lambda row: LABELS[State(row.state)]),
            Column("已运行次数", lambda row: row.attempts, lambda row: row.attempts, numeric=True),
            Column("运行者", lambda row: row.worker or NOT_YET, lambda row: row.worker),
            moment("enqueued_at"),
            moment("heartbeat_at"),
            moment("finished_at"),
        ],
        unit="项",
        definition="本院的后台任务和系统自身的任务",
        empty={
            "what": "这里列出后台任务的运行情况。",
            "how": "有人提交任务后出现；任务由 tianping-server worker 运行。",
        },
        filters=_filters(),
        more={"works": works, "backup": backup_state(viewer, timezone.now())},
    )


def record(viewer: Viewer, job: Job) -> dict[str, Any]:
    """一项任务的页面。"""
    facts: list[dict[str, Any]] = [
        {"term": "编号", "value": job.public_id},
        {"term": "种类", "value": title_of(job.kind)},
        {"term": "提交时间", "value": job.enqueued_at},
        {"term": "开始时间", "value": job.started_at or NOT_YET},
        {"term": "结束时间", "value": job.finished_at or NOT_ENDED},
        {"term": "已运行次数", "value": job.attempts},
    ]
    if job.failure:
        facts.append({"term": "未办成的原因", "value": job.failure, "wide": True})
    facts += [{"term": term, "value": str(value)} for term, value in job.result.items()]
    return {
        "title": job.title,
        "purpose": "一项后台任务的进度和结果。",
        "breadcrumb": [
            {"label": "首页", "url": "/"},
            {"label": "后台任务", "url": reverse("jobs:list")},
            {"label": job.title},
        ],
        "state": _state(job.state),
        "facts": facts,
        "timeline": timeline(selectors.steps(viewer, job)),
        "moves": _moves(viewer, job),
        **progress(job),
    }


def progress(job: Job) -> dict[str, Any]:
    """进度条：without script the link reads the page again; with it the part renews itself while the job goes on."""
    return {
        "job_url": _url(job),
        "going": job.state in GOING,
        "stopping": job.cancel_requested and job.state == State.RUNNING,
        "state_word": LABELS[State(job.state)],
        "done": job.done,
        "total": job.total,
        "message": job.message,
        "heartbeat_at": job.heartbeat_at if job.state == State.RUNNING else None,
    }


def _moves(viewer: Viewer, job: Job) -> list[Shown]:
    shown = []
    for move in selectors.moves_of(viewer, job):
        consequence, undo = CONSEQUENCES[State(job.state)]
        url = reverse("jobs:move", args=[job.public_id, move.name])
        kind = "danger" if move.name == "cancel" else "primary"
        shown.append(Shown(move.name, move.label, url, None, consequence, undo, kind=kind, open=True))
    return shown


def _url(job: Job) -> str:
    return reverse("jobs:detail", args=[job.public_id])
