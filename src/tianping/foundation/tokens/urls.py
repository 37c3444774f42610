from __future__ import annotations

from django.urls import path

from tianping.foundation.tokens import views

app_name = "tokens"
urlpatterns = [
    path("", views.index, name="list"),
    path("create/", views.create, name="create"),
    path("<str:public_id>/revoke/", views.revoke, name="revoke"),
]
