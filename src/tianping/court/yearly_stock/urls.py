from __future__ import annotations

from django.urls import path

from tianping.court.yearly_stock import views

app_name = "yearly"
urlpatterns = [
    path("", views.index, name="list"),
    path("enter/", views.enter, name="enter"),
    path("import/", views.take, name="take"),
    path("<str:code>/<int:year>/<slug:kind>/", views.one, name="one"),
]
