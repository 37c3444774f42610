from __future__ import annotations

from django.urls import path

from tianping.foundation.search import views

app_name = "search"
urlpatterns = [path("", views.results, name="results")]
