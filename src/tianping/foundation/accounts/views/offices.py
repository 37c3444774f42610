"""安全管理员：appointments, what roles must have, locks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tianping.foundation.accounts import locks, pages, policy, second_factor, selectors, services
from tianping.foundation.accounts.access import StaffRequest, open_to
from tianping.foundation.accounts.forms import AppointForm, EndForm, PolicyForm, ReasonForm
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.services import AccountRefused, AppointmentRefused
from tianping.foundation.pages import render_register


@open_to(Role.SECURITY_ADMIN)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    return render_register(request, pages.offices(request.viewer))


@open_to(Role.SECURITY_ADMIN)
@require_safe
def person(request: StaffRequest, public_id: str) -> HttpResponse:
    found = selectors.person_visible(request.viewer, public_id)
    return render(request, "accounts/offices.html", pages.office_holder(request.viewer, found))


@open_to(Role.SECURITY_ADMIN)
@require_POST
def move(request: StaffRequest, public_id: str, move: str) -> HttpResponse:
    """任职、免职、解除第二验证。"""
    viewer = request.viewer
    found = selectors.person_visible(viewer, public_id)
    if move not in pages.OFFICE_MOVES:
        raise Http404
    form: Any
    if move == "appoint":
        form = AppointForm(request.POST, prefix=move, organisations=selectors.organisations(viewer))
    elif move == "end":
        form = EndForm(
            request.POST, prefix=move, appointments=selectors.appointments_open(viewer, found, viewer.on), on=viewer.on
        )
    else:
        form = ReasonForm(request.POST, prefix=move)
    if form.is_valid():
        try:
            said = _take(move, found, form.cleaned_data, request)
        except (AppointmentRefused, AccountRefused) as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, said)
            return redirect("accounts:office_holder", public_id)
    context = pages.office_holder(viewer, found, tried=(move, form))
    return render(request, "accounts/offices.html", context, status=422)


def _take(move: str, person: Any, said: dict[str, Any], request: StaffRequest) -> str:
    by, at = request.viewer, timezone.now()
    if move == "appoint":
        services.appoint(user=person, **said, by=by, at=at)
        return f"{person.name}自 {said['since']} 起任{said['organisation'].name}{said['role'].label}。"
    if move == "end":
        services.appointment_end(appointment=said["appointment"], until=said["until"], by=by, at=at)
        return f"{person.name}的这项任职到 {said['until']} 止（含当天）。"
    second_factor.remove_for(user=person, reason=said["reason"], by=by, at=at)
    return f"已解除{person.name}的第二验证；本人可重新启用。"


@open_to(Role.SECURITY_ADMIN)
@require_http_methods(["GET", "POST"])
def rules(request: StaffRequest) -> HttpResponse:
    """角色要求：which roles must use a second factor."""
    held = sorted(policy.required_roles())
    form = PolicyForm(request.POST or None, initial={"roles": [role.value for role in held]})
    if request.method == "POST":
        form = PolicyForm(request.POST)
        if form.is_valid():
            policy.policy_set(roles=form.cleaned_data["roles"], by=request.viewer, at=timezone.now())
            messages.success(request, "角色要求已设定，下一步操作起生效；还没有启用的人会先被要求启用。")
            return redirect("accounts:rules")
    context = {
        "title": "角色要求",
        "purpose": "哪些角色登录时须有第二验证。勾选后，任该角色而没有启用的人，先启用才能办别的事。",
        "breadcrumb": [pages.HOME, {"label": "角色要求"}],
        "form": form,
        "verb": "设定",
        "consequence": "从下一步操作起对任这些角色的所有人生效；随时可以再改。",
    }
    return render(request, "accounts/form.html", context, status=422 if form.errors else 200)


@open_to(Role.SECURITY_ADMIN)
@require_safe
def lock_index(request: StaffRequest) -> HttpResponse:
    return render(request, "accounts/locks.html", pages.lock_page(request.viewer, timezone.now()))


@open_to(Role.SECURITY_ADMIN)
@require_POST
def lock_lift(request: StaffRequest) -> HttpResponse:
    try:
        lock = locks.lock_lift(key=request.POST.get("lock", ""), by=request.viewer, at=timezone.now())
    except AccountRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已解除{lock.who}从{lock.address}的锁定。")
    return redirect("accounts:locks")
