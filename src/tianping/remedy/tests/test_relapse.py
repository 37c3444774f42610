"""合并与复发：several findings under one duty, and what follows when one of them comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Court
from tianping.findings.states import State as FindingState
from tianping.findings.tests.factories import also, last_audit
from tianping.foundation.accounts.roles import Role
from tianping.foundation.moves import MoveRefused
from tianping.remedy import services
from tianping.remedy.intake import FindingIntake
from tianping.remedy.models import Duty
from tianping.remedy.services import DutyRefused
from tianping.remedy.states import State
from tianping.remedy.tests.factories import (
    ASSIGNER,
    COLLEAGUE,
    again,
    assign,
    close,
    duty_at,
    finding_of,
    planned,
    reread,
    submit,
)


class TestSeveralFindingsUnderOneDuty:
    def test_move_together_to_the_watch(self, court: Court) -> None:
        duty, other = planned(court), planned(court, rule="DAT001")
        assign(court, duty, together_with=[other.pk])
        assert (reread(other).state, reread(other).merged_into) == (State.MERGED, duty)
        submit(court, duty)
        close(court, duty)
        assert {f.state for f in duty.findings()} == {FindingState.WATCHING}
        assert duty.findings().count() == 2

    def test_not_of_another_division(self, court: Court) -> None:
        duty, other = planned(court), planned(court, subject="孟怀瑾", by="林知远")
        with pytest.raises(DutyRefused, match="同一部门"):
            assign(court, duty, together_with=[other.pk])

    def test_not_one_already_given_out_and_not_itself(self, court: Court) -> None:
        duty, other = planned(court), duty_at(court, State.OPEN, rule="DAT001")
        with pytest.raises(MoveRefused):
            assign(court, duty, together_with=[other.pk])
        with pytest.raises(DutyRefused):
            assign(court, duty, together_with=[duty.pk])

    def test_the_subject_of_any_of_them_does_not_verify(self, court: Court) -> None:
        also(court, COLLEAGUE, Role.INSPECTOR, "LJ")
        duty, other = planned(court), planned(court, subject=COLLEAGUE, rule="DAT001")
        with pytest.raises(DutyRefused, match="责任人"):
            assign(court, duty, together_with=[other.pk], verifier=COLLEAGUE)

    def test_both_may_recur_and_both_new_duties_follow_the_old(self, court: Court) -> None:
        duty, other = planned(court), planned(court, rule="DAT001")
        assign(court, duty, together_with=[other.pk])
        submit(court, duty)
        close(court, duty)
        later = court.now + timedelta(days=30)
        first = again(court, duty, later)
        second_finding = duty.findings().order_by("id")[1]
        from tianping.findings.tests import factories as findings

        findings.relapse(court, second_finding, later.date(), later)
        findings.answer(court, second_finding, later)
        findings.verify(court, second_finding, at=later)
        FindingIntake().take(second_finding.pk, later)
        assert list(reread(duty).followers.order_by("id")) == [first, Duty.objects.latest("id")]


class TestARelapse:
    def test_a_new_duty_follows_the_old_which_is_marked_and_stays_closed(self, court: Court) -> None:
        old = duty_at(court, State.CLOSED)
        later = court.now + timedelta(days=40)
        new = again(court, old, later)
        old = reread(old)
        assert (new.follows, new.state) == (old, State.PLANNING)
        assert (old.state, old.ineffective_at, old.closed_at) == (State.CLOSED, later, court.now)
        assert last_audit("remedy.duty.ineffective")["object"] == f"remedy.duty:{old.public_id}"

    def test_a_closed_duty_moves_no_more(self, court: Court) -> None:
        old = duty_at(court, State.CLOSED)
        again(court, old, court.now + timedelta(days=40))
        for step in (assign, submit, close):
            with pytest.raises(MoveRefused):
                step(court, old)

    def test_until_it_is_verified_the_old_duty_bears_no_mark(self, court: Court) -> None:
        from tianping.findings.tests import factories as findings

        old = duty_at(court, State.CLOSED)
        later = court.now + timedelta(days=40)
        findings.relapse(court, finding_of(old), later.date(), later)
        assert finding_of(old).pk not in list(FindingIntake().waiting(later))
        assert reread(old).ineffective_at is None

    def test_the_third_follows_the_second(self, court: Court) -> None:
        first = duty_at(court, State.CLOSED)
        second = again(court, first, court.now + timedelta(days=10))
        at = court.now + timedelta(days=11)
        assign(court, second, at=at)
        submit(court, second, at=at)
        close(court, second, at=at)
        third = again(court, second, court.now + timedelta(days=30))
        assert [d.follows for d in (first, second, third)] == [None, first, second]

    def test_a_voided_follower_leaves_the_next_one_to_follow(self, court: Court) -> None:
        first = duty_at(court, State.CLOSED)
        later = court.now + timedelta(days=10)
        second = again(court, first, later)
        assign(court, second, at=later)
        services.duty_void(duty_id=second.pk, reason="交办错人", by=court.viewer(ASSIGNER), at=later)
        FindingIntake().take(finding_of(second).pk, later)
        assert Duty.objects.latest("id").follows == first
