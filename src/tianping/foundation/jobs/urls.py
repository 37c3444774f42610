from __future__ import annotations

from django.urls import path

from tianping.foundation.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.index, name="list"),
    path("operations/", views.operations, name="operations"),
    path("<str:public_id>/", views.detail, name="detail"),
    path("<str:public_id>/<slug:move>/", views.move, name="move"),
]
