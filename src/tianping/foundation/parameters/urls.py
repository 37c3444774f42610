from __future__ import annotations

from django.urls import path

from tianping.foundation.parameters import views

app_name = "parameters"
urlpatterns = [
    path("", views.index, name="list"),
    path("holidays/", views.holidays, name="holidays"),
    path("set/<str:code>/", views.propose, name="set"),
    path("<str:public_id>/<slug:move>/", views.decide, name="decide"),
]
