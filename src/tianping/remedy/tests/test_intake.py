"""整改的入口：a verified finding has one live duty, however often it is taken."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction

from tests.cast import Court, court_with_its_people
from tests.conftest import NOW
from tianping.findings.services import finding_void
from tianping.findings.states import State as FindingState
from tianping.findings.tests.factories import finding_at
from tianping.foundation.audit import services as audit
from tianping.remedy.intake import DropIntake, FindingIntake
from tianping.remedy.models import Duty, DutyFinding, DutyStep
from tianping.remedy.states import State
from tianping.remedy.tests.factories import again, assign, duty_at, planned


def everything() -> list[object]:
    return [list(t.objects.order_by("pk").values()) for t in (Duty, DutyFinding, DutyStep)] + [list(audit.rows())]


class TestTakingTwiceChangesNothing:
    def test_of_a_verified_finding(self, court: Court) -> None:
        finding = finding_at(court, FindingState.VERIFIED)
        assert list(FindingIntake().waiting(court.now)) == [finding.pk]
        assert FindingIntake().take(finding.pk, court.now) is True
        once = everything()
        assert list(FindingIntake().waiting(court.now)) == []
        assert FindingIntake().take(finding.pk, court.now) is False
        assert everything() == once

    def test_of_a_relapse(self, court: Court) -> None:
        later = court.now + timedelta(days=40)
        new = again(court, duty_at(court, State.CLOSED), later)
        once = everything()
        assert FindingIntake().take(new.findings().get().pk, later) is False
        assert everything() == once

    def test_of_a_voided_finding(self, court: Court) -> None:
        duty = planned(court)
        assert list(DropIntake().waiting(court.now)) == []
        assert DropIntake().take(duty.pk, court.now) is False
        finding_void(finding_id=duty.findings().get().pk, reason="登记错了。", by=court.viewer("周既明"), at=court.now)
        assert list(DropIntake().waiting(court.now)) == [duty.pk]
        assert DropIntake().take(duty.pk, court.now) is True
        once = everything()
        assert DropIntake().take(duty.pk, court.now) is False
        assert everything() == once
        duty.refresh_from_db()
        assert duty.state == State.VOIDED


class TestWhatIsLeftAlone:
    @pytest.mark.parametrize("state", [s for s in FindingState if s != FindingState.VERIFIED])
    def test_a_finding_not_verified_or_already_served(self, court: Court, state: FindingState) -> None:
        finding = finding_at(court, state)
        assert FindingIntake().take(finding.pk, court.now) is False
        assert not Duty.objects.exists()

    def test_a_duty_given_out_is_not_dropped(self, court: Court) -> None:
        duty = planned(court)
        assign(court, duty)
        assert DropIntake().take(duty.pk, court.now) is False

    def test_the_title_names_rule_and_subject(self, court: Court) -> None:
        assert planned(court).title == "姓名前后不一（林知远）"


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="缺 PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_two_taking_at_once_leave_one_duty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tianping.foundation.loop._run_now", lambda: None)
    with transaction.atomic():
        finding = finding_at(court_with_its_people(NOW), FindingState.VERIFIED)
    gate = Barrier(2)

    def take(_: int) -> bool:
        try:
            gate.wait(timeout=10)
            with transaction.atomic():
                return FindingIntake().take(finding.pk, NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        work: Callable[[int], bool] = take
        assert sorted(pool.map(work, range(2))) == [False, True]
    assert Duty.objects.count() == 1
