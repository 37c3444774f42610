from __future__ import annotations

from django.urls import path

from tianping.foundation.accounts.views import offices, own, people

app_name = "accounts"
urlpatterns = [
    path("code/", own.code, name="code"),
    path("password/", own.password, name="password"),
    path("second-factor/", own.factor, name="second_factor"),
    path("people/", people.index, name="people"),
    path("people/new/", people.new, name="person_new"),
    path("people/<str:public_id>/", people.person, name="person"),
    path("people/<str:public_id>/<str:move>/", people.move, name="person_move"),
    path("resets/", people.reset_index, name="resets"),
    path("resets/<str:public_id>/", people.reset, name="reset"),
    path("resets/<str:public_id>/<str:move>/", people.reset_move, name="reset_move"),
    path("offices/", offices.index, name="offices"),
    path("offices/<str:public_id>/", offices.person, name="office_holder"),
    path("offices/<str:public_id>/<str:move>/", offices.move, name="office_move"),
    path("rules/", offices.rules, name="rules"),
    path("locks/", offices.lock_index, name="locks"),
    path("locks/lift/", offices.lock_lift, name="lock_lift"),
]
