"""登录与开始工作之间：time limits, the forced change, the second factor; no address goes round them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import pytest
from django.conf import settings as live
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP

from tests.authz.test_walk import names
from tests.cast import Court, court_with_its_people
from tests.conftest import NOW
from tianping.foundation.accounts import locks, policy, second_factor
from tianping.foundation.accounts.models import RecoveryCode, SecondFactor, User
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.second_factor import CodeRefused
from tianping.foundation.accounts.services import AccountRefused, user_set_password
from tianping.foundation.accounts.sitting import BEGAN, SEEN
from tianping.foundation.accounts.tests.visitors import PASSWORD, WRONG, ClientOf, own_password, try_in
from tianping.foundation.accounts.viewer import viewer_of
from tianping.foundation.audit.models import Entry

pytestmark = pytest.mark.django_db


class TestTheSitting:
    @pytest.fixture
    def visitor(self, client_of: ClientOf) -> Client:
        return client_of("林知远")

    def back(self, visitor: Client, **seconds: int) -> None:
        session = visitor.session
        for key, ago in seconds.items():
            session[key] = int(timezone.now().timestamp()) - ago
        session.save()

    def test_ends_after_half_an_hour_without_a_step_and_says_so(self, visitor: Client) -> None:
        self.back(visitor, **{SEEN: live.SESSION_IDLE_MINUTES * 60})
        answer = visitor.get("/cases/")
        assert answer["Location"].startswith("/login/")  # type: ignore[index]
        assert "有一段时间没有操作" in visitor.get("/login/").content.decode()
        assert visitor.get("/cases/").status_code == 302

    def test_goes_on_with_each_step(self, visitor: Client) -> None:
        self.back(visitor, **{SEEN: live.SESSION_IDLE_MINUTES * 60 - 5})
        assert visitor.get("/cases/").status_code == 200
        assert int(timezone.now().timestamp()) - visitor.session[SEEN] < 60

    def test_is_not_kept_open_by_a_page_renewing_itself(self, visitor: Client) -> None:
        self.back(visitor, **{SEEN: 600})
        seen = visitor.session[SEEN]
        visitor.get("/cases/", headers={"hx-request": "true"})
        assert visitor.session[SEEN] == seen

    def test_ends_with_the_working_day_however_busy(self, visitor: Client) -> None:
        self.back(visitor, **{BEGAN: live.SESSION_COOKIE_AGE})
        assert visitor.get("/cases/").status_code == 302
        assert "已满一个工作日" in visitor.get("/login/").content.decode()

    def test_its_length_is_a_setting(self, visitor: Client, settings: Any) -> None:
        settings.SESSION_IDLE_MINUTES = 5
        self.back(visitor, **{SEEN: 301})
        assert visitor.get("/cases/").status_code == 302


def everywhere(visitor: Client) -> set[tuple[str, int, str]]:
    """Every address without a record in it, asked for by GET and POST: where each leads."""
    found = set()
    for name in names():
        try:
            address = reverse(name)
        except Exception:
            continue
        if name in ("login", "logout"):
            continue
        for method in (visitor.get, visitor.post):
            answer = method(address)
            if name.startswith("api:") and answer.status_code in (401, 404, 405):  # a token opens these, no session
                continue
            found.add((name, answer.status_code, str(answer.headers.get("Location", ""))))
    return found


class TestAPasswordSetByAnother:
    @pytest.fixture
    def visitor(self, court: Court) -> Client:
        person = court.people["林知远"]
        user_set_password(user=person, password=PASSWORD, by=court.viewer("系统甲"), at=court.now)
        visitor = Client()
        assert try_in(visitor, person.staff_no, PASSWORD).status_code == 302
        return visitor

    def test_leads_every_address_to_the_change_and_nowhere_else(self, visitor: Client) -> None:
        asked = everywhere(visitor)
        own = {name for name, status, to in asked if (status, to) != (302, "/accounts/password/")}
        assert own == {"accounts:password"}
        assert len(asked) > 15

    def test_also_a_record_known_by_its_address(self, court: Court, visitor: Client) -> None:
        case = court.case()
        assert visitor.get(reverse("court:case", args=[case.public_id]))["Location"] == "/accounts/password/"

    def test_is_changed_once_and_for_good(self, court: Court, visitor: Client) -> None:
        new = "春在溪头的荠菜花正开着"
        said = {"old": PASSWORD, "new": new, "again": new}
        assert visitor.post("/accounts/password/", said).status_code == 302
        assert visitor.get("/cases/").status_code == 200
        assert try_in(Client(), court.people["林知远"].staff_no, PASSWORD).status_code == 200
        assert Entry.objects.latest("seq").actor_name == "林知远"

    @pytest.mark.parametrize(
        ("old", "new", "again", "words"),
        [
            (PASSWORD, PASSWORD, PASSWORD, "新口令与原口令相同"),
            (WRONG, "春在溪头的荠菜花正开着", "春在溪头的荠菜花正开着", "原口令不对"),
            (PASSWORD, "春在溪头的荠菜花正开着", "春在溪头的荠菜花又谢了", "两次输入的新口令不同"),
            (PASSWORD, "短", "短", "10"),
        ],
    )
    def test_is_not_changed_by(self, visitor: Client, old: str, new: str, again: str, words: str) -> None:
        answer = visitor.post("/accounts/password/", {"old": old, "new": new, "again": again})
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
        assert visitor.get("/cases/")["Location"] == "/accounts/password/"


class TestTheSecondFactor:
    @pytest.fixture
    def lin(self, court: Court) -> User:
        return own_password(court, "林知远")

    @pytest.fixture
    def codes(self, court: Court, lin: User) -> list[str]:
        """已启用；返回恢复码。"""
        second_factor.enrol_begin(user=lin, password=PASSWORD, by=court.viewer("林知远"), at=court.now)
        code = self.code(lin, court.now)
        return second_factor.enrol_confirm(user=lin, code=code, by=court.viewer("林知远"), at=court.now)

    def code(self, user: User, at: datetime, steps: int = 0) -> str:
        totp = TOTP(second_factor._opened(SecondFactor.objects.get(user=user)))
        totp.time = int(at.timestamp()) + 30 * steps
        return f"{totp.token():06d}"

    def check(self, court: Court, code: str, at: datetime) -> None:
        second_factor.check(user=court.people["林知远"], code=code, by=court.viewer("林知远"), at=at)

    def test_needs_the_password_again_and_a_code_before_it_counts(self, court: Court, lin: User) -> None:
        by = court.viewer("林知远")
        with pytest.raises(AccountRefused, match="口令不对"):
            second_factor.enrol_begin(user=lin, password=WRONG, by=by, at=court.now)
        second_factor.enrol_begin(user=lin, password=PASSWORD, by=by, at=court.now)
        assert not second_factor.in_use(lin)
        wrong = f"{(int(self.code(lin, court.now)) + 1) % 1_000_000:06d}"
        with pytest.raises(CodeRefused):
            second_factor.enrol_confirm(user=lin, code=wrong, by=by, at=court.now)
        assert not second_factor.in_use(lin)

    def test_is_nobody_elses_to_enrol(self, court: Court, lin: User) -> None:
        with pytest.raises(AccountRefused, match="只能由本人办理"):
            second_factor.enrol_begin(user=lin, password=PASSWORD, by=court.viewer("系统甲"), at=court.now)

    @pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
    def test_forgives_one_step_of_the_clock(
        self, court: Court, lin: User, codes: list[str], steps: int, taken: bool
    ) -> None:
        later = court.now + timedelta(minutes=10)
        if taken:
            self.check(court, self.code(lin, later, steps), later)
        else:
            with pytest.raises(CodeRefused):
                self.check(court, self.code(lin, later, steps), later)

    def test_takes_no_code_twice_nor_one_before_it(self, court: Court, lin: User, codes: list[str]) -> None:
        later = court.now + timedelta(minutes=10)
        self.check(court, self.code(lin, later), later)
        for steps in (0, -1):
            with pytest.raises(CodeRefused):
                self.check(court, self.code(lin, later, steps), later)

    def test_of_the_enrolment_is_used_up_by_it(self, court: Court, lin: User, codes: list[str]) -> None:
        with pytest.raises(CodeRefused):
            self.check(court, self.code(lin, court.now), court.now)

    def test_a_recovery_code_is_good_once_and_kept_as_a_hash(self, court: Court, lin: User, codes: list[str]) -> None:
        assert len(set(codes)) == 10
        kept = set(RecoveryCode.objects.values_list("digest", flat=True))
        assert not kept & set(codes) and all(len(digest) == 64 for digest in kept)
        self.check(court, codes[0].upper(), court.now)
        with pytest.raises(CodeRefused):
            self.check(court, codes[0], court.now)
        assert second_factor.codes_left(lin) == 9
        assert Entry.objects.filter(verb="accounts.second_factor.recover").count() == 1

    def test_the_secret_is_sealed_in_the_database(self, court: Court, lin: User, codes: list[str]) -> None:
        factor = SecondFactor.objects.get(user=lin)
        assert second_factor._opened(factor) not in bytes(factor.sealed)

    def test_five_wrong_codes_lock_it_also_for_the_right_one(self, court: Court, lin: User, codes: list[str]) -> None:
        at = court.now + timedelta(minutes=10)
        for _ in range(5):
            with pytest.raises(CodeRefused):
                self.check(court, "nothing", at)
        with pytest.raises(CodeRefused, match="15 分钟内不能再试"):
            self.check(court, self.code(lin, at), at)
        (lock,) = locks.lock_list(court.viewer("安全乙"), at)
        locks.lock_lift(key=lock.key, by=court.viewer("安全乙"), at=at)
        self.check(court, self.code(lin, at), at)

    def test_that_lock_ends_after_a_quarter_of_an_hour(self, court: Court, lin: User, codes: list[str]) -> None:
        for _ in range(5):
            with pytest.raises(CodeRefused):
                self.check(court, "nothing", court.now)
        later = court.now + timedelta(minutes=16)
        self.check(court, self.code(lin, later), later)

    def test_stands_before_every_address(self, lin: User, codes: list[str]) -> None:
        visitor = Client()
        try_in(visitor, lin.staff_no, PASSWORD)
        asked = everywhere(visitor)
        assert {name for name, status, to in asked if (status, to) != (302, "/accounts/code/")} == {"accounts:code"}
        assert visitor.post("/accounts/code/", {"code": "000000x"}).status_code == 422
        assert visitor.post("/accounts/code/", {"code": codes[0]}).status_code == 302
        assert visitor.get("/cases/").status_code == 200

    def test_is_asked_for_again_at_the_next_sign_in(self, lin: User, codes: list[str]) -> None:
        visitor = Client()
        try_in(visitor, lin.staff_no, PASSWORD)
        visitor.post("/accounts/code/", {"code": codes[0]})
        visitor.post("/logout/")
        try_in(visitor, lin.staff_no, PASSWORD)
        assert visitor.get("/cases/")["Location"] == "/accounts/code/"

    def test_is_required_of_the_roles_the_security_administrator_names(
        self, court: Court, lin: User, client_of: ClientOf
    ) -> None:
        client_of("安全乙").post(reverse("accounts:rules"), {"roles": ["staff"]})
        asked = everywhere(client_of("林知远"))
        led = {name for name, status, to in asked if (status, to) != (302, "/accounts/second-factor/")}
        assert led == {"accounts:second_factor"}
        assert client_of("裴院长").get("/loop/").status_code == 200
        client_of("安全乙").post(reverse("accounts:rules"), {"roles": []})
        assert client_of("林知远").get("/cases/").status_code == 200
        assert Entry.objects.filter(verb="accounts.policy.set").count() == 2

    def test_is_enrolled_on_the_page_with_a_picture_and_no_script(
        self, court: Court, lin: User, client_of: ClientOf
    ) -> None:
        policy.policy_set(roles=[Role.STAFF], by=court.viewer("安全乙"), at=court.now)
        visitor, address = client_of("林知远"), "/accounts/second-factor/"
        assert visitor.post(address, {"step": "begin", "begin-password": WRONG}).status_code == 422
        assert visitor.post(address, {"step": "begin", "begin-password": PASSWORD}).status_code == 302
        page = visitor.get(address).content.decode()
        assert "<svg" in page and "<script" not in page
        shown = visitor.post(address, {"step": "confirm", "confirm-code": self.code(lin, timezone.now())})
        assert shown.content.decode().count("<li><code>") == 10
        assert visitor.get("/cases/").status_code == 200
        assert "<li><code>" not in visitor.get(address).content.decode()

    @pytest.mark.parametrize("step", ["begin", "confirm"])
    def test_sent_a_second_time_says_that_it_is_on(
        self, court: Court, lin: User, client_of: ClientOf, step: str
    ) -> None:
        visitor, address = client_of("林知远"), "/accounts/second-factor/"
        visitor.post(address, {"step": "begin", "begin-password": PASSWORD})
        code = self.code(lin, timezone.now())
        first = visitor.post(address, {"step": "confirm", "confirm-code": code})
        again = {"begin": {"begin-password": PASSWORD}, "confirm": {"confirm-code": code}}[step]
        page = visitor.post(address, {"step": step, **again}, follow=True)
        assert (first.status_code, page.status_code) == (200, 200)
        assert "第二验证已启用。" in page.content.decode() and "没有启用" not in page.content.decode()
        assert second_factor.codes_left(lin) == 10

    def test_cannot_be_put_off_where_it_is_required(self, court: Court, lin: User, codes: list[str]) -> None:
        by = court.viewer("林知远")
        policy.policy_set(roles=[Role.STAFF], by=court.viewer("安全乙"), at=court.now)
        with pytest.raises(AccountRefused, match="不能停用"):
            second_factor.disable(user=lin, password=PASSWORD, by=by, at=court.now)
        policy.policy_set(roles=[], by=court.viewer("安全乙"), at=court.now)
        with pytest.raises(AccountRefused, match="口令不对"):
            second_factor.disable(user=lin, password=WRONG, by=by, at=court.now)
        second_factor.disable(user=lin, password=PASSWORD, by=by, at=court.now)
        assert not second_factor.in_use(lin)

    def test_is_removed_by_the_security_administrator_of_the_court_only(
        self, court: Court, lin: User, codes: list[str]
    ) -> None:
        for name in ("系统甲", "审计丙", "裴院长"):
            with pytest.raises(AccountRefused):
                second_factor.remove_for(user=lin, reason="手机丢失", by=court.viewer(name), at=court.now)
        second_factor.remove_for(user=lin, reason="手机丢失", by=court.viewer("安全乙"), at=court.now)
        assert not second_factor.in_use(lin)

    def test_new_recovery_codes_void_the_old(self, court: Court, lin: User, codes: list[str]) -> None:
        new = second_factor.codes_renew(user=lin, password=PASSWORD, by=court.viewer("林知远"), at=court.now)
        assert not set(new) & set(codes)
        with pytest.raises(CodeRefused):
            self.check(court, codes[0], court.now)


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="缺 PostgreSQL")
@pytest.mark.django_db(transaction=True)
class TestTwoRequestsAtOnce:
    """一个人的两次请求：the second waits for the first, and finds what it left."""

    @pytest.fixture
    def lin(self) -> User:
        with transaction.atomic():
            court = court_with_its_people(NOW)
            return own_password(court, "林知远")

    def second(self, first: Callable[[], object], then: Callable[[], object]) -> str:
        """What ``then`` is told on its own connection, begun while ``first`` is done and not yet committed."""

        def told() -> str:
            try:
                then()
            except (AccountRefused, CodeRefused) as refusal:
                return str(refusal)
            finally:
                connection.close()
            return ""

        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                first()
                work = pool.submit(told)
                until = monotonic() + 10
                while not (work.done() or self.somebody_waits()) and monotonic() < until:
                    pass
            return work.result(timeout=10)

    def somebody_waits(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
            return bool(cursor.fetchone()[0])

    def begin(self, lin: User) -> SecondFactor:
        by = viewer_of(lin, on=NOW.date())
        return second_factor.enrol_begin(user=lin, password=PASSWORD, by=by, at=NOW)

    def confirm(self, lin: User, code: str) -> list[str]:
        return second_factor.enrol_confirm(user=lin, code=code, by=viewer_of(lin, on=NOW.date()), at=NOW)

    def code(self, lin: User) -> str:
        totp = TOTP(second_factor._opened(SecondFactor.objects.get(user=lin)))
        totp.time = int(NOW.timestamp())
        return f"{totp.token():06d}"

    def test_begun_twice_leaves_one_waiting(self, lin: User) -> None:
        assert self.second(lambda: self.begin(lin), lambda: self.begin(lin)) == ""
        assert SecondFactor.objects.filter(user=lin, confirmed_at__isnull=True).count() == 1

    def test_confirmed_twice_says_that_it_is_on_and_keeps_the_codes(self, lin: User) -> None:
        self.begin(lin)
        code = self.code(lin)
        assert "第二验证已启用" in self.second(lambda: self.confirm(lin, code), lambda: self.confirm(lin, code))
        assert second_factor.codes_left(lin) == 10

    def test_begun_anew_beside_a_confirmation_does_not_undo_it(self, lin: User) -> None:
        self.begin(lin)
        code = self.code(lin)
        assert "第二验证已启用" in self.second(lambda: self.confirm(lin, code), lambda: self.begin(lin))
        assert second_factor.in_use(lin)
