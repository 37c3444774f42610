"""本人：signing in, the code, one's password, one's second factor."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tianping.foundation.accounts import locks, second_factor, selectors, services
from tianping.foundation.accounts.access import StaffRequest, open_to, step_before_work
from tianping.foundation.accounts.forms import CodeForm, ConfirmCodeForm, OwnPasswordForm, PasswordForm, SignInForm
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.second_factor import CodeRefused
from tianping.foundation.accounts.services import AccountRefused
from tianping.foundation.accounts.sitting import OVER, pass_second_factor


class SignInView(LoginView):
    """登录页。"""

    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "over": self.request.session.pop(OVER, None),
            "oidc_url": reverse("oidc_authentication_init") if settings.OIDC else "",
            "oidc_refused": self.request.GET.get("oidc") == "refused",
        }


@never_cache
@sensitive_post_parameters()
@step_before_work
@open_to(*Role)
@require_http_methods(["GET", "POST"])
def code(request: StaffRequest) -> HttpResponse:
    """验证码：the second step of signing in; nothing else opens before it."""
    if _due(request) != "accounts:code":
        return redirect("web:home")
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        me = selectors.myself(request.viewer)
        try:
            second_factor.check(user=me, code=form.cleaned_data["code"], by=request.viewer, at=timezone.now())
        except (CodeRefused, AccountRefused) as refusal:
            form.add_error("code", str(refusal))
            status = 422
        else:
            pass_second_factor(request)
            return redirect("web:home")
    return render(request, "accounts/code.html", {"form": form}, status=status)


@never_cache
@sensitive_post_parameters()
@step_before_work
@open_to(*Role)
@require_http_methods(["GET", "POST"])
def password(request: StaffRequest) -> HttpResponse:
    """修改口令：at any time, and before anything else where somebody else set it."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        me, said = selectors.myself(request.viewer), form.cleaned_data
        try:
            with locks.counted(request, me):
                services.user_change_password(
                    user=me, old=said["old"], new=said["new"], by=request.viewer, at=timezone.now()
                )
        except AccountRefused as refusal:
            form.add_error("old", str(refusal))
        except ValidationError as refusal:
            form.add_error("new", refusal.messages)
        else:
            update_session_auth_hash(request, me)
            messages.success(request, "口令已修改；其他机器上的登录已失效。")
            return redirect("web:home")
    return _own_page(request, "password", {"form": form}, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
@step_before_work
@open_to(*Role)
@require_http_methods(["GET", "POST"])
def factor(request: StaffRequest) -> HttpResponse:
    """第二验证：enrol, confirm, new recovery codes, disable — each after the password was given again."""
    me, at = selectors.myself(request.viewer), timezone.now()
    step = request.POST.get("step", "")
    forms = {name: made(prefix=name) for name, made in STEPS.items()}
    codes: list[str] = []
    if request.method == "POST" and step in STEPS:
        form = forms[step] = STEPS[step](request.POST, prefix=step)
        if form.is_valid():
            codes, refusal = _take(step, form, me, request, at)
            if refusal and step in ("begin", "confirm") and second_factor.in_use(me):
                messages.info(request, refusal)  # sent twice, or on a second page: its form is no longer there
                return redirect("accounts:second_factor")
            if refusal:
                form.add_error(next(iter(form.fields)), refusal)
            elif step != "begin" and not codes:
                messages.success(request, "第二验证已停用。")
                return redirect("accounts:second_factor")
            elif step == "begin":
                return redirect("accounts:second_factor")
    context: dict[str, Any] = {
        "in_use": second_factor.in_use(me),
        "forms": forms,
        "codes": codes,
        "codes_left": second_factor.codes_left(me),
    }
    if second_factor.waiting(me):
        context |= {"qr": second_factor.qr_svg(me), "secret": second_factor.secret_text(me)}
    status = 422 if any(form.errors for form in forms.values()) else 200
    return _own_page(request, "second_factor", context, status=status)


STEPS: dict[str, type[Form]] = {
    "begin": OwnPasswordForm,
    "confirm": ConfirmCodeForm,
    "renew": OwnPasswordForm,
    "disable": OwnPasswordForm,
}


def _take(step: str, form: Form, me: Any, request: StaffRequest, at: Any) -> tuple[list[str], str]:
    said, by = form.cleaned_data, request.viewer
    try:
        match step:
            case "begin":
                with locks.counted(request, me):
                    second_factor.enrol_begin(user=me, password=said["password"], by=by, at=at)
            case "confirm":
                codes = second_factor.enrol_confirm(user=me, code=said["code"], by=by, at=at)
                pass_second_factor(request)
                return codes, ""
            case "renew":
                with locks.counted(request, me):
                    return second_factor.codes_renew(user=me, password=said["password"], by=by, at=at), ""
            case _:
                with locks.counted(request, me):
                    second_factor.disable(user=me, password=said["password"], by=by, at=at)
    except (AccountRefused, CodeRefused) as refusal:
        return [], str(refusal)
    return [], ""


def _due(request: StaffRequest) -> str | None:
    return getattr(request, "step_due", None)


def _own_page(request: StaffRequest, name: str, context: dict[str, Any], status: int) -> HttpResponse:
    """Without a rail: before the steps are taken it would only lead back here."""
    context = {**context, "due": _due(request) is not None, "logout_url": reverse("logout")}
    return render(request, f"accounts/{name}.html", context, status=status)
