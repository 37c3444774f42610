from __future__ import annotations

from django.urls import path

from tianping.court.staffing import views

app_name = "staffing"
urlpatterns = [
    path("<str:public_id>/", views.person, name="person"),
    path("<str:public_id>/<str:move>/", views.move, name="move"),
]
