from __future__ import annotations

from django.urls import path

from tianping.foundation.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.chain, name="chain"),
    path("entries/<int:seq>/", views.entry, name="entry"),
    path("verify/", views.verify, name="verify"),
    path("heads/", views.heads, name="heads"),
    path("heads/<str:day>/", views.head, name="head"),
]
