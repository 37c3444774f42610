from __future__ import annotations

from django.urls import path

from tianping.court import views
from tianping.court.wizard import views as wizard

app_name = "court"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("import/", wizard.start, name="import"),
    path("import/<str:public_id>/", wizard.one, name="import_one"),
    path("import/<str:public_id>/refused/", wizard.refused, name="import_refused"),
    path("import/<str:public_id>/<slug:move>/", wizard.move, name="import_move"),
    path("<str:public_id>/", views.case, name="case"),
]
