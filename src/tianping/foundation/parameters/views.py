"""参数的页面：the list, a proposal, its approval, and the import of a year's holidays."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tianping import law
from tianping.foundation.accounts.access import StaffRequest, open_to
from tianping.foundation.accounts.roles import CONTENT_ROLES, Role
from tianping.foundation.moves import MoveRefused
from tianping.foundation.parameters import forms, pages, selectors, services
from tianping.foundation.parameters.holidays import Outcome, holidays_import
from tianping.foundation.tables import TableUnreadable
from tianping.foundation.uploads import FileRefused, bytes_of

VERBS: dict[str, tuple[Callable[..., object], str]] = {  # move: what does it, what is said afterwards
    "approve": (services.value_approve, "已批准，自施行日起用于新起算的期限。"),
    "decline": (services.value_decline, "已不予批准，理由已记录。"),
    "withdraw": (services.value_withdraw, "已撤回。"),
}


@open_to(*CONTENT_ROLES)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    return _list(request, request.GET.get("court", ""))


def _list(
    request: StaffRequest, code: str, tried: tuple[str, str, Form] | None = None, status: int = 200
) -> HttpResponse:
    courts = selectors.courts_of(request.viewer)
    if not courts:
        raise Http404
    court = next((one for one in courts if one.code == code), courts[0])
    context = pages.overview(request.viewer, court, tried) | {"data_time": timezone.now()}
    return render(request, "parameters/list.html", context, status=status)


@open_to(Role.TRIAL_OFFICE)
@require_http_methods(["GET", "POST"])
def propose(request: StaffRequest, code: str) -> HttpResponse:
    courts = selectors.courts_kept(request.viewer)
    court = next((one for one in courts if one.code == request.GET.get("court")), courts[0] if courts else None)
    if court is None:
        raise Http404
    try:
        parameter = law.parameter(code)
    except law.UnknownParameter:
        raise Http404 from None
    try:
        now = selectors.parameter_on(code, request.viewer.on, court)
    except law.NotYetInForce:
        now = None
    form = forms.ValueForm(
        request.POST or None,
        unit=pages.UNITS[parameter.unit],
        first=request.viewer.on,
        may_return=any(one.code == code for one in selectors.values(request.viewer, court) if one.decided_by_id),
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.value_propose(court=court, code=code, by=request.viewer, at=timezone.now(), **form.cleaned_data)
        except services.ParameterRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已提出，等待院领导批准。")
            return redirect("parameters:list")
    context = pages.setting(court, parameter, now, form)
    return render(request, "parameters/set.html", context, status=422 if form.errors else 200)


@open_to(Role.TRIAL_OFFICE, Role.LEADER)
@require_POST
def decide(request: StaffRequest, public_id: str, move: str) -> HttpResponse:
    value = selectors.value_visible(request.viewer, public_id)
    if move not in VERBS:
        raise Http404
    verb, done = VERBS[move]
    form = pages.reason_form(public_id, move, request.POST)
    if form.is_valid():
        try:
            verb(value_id=value.pk, reason=form.cleaned_data["reason"], by=request.viewer, at=timezone.now())
        except (services.ParameterRefused, MoveRefused) as refusal:
            form.add_error(None, str(refusal))
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
            return redirect("parameters:list")
    return _list(request, value.court.code, (public_id, move, form), status=422)


@open_to(Role.TRIAL_OFFICE)
@require_http_methods(["GET", "POST"])
def holidays(request: StaffRequest) -> HttpResponse:
    courts = selectors.courts_kept(request.viewer)
    if not courts:  # the office of a division keeps no calendar
        raise Http404
    if request.method != "POST":
        form = forms.HolidaysForm(courts=courts, initial={"year": request.viewer.on.year + 1})
        return _holidays(request, form)
    form = forms.HolidaysForm(request.POST, request.FILES, courts=courts)
    if not form.is_valid():
        return _holidays(request, form, status=422)
    file, writing = form.cleaned_data["file"], request.POST.get("step") == forms.WRITE
    try:
        outcome = holidays_import(
            court=next(one for one in courts if one.code == form.cleaned_data["court"]),
            year=form.cleaned_data["year"],
            data=bytes_of(file),
            name=file.name,
            by=request.viewer,
            at=timezone.now(),
            confirmed=form.cleaned_data["seen"] if writing else None,
        )
    except (FileRefused, TableUnreadable, services.ParameterRefused) as refusal:
        form.add_error("file", str(refusal))
        return _holidays(request, form, status=422)
    if outcome.written:
        messages.success(request, outcome.summary)
        return redirect("parameters:list")
    if writing and not outcome.refused:
        form.add_error(None, "所选的表或受影响的期限与上次显示的不同，没有写入。请看过下面的清单再写入。")
    form.data = {**request.POST.dict(), "seen": outcome.fingerprint}  # the page carries on what it is showing now
    return _holidays(request, form, outcome, status=422 if writing or outcome.refused else 200)


def _holidays(
    request: StaffRequest, form: forms.HolidaysForm, outcome: Outcome | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "parameters/holidays.html", pages.holidays(form, outcome), status=status)
