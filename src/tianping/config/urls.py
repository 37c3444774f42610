"""网址：one line a stage."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from tianping.config import api_docs
from tianping.config.api import urls as api_urls
from tianping.foundation.accounts.access import public
from tianping.foundation.accounts.views.own import SignInView

urlpatterns = [
    path("login/", public(SignInView.as_view()), name="login"),
    path("logout/", public(LogoutView.as_view()), name="logout"),
    path("accounts/", include("tianping.foundation.accounts.urls")),
    path("audit/", include("tianping.foundation.audit.urls")),
    path("staffing/", include("tianping.court.staffing.urls")),
    path("yearly/", include("tianping.court.yearly_stock.urls")),
    path("cases/", include("tianping.court.urls")),
    path("evidence/", include("tianping.evidence.register.urls")),
    path("documents/", include("tianping.evidence.documents.urls")),
    path("findings/", include("tianping.findings.urls")),
    path("remedy/", include("tianping.remedy.urls")),
    path("reports/", include("tianping.reports.urls")),
    path("jobs/", include("tianping.foundation.jobs.urls")),
    path("parameters/", include("tianping.foundation.parameters.urls")),
    path("search/", include("tianping.foundation.search.urls")),
    path("tokens/", include("tianping.foundation.tokens.urls")),
    path("api/v1/", api_urls()),
    path("api/docs/", api_docs.docs, name="api_docs"),
    path("api/openapi.json", api_docs.openapi, name="openapi"),
    path("", include("tianping.web.urls")),
]

if settings.OIDC:
    from mozilla_django_oidc import views as oidc

    urlpatterns += [
        path("oidc/begin/", public(oidc.OIDCAuthenticationRequestView.as_view()), name="oidc_authentication_init"),
        path(
            "oidc/callback/", public(oidc.OIDCAuthenticationCallbackView.as_view()), name="oidc_authentication_callback"
        ),
    ]
