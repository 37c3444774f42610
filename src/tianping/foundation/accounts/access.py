"""准入：deny by default. A view nobody opened to a role does not exist for anybody.

Between signing in and the first page stand up to three steps, in this order: the code of the second factor where the
account has one, one's own password where somebody else set it, and a second factor where an office requires one. Until
they are taken every address leads to them — asked here, where no view can be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.sitting import passed
from tianping.foundation.accounts.viewer import Viewer, viewer_of

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
STAFF_BACKEND = "tianping.foundation.accounts.backend.StaffBackend"


class StaffRequest(HttpRequest):
    """内网请求：what a view receives once the middleware has let it through."""

    viewer: Viewer
    htmx: Any


def open_to(*roles: Role) -> Callable[[View], View]:
    """准入角色：the roles that may call this view at all; what they see of it is the records' ``visible_to``."""

    def mark(view: View) -> View:
        view.open_to = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return mark


def step_before_work(view: View) -> View:
    """登录后的一步：the page of one of the three steps; it opens while they are still to be taken."""
    view.step_before_work = True  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """免登录：the sign-in page itself and signing out; nothing that shows a record."""
    view.login_required = False  # type: ignore[attr-defined]
    return view


def address_of(request: HttpRequest) -> str:
    """来源地址：of the browser; behind our proxies, what the outermost of them wrote: anybody may write more."""
    if count := settings.PROXIES:
        heard = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
        if len(heard) >= count:
            return str(heard[-count])[:45]
    return str(request.META.get("REMOTE_ADDR", ""))


def step_due(request: Any) -> str | None:
    """还欠的一步：the address name of the step this person must take before work, or None."""
    user = request.user
    factor = getattr(user, "second_factor", None)
    in_use = factor is not None and factor.confirmed_at is not None
    if in_use and not passed(request):
        return "accounts:code"
    if user.password_by_other and request.session.get(BACKEND_SESSION_KEY) == STAFF_BACKEND:
        return "accounts:password"
    return "accounts:second_factor" if not in_use and user.factor_required else None


class ViewerMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: object, kwargs: object) -> HttpResponse | None:
        if not getattr(view, "login_required", True):
            return None
        if not request.user.is_authenticated:
            return None
        request.viewer = viewer_of(request.user, on=timezone.localdate(), origin=address_of(request))
        request.step_due = step_due(request)
        if request.step_due and not _is(view, request):
            return redirect(request.step_due)
        if not request.viewer.holds(*getattr(view, "open_to", ())):
            raise Http404
        return None


def _is(view: Any, request: Any) -> bool:
    """Only the page of the step that is due opens: a person who owes the code does not reach the password page."""
    return getattr(view, "step_before_work", False) and request.resolver_match.view_name == request.step_due
