"""接口令牌：made by oneself, shown once, kept as a hash, ended by oneself."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Court
from tianping.foundation.accounts.models import SecondFactor, User
from tianping.foundation.accounts.policy import policy_set
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.services import user_change_password, user_set_active, user_set_password
from tianping.foundation.audit import services as audit
from tianping.foundation.tokens import services
from tianping.foundation.tokens.bearer import TokenUnusable, bearer
from tianping.foundation.tokens.models import Token
from tianping.foundation.tokens.services import LONGEST, MOST, TokenRefused, token_create, token_revoke

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "10.1.1.7", "10.1.1.8"
OLD, NEW = "栖霞岭上的梅花三百株", "孤山脚下的放鹤亭一座"


def refusal(secret: str, at: datetime, address: str = HERE) -> str:
    """The sentence with which a token is refused; that it is refused at all is part of the question."""
    with pytest.raises(TokenUnusable) as refused:
        bearer(secret, at=at, address=address)
    return refused.value.reason


def test_only_the_hash_is_kept(court: Court, now: datetime) -> None:
    token, secret = token_create(name="月度汇总", expires_on=court.today, by=court.viewer("周既明"), at=now)
    assert secret.startswith(services.MARK)
    assert len(secret) > 40
    kept = " ".join(map(str, Token.objects.values().get().values())) + str(list(audit.rows()))
    assert secret not in kept
    assert secret.removeprefix(services.MARK) not in kept
    assert bearer(secret, at=now, address=HERE).user_id == token.user_id
    assert refusal(secret + "x", now) == ""


@pytest.mark.parametrize("name", ["系统甲", "安全乙", "审计丙"])
def test_the_three_administrators_have_none(court: Court, now: datetime, name: str) -> None:
    with pytest.raises(TokenRefused, match="三员"):
        token_create(name="月度汇总", expires_on=court.today, by=court.viewer(name), at=now)


@pytest.mark.parametrize("days", [-1, LONGEST.days + 1])
def test_it_ends_within_a_year(court: Court, now: datetime, days: int) -> None:
    with pytest.raises(TokenRefused, match="一年"):
        token_create(name="月度汇总", expires_on=court.today + timedelta(days), by=court.viewer("周既明"), at=now)


def test_it_opens_until_the_end_of_its_last_day(court: Court, now: datetime) -> None:
    _, secret = token_create(name="月度汇总", expires_on=court.today, by=court.viewer("周既明"), at=now)
    assert bearer(secret, at=now, address=HERE)
    assert refusal(secret, now + timedelta(days=1)) == f"令牌有效至 {court.today}，已过期。"


def test_a_name_is_used_once_until_it_is_revoked(court: Court, now: datetime) -> None:
    by = court.viewer("周既明")
    token, _ = token_create(name="月度汇总", expires_on=court.today, by=by, at=now)
    with pytest.raises(TokenRefused, match="已有用途"):
        token_create(name="月度汇总", expires_on=court.today, by=by, at=now)
    token_revoke(token_id=token.pk, by=by, at=now)
    token_create(name="月度汇总", expires_on=court.today, by=by, at=now)


def test_there_are_not_more_than_ten(court: Court, now: datetime) -> None:
    for number in range(MOST):
        token_create(name=f"{number}", expires_on=court.today, by=court.viewer("周既明"), at=now)
    with pytest.raises(TokenRefused, match="10 个"):
        token_create(name="又一个", expires_on=court.today, by=court.viewer("周既明"), at=now)


def test_nobody_revokes_another_persons(court: Court, now: datetime) -> None:
    token, secret = token_create(name="月度汇总", expires_on=court.today, by=court.viewer("周既明"), at=now)
    with pytest.raises(TokenRefused, match="本人"):
        token_revoke(token_id=token.pk, by=court.viewer("裴院长"), at=now)
    assert bearer(secret, at=now, address=HERE).user_id == token.user_id


def test_revoking_ends_it_for_good(court: Court, now: datetime) -> None:
    by = court.viewer("周既明")
    token, secret = token_create(name="月度汇总", expires_on=court.today, by=by, at=now)
    token_revoke(token_id=token.pk, by=by, at=now)
    assert refusal(secret, now) == "令牌已撤销。"
    with pytest.raises(TokenRefused, match="已经撤销"):
        token_revoke(token_id=token.pk, by=by, at=now)


def test_the_page_shows_the_secret_once(court: Court, client_of: Callable[[str], Client]) -> None:
    browser = client_of("周既明")
    made = browser.post("/tokens/create/", {"name": "月度汇总", "expires_on": timezone.localdate()})
    assert made.status_code == 201
    assert "no-store" in made["Cache-Control"]
    secret = re.search(rf"{services.MARK}[\w-]+", made.content.decode())
    assert secret is not None
    assert bearer(secret[0], at=timezone.now(), address=HERE).name == "周既明"
    later = browser.get("/tokens/").content.decode()
    assert secret[0] not in later
    assert "月度汇总" in later


def test_a_refused_form_says_why(court: Court, client_of: Callable[[str], Client]) -> None:
    page = client_of("周既明").post("/tokens/create/", {"name": "月度汇总", "expires_on": "2099-01-01"})
    assert page.status_code == 422
    assert "不超过一年" in page.content.decode()
    assert not Token.objects.exists()


def test_another_persons_token_does_not_exist(court: Court, now: datetime, client_of: Callable[[str], Client]) -> None:
    token, _ = token_create(name="月度汇总", expires_on=court.today, by=court.viewer("周既明"), at=now)
    assert client_of("裴院长").post(f"/tokens/{token.public_id}/revoke/").status_code == 404
    assert "月度汇总" not in client_of("裴院长").get("/tokens/").content.decode()
    assert client_of("审计丙").get("/tokens/").status_code == 404


class TestNoMoreThanItsPersonCould:
    """令牌打得开的，不多于本人此刻登录打得开的。"""

    @pytest.fixture
    def zhou(self, court: Court) -> User:
        return court.people["周既明"]

    @pytest.fixture
    def secret(self, court: Court, now: datetime) -> str:
        return token_create(name="月度汇总", expires_on=court.today + timedelta(30), by=court.viewer("周既明"), at=now)[
            1
        ]

    def test_a_password_set_by_another_ends_it_for_good(
        self, court: Court, now: datetime, zhou: User, secret: str
    ) -> None:
        user_set_password(user=zhou, password=OLD, by=court.viewer("安全乙"), at=now)
        assert refusal(secret, now) == "令牌已撤销。"
        token = Token.objects.get()
        row = next(row for row in audit.rows() if row[4] == "tokens.token.revoke")
        assert (row[3], row[5], "口令由他人重设" in row[6]) == ("安全乙", f"tokens.token:{token.public_id}", True)
        user_change_password(user=zhou, old=OLD, new=NEW, by=court.viewer("周既明"), at=now)
        assert refusal(secret, now) == "令牌已撤销。"

    def test_it_ends_nobody_elses(self, court: Court, now: datetime, secret: str) -> None:
        user_set_password(user=court.people["林知远"], password=OLD, by=court.viewer("安全乙"), at=now)
        assert bearer(secret, at=now, address=HERE).name == "周既明"

    def test_ones_own_change_of_password_leaves_it(self, court: Court, now: datetime, zhou: User, secret: str) -> None:
        zhou.set_password(OLD)
        zhou.save()
        user_change_password(user=zhou, old=OLD, new=NEW, by=court.viewer("周既明"), at=now)
        assert bearer(secret, at=now, address=HERE).name == "周既明"

    def test_whoever_owes_a_change_of_password(self, now: datetime, zhou: User, secret: str) -> None:
        User.objects.filter(pk=zhou.pk).update(password_by_other=True)
        assert refusal(secret, now) == "持有人的口令由他人设置，还没有改成本人的。"

    def test_an_account_out_of_use(self, court: Court, now: datetime, zhou: User, secret: str) -> None:
        user_set_active(user=zhou, active=False, reason="停职", by=court.viewer("系统甲"), at=now)
        assert refusal(secret, now) == "持有人的账号已停用。"
        user_set_active(user=zhou, active=True, reason="复职", by=court.viewer("系统甲"), at=now)
        assert bearer(secret, at=now, address=HERE)

    def test_whoever_has_left(self, court: Court, now: datetime, zhou: User, secret: str) -> None:
        User.objects.filter(pk=zhou.pk).update(last_day=court.today)
        assert bearer(secret, at=now, address=HERE)
        assert refusal(secret, now + timedelta(1)) == f"持有人已于 {court.today} 离院。"

    def test_whoever_is_locked_out_here(self, client: Client, zhou: User, secret: str) -> None:
        for _ in range(5):
            client.post("/login/", {"username": zhou.staff_no, "password": "猜的口令"}, REMOTE_ADDR=HERE)
        at = timezone.now()
        assert refusal(secret, at) == "持有人的登录因连续输错已锁定。"
        assert bearer(secret, at=at, address=ELSEWHERE), (
            "somebody who guesses elsewhere must not stop the court's program"
        )
        assert bearer(secret, at=at + timedelta(minutes=16), address=HERE)

    def test_whoever_is_locked_by_wrong_codes_is_locked_everywhere(
        self, now: datetime, zhou: User, secret: str
    ) -> None:
        SecondFactor.objects.create(user=zhou, sealed=b"", confirmed_at=now, failures=5, failed_at=now)
        assert {refusal(secret, now, where) for where in (HERE, ELSEWHERE)} == {"持有人的登录因连续输错已锁定。"}

    def test_whose_office_requires_a_second_factor(self, court: Court, now: datetime, zhou: User, secret: str) -> None:
        policy_set(roles=[Role.TRIAL_OFFICE], by=court.viewer("安全乙"), at=now)
        assert refusal(secret, now) == "持有人的角色须有第二验证，还没有启用。"
        SecondFactor.objects.create(user=zhou, sealed=b"", confirmed_at=now)
        assert bearer(secret, at=now, address=HERE)
