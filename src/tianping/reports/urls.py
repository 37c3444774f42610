from __future__ import annotations

from django.urls import path

from tianping.reports import views

app_name = "reports"
BOUNDARY = "figures/<str:code>/<str:scope>/<str:period>/<str:kind>/"
urlpatterns = [
    path("caseload/", views.show_caseload, name="caseload"),
    path("mine/", views.mine, name="mine"),
    path("figures/", views.definitions, name="figures"),
    path(BOUNDARY, views.figure, name="figure"),
    path(f"{BOUNDARY}snapshot/", views.take, name="take"),
    path("snapshots/<str:public_id>/", views.snapshot, name="snapshot"),
]
