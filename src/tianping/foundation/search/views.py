from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tianping.foundation.accounts.access import StaffRequest, open_to
from tianping.foundation.accounts.roles import CONTENT_ROLES
from tianping.foundation.search import pages


@open_to(*CONTENT_ROLES)
@require_safe
def results(request: StaffRequest) -> HttpResponse:
    """查找。"""
    asked = {name: request.GET.get(name, "").replace("\0", "") for name in ("kind", "after", "before")}
    return render(
        request, "search/results.html", pages.results(request.viewer, query=request.GET.get("q", ""), **asked)
    )
