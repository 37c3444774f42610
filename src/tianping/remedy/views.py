"""整改的页面：the ledger, one duty, the moves people take on it, and the files that prove it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from tianping.findings.services import FindingRefused
from tianping.foundation import files
from tianping.foundation.accounts.access import StaffRequest, open_to
from tianping.foundation.accounts.roles import CONTENT_ROLES
from tianping.foundation.moves import MoveRefused
from tianping.foundation.pages import render_register
from tianping.foundation.records import render_record
from tianping.remedy import forms, pages, selectors, services

VERBS: dict[str, tuple[Callable[..., object], str]] = {  # move: what does it, what is said afterwards
    "assign": (services.duty_assign, "已交办，承办人和核验人可以看到。"),
    "submit": (services.duty_submit, "已提请核验，材料已保存。"),
    "return": (services.duty_return, "已退回承办人。"),
    "close": (services.duty_close, "已销号，问题进入观察期。"),
    "ask_postponement": (services.postponement_ask, "延期申请已送出，批准前期限不变。"),
    "grant_postponement": (partial(services.postponement_decide, grant=True), "已批准延期。"),
    "refuse_postponement": (partial(services.postponement_decide, grant=False), "已批复不予延期。"),
    "hand_over": (services.duty_hand_over, "已移交，期限不变。"),
    "change_verifier": (services.verifier_change, "已改派核验人。"),
    "void": (services.duty_void, "本事项已作废，问题回到待交办。"),
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
    duty = selectors.duty_visible(request.viewer, public_id)
    if move not in VERBS:
        raise Http404
    verb, done = VERBS[move]
    form = forms.form_for(move, duty, request.viewer, request.POST, request.FILES)
    if form.is_valid():
        try:
            verb(duty_id=duty.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data)
        except (services.DutyRefused, FindingRefused, MoveRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("remedy:detail", public_id)
    return _record(request, public_id, {move: form})


@open_to(*CONTENT_ROLES)
@require_safe
def proof(request: StaffRequest, public_id: str) -> HttpResponse:
    """证明材料下载：always as a file to save, never shown inside a page."""
    proof = selectors.proof_visible(request.viewer, public_id)
    try:
        data = files.fetch(proof.sha256)
    except OSError as fault:
        said = str(fault) if isinstance(fault, files.FileDamaged) else "文件库中没有这个文件，请从备份恢复后重试。"
        messages.error(request, f"“{proof.file_name}”无法下载：{said}")
        return redirect("remedy:detail", proof.duty.public_id)
    named = content_disposition_header(True, proof.file_name)
    return HttpResponse(data, content_type="application/octet-stream", headers={"Content-Disposition": named})


def _record(request: StaffRequest, public_id: str, tried: dict[str, Form] | None = None) -> HttpResponse:
    duty = selectors.duty_visible(request.viewer, public_id)
    context, steps = pages.record(request.viewer, duty, tried), selectors.steps(duty)
    return render_record(request, "remedy/detail.html", context, steps, tried or {})
