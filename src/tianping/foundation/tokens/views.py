from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tianping.foundation.accounts.access import StaffRequest, open_to
from tianping.foundation.accounts.roles import CONTENT_ROLES
from tianping.foundation.tokens import pages, selectors, services
from tianping.foundation.tokens.forms import TokenForm


@open_to(*CONTENT_ROLES)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    return render(request, "tokens/index.html", pages.tokens(request.viewer))


@open_to(*CONTENT_ROLES)
@require_POST
@never_cache
def create(request: StaffRequest) -> HttpResponse:
    """建立：answered with the page itself, not with a redirect: the secret is shown once and kept nowhere."""
    form = TokenForm(request.POST, today=request.viewer.on)
    if form.is_valid():
        try:
            _, secret = services.token_create(by=request.viewer, at=timezone.now(), **form.cleaned_data)
        except services.TokenRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(request, "tokens/index.html", pages.tokens(request.viewer, secret=secret), status=201)
    return render(request, "tokens/index.html", pages.tokens(request.viewer, form), status=422)


@open_to(*CONTENT_ROLES)
@require_POST
def revoke(request: StaffRequest, public_id: str) -> HttpResponse:
    token = selectors.token_visible(request.viewer, public_id)
    try:
        services.token_revoke(token_id=token.pk, by=request.viewer, at=timezone.now())
    except services.TokenRefused as refusal:
        messages.error(request, str(refusal))
        return render(request, "tokens/index.html", pages.tokens(request.viewer), status=422)
    messages.success(request, f"令牌“{token.name}”已撤销，用它的程序即刻不能再取数。")
    return redirect("tokens:list")
