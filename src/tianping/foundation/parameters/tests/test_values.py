"""本院的值：one proposes, another approves; from its day on, and never backwards."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Court
from tianping.findings.models import Finding
from tianping.foundation import loop
from tianping.foundation.audit.models import Entry
from tianping.foundation.moves import MoveRefused
from tianping.foundation.parameters import services
from tianping.foundation.parameters.models import LocalValue
from tianping.foundation.parameters.selectors import parameter_on
from tianping.foundation.parameters.services import ParameterRefused

pytestmark = pytest.mark.django_db
CODE = "findings.reply_days"


def propose(court: Court, by: str = "周既明", since: date | None = None, **more: Any) -> LocalValue:
    said = {"code": CODE, "value": Decimal(8), "basis": "临法办〔2026〕12号", **more}
    return services.value_propose(
        court=court.organisations["LJ"], since=since or court.today, by=court.viewer(by), at=court.now, **said
    )


def approve(court: Court, value: LocalValue, by: str = "裴院长") -> LocalValue:
    return services.value_approve(value_id=value.pk, by=court.viewer(by), at=court.now)


def on(court: Court, day: date, where: str = "LJ") -> Any:
    return parameter_on(CODE, day, court.organisations[where])


class TestWhichValueHolds:
    def test_the_national_one_with_its_badge_until_the_court_has_decided(self, court: Court) -> None:
        assert (on(court, court.today).value, on(court, court.today).badge) == (5, "待本院确认")
        proposal = propose(court)
        assert on(court, court.today).value == 5, "提出不等于施行"
        approve(court, proposal)
        held = on(court, court.today)
        assert (held.value, held.badge, held.basis, held.since) == (8, "", "临法办〔2026〕12号", court.today)
        assert isinstance(held.value, int)

    def test_confirming_the_same_number_takes_the_badge_away(self, court: Court) -> None:
        approve(court, propose(court, value=Decimal(5)))
        assert (on(court, court.today).value, on(court, court.today).badge) == (5, "")

    def test_from_its_day_and_not_before(self, court: Court) -> None:
        approve(court, propose(court, since=court.today + timedelta(days=10)))
        assert on(court, court.today + timedelta(days=9)).value == 5
        assert on(court, court.today + timedelta(days=10)).value == 8

    def test_it_ends_where_a_later_row_begins(self, court: Court) -> None:
        approve(court, propose(court))
        approve(court, propose(court, value=Decimal(3), since=court.today + timedelta(days=30)))
        approve(court, propose(court, value=None, since=court.today + timedelta(days=60)))
        days = [0, 29, 30, 59, 60]
        held = [on(court, court.today + timedelta(days=n)).value for n in days]
        assert held == [8, 8, 3, 3, 5]
        assert on(court, court.today + timedelta(days=60)).badge == "待本院确认"

    def test_another_court_keeps_its_own(self, court: Court) -> None:
        approve(court, propose(court))
        assert on(court, court.today, "WS").value == 5


class TestRefused:
    @pytest.mark.parametrize(
        ("more", "words"),
        [
            ({"basis": "  "}, "依据为空"),
            ({"value": Decimal("2.5")}, "应为整数"),
            ({"value": Decimal(0)}, "请填一个正数"),
            ({"value": Decimal(99999)}, "最多"),
            ({"value": None}, "无须恢复"),
            ({"code": "petition.handling_days"}, "本院不能另定"),
        ],
    )
    def test_what_does_not_make_a_number(self, court: Court, more: dict[str, Any], words: str) -> None:
        with pytest.raises(ParameterRefused, match=words):
            propose(court, **more)

    def test_a_day_that_has_passed(self, court: Court) -> None:
        with pytest.raises(ParameterRefused, match="已过"):
            propose(court, since=court.today - timedelta(days=1))

    def test_a_day_that_passed_before_anybody_approved(self, court: Court) -> None:
        proposal = propose(court)
        court.now += timedelta(days=1)
        with pytest.raises(ParameterRefused, match="追改"):
            approve(court, proposal)

    def test_a_second_proposal_beside_an_open_one(self, court: Court) -> None:
        propose(court)
        with pytest.raises(ParameterRefused, match="已有一项待批准"):
            propose(court, value=Decimal(9))

    def test_a_second_value_from_the_same_day(self, court: Court) -> None:
        approve(court, propose(court))
        with pytest.raises(ParameterRefused, match="不能再改"):
            propose(court, value=Decimal(9))

    @pytest.mark.parametrize("name", ["林知远", "裴院长", "秦望舒", "陶思源", "系统甲"])
    def test_by_anybody_but_the_office_of_the_court(self, court: Court, name: str) -> None:
        with pytest.raises(ParameterRefused, match="由该院审管办提出"):
            propose(court, by=name)

    @pytest.mark.parametrize("name", ["周既明", "许清嘉", "林知远", "秦望舒", "陶思源"])
    def test_approval_by_anybody_but_a_leader_of_the_court(self, court: Court, name: str) -> None:
        with pytest.raises(MoveRefused):
            approve(court, propose(court), by=name)

    def test_approval_by_whoever_proposed_it_in_another_office(self, court: Court) -> None:
        from tianping.foundation.accounts import services as accounts
        from tianping.foundation.accounts.roles import Role

        accounts.appoint(
            user=court.people["周既明"], role=Role.LEADER, organisation=court.organisations["LJ"],
            since=court.today, until=None, by=court.viewer("安全乙"), at=court.now,
        )  # fmt: skip
        with pytest.raises(MoveRefused, match="由您提出"):
            approve(court, propose(court), by="周既明")

    def test_the_database_itself_refuses_one_person_for_both(self, court: Court) -> None:
        proposal = propose(court)
        with pytest.raises(IntegrityError), transaction.atomic():
            LocalValue.objects.filter(pk=proposal.pk).update(state="approved", decided_by=proposal.proposed_by)

    def test_declining_without_a_reason(self, court: Court) -> None:
        with pytest.raises(ParameterRefused, match="理由为空"):
            services.value_decline(value_id=propose(court).pk, reason=" ", by=court.viewer("裴院长"), at=court.now)


def test_every_step_is_in_the_chain(court: Court) -> None:
    value = propose(court)
    services.value_withdraw(value_id=value.pk, by=court.viewer("许清嘉"), at=court.now)
    value = propose(court)
    services.value_decline(value_id=value.pk, reason="太长。", by=court.viewer("裴院长"), at=court.now)
    approve(court, propose(court))
    verbs = Entry.objects.filter(verb__startswith="parameters.").order_by("seq").values_list("verb", flat=True)
    assert [v.rpartition(".")[2] for v in verbs] == ["propose", "withdraw", "propose", "decline", "propose", "approve"]


def test_the_reply_period_follows_the_court(court: Court) -> None:
    first = court.evidence(rule="PTY001")
    loop.run(court.now)
    approve(court, propose(court))
    second = court.evidence(rule="PTY002")
    loop.run(court.now)
    dues = {f.rule_code: f.reply_due for f in Finding.objects.filter(links__evidence__in=[first, second])}
    # Monday 23 November: five working days end on the 30th, eight on 3 December. What was given is not taken back.
    assert dues == {"PTY001": date(2026, 11, 30), "PTY002": date(2026, 12, 3)}
