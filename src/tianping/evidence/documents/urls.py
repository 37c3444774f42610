from __future__ import annotations

from django.urls import path

from tianping.evidence.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.issued, name="issued"),
    path("take/", views.take, name="take"),
    path("issued/<str:public_id>/", views.document, name="document"),
    path("issued/<str:public_id>/file/", views.file, name="file"),
    path("issued/<str:public_id>/assign/", views.assign, name="assign"),
    path("reviews/", views.reviews, name="reviews"),
    path("reviews/<str:public_id>/", views.review, name="review"),
    path("reviews/<str:public_id>/remarks/<int:ordinal>/", views.remark, name="remark"),
    path("reviews/<str:public_id>/finish/", views.finish, name="finish"),
    path("reviews/<str:public_id>/void/", views.void, name="void"),
    path("statistics/", views.statistics, name="statistics"),
    path("statistics/<str:code>/<str:scope>/<str:period>/", views.counted, name="counted"),
    path("own-check/", views.own_check, name="own_check"),
]
