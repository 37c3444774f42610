"""外框的上下文：the rail, who I am, what waits for me."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tianping.foundation.accounts.viewer import Viewer
from tianping.web import waiting
from tianping.web.navigation import navigation_for


def frame(request: HttpRequest) -> dict[str, Any]:
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        return {"me": None, "navigation": [], "waiting_count": None}
    names = list(dict.fromkeys(s.role.label for s in viewer.standings))
    return {
        "me": {"name": viewer.name, "division": viewer.division, "role_names": names},
        "navigation": navigation_for(viewer, request.path),
        # lazy: the home page counts the same things itself, and a download draws no top bar
        "waiting_count": None if viewer.is_administrator else SimpleLazyObject(lambda: waiting.count(viewer)),
    }
