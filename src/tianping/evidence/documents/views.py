"""文书评查与自查的页面。"""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tianping.evidence.documents import counted as opening
from tianping.evidence.documents import figures, selectors, services
from tianping.evidence.documents import own_check as checking
from tianping.evidence.documents import statistics as counting
from tianping.evidence.documents.forms import OwnCheckForm, StatisticsForm, TakeForm, VoidReviewForm
from tianping.evidence.documents.pages import counted as counted_pages
from tianping.evidence.documents.pages import issued as issued_pages
from tianping.evidence.documents.pages import own as own_pages
from tianping.evidence.documents.pages import reviews as review_pages
from tianping.evidence.documents.pages import statistics as statistics_pages
from tianping.foundation.accounts.access import StaffRequest, open_to
from tianping.foundation.accounts.roles import CONTENT_ROLES, Role
from tianping.foundation.moves import MoveRefused
from tianping.foundation.pages import render_register
from tianping.foundation.uploads import ArrivedFile, FileRefused, bytes_of
from tianping.text.document import ReadError

REFUSALS = (MoveRefused, services.ReviewRefused, services.RegistrationRefused)


@open_to(*selectors.READERS)
@require_safe
def issued(request: StaffRequest) -> HttpResponse:
    return render_register(request, issued_pages.register(request.viewer), "documents/list.html")


@open_to(Role.TRIAL_OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: StaffRequest) -> HttpResponse:
    """收录：each file is taken or refused on its own, by name; what was taken stays taken."""
    if request.method != "POST":
        return render(request, "documents/take.html", issued_pages.take(TakeForm()))
    form = TakeForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "documents/take.html", issued_pages.take(form), status=422)
    outcomes = [_taken(request, arrived) for arrived in form.cleaned_data["judgments"]]
    if all(outcome.document for outcome in outcomes):
        messages.success(request, f"收录 {len(outcomes)} 份文书。")
        if len(outcomes) == 1 and outcomes[0].document:
            return redirect("documents:document", outcomes[0].document.public_id)
        return redirect("documents:issued")
    return render(request, "documents/take.html", issued_pages.take(TakeForm(), outcomes), status=422)


def _taken(request: StaffRequest, arrived: ArrivedFile) -> issued_pages.Outcome:
    name = str(arrived.name)
    try:
        document = services.document_take(data=bytes_of(arrived), name=name, by=request.viewer, at=timezone.now())
    except (FileRefused, ReadError, services.DocumentRefused) as refusal:
        return issued_pages.Outcome(name, None, str(refusal))
    return issued_pages.Outcome(name, document)


@open_to(*selectors.READERS)
@require_safe
def document(request: StaffRequest, public_id: str) -> HttpResponse:
    found = selectors.issued_visible(request.viewer, public_id)
    context = issued_pages.record(request.viewer, found, timezone.now())
    return render(request, "documents/document.html", context)


@open_to(*selectors.READERS)
@require_safe
def file(request: StaffRequest, public_id: str) -> HttpResponse:
    """原件：byte for byte as it was taken."""
    found = selectors.issued_visible(request.viewer, public_id)
    try:
        data = selectors.issued_file(request.viewer, found)
    except OSError:
        messages.error(request, "库存原件读不出来，可能已损坏。请报系统管理员从备份恢复。")
        return redirect("documents:document", public_id)
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.file_name) or ""
    return answer


