"""问题的入口：each piece of evidence ends under one finding, however often and by however many it is taken."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from unittest import mock

import pytest
from django.db import connection, models, transaction

from tests.cast import Court, court_with_its_people
from tests.conftest import NOW
from tianping.evidence.register.services import evidence_void
from tianping.findings.intake import EvidenceIntake, LapseIntake, SettleIntake, WithdrawIntake
from tianping.findings.models import Finding, FindingEvidence, FindingStep
from tianping.findings.states import State
from tianping.findings.tests.factories import WATCH_DAYS, finding_at, opened
from tianping.foundation.audit import services as audit
from tianping.foundation.loop import Intake


def everything() -> dict[str, list[object]]:
    tables: list[type[models.Model]] = [Finding, FindingEvidence, FindingStep]
    return {t.__name__: list(t.objects.order_by("pk").values()) for t in tables} | {"audit": list(audit.rows())}


def take_again(intake: Intake, key: int, at: datetime) -> None:
    """Taken once it changes something; taken again, and once more a day later, nothing."""
    assert key in list(intake.waiting(at))
    assert intake.take(key, at) is True
    once = everything()
    assert key not in list(intake.waiting(at))
    assert intake.take(key, at) is False
    assert intake.take(key, at + timedelta(days=1)) is False
    assert everything() == once


class TestTakingTwiceChangesNothing:
    def test_of_evidence(self, court: Court) -> None:
        take_again(EvidenceIntake(), court.evidence().pk, court.now)

    def test_of_evidence_that_joins(self, court: Court) -> None:
        opened(court)
        take_again(EvidenceIntake(), court.evidence().pk, court.now)

    def test_of_evidence_of_a_relapse(self, court: Court) -> None:
        finding_at(court, State.WATCHING)
        later = court.now + timedelta(days=40)
        take_again(EvidenceIntake(), court.evidence(occurred_on=later.date(), at=later).pk, later)

    def test_of_a_lapsed_reply(self, court: Court) -> None:
        take_again(LapseIntake(), opened(court).pk, court.now + timedelta(days=10))

    def test_of_voided_evidence(self, court: Court) -> None:
        evidence = court.evidence()
        finding = opened(court, evidence)
        evidence_void(evidence_id=evidence.pk, reason="看错了人", by=court.viewer("韩江临"), at=court.now)
        take_again(WithdrawIntake(), finding.pk, court.now)

    def test_of_a_window_that_passed(self, court: Court) -> None:
        finding = finding_at(court, State.WATCHING)
        take_again(SettleIntake(), finding.pk, court.now + timedelta(days=WATCH_DAYS + 1))


class TestWhereEvidenceGoes:
    def test_the_same_of_the_same_person_joins_while_the_reply_is_awaited_and_the_period_starts_anew(
        self, court: Court
    ) -> None:
        finding = opened(court)
        later = court.now + timedelta(days=3)
        assert opened(court, court.evidence(at=later), later) == finding
        finding.refresh_from_db()
        assert finding.reply_from == later.date()

    @pytest.mark.parametrize("state", [State.ANSWERED, State.VERIFIED, State.REMEDYING, State.DISMISSED])
    def test_past_the_reply_it_becomes_a_finding_of_its_own(self, court: Court, state: State) -> None:
        finding = finding_at(court, state)
        assert opened(court, court.evidence()) != finding

    def test_voided_before_it_was_taken_it_opens_nothing(self, court: Court) -> None:
        evidence = court.evidence()
        evidence_void(evidence_id=evidence.pk, reason="看错了人", by=court.viewer("韩江临"), at=court.now)
        assert evidence.pk not in list(EvidenceIntake().waiting(court.now))
        assert EvidenceIntake().take(evidence.pk, court.now) is False
        assert not Finding.objects.exists()

    def test_the_same_person_of_another_court_is_another_matter(self, court: Court) -> None:
        opened(court)
        other = court.evidence(subject="顾长风", by="陶思源")
        assert opened(court, other).court == court.organisations["WS"]

    def test_numbers_run_by_court_and_year(self, court: Court) -> None:
        assert opened(court).number == "2026-问-0001"
        assert opened(court, court.evidence(rule="DAT001")).number == "2026-问-0002"
        assert opened(court, court.evidence(subject="顾长风", by="陶思源")).number == "2026-问-0001"


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="缺 PostgreSQL")
@pytest.mark.django_db(transaction=True)
class TestTwoTakingAtOnce:
    """SQLite lets one write at a time; only PostgreSQL can show that the locks hold."""

    def at_once(self, *keys: int) -> list[bool]:
        gate = Barrier(len(keys))

        def take(key: int) -> bool:
            try:
                gate.wait(timeout=10)
                with transaction.atomic():
                    return EvidenceIntake().take(key, NOW)
            finally:
                connection.close()

        with ThreadPoolExecutor(len(keys)) as pool:
            return list(pool.map(take, keys))

    def test_the_same_evidence_leaves_one_finding(self) -> None:
        court = court_with_its_people(NOW)
        key = self.without_the_loop(court.evidence)
        assert sorted(self.at_once(key, key)) == [False, True]
        assert (Finding.objects.count(), FindingEvidence.objects.count()) == (1, 1)

    def test_two_alike_leave_one_finding_with_both(self) -> None:
        court = court_with_its_people(NOW)
        keys = [self.without_the_loop(court.evidence) for _ in range(2)]
        assert self.at_once(*keys) == [True, True]
        assert (Finding.objects.count(), FindingEvidence.objects.count()) == (1, 2)

    def without_the_loop(self, register: Callable[[], models.Model]) -> int:
        with mock.patch("tianping.foundation.loop._run_now"):
            return register().pk
