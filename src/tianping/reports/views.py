"""通报汇报的页面。"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tianping.court.caseload import branches, caseload, court_over, own_caseload
from tianping.foundation.accounts.access import StaffRequest, open_to
from tianping.foundation.accounts.roles import CONTENT_ROLES, Role
from tianping.foundation.figures import selectors as kept
from tianping.foundation.figures import services
from tianping.foundation.figures.registry import Boundary, figures
from tianping.foundation.pages import render_register
from tianping.reports import pages, records, selectors
from tianping.reports.forms import PeriodForm, SelectionForm, latest

OVER = (Role.LEADER, Role.TRIAL_OFFICE, Role.INSPECTOR, Role.HEAD)


@open_to(*OVER)
@require_safe
def show_caseload(request: StaffRequest) -> HttpResponse:
    """受案态势。"""
    mine = branches(request.viewer)
    form = SelectionForm(request.GET.dict(), branches=mine, on=request.viewer.on)
    whole = form.is_valid()
    selection = form.selection()
    read = caseload(request.viewer, selection.boundary, mine)
    context = pages.caseload_page(read, selection.growth, mine) | {
        "title": "受案态势",
        "purpose": "新收、受理、结案、未结各多少，与上年同期比怎样；每个数点开就是所计的案件。",
        "breadcrumb": [records.HOME, {"label": "受案态势"}],
        "definition_url": reverse("reports:figures"),
        "data_time": timezone.now(),
        "form": form,
        "scope": selection.boundary.organisation.name,
        "period": selection.boundary.period.label,
    }
    return render(request, "reports/caseload.html", context, status=200 if whole else 422)


@open_to(*CONTENT_ROLES)
@require_safe
def definitions(request: StaffRequest) -> HttpResponse:
    """数据口径：no number stands here, only what each is."""
    context = {
        "title": "数据口径",
        "purpose": "本系统各页面、报告里的数各是怎样数出来的；口径改动即升版，旧快照仍按旧版。",
        "breadcrumb": [records.HOME, {"label": "数据口径"}],
        "figures": figures(),
    }
    return render(request, "reports/figures.html", context)


@open_to(*OVER, Role.STAFF)
@require_safe
def figure(request: StaffRequest, code: str, scope: str, period: str, kind: str) -> HttpResponse:
    """一个数和它所计的案件。"""
    found, boundary = selectors.figure_visible(request.viewer, code, scope, period, kind)
    denominator = found.denominator(request.viewer, boundary) if found.denominator else None
    taken = kept.snapshots_of(request.viewer, code, boundary)
    register = records.register(request.viewer, found, boundary, taken, denominator)
    return render_register(request, register, "reports/figure.html")


@open_to(*OVER)
@require_POST
def take(request: StaffRequest, code: str, scope: str, period: str, kind: str) -> HttpResponse:
    """取快照。"""
    found, boundary = selectors.figure_visible(request.viewer, code, scope, period, kind)
    try:
        taken = services.snapshot_take(figure=found, boundary=boundary, by=request.viewer, at=timezone.now())
    except services.SnapshotRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:figure", code, scope, period, kind)
    messages.success(request, "快照已取，值和逐案记录自此不变。")
    return redirect("reports:snapshot", taken.public_id)


@open_to(*OVER)
@require_safe
def snapshot(request: StaffRequest, public_id: str) -> HttpResponse:
    """快照。"""
    found = kept.snapshot_visible(request.viewer, public_id)
    said = request.GET.get("start", "")
    start = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0
    reading = kept.read(request.viewer, found, start=start, size=records.PAGE)
    return render(request, "reports/snapshot.html", records.snapshot_page(found, reading, start))


@open_to(Role.STAFF)
@require_safe
def mine(request: StaffRequest) -> HttpResponse:
    """本人办案数：nobody else's."""
    court = court_over(request.viewer)
    if court is None:
        raise Http404
    form = PeriodForm(request.GET.dict(), on=request.viewer.on)
    whole = form.is_valid()
    period = form.cleaned_data["period"] if whole else latest(request.viewer.on)
    own = own_caseload(request.viewer, court, period)
    boundary = Boundary(court, period, person_id=request.viewer.user_id)
    context = pages.own_page(own, boundary, court) | {
        "title": "本人办案数",
        "purpose": "本人承办案件的数，只有您本人看得到；另列全院的分布区间，不列任何他人。",
        "breadcrumb": [records.HOME, {"label": "本人办案数"}],
        "definition_url": reverse("reports:figures"),
        "data_time": timezone.now(),
        "form": form,
    }
    return render(request, "reports/mine.html", context, status=200 if whole else 422)
