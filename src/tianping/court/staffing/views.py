"""调动与离院：for the security administrator."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tianping.court.staffing import pages, selectors, services
from tianping.court.staffing.forms import LeaveForm, TransferForm
from tianping.foundation.accounts.access import StaffRequest, open_to
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.services import AccountRefused, AppointmentRefused


@open_to(Role.SECURITY_ADMIN)
@require_safe
def person(request: StaffRequest, public_id: str) -> HttpResponse:
    found = selectors.person_visible(request.viewer, public_id)
    return render(request, "court/staffing.html", pages.person(request.viewer, found))


@open_to(Role.SECURITY_ADMIN)
@require_POST
def move(request: StaffRequest, public_id: str, move: str) -> HttpResponse:
    viewer, at = request.viewer, timezone.now()
    found = selectors.person_visible(viewer, public_id)
    form: Any
    if move == "transfer":
        form = TransferForm(request.POST, prefix=move, divisions=selectors.divisions(viewer))
    elif move == "leave":
        form = LeaveForm(request.POST, prefix=move)
    else:
        raise Http404
    if form.is_valid():
        said = form.cleaned_data
        try:
            if move == "transfer":
                services.transfer(person=found, **said, by=viewer, at=at)
                words = f"{found.name}自 {said['since']} 起调入{said['division'].name}。"
            else:
                services.leave(person=found, last_day=said["last_day"], by=viewer, at=at)
                words = f"{found.name}离院已登记，在院末日 {said['last_day']}。"
        except (services.StaffingRefused, AppointmentRefused, AccountRefused) as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, words)
            return redirect("staffing:person", public_id)
    return render(request, "court/staffing.html", pages.person(viewer, found, tried=(move, form)), status=422)
