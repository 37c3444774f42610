"""系统管理员：people and accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tianping.foundation.accounts import pages, resets, selectors, services
from tianping.foundation.accounts.access import StaffRequest, open_to
from tianping.foundation.accounts.forms import PersonForm, ReasonForm
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.services import AccountRefused
from tianping.foundation.pages import render_register


@open_to(Role.SYSTEM_ADMIN)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    return render_register(request, pages.people(request.viewer, timezone.now()))


@open_to(Role.SYSTEM_ADMIN)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = services.user_register(**form.cleaned_data, by=request.viewer, at=timezone.now())
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(
                request, f"已登记{person.name}（{person.staff_no}）。任职由安全管理员办理；首次口令请申请重设。"
            )
            return redirect("accounts:person", person.public_id)
    context = {
        "title": "登记账号",
        "purpose": "登记一个人的工号和姓名。没有口令，也没有任何角色；成批登记请导入人员表。",
        "breadcrumb": [*pages.TRAIL_PEOPLE, {"label": "登记账号"}],
        "form": form,
        "verb": "登记",
        "consequence": "登记后工号和姓名不能在页面上改，也不能删除，只能停用。",
    }
    return render(request, "accounts/form.html", context, status=422 if form.errors else 200)


@open_to(Role.SYSTEM_ADMIN)
@require_safe
def person(request: StaffRequest, public_id: str) -> HttpResponse:
    found = selectors.person_visible(request.viewer, public_id)
    return render(request, "accounts/person.html", pages.person(request.viewer, found, timezone.now()))


@open_to(Role.SYSTEM_ADMIN)
@require_POST
def move(request: StaffRequest, public_id: str, move: str) -> HttpResponse:
    found = selectors.person_visible(request.viewer, public_id)
    if move not in MOVES:
        raise Http404
    form = ReasonForm(request.POST, prefix=move)
    if form.is_valid():
        try:
            said = MOVES[move](found, form.cleaned_data["reason"], request)
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("accounts:person", public_id)
    context = pages.person(request.viewer, found, timezone.now(), tried=(move, form))
    return render(request, "accounts/person.html", context, status=422)


def _deactivate(user: Any, reason: str, request: StaffRequest) -> str:
    services.user_set_active(user=user, active=False, reason=reason, by=request.viewer, at=timezone.now())
    return f"{user.name}的账号已停用，已登录的随即失效。"


def _activate(user: Any, reason: str, request: StaffRequest) -> str:
    services.user_set_active(user=user, active=True, reason=reason, by=request.viewer, at=timezone.now())
    return f"{user.name}的账号已恢复，口令仍是原来的。"


def _ask_reset(user: Any, reason: str, request: StaffRequest) -> str:
    resets.reset_request(user=user, reason=reason, by=request.viewer, at=timezone.now())
    return f"已申请重设{user.name}的口令，等安全管理员批准；24 小时内有效。"


MOVES: dict[str, Callable[[Any, str, StaffRequest], str]] = {
    "deactivate": _deactivate,
    "activate": _activate,
    "ask_reset": _ask_reset,
}


@open_to(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
@require_safe
def reset_index(request: StaffRequest) -> HttpResponse:
    return render_register(request, pages.reset_register(request.viewer, timezone.now()))


@open_to(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
@require_safe
def reset(request: StaffRequest, public_id: str) -> HttpResponse:
    found = resets.reset_visible(request.viewer, public_id)
    return render(request, "components/record_page.html", pages.reset(request.viewer, found, timezone.now()))


@open_to(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
@require_POST
def reset_move(request: StaffRequest, public_id: str, move: str) -> HttpResponse:
    """批准、不予批准、撤回：the one-time password stands on the answer to the approval and nowhere else."""
    found = resets.reset_visible(request.viewer, public_id)
    by, at = request.viewer, timezone.now()
    if not by.holds(Role.SYSTEM_ADMIN if move == "withdraw" else Role.SECURITY_ADMIN):
        raise Http404
    form = ReasonForm(request.POST, prefix=move) if move == "decline" else None
    try:
        match move:
            case "approve":
                password = resets.reset_approve(reset_id=found.pk, by=by, at=at)
                context = pages.reset_approved(resets.reset_visible(by, public_id), password)
                answer = render(request, "accounts/one_time.html", context)
                answer["Cache-Control"] = "no-store"
                return answer
            case "decline" if form and form.is_valid():
                resets.reset_decline(reset_id=found.pk, reason=form.cleaned_data["reason"], by=by, at=at)
                messages.success(request, "已决定不予批准。")
            case "decline":
                messages.error(request, "没有写明理由，申请未作决定。请写明后再办。")
            case "withdraw":
                resets.reset_withdraw(reset_id=found.pk, by=by, at=at)
                messages.success(request, "已撤回申请。")
            case _:
                raise Http404
    except pages.REFUSALS as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("accounts:reset", args=[public_id]))
