"""年度存量的页面：the trial office enters and imports; leaders and the inspectorate read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tianping.court import selectors as court
from tianping.court.yearly_stock import pages, selectors, services
from tianping.court.yearly_stock.forms import StockFileForm, StockForm
from tianping.foundation.accounts.access import StaffRequest, open_to
from tianping.foundation.accounts.roles import Role
from tianping.foundation.tables import TableUnreadable
from tianping.foundation.uploads import FileRefused, bytes_of


@open_to(*selectors.READERS)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    return render(request, "court/yearly.html", pages.index(request.viewer))


@open_to(*selectors.READERS)
@require_safe
def one(request: StaffRequest, code: str, year: int, kind: str) -> HttpResponse:
    found = selectors.stock_visible(request.viewer, code, year, kind)
    return render(request, "court/yearly_one.html", pages.one(request.viewer, found))


@open_to(Role.TRIAL_OFFICE)
@require_POST
def enter(request: StaffRequest) -> HttpResponse:
    form = StockForm(request.POST, prefix="enter", courts=_ours(request))
    if form.is_valid():
        try:
            stock = services.stock_enter(**form.cleaned_data, by=request.viewer, at=timezone.now())
        except services.StockRefused as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, f"已登记{stock.year}年{stock.get_kind_display()}的年度存量。")
            return redirect("yearly:one", stock.court.code, stock.year, stock.kind)
    return render(request, "court/yearly.html", pages.index(request.viewer, entered=form), status=422)


@open_to(Role.TRIAL_OFFICE)
@require_POST
def take(request: StaffRequest) -> HttpResponse:
    """导入：all rows or none; what is refused is listed, and the corrected table is chosen again."""
    form = StockFileForm(request.POST, request.FILES, prefix="file", courts=_ours(request))
    outcome = None
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            outcome = services.stock_import(
                court=form.cleaned_data["court"],
                data=bytes_of(file),
                name=file.name,
                by=request.viewer,
                at=timezone.now(),
            )
        except (FileRefused, TableUnreadable, services.StockRefused) as refusal:
            form.add_error("file", str(refusal))
        else:
            if outcome.written:
                messages.success(request, outcome.summary)
                return redirect("yearly:list")
    context = pages.index(request.viewer, filed=form, outcome=outcome)
    return render(request, "court/yearly.html", context, status=422)


def _ours(request: StaffRequest) -> list[Any]:
    """The office of a division keeps no court's totals."""
    courts = court.courts_kept(request.viewer)
    if not courts:
        raise Http404
    return list(courts)
