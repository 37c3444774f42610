"""锁定：five failures in a row from one address, at the sign-in page or where one's password is asked for again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from tests.cast import Court
from tianping.foundation.accounts import locks, second_factor
from tianping.foundation.accounts.access import address_of
from tianping.foundation.accounts.models import User
from tianping.foundation.accounts.services import AccountRefused
from tianping.foundation.accounts.tests.visitors import PASSWORD, WRONG, ClientOf, fail, own_password, try_in
from tianping.foundation.audit.models import Entry

pytestmark = pytest.mark.django_db


class TestLocking:
    def test_the_fifth_failure_locks_the_right_password_out_too(self, court: Court) -> None:
        lin = own_password(court, "林知远")
        assert [answer.status_code for answer in fail(lin.staff_no, 5)] == [200, 200, 200, 200, 429]
        assert try_in(Client(), lin.staff_no, PASSWORD).status_code == 429

    def test_four_failures_and_the_right_one_begin_anew(self, court: Court) -> None:
        lin = own_password(court, "林知远")
        for _ in range(2):
            fail(lin.staff_no, 4)
            assert try_in(Client(), lin.staff_no, PASSWORD).status_code == 302

    def test_another_address_and_another_person_are_not_locked(self, court: Court) -> None:
        lin, shen = own_password(court, "林知远"), own_password(court, "沈若川")
        fail(lin.staff_no, 6, REMOTE_ADDR="10.0.0.8")
        assert try_in(Client(), lin.staff_no, PASSWORD, REMOTE_ADDR="10.0.0.9").status_code == 302
        assert try_in(Client(), shen.staff_no, PASSWORD, REMOTE_ADDR="10.0.0.8").status_code == 302

    def test_a_lock_says_the_same_of_a_number_that_is_nobodys(self, court: Court) -> None:
        known, unknown = fail(own_password(court, "林知远").staff_no, 6), fail("NOBODY", 6)
        assert [a.status_code for a in known] == [a.status_code for a in unknown]
        assert known[-1].content == unknown[-1].content
        assert "15 分钟内不能再试" in known[-1].content.decode()

    def test_a_lock_ends_after_a_quarter_of_an_hour_and_knocking_makes_it_no_longer(self, court: Court) -> None:
        lin = own_password(court, "林知远")
        fail(lin.staff_no, 5)
        began = AccessAttempt.objects.get().attempt_time
        fail(lin.staff_no, 3)
        assert AccessAttempt.objects.get().attempt_time == began
        AccessAttempt.objects.update(attempt_time=began - timedelta(minutes=15, seconds=1))
        assert try_in(Client(), lin.staff_no, PASSWORD).status_code == 302

    def test_it_is_on_the_chain_once_and_never_with_what_was_typed(self, court: Court) -> None:
        lin = own_password(court, "林知远")
        fail(lin.staff_no, 7)
        fail("栖霞岭上的口令误填在此", 7)
        noted = Entry.objects.filter(verb="accounts.lock").order_by("seq")
        assert [entry.object for entry in noted] == [f"accounts.user:{lin.public_id}", "accounts.unknown"]
        assert not any("误填" in entry.changes for entry in noted)
        assert not any("误填" in f"{a.post_data}{a.get_data}" for a in AccessAttempt.objects.all())

    def test_the_security_administrator_sees_it_and_lifts_it(self, court: Court, client_of: ClientOf) -> None:
        lin = own_password(court, "林知远")
        fail(lin.staff_no, 5)
        fail("误填在此的口令", 5)
        page = client_of("安全乙").get(reverse("accounts:locks")).content.decode()
        assert "林知远" in page and locks.UNKNOWN in page and "误填在此" not in page
        (lock,) = (one for one in locks.lock_list(court.viewer("安全乙"), timezone.now()) if one.staff_no)
        client_of("安全乙").post(reverse("accounts:lock_lift"), {"lock": lock.key})
        assert try_in(Client(), lin.staff_no, PASSWORD).status_code == 302
        assert Entry.objects.filter(verb="accounts.lock.lift", actor_name="安全乙").count() == 1

    def test_nobody_lifts_their_own_nor_one_of_another_court(self, court: Court) -> None:
        for name in ("安全乙", "顾长风"):
            fail(own_password(court, name).staff_no, 5)
        (own,) = locks.lock_list(court.viewer("安全乙"), timezone.now())
        with pytest.raises(AccountRefused, match="不能解除自己的锁定"):
            locks.lock_lift(key=own.key, by=court.viewer("安全乙"), at=timezone.now())

    def test_behind_a_proxy_the_address_is_what_our_own_proxy_wrote(self, settings: Any) -> None:
        request = RequestFactory().get("/", headers={"x-forwarded-for": "6.6.6.6, 10.0.0.8"}, REMOTE_ADDR="127.0.0.1")
        assert address_of(request) == "127.0.0.1"
        settings.PROXIES = 1
        assert address_of(request) == "10.0.0.8"
        settings.PROXIES = 3  # fewer entries than proxies: not through them
        assert address_of(request) == "127.0.0.1"


class TestThePasswordAskedForAgain:
    """再输口令：at somebody's open page nobody guesses more often than at the sign-in page."""

    NEW = "春在溪头的荠菜花正开着"

    @pytest.fixture
    def lin(self, court: Court) -> User:
        return own_password(court, "林知远")

    @pytest.fixture
    def visitor(self, lin: User, client_of: ClientOf) -> Client:
        return client_of("林知远")

    def change(self, visitor: Client, old: str) -> HttpResponse:
        said = {"old": old, "new": self.NEW, "again": self.NEW}
        return visitor.post("/accounts/password/", said)  # type: ignore[return-value]

    def test_locks_at_the_fifth_wrong_one_and_says_so(self, lin: User, visitor: Client) -> None:
        answers = [self.change(visitor, WRONG) for _ in range(5)]
        assert [answer.status_code for answer in answers] == [422, 422, 422, 422, 429]
        assert "15 分钟内不能再试" in answers[-1].content.decode()
        assert "回首页" in answers[-1].content.decode()
        assert self.change(visitor, PASSWORD).status_code == 429
        assert User.objects.get(pk=lin.pk).check_password(PASSWORD)
        assert try_in(Client(), lin.staff_no, PASSWORD).status_code == 429
        assert visitor.get("/cases/").status_code == 200  # 已登录的照常办事

    def test_counts_together_with_failed_sign_ins(self, lin: User, visitor: Client) -> None:
        fail(lin.staff_no, 3)
        assert [self.change(visitor, WRONG).status_code for _ in range(2)] == [422, 429]

    def test_counts_on_the_page_of_the_second_factor_too(self, court: Court, lin: User, visitor: Client) -> None:
        second_factor.enrol_begin(user=lin, password=PASSWORD, by=court.viewer("林知远"), at=court.now)
        steps = ("begin", "renew", "disable", "begin", "disable")
        asked = [visitor.post("/accounts/second-factor/", {"step": s, f"{s}-password": WRONG}) for s in steps]
        assert [answer.status_code for answer in asked] == [422, 422, 422, 422, 429]
        assert (
            visitor.post("/accounts/second-factor/", {"step": "begin", "begin-password": PASSWORD}).status_code == 429
        )

    def test_begins_anew_after_the_right_one(self, lin: User, visitor: Client) -> None:
        assert [self.change(visitor, WRONG).status_code for _ in range(4)] == [422] * 4
        assert self.change(visitor, PASSWORD).status_code == 302
        assert [answer.status_code for answer in fail(lin.staff_no, 4)] == [200] * 4

    @pytest.mark.parametrize("new", [PASSWORD, "短"])
    def test_does_not_count_what_is_wrong_with_the_new_one(self, lin: User, visitor: Client, new: str) -> None:
        for _ in range(6):
            said = {"old": PASSWORD, "new": new, "again": new}
            assert visitor.post("/accounts/password/", said).status_code == 422
        assert not AccessAttempt.objects.exists()

    def test_locks_nobody_else(self, court: Court, visitor: Client) -> None:
        shen = own_password(court, "沈若川")
        for _ in range(6):
            self.change(visitor, WRONG)
        assert try_in(Client(), shen.staff_no, PASSWORD).status_code == 302

    def test_is_on_the_chain_once_and_nothing_of_what_was_typed_is_kept(self, lin: User, visitor: Client) -> None:
        for _ in range(3):
            self.change(visitor, WRONG)
        for step in ("begin", "renew", "disable"):
            visitor.post("/accounts/second-factor/", {"step": step, f"{step}-password": WRONG})
        (entry,) = Entry.objects.filter(verb="accounts.lock")
        assert entry.object == f"accounts.user:{lin.public_id}"
        kept = "".join(f"{a.post_data}{a.get_data}{a.path_info}" for a in AccessAttempt.objects.all())
        assert "old=" in kept and "begin-password=" in kept
        assert not any(typed in kept + entry.changes for typed in (WRONG, self.NEW, PASSWORD))

    def test_is_lifted_by_the_security_administrator(self, court: Court, visitor: Client, client_of: ClientOf) -> None:
        for _ in range(5):
            self.change(visitor, WRONG)
        (lock,) = locks.lock_list(court.viewer("安全乙"), timezone.now())
        client_of("安全乙").post(reverse("accounts:lock_lift"), {"lock": lock.key})
        assert self.change(visitor, PASSWORD).status_code == 302
