"""后台任务的页面：my jobs, one job with its progress and moves; for the system administrator, how they run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tianping.foundation.accounts.access import StaffRequest, open_to
from tianping.foundation.accounts.roles import Role
from tianping.foundation.jobs import pages, selectors, services
from tianping.foundation.jobs.registry import UnknownKind
from tianping.foundation.moves import MoveRefused
from tianping.foundation.pages import render_register

VERBS: dict[str, tuple[Callable[..., object], str]] = {  # move: what does it, what is said afterwards
    "cancel": (services.job_cancel, "已取消；正在运行的，办完手头一步后停下。"),
    "retry": (services.job_retry, "已重新排队。"),
}


@open_to(*Role)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    return render_register(request, pages.register(request.viewer))


@open_to(Role.SYSTEM_ADMIN)
@require_safe
def operations(request: StaffRequest) -> HttpResponse:
    return render_register(request, pages.operations(request.viewer), "jobs/operations.html")


@open_to(*Role)
@require_safe
def detail(request: StaffRequest, public_id: str) -> HttpResponse:
    job = selectors.job_visible(request.viewer, public_id)
    if request.htmx:
        answer = render(request, "jobs/_progress.html", pages.progress(job))
        if not pages.progress(job)["going"]:
            answer["HX-Refresh"] = "true"  # facts, timeline and moves have changed with the state
        return answer
    return _record(request, job)


@open_to(*Role)
@require_POST
def move(request: StaffRequest, public_id: str, move: str) -> HttpResponse:
    job = selectors.job_visible(request.viewer, public_id)
    if move not in VERBS:
        raise Http404
    verb, done = VERBS[move]
    try:
        verb(job_id=job.pk, by=request.viewer, at=timezone.now())
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    except UnknownKind:
        messages.error(request, "本版本没有这一类任务，可能是升级前提交的。请重新提交。")
    else:
        messages.success(request, done)
        return redirect("jobs:detail", public_id)
    return _record(request, selectors.job_visible(request.viewer, public_id), status=422)


def _record(request: StaffRequest, job: Any, status: int = 200) -> HttpResponse:
    context = pages.record(request.viewer, job) | {"data_time": timezone.now()}
    return render(request, "jobs/detail.html", context, status=status)
