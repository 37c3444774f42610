"""首页、循环总览、三员说明。"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tianping.foundation.accounts.access import StaffRequest, open_to
from tianping.foundation.accounts.roles import ADMINISTRATORS, Role
from tianping.web import administration as administrators
from tianping.web import overview, waiting

OVERSEEING = (Role.LEADER, Role.TRIAL_OFFICE, Role.POLITICAL, Role.INSPECTOR, Role.COMPLAINTS, Role.HEAD)


@open_to(*Role)
def home(request: StaffRequest) -> HttpResponse:
    """首页：what waits for me."""
    if request.viewer.is_administrator:
        return redirect("web:admin")
    sections = waiting.sections(request.viewer)
    context = {
        "title": "首页",
        "purpose": "等您办的事，按环节列出；逾期的排在前面。",
        "sections": sections,
        "waiting_count": sum(section["count"] for section in sections),
        "empty": waiting.nothing(request.viewer),
    }
    return render(request, "web/home.html", context)


@open_to(*OVERSEEING)
def loop(request: StaffRequest) -> HttpResponse:
    """循环总览：seven counts, each opening what it counts — where is it stuck?"""
    context = {
        "title": "循环总览",
        "purpose": "从证据到观察期，各环节压着多少事，停在哪里。只数您能看到的记录。",
        "breadcrumb": [{"label": "首页", "url": "/"}, {"label": "循环总览"}],
        **overview.of(request.viewer),
    }
    return render(request, "web/loop.html", context)


@open_to(*ADMINISTRATORS)
def administration(request: StaffRequest) -> HttpResponse:
    """三员说明：what this account may do, and that it sees no content."""
    context = {
        "title": "账号与审计说明",
        "purpose": "本账号的职责范围，在哪一页办，以及哪些仍在服务器上用命令办理。",
        "administrator": administrators.guide(request.viewer),
    }
    return render(request, "web/admin_home.html", context)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
