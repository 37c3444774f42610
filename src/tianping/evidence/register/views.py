"""证据登记册的页面。"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tianping.evidence.register import pages, selectors, services
from tianping.evidence.register.forms import VoidForm
from tianping.foundation.accounts.access import StaffRequest, open_to
from tianping.foundation.accounts.roles import CONTENT_ROLES
from tianping.foundation.moves import MoveRefused
from tianping.foundation.pages import render_register


@open_to(*CONTENT_ROLES)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """登记册：what I registered, what is about me, what I supervise."""
    return render_register(request, pages.register(request.viewer))


@open_to(*CONTENT_ROLES)
@require_safe
def detail(request: StaffRequest, public_id: str) -> HttpResponse:
    evidence = selectors.evidence_visible(request.viewer, public_id)
    return render(request, "register/evidence.html", pages.record(request.viewer, evidence))


@open_to(*CONTENT_ROLES)
@require_POST
def void(request: StaffRequest, public_id: str) -> HttpResponse:
    """作废：a refusal stands beside the form, in the record as it is now."""
    evidence = selectors.evidence_visible(request.viewer, public_id)
    form = VoidForm(request.POST, auto_id="void-%s")
    if form.is_valid():
        try:
            services.evidence_void(
                evidence_id=evidence.pk, reason=form.cleaned_data["reason"], by=request.viewer, at=timezone.now()
            )
        except (MoveRefused, services.RegistrationRefused) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{evidence.number} 已作废。")
            return redirect("register:detail", public_id)
    evidence = selectors.evidence_visible(request.viewer, public_id)
    return render(request, "register/evidence.html", pages.record(request.viewer, evidence, form), status=422)
