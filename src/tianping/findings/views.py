"""问题的页面：the register, one finding, and the moves people take on it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tianping.findings import forms, pages, selectors, services
from tianping.foundation.accounts.access import StaffRequest, open_to
from tianping.foundation.accounts.roles import CONTENT_ROLES
from tianping.foundation.moves import MoveRefused
from tianping.foundation.pages import render_register
from tianping.foundation.records import render_record

VERBS: dict[str, tuple[Callable[..., object], str]] = {  # move: what does it, what is said afterwards
    "answer": (services.finding_answer, "答复已送核实。"),
    "verify": (services.finding_verify, "已核实成立，等待交办整改。"),
    "dismiss": (services.finding_dismiss, "已认定不成立。"),
    "clear_relapse": (services.finding_clear_relapse, "已认定未复发，继续观察。"),
    "void": (services.finding_void, "本问题已作废，理由已记录。"),
}


@open_to(*CONTENT_ROLES)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    return render_register(request, pages.register(request.viewer))


@open_to(*CONTENT_ROLES)
@require_safe
def detail(request: StaffRequest, public_id: str) -> HttpResponse:
    return _record(request, public_id)


@open_to(*CONTENT_ROLES)
@require_POST
def move(request: StaffRequest, public_id: str, move: str) -> HttpResponse:
    finding = selectors.finding_visible(request.viewer, public_id)
    if move not in VERBS:
        raise Http404
    verb, done = VERBS[move]
    form = forms.form_for(move, request.POST)
    if form.is_valid():
        try:
            verb(finding_id=finding.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data)
        except (services.FindingRefused, MoveRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("findings:detail", public_id)
    return _record(request, public_id, {move: form})


def _record(request: StaffRequest, public_id: str, tried: dict[str, Form] | None = None) -> HttpResponse:
    finding = selectors.finding_visible(request.viewer, public_id)
    context, steps = pages.record(request.viewer, finding, tried), selectors.steps(request.viewer, finding)
    return render_record(request, "findings/detail.html", context, steps, tried or {})
