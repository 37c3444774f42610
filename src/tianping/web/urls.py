from __future__ import annotations

from django.urls import path

from tianping.web import views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("loop/", views.loop, name="loop"),
    path("administration/", views.administration, name="admin"),
]
