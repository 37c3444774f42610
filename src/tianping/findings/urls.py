from __future__ import annotations

from django.urls import path

from tianping.findings import views

app_name = "findings"
urlpatterns = [
    path("", views.index, name="list"),
    path("<str:public_id>/", views.detail, name="detail"),
    path("<str:public_id>/<slug:move>/", views.move, name="move"),
]
