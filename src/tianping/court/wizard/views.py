"""导入向导的页面。"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tianping.court import selectors
from tianping.court.schemas import CASES
from tianping.court.wizard import pages
from tianping.court.wizard.forms import FileForm
from tianping.foundation.accounts.access import StaffRequest, open_to
from tianping.foundation.accounts.roles import Role
from tianping.foundation.imports import selectors as imports
from tianping.foundation.imports import services
from tianping.foundation.imports.services import ImportRefused
from tianping.foundation.moves import MoveRefused
from tianping.foundation.pages import XLSX
from tianping.foundation.tables import TableUnreadable, read_headings
from tianping.foundation.uploads import FileRefused, bytes_of

MOVES = ("try", "write", "undo", "drop")


@open_to(Role.TRIAL_OFFICE)
@require_http_methods(["GET", "POST"])
def start(request: StaffRequest) -> HttpResponse:
    """第一步：选表。"""
    courts = selectors.courts_kept(request.viewer)
    if not courts:  # the office of a division keeps no court's whole table
        raise Http404
    if request.method != "POST":
        return _start(request, FileForm(courts=courts))
    form = FileForm(request.POST, request.FILES, courts=courts)
    if not form.is_valid():
        return _start(request, form, 422)
    file = form.cleaned_data["file"]
    try:
        data = bytes_of(file)
        found = services.import_receive(
            court=next(court for court in courts if court.code == form.cleaned_data["court"]),
            schema=pages.SCHEMA,
            source=form.cleaned_data["source"].strip(),
            name=file.name,
            data=data,
            headings=read_headings(data, file.name, CASES),
            by=request.viewer,
            at=timezone.now(),
        )
    except (FileRefused, TableUnreadable) as refusal:
        form.add_error("file", str(refusal))
        return _start(request, form, 422)
    return redirect("court:import_one", found.public_id)


def _start(request: StaffRequest, form: FileForm, status: int = 200) -> HttpResponse:
    context = pages.start(request.viewer) | {"form": form, "data_time": timezone.now()}
    return render(request, "court/import.html", context, status=status)


@open_to(Role.TRIAL_OFFICE)
@require_safe
def one(request: StaffRequest, public_id: str) -> HttpResponse:
    """一次导入，到了哪一步就显示哪一步。"""
    found = imports.import_visible(request.viewer, pages.SCHEMA, public_id)
    if request.htmx:
        if imports.is_going(found):
            return render(request, "jobs/_progress.html", pages.progress(found))
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    again = pages.columns_form(found) if "columns" in request.GET and found.state == "tried" else None
    return _one(request, found, form=again)


def _one(request: StaffRequest, found: Any, form: Any = None, status: int = 200) -> HttpResponse:
    at = timezone.now()
    context = pages.one(request.viewer, found, at, form) | {"data_time": at}
    return render(request, "court/import_one.html", context, status=status)


@open_to(Role.TRIAL_OFFICE)
@require_POST
def move(request: StaffRequest, public_id: str, move: str) -> HttpResponse:
    """试导、写入、撤销、放弃。"""
    found = imports.import_visible(request.viewer, pages.SCHEMA, public_id)
    if move not in MOVES:
        raise Http404
    asked: dict[str, Any] = {"import_id": found.pk, "by": request.viewer, "at": timezone.now()}
    try:
        if move == "drop":
            services.import_drop(**asked)
            messages.success(request, f"已放弃“{found.file_name}”，没有写入，文件已删除。")
            return redirect("court:import")
        if move == "try":
            form = pages.columns_form(found, request.POST)
            if not form.is_valid():
                return _one(request, found, form, 422)
            asked["columns"] = form.columns()
        if move == "write":
            asked["only_valid"] = request.POST.get("only_valid") == "yes"
        services.import_start(move=move, **asked)
    except (ImportRefused, MoveRefused) as refusal:
        messages.error(request, str(refusal))
        return _one(request, imports.import_visible(request.viewer, pages.SCHEMA, public_id), status=422)
    return redirect("court:import_one", public_id)


@open_to(Role.TRIAL_OFFICE)
@require_safe
def refused(request: StaffRequest, public_id: str) -> HttpResponse:
    """被拒的行，注明原因。"""
    found = imports.import_visible(request.viewer, pages.SCHEMA, public_id)
    data = imports.refused_file(found)
    if data is None:
        raise Http404
    answer = HttpResponse(data, content_type=XLSX)
    stem = found.file_name.rsplit(".", 1)[0]
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{stem}-被拒的行')}.xlsx"
    return answer
