"""两个人重设口令；系统管理员和安全管理员的页面。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import SINCE, Court
from tests.state_tables import check_table
from tianping.foundation.accounts import resets, states
from tianping.foundation.accounts.models import Appointment, PasswordReset, User
from tianping.foundation.accounts.pages import account_state
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.services import AccountRefused, appoint, user_register, user_set_password
from tianping.foundation.accounts.states import State
from tianping.foundation.accounts.viewer import system
from tianping.foundation.audit.models import Entry
from tianping.foundation.moves import MoveRefused

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]
PASSWORD = "栖霞岭上的梅花三百株"


def ask(court: Court, of: str = "林知远", by: str = "系统甲") -> PasswordReset:
    return resets.reset_request(user=court.people[of], reason="本人来办公室当面申请", by=court.viewer(by), at=court.now)


def approve(court: Court, reset: PasswordReset, by: str = "安全乙", after: timedelta = timedelta()) -> str:
    return resets.reset_approve(reset_id=reset.pk, by=court.viewer(by), at=court.now + after)


def test_the_table() -> None:
    check_table(states)


class TestTwoPeople:
    def test_one_asks_the_other_approves_and_each_is_on_the_chain(self, court: Court) -> None:
        password = approve(court, ask(court))
        lin = User.objects.get(pk=court.people["林知远"].pk)
        assert lin.check_password(password) and lin.password_by_other
        assert lin.password_until == court.now + timedelta(hours=24)
        told = [(e.verb, e.actor_name) for e in Entry.objects.order_by("-seq")[:3]]
        assert told == [
            ("accounts.reset.approve", "安全乙"),
            ("accounts.user.set_password", "安全乙"),
            ("accounts.reset.request", "系统甲"),
        ]
        assert not any(password in entry.changes for entry in Entry.objects.all())

    def test_what_the_old_password_had_opened_is_closed(self, court: Court, client_of: ClientOf) -> None:
        """Sessions of either way of signing in, and personal tokens; nobody else's."""
        from tianping.foundation.tokens.models import Token
        from tianping.foundation.tokens.services import token_create

        at_work, other = client_of("林知远"), client_of("周既明")
        for name in ("林知远", "周既明"):
            token_create(name="汇总", expires_on=court.today, by=court.viewer(name), at=court.now)
        assert at_work.get("/cases/").status_code == 200
        reset = ask(court)
        assert at_work.get("/cases/").status_code == 200, "asking closes nothing yet"
        approve(court, reset)
        assert at_work.get("/cases/")["Location"].startswith("/login/")
        assert other.get("/cases/").status_code == 200
        live = Token.objects.filter(revoked_at__isnull=True)
        assert [token.user.name for token in live] == ["周既明"]

    @pytest.mark.parametrize("who", ["系统甲", "审计丙", "裴院长", "周既明", "林知远", "陶思源"])
    def test_nobody_but_the_security_administrator_approves(self, court: Court, who: str) -> None:
        reset = ask(court)
        with pytest.raises(MoveRefused):
            approve(court, reset, by=who)
        assert PasswordReset.objects.get().state == State.REQUESTED

    @pytest.mark.parametrize("who", ["安全乙", "审计丙", "裴院长", "林知远"])
    def test_nobody_but_the_system_administrator_asks(self, court: Court, who: str) -> None:
        with pytest.raises(AccountRefused):
            ask(court, by=who)

    def test_whoever_asked_and_then_changed_office_does_not_approve(self, court: Court) -> None:
        reset = ask(court)
        Appointment.objects.filter(user=court.people["系统甲"]).update(role=Role.SECURITY_ADMIN)
        with pytest.raises(MoveRefused):
            approve(court, reset, by="系统甲")

    def test_neither_is_the_account_itself(self, court: Court) -> None:
        with pytest.raises(AccountRefused, match="不能申请重设自己的口令"):
            ask(court, of="系统甲")
        with pytest.raises(MoveRefused):
            approve(court, ask(court, of="安全乙"), by="安全乙")

    def test_the_database_says_so_too(self, court: Court) -> None:
        reset = ask(court)
        for who in (court.people["系统甲"], court.people["林知远"]):
            with pytest.raises(IntegrityError), transaction.atomic():
                PasswordReset.objects.filter(pk=reset.pk).update(state="approved", decided_by=who)

    def test_only_people_of_the_court(self, court: Court) -> None:
        with pytest.raises(AccountRefused, match="所在法院的系统管理员"):
            ask(court, of="顾长风")

    def test_a_day_later_it_is_no_longer_approved_and_may_be_asked_again(self, court: Court) -> None:
        reset = ask(court)
        with pytest.raises(MoveRefused, match="超过 24 小时"):
            approve(court, reset, after=timedelta(hours=24))
        later = court.now + timedelta(hours=25)
        resets.reset_request(user=court.people["林知远"], reason="再申请", by=court.viewer("系统甲"), at=later)
        assert {r.state for r in PasswordReset.objects.all()} == {State.REQUESTED, State.LAPSED}

    def test_not_of_an_account_out_of_use_or_of_somebody_who_left(self, court: Court) -> None:
        approve(court, ask(court))  # a one-time password is waiting: that alone must not let it through
        lin = court.people["林知远"]
        User.objects.filter(pk=lin.pk).update(is_active=False)
        with pytest.raises(AccountRefused, match="账号已停用"):
            ask(court)
        User.objects.filter(pk=lin.pk).update(is_active=True, last_day=court.today - timedelta(days=1))
        with pytest.raises(AccountRefused, match="离院"):
            ask(court)
        assert account_state(User.objects.get(pk=lin.pk), court.now)[0].endswith("离院")

    def test_one_request_at_a_time_and_approved_once(self, court: Court) -> None:
        reset = ask(court)
        with pytest.raises(AccountRefused, match="已有一项重设申请待批准"):
            ask(court)
        approve(court, reset)
        with pytest.raises(MoveRefused):
            approve(court, reset)

    def test_declined_or_withdrawn_leaves_the_password(self, court: Court) -> None:
        lin = court.people["林知远"]
        user_set_password(user=lin, password=PASSWORD, by=court.viewer("林知远"), at=court.now)
        resets.reset_decline(reset_id=ask(court).pk, reason="未见本人", by=court.viewer("安全乙"), at=court.now)
        resets.reset_withdraw(reset_id=ask(court).pk, by=court.viewer("系统甲"), at=court.now)
        with pytest.raises(MoveRefused):
            resets.reset_withdraw(reset_id=ask(court).pk, by=court.viewer("安全乙"), at=court.now)
        assert User.objects.get(pk=lin.pk).check_password(PASSWORD)

    def test_the_one_time_password_opens_only_the_change_and_runs_out(self, court: Court, client_of: ClientOf) -> None:
        lin = court.people["林知远"]
        reset = resets.reset_request(user=lin, reason="当面", by=court.viewer("系统甲"), at=timezone.now())
        shown = client_of("安全乙").post(reverse("accounts:reset_move", args=[reset.public_id, "approve"]))
        password = shown.content.decode().split('<p class="tp-once"><code>')[1].split("<")[0]
        assert shown["Cache-Control"] == "no-store"
        again = client_of("安全乙").get(reverse("accounts:reset", args=[reset.public_id])).content.decode()
        assert password not in again
        browser = Client()
        assert browser.post("/login/", {"username": lin.staff_no, "password": password}).status_code == 302
        assert browser.get("/cases/")["Location"] == "/accounts/password/"
        User.objects.filter(pk=lin.pk).update(password_until=timezone.now() - timedelta(seconds=1))
        assert Client().post("/login/", {"username": lin.staff_no, "password": password}).status_code == 200


