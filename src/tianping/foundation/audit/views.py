"""审计员的页面：read the chain, verify it, compare it with the exported heads. Nothing here changes anything else."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tianping.foundation.accounts.access import StaffRequest, open_to
from tianping.foundation.accounts.roles import Role
from tianping.foundation.audit import pages, selectors, services
from tianping.foundation.audit.forms import WantedForm
from tianping.foundation.audit.selectors import UNREADABLE


@open_to(Role.AUDITOR)
@require_safe
def chain(request: StaffRequest) -> HttpResponse:
    form = WantedForm(request.GET)
    context = pages.chain(
        request.viewer, form, after=_number(request.GET.get("after")), before=_number(request.GET.get("before"))
    )
    return render(request, "audit/chain.html", context)


@open_to(Role.AUDITOR)
@require_safe
def entry(request: StaffRequest, seq: int) -> HttpResponse:
    return render(request, "audit/entry.html", pages.entry(request.viewer, selectors.entry_of(request.viewer, seq)))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None


@open_to(Role.AUDITOR)
@require_POST
def verify(request: StaffRequest) -> HttpResponse:
    """核对：the whole chain, against the newest head that can be read. That it was verified stands on the chain too."""
    last = services.last()
    if last and last.seq > pages.VERIFY_MOST:
        messages.error(request, "链已超过 100 万条，请在服务器上运行 tianping-server audit verify 核对。")
        return redirect("audit:chain")
    against = next((one for one in selectors.heads(request.viewer) if one.match != UNREADABLE), None)
    found = services.verify(against.head if against else None)
    context = pages.verdict(request.viewer, found, against)
    with transaction.atomic():
        services.write(
            "audit.verify",
            on="audit.entry",
            by=request.viewer,
            at=timezone.now(),
            rows=found.rows,
            faults=len(context["verdict"]["faults"]),
        )
    return render(request, "audit/verdict.html", context)


@open_to(Role.AUDITOR)
@require_safe
def heads(request: StaffRequest) -> HttpResponse:
    return render(request, "audit/heads.html", pages.heads(request.viewer))


@open_to(Role.AUDITOR)
@require_safe
def head(request: StaffRequest, day: str) -> HttpResponse:
    return render(request, "audit/head.html", pages.head(selectors.head_of(request.viewer, day)))
