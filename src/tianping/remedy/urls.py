from __future__ import annotations

from django.urls import path

from tianping.remedy import views
from tianping.remedy.ledger import views as ledger

app_name = "remedy"
urlpatterns = [
    path("", views.index, name="list"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/export/", ledger.export, name="ledger_export"),
    path("proofs/<str:public_id>/", views.proof, name="proof"),
    path("<str:public_id>/", views.detail, name="detail"),
    path("<str:public_id>/<slug:move>/", views.move, name="move"),
]