@open_to(Role.TRIAL_OFFICE)
@require_POST
def assign(request: StaffRequest, public_id: str) -> HttpResponse:
    """指派评查。"""
    found = selectors.issued_visible(request.viewer, public_id)
    now = timezone.now()
    form = issued_pages.assign_form(request.viewer, found, now, request.POST)
    if form.is_valid():
        reviewer = selectors.possible_reviewers(found, timezone.localdate(now)).get(
            public_id=form.cleaned_data["reviewer"]
        )
        try:
            review = services.review_assign(document=found, reviewer=reviewer, by=request.viewer, at=now)
        except (*REFUSALS, OSError, ReadError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已指派{reviewer.name}评查，批注 {review.remarks.count()} 条。")
            return redirect("documents:document", public_id)
    context = issued_pages.record(request.viewer, found, now, form)
    return render(request, "documents/document.html", context, status=422)


@open_to(*CONTENT_ROLES)
@require_safe
def reviews(request: StaffRequest) -> HttpResponse:
    return render_register(request, review_pages.register(request.viewer), "documents/list.html")


@open_to(*CONTENT_ROLES)
@require_safe
def review(request: StaffRequest, public_id: str) -> HttpResponse:
    found = selectors.review_visible(request.viewer, public_id)
    context = review_pages.record(request.viewer, found, request.GET.get("show", ""))
    return render(request, "documents/review.html", context)


@open_to(*CONTENT_ROLES)
@require_POST
def remark(request: StaffRequest, public_id: str, ordinal: int) -> HttpResponse:
    """处理一条批注：register it, or pass it over with a reason."""
    viewer, show = request.viewer, request.GET.get("show", "")
    found = selectors.review_visible(viewer, public_id)
    asked = selectors.remark_visible(viewer, public_id, ordinal)
    verdict = "register" if request.POST.get("verdict") == "register" else "pass_over"
    form: Form
    if verdict == "register":
        form = review_pages.register_form(asked, review_pages.people_offered(viewer, found), request.POST)
    else:
        form = review_pages.pass_over_form(asked, request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            if verdict == "register":
                subject = selectors.person_responsible(found.document, said["subject"])
                evidence = services.remark_register(
                    remark_id=asked.pk, subject=subject, grounds=said["grounds"], by=viewer, at=timezone.now()
                )
                done = f"批注 {ordinal} 登记为证据 {evidence.number}，送{subject.name}答复。"
            else:
                services.remark_pass_over(remark_id=asked.pk, reason=said["reason"], by=viewer, at=timezone.now())
                done = f"批注 {ordinal} 不予登记，理由已记入。"
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            address = reverse("documents:review", args=[public_id]) + (f"?show={show}" if show else "")
            return redirect(f"{address}#r-{ordinal}")
    found = selectors.review_visible(viewer, public_id)
    if not review_pages.is_decidable(viewer, found, selectors.remark_visible(viewer, public_id, ordinal)):
        for faults in form.errors.values():  # no form stands beside the remark to carry the reason
            messages.error(request, " ".join(str(fault) for fault in faults))
    context = review_pages.record(viewer, found, show, faulty={ordinal: {verdict: form}})
    return render(request, "documents/review.html", context, status=422)


@open_to(*CONTENT_ROLES)
@require_POST
def finish(request: StaffRequest, public_id: str) -> HttpResponse:
    """办结评查。"""
    found = selectors.review_visible(request.viewer, public_id)
    try:
        services.review_finish(review_id=found.pk, by=request.viewer, at=timezone.now())
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return render(request, "documents/review.html", review_pages.record(request.viewer, found), status=422)
    messages.success(request, "评查已办结。")
    return redirect("documents:review", public_id)


@open_to(*CONTENT_ROLES)
@require_POST
def void(request: StaffRequest, public_id: str) -> HttpResponse:
    """作废评查。"""
    found = selectors.review_visible(request.viewer, public_id)
    form = VoidReviewForm(request.POST, auto_id="void-%s")
    if form.is_valid():
        try:
            services.review_void(
                review_id=found.pk, reason=form.cleaned_data["reason"], by=request.viewer, at=timezone.now()
            )
        except REFUSALS as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "评查已作废。")
            return redirect("documents:review", public_id)
    context = review_pages.record(request.viewer, found, void_form=form)
    return render(request, "documents/review.html", context, status=422)


@open_to(*figures.OFFICES)
@require_safe
def statistics(request: StaffRequest) -> HttpResponse:
    """文书质量统计。"""
    form = StatisticsForm(request.GET.dict(), scopes=selectors.scopes(request.viewer), on=timezone.localdate())
    whole = form.is_valid()
    boundary = form.boundary()
    context = statistics_pages.page(counting.statistics(request.viewer, boundary), boundary, form)
    context["data_time"] = timezone.now()
    return render(request, "documents/statistics.html", context, status=200 if whole else 422)


@open_to(*figures.OFFICES)
@require_safe
def counted(request: StaffRequest, code: str, scope: str, period: str) -> HttpResponse:
    """一个数和它所计的文书或批注：what the statistics do not tell this viewer by itself does not exist."""
    boundary = selectors.boundary_visible(request.viewer, scope, period)
    asked = {by: request.GET[by] for by in counting.By if by in request.GET}
    if len(asked) > 1:
        raise Http404
    part = next((opening.Part(by, key) for by, key in asked.items()), opening.Part())
    found = opening.counted(request.viewer, code, boundary, part)
    if found is None:
        raise Http404
    said = request.GET.get("start", "")
    start = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0
    context = counted_pages.page(request.viewer, found, start) | {"data_time": timezone.now()}
    return render(request, "documents/counted.html", context)


@open_to(*CONTENT_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def own_check(request: StaffRequest) -> HttpResponse:
    """自查：the answer to the upload is all there ever is — no message, no redirect, nothing in the session."""
    form, checked, copy, status = OwnCheckForm(), None, None, 200
    today = timezone.localdate()
    wants_copy = request.POST.get("give") == "copy"
    if request.method == "POST":
        form, status = OwnCheckForm(request.POST, request.FILES), 422
        if form.is_valid():
            arrived = form.cleaned_data["file"]
            try:
                data, name = bytes_of(arrived), str(arrived.name)
                asked = form.cleaned_data
                checked = checking.own_check(
                    data, name, on=today, mode=asked["mode"], proofread=asked.get("proofread", False)
                )
                if wants_copy:
                    copy = checking.copy_with_comments(data, name, checked)
                elif len(data) <= own_pages.MOST_IN_PAGE:
                    copy = checking.copy_if_any(data, name, checked)
                status = 200
            except (FileRefused, ReadError) as refusal:
                checked = None
                form.add_error("file", str(refusal))
            except checking.CheckFailed as failure:
                checked, status = None, 500
                form.add_error("file", str(failure))
    if wants_copy and copy is not None:
        response = own_pages.download(copy)
    else:
        context = own_pages.page(form, checked, copy, today)
        response = render(request, "documents/own_check.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
