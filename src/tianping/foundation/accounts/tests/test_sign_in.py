"""登录与准入：staff number and password; a view nobody opened does not exist."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.cast import Court
from tianping.config.urls import urlpatterns as served
from tianping.foundation.accounts.access import open_to
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.services import user_set_password
from tianping.foundation.audit.models import Entry

pytestmark = pytest.mark.django_db
PASSWORD = "栖霞岭上的梅花三百株"


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("内容")


@open_to(Role.LEADER)
def for_leaders(request: HttpRequest) -> HttpResponse:
    return HttpResponse("内容")


urlpatterns = [path("forgotten/", forgotten), path("leaders/", for_leaders), *served]


@pytest.fixture
def lin(court: Court) -> Any:
    person = court.people["林知远"]
    user_set_password(user=person, password=PASSWORD, by=court.viewer("林知远"), at=court.now)
    return person


def sign_in(staff_no: str, password: str) -> tuple[Client, HttpResponse]:
    browser = Client()
    answer = browser.post("/login/", {"username": staff_no, "password": password})
    return browser, answer


class TestSigningIn:
    @pytest.mark.parametrize("wrong", [{"password": "不是这个口令"}, {"username": "没有这个工号"}])
    def test_a_refusal_says_the_same_whichever_was_wrong_and_in_our_words(
        self, lin: Any, wrong: dict[str, str]
    ) -> None:
        said = {"username": lin.staff_no, "password": PASSWORD, **wrong}
        page = Client().post("/login/", said).content.decode()
        assert "没有登录：工号或口令不对，或这个账号现在不能登录。" in page
        assert "密码" not in page

    def test_with_staff_number_and_password(self, lin: Any) -> None:
        browser, answer = sign_in(lin.staff_no, PASSWORD)
        assert answer.status_code == 302
        assert browser.get("/cases/").status_code == 200

    def test_a_wrong_password_and_an_unknown_number_are_told_the_same(self, lin: Any) -> None:
        wrong = sign_in(lin.staff_no, "不是这个口令呀呀呀呀")[1]
        unknown = sign_in("NOBODY", "不是这个口令呀呀呀呀")[1]
        said = [list(answer.context["form"].non_field_errors()) for answer in (wrong, unknown)]  # type: ignore[attr-defined]
        assert said[0] == said[1] != []
        assert wrong.status_code == unknown.status_code == 200

    def test_an_unknown_number_costs_a_hash_too(self, lin: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        from tianping.foundation.accounts import backend

        hashed: list[object] = []
        monkeypatch.setattr(backend, "make_password", lambda password: hashed.append(password))
        sign_in("NOBODY", "某口令")
        assert hashed == ["某口令"]

    def test_an_inactive_account_cannot(self, lin: Any) -> None:
        browser, _ = sign_in(lin.staff_no, PASSWORD)
        lin.is_active = False
        lin.save()
        assert sign_in(lin.staff_no, PASSWORD)[1].status_code == 200
        assert browser.get("/cases/")["Location"].startswith("/login/")  # 已登录的也随之失效

    def test_one_who_was_never_given_a_password_cannot(self, court: Court) -> None:
        assert sign_in(court.people["沈若川"].staff_no, "")[1].status_code == 200
        assert sign_in(court.people["沈若川"].staff_no, "!")[1].status_code == 200

    def test_a_new_password_ends_the_old_session(self, court: Court, lin: Any) -> None:
        browser, _ = sign_in(lin.staff_no, PASSWORD)
        user_set_password(user=lin, password=PASSWORD + "二", by=court.viewer("系统甲"), at=court.now)
        assert browser.get("/cases/").status_code == 302

    @pytest.mark.parametrize("weak", ["短", "12345678901", "password123"])
    def test_a_weak_password_is_not_set(self, court: Court, weak: str) -> None:
        person = court.people["沈若川"]
        with pytest.raises(ValidationError):
            user_set_password(user=person, password=weak, by=court.viewer("系统甲"), at=court.now)
        person.refresh_from_db()
        assert not person.has_usable_password()

    def test_the_chain_says_that_it_was_set_and_not_what(self, lin: Any) -> None:
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.changes) == ("accounts.user.set_password", "{}")


class TestDenyByDefault:
    @pytest.fixture(autouse=True)
    def _with_two_more_views(self, settings: Any) -> None:
        settings.ROOT_URLCONF = __name__

    def test_a_view_nobody_opened_does_not_exist(self, client_of: Callable[[str], Client]) -> None:
        assert {client_of(who).get("/forgotten/").status_code for who in ("裴院长", "林知远", "系统甲")} == {404}

    def test_an_opened_one_exists_for_its_role_only(self, client_of: Callable[[str], Client]) -> None:
        assert client_of("裴院长").get("/leaders/").status_code == 200
        assert client_of("林知远").get("/leaders/").status_code == 404

    def test_who_has_not_signed_in_is_sent_to_sign_in(self, db: None) -> None:
        assert Client().get("/forgotten/")["Location"].startswith("/login/")

    def test_without_an_appointment_in_force_nothing_exists(
        self, court: Court, client_of: Callable[[str], Client]
    ) -> None:
        browser = client_of("裴院长")
        court.people["裴院长"].appointments.update(until=court.today - timedelta(days=300))
        assert browser.get("/leaders/").status_code == 404


class TestInProduction:
    def test_passwords_are_kept_by_argon2(self, tmp_path: Path) -> None:
        code = (
            "import django; django.setup()\n"
            "from django.contrib.auth.hashers import make_password\n"
            f"print(make_password({PASSWORD!r}))"
        )
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("TIANPING_", "DJANGO_"))} | {
            "DJANGO_SETTINGS_MODULE": "tianping.config.settings",
            "TIANPING_SECRET_KEY": "s" * 40,
            "TIANPING_HOME": str(tmp_path),
            "TIANPING_DATABASE": f"sqlite:///{tmp_path}/x.sqlite3",
            "PYTHONIOENCODING": "utf-8",
        }
        said = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=60
        )
        encoded = said.stdout.strip()
        assert encoded.startswith("argon2$argon2id$")