SYSTEM = ["accounts:people", "accounts:person_new", "jobs:operations"]
SECURITY = ["accounts:offices", "accounts:rules", "accounts:locks"]
AUDIT = ["audit:chain", "audit:heads"]


class TestWhoMayNot:
    @pytest.mark.parametrize(
        ("who", "may"),
        [
            ("系统甲", [*SYSTEM, "accounts:resets"]),
            ("安全乙", [*SECURITY, "accounts:resets"]),
            ("审计丙", AUDIT),
            *((name, []) for name in ("裴院长", "周既明", "程砚之", "秦望舒", "林知远", "江信访")),
        ],
    )
    def test_each_administrator_has_their_own_pages(self, who: str, may: list[str], client_of: ClientOf) -> None:
        browser = client_of(who)
        opened = [
            n for n in [*SYSTEM, *SECURITY, *AUDIT, "accounts:resets"] if browser.get(reverse(n)).status_code == 200
        ]
        assert sorted(opened) == sorted(may)

    @pytest.mark.parametrize("who", ["系统甲", "安全乙", "审计丙"])
    def test_none_of_them_sees_content(self, who: str, client_of: ClientOf, court: Court) -> None:
        case, browser = court.case(), client_of(who)
        content = [
            reverse(n) for n in ("court:cases", "register:list", "documents:issued", "findings:list", "remedy:list")
        ]
        for address in [*content, reverse("court:case", args=[case.public_id])]:
            assert browser.get(address).status_code == 404

    @pytest.mark.parametrize(
        ("who", "name"), [("系统甲", "person"), ("安全乙", "office_holder"), ("安全乙", "staffing")]
    )
    def test_people_of_another_court_do_not_exist(self, who: str, name: str, client_of: ClientOf, court: Court) -> None:
        address = "staffing:person" if name == "staffing" else f"accounts:{name}"
        browser = client_of(who)
        assert browser.get(reverse(address, args=[court.people["林知远"].public_id])).status_code == 200
        assert browser.get(reverse(address, args=[court.people["顾长风"].public_id])).status_code == 404


