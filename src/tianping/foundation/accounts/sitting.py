"""会话时限：out after half an hour without a step, and in any case after a working day.

A page that renews itself (htmx) is no step of a person. The two moments stand in the session, in whole seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

BEGAN, SEEN, PASSED, OVER = "began_at", "seen_at", "second_factor_passed", "sitting_over"
COARSE = 60  # 秒；“最近一步”只精确到一分钟，免得每一步都写库


@receiver(user_logged_in)
def _begin(sender: Any, request: HttpRequest, **_: Any) -> None:
    now = int(timezone.now().timestamp())
    request.session[BEGAN] = request.session[SEEN] = now
    request.session.pop(PASSED, None)


class SittingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _sit(request)
        return self.get_response(request)


def _sit(request: HttpRequest) -> None:
    now = int(timezone.now().timestamp())
    session = request.session
    began, seen = session.setdefault(BEGAN, now), session.setdefault(SEEN, now)
    idle = settings.SESSION_IDLE_MINUTES * 60
    if now - seen >= idle or now - began >= settings.SESSION_COOKIE_AGE:
        logout(request)
        request.session[OVER] = "idle" if now - seen >= idle else "day"
    elif now - seen >= min(COARSE, idle) and "HX-Request" not in request.headers:
        session[SEEN] = now


def passed(request: HttpRequest) -> bool:
    """本次登录已通过第二验证。"""
    return bool(request.session.get(PASSED))


def pass_second_factor(request: HttpRequest) -> None:
    request.session.cycle_key()
    request.session[PASSED] = True
