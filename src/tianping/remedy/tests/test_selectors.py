"""谁看得到、谁可选、什么在等：the questions about duties."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Court
from tianping.findings.tests.factories import also
from tianping.foundation.accounts.roles import Role
from tianping.remedy import selectors, services
from tianping.remedy.states import State
from tianping.remedy.tests.factories import (
    ASSIGNER,
    COLLEAGUE,
    HEAD,
    INSPECTOR,
    OTHER_HEAD,
    OWNER,
    PRESIDENT,
    REGISTRAR,
    VERIFIER,
    again,
    ask,
    assign,
    duty_at,
    planned,
    sees,
    submit,
)

EVERYBODY = [OWNER, COLLEAGUE, "宋晚晴", HEAD, REGISTRAR, OTHER_HEAD, ASSIGNER, VERIFIER, INSPECTOR]
EVERYBODY += ["顾长风", "陶思源", PRESIDENT, "白政工", "江信访", "任师资", "系统甲", "安全乙", "审计丙"]
OFFICES = {ASSIGNER, VERIFIER, INSPECTOR, HEAD, PRESIDENT}


class TestSight:
    def test_the_subject_the_offices_and_the_line_see_a_duty(self, court: Court) -> None:
        duty = planned(court)
        assert {n for n in EVERYBODY if sees(court, n, duty)} == OFFICES | {OWNER}

    def test_so_does_whoever_owes_it_and_no_longer_after_handing_it_over(self, court: Court) -> None:
        duty = planned(court)
        assign(court, duty, owner=REGISTRAR)
        assert sees(court, REGISTRAR, duty)
        services.duty_hand_over(
            duty_id=duty.pk, owner=court.people[OWNER], reason="分工", by=court.viewer(HEAD), at=court.now
        )
        assert not sees(court, REGISTRAR, duty)

    def test_an_owner_who_may_not_see_the_finding_is_told_only_that_there_is_one(self, court: Court) -> None:
        duty = planned(court)
        assign(court, duty, owner=REGISTRAR)
        ((_, visible),) = selectors.findings_of(court.viewer(REGISTRAR), duty)
        assert not visible
        ((_, visible),) = selectors.findings_of(court.viewer(OWNER), duty)
        assert visible

    def test_a_finding_leads_to_its_duties_in_their_order(self, court: Court) -> None:
        old = duty_at(court, State.CLOSED)
        new = again(court, old, court.now + timedelta(days=40))
        finding = old.findings().get()
        assert list(selectors.duties_of(court.viewer(OWNER), finding)) == [old, new]
        assert list(selectors.duties_of(court.viewer(COLLEAGUE), finding)) == []


class TestChoosingPeople:
    def test_the_subject_stands_first_and_the_three_administrators_not_at_all(self, court: Court) -> None:
        people = [p.name for p in selectors.possible_owners(court.viewer(ASSIGNER), planned(court, subject=COLLEAGUE))]
        assert people[0] == COLLEAGUE
        assert not {"系统甲", "安全乙", "审计丙", "顾长风"} & set(people)

    def test_only_those_are_offered_who_would_not_be_refused(self, court: Court) -> None:
        also(court, HEAD, Role.INSPECTOR, "LJ")
        also(court, OWNER, Role.INSPECTOR, "LJ")
        duty = planned(court, by=VERIFIER)
        offered = {p.name for p in selectors.possible_verifiers(court.viewer(ASSIGNER), duty)}
        assert offered == {ASSIGNER, INSPECTOR}

    def test_what_may_be_merged_is_of_the_same_division_and_waiting(self, court: Court) -> None:
        duty, other = planned(court), planned(court, rule="DAT001")
        planned(court, subject=OTHER_HEAD, by=OWNER)
        duty_at(court, State.OPEN, rule="LAW002")
        assert selectors.mergeable(court.viewer(ASSIGNER), duty) == [other]
        assert selectors.mergeable(court.viewer(OWNER), duty) == []


class TestWhatWaits:
    def waits(self, court: Court, pk: int) -> set[str]:
        return {n for n in EVERYBODY if selectors.waiting_for(court.viewer(n)).filter(pk=pk).exists()}

    def test_it_waits_for_the_one_whose_move_is_next(self, court: Court) -> None:
        duty = planned(court)
        assert self.waits(court, duty.pk) == OFFICES
        assign(court, duty)
        assert self.waits(court, duty.pk) == {OWNER}
        ask(court, duty)
        assert self.waits(court, duty.pk) == OFFICES | {OWNER}
        services.postponement_decide(duty_id=duty.pk, grant=False, reason="不急", by=court.viewer(HEAD), at=court.now)
        submit(court, duty)
        assert self.waits(court, duty.pk) == {VERIFIER}

    def test_nobody_waits_to_give_out_a_duty_about_themselves(self, court: Court) -> None:
        duty = planned(court, subject=HEAD)
        assert HEAD not in self.waits(court, duty.pk)

    def test_it_agrees_with_the_roles_of_the_record(self, court: Court) -> None:
        duty = planned(court, subject=HEAD)
        for name in EVERYBODY:
            assert (name in self.waits(court, duty.pk)) == ("assigner" in duty.roles_of(court.viewer(name))), name

    def test_overdue_means_past_its_day_and_not_handed_in(self, court: Court) -> None:
        duty = duty_at(court, State.OPEN)
        office = court.viewer(ASSIGNER)
        assert duty not in selectors.overdue(office, duty.due_on)
        assert duty in selectors.overdue(office, duty.due_on + timedelta(days=1))
        submit(court, duty)
        assert duty not in selectors.overdue(office, duty.due_on + timedelta(days=1))


class TestWhatIsOffered:
    @pytest.mark.parametrize("state", list(State))
    def test_only_moves_of_the_state_each_with_who_and_why_not(self, court: Court, state: State) -> None:
        duty = duty_at(court, state)
        for name in (OWNER, ASSIGNER, VERIFIER, HEAD):
            viewer = court.viewer(name)
            for offer in selectors.offers(viewer, duty):
                assert offer.move.source == state
                assert offer.allowed == (offer.move.role in duty.roles_of(viewer))
                assert offer.allowed or (offer.who and offer.why_not)

    def test_a_postponement_is_decided_only_where_one_is_asked(self, court: Court) -> None:
        duty = duty_at(court, State.OPEN)

        def offered(name: str) -> set[str]:
            return {o.move.name for o in selectors.offers(court.viewer(name), duty) if o.allowed}

        assert "ask_postponement" in offered(OWNER)
        assert "grant_postponement" not in offered(HEAD)
        ask(court, duty)
        assert "ask_postponement" not in offered(OWNER)
        assert {"grant_postponement", "refuse_postponement"} <= offered(HEAD)

    def test_the_one_who_asked_is_not_offered_to_decide(self, court: Court) -> None:
        duty = planned(court)
        assign(court, duty, owner=HEAD)
        ask(court, duty, by=HEAD)
        services.duty_hand_over(
            duty_id=duty.pk, owner=court.people[OWNER], reason="分工", by=court.viewer(ASSIGNER), at=court.now
        )
        duty.refresh_from_db()
        offer = next(o for o in selectors.offers(court.viewer(HEAD), duty) if o.move.name == "grant_postponement")
        assert (offer.allowed, offer.why_not) == (False, "延期由您申请，须由他人批复。")