class TestThePages:
    def test_a_person_is_registered_and_found_without_any_office(self, court: Court, client_of: ClientOf) -> None:
        browser = client_of("系统甲")
        assert browser.post(reverse("accounts:person_new"), {"staff_no": "N9", "name": "叶清禾"}).status_code == 302
        person = User.objects.get(staff_no="N9")
        assert "叶清禾" in browser.get(reverse("accounts:people")).content.decode()
        assert client_of("安全乙").get(reverse("accounts:office_holder", args=[person.public_id])).status_code == 200
        twice = browser.post(reverse("accounts:person_new"), {"staff_no": "N9", "name": "叶清禾"})
        assert twice.status_code == 422

    def test_an_account_put_out_of_use_is_out_at_once_and_may_come_back(
        self, court: Court, client_of: ClientOf
    ) -> None:
        lin, at_work, browser = court.people["林知远"], client_of("林知远"), client_of("系统甲")
        assert at_work.get("/cases/").status_code == 200
        address = reverse("accounts:person_move", args=[lin.public_id, "deactivate"])
        assert browser.post(address, {"deactivate-reason": ""}).status_code == 422
        assert browser.post(address, {"deactivate-reason": "停职"}).status_code == 302
        assert at_work.get("/cases/")["Location"].startswith("/login/")
        back = reverse("accounts:person_move", args=[lin.public_id, "activate"])
        assert browser.post(back, {"activate-reason": "复职"}).status_code == 302
        assert User.objects.get(pk=lin.pk).is_active

    def test_nobody_deactivates_themselves(self, court: Court, client_of: ClientOf) -> None:
        own = court.people["系统甲"].public_id
        answer = client_of("系统甲").post(
            reverse("accounts:person_move", args=[own, "deactivate"]), {"deactivate-reason": "试试"}
        )
        assert (answer.status_code, "不能办理自己的账号" in answer.content.decode()) == (422, True)

    def test_an_office_is_given_and_ended_with_the_words_of_the_refusal(
        self, court: Court, client_of: ClientOf
    ) -> None:
        lin, browser = court.people["林知远"], client_of("安全乙")
        give = reverse("accounts:office_move", args=[lin.public_id, "appoint"])
        said = {"appoint-organisation": "LJ", "appoint-since": "2026-11-23"}
        refused = browser.post(give, said | {"appoint-role": "auditor"})
        assert (refused.status_code, "审计员不得兼任能看到业务内容的角色" in refused.content.decode()) == (422, True)
        assert browser.post(give, said | {"appoint-role": "teacher"}).status_code == 302
        held = lin.appointments.get(role="teacher")
        end = reverse("accounts:office_move", args=[lin.public_id, "end"])
        number = [a.pk for a in lin.appointments.order_by("since", "id")].index(held.pk) + 1
        assert browser.post(end, {"end-appointment": number, "end-until": "2026-12-31"}).status_code == 302
        held.refresh_from_db()
        assert str(held.until) == "2026-12-31"

    def test_no_office_of_another_court_is_given(self, court: Court, client_of: ClientOf) -> None:
        give = reverse("accounts:office_move", args=[court.people["林知远"].public_id, "appoint"])
        said = {"appoint-role": "teacher", "appoint-organisation": "WS", "appoint-since": "2026-11-23"}
        assert client_of("安全乙").post(give, said).status_code == 422
        assert not court.people["林知远"].appointments.filter(role="teacher").exists()

    def test_nobody_appoints_themselves(self, court: Court, client_of: ClientOf) -> None:
        own = court.people["安全乙"].public_id
        said = {"appoint-role": "security_admin", "appoint-organisation": "LJ-M1", "appoint-since": "2026-11-23"}
        answer = client_of("安全乙").post(reverse("accounts:office_move", args=[own, "appoint"]), said)
        assert (answer.status_code, "不能任免自己" in answer.content.decode()) == (422, True)

    def test_a_list_of_many_people_asks_no_more_than_one_of_few(
        self, court: Court, client_of: ClientOf, django_assert_max_num_queries: object
    ) -> None:
        setup = system("测试", on=court.today)
        for number in range(60):
            person = user_register(staff_no=f"M{number:03d}", name=f"测试{number}", by=setup, at=court.now)
            appoint(
                user=person,
                role=Role.STAFF,
                organisation=court.organisations["LJ-M1"],
                since=SINCE,
                until=None,
                by=setup,
                at=court.now,
            )
        for who, name in (("系统甲", "accounts:people"), ("安全乙", "accounts:offices")):
            visitor = client_of(who)
            with django_assert_max_num_queries(10):  # type: ignore[operator]
                assert visitor.get(reverse(name)).status_code == 200
