"""台账填报的页面：out, and back."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tianping.foundation.accounts.access import StaffRequest, open_to
from tianping.foundation.accounts.roles import CONTENT_ROLES
from tianping.foundation.pages import XLSX
from tianping.foundation.tables import TableUnreadable
from tianping.foundation.uploads import FileRefused, bytes_of
from tianping.remedy.ledger import selectors, services
from tianping.remedy.ledger.forms import LedgerForm
from tianping.remedy.ledger.services import Taken
from tianping.remedy.ledger.sheet import as_xlsx

SHOWN = 100


@open_to(*CONTENT_ROLES)
@require_http_methods(["GET", "POST"])
def ledger(request: StaffRequest) -> HttpResponse:
    """核对或办理填好的台账。"""
    if request.method != "POST":
        return _page(request, LedgerForm())
    form = LedgerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    file, write = form.cleaned_data["file"], request.POST.get("step") == "write"
    try:
        taken = services.ledger_take(
            data=bytes_of(file), name=file.name, write=write, by=request.viewer, at=timezone.now()
        )
    except (FileRefused, TableUnreadable) as refusal:
        form.add_error("file", str(refusal))
        return _page(request, form, status=422)
    if taken.written:
        messages.success(request, f"“{file.name}”{taken.summary}")
        return redirect("remedy:list")
    return _page(request, form, taken, status=422 if write else 200)


def _page(request: StaffRequest, form: LedgerForm, taken: Taken | None = None, status: int = 200) -> HttpResponse:
    refused = taken.refused if taken else ()
    context = {
        "title": "台账填报",
        "purpose": "把在办的整改事项导出成 Excel，离线填写后收回；每一行仍由本人按权限办理，与在页面上办一样。",
        "breadcrumb": [
            {"label": "首页", "url": "/"},
            {"label": "整改", "url": reverse("remedy:list")},
            {"label": "台账填报"},
        ],
        "action": {"label": "导出台账", "url": reverse("remedy:ledger_export"), "icon": "download"},
        "form": form,
        "taken": taken,
        "caption": "被拒的单元格",
        "columns": [{"label": "行", "numeric": True}, {"label": "列"}, {"label": "表中的值"}, {"label": "原因和改法"}],
        "rows": [
            {
                "cells": [
                    {"text": str(one.row)},
                    one.header,
                    one.value or {"missing": "空"},
                    {"text": f"{one.reason}。", "note": one.way_out},
                ]
            }
            for one in refused[:SHOWN]
        ],
        "unshown": max(0, len(refused) - SHOWN),
        "data_time": timezone.now(),
    }
    return render(request, "remedy/ledger.html", context, status=status)


@open_to(*CONTENT_ROLES)
@require_safe
def export(request: StaffRequest) -> HttpResponse:
    """导出台账：the duties under way that this viewer may see."""
    answer = HttpResponse(as_xlsx(selectors.ledger(request.viewer)), content_type=XLSX)
    day = timezone.localdate().isoformat()
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'整改台账-{day}')}.xlsx"
    return answer
