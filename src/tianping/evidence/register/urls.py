from __future__ import annotations

from django.urls import path

from tianping.evidence.register import views

app_name = "register"
urlpatterns = [
    path("", views.index, name="list"),
    path("<str:public_id>/", views.detail, name="detail"),
    path("<str:public_id>/void/", views.void, name="void"),
]
