"""谁看得到：the subject first, the line only what was verified, a later round only its two sides."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.cast import Court
from tianping.evidence.register.services import evidence_void
from tianping.findings import pages, selectors, services
from tianping.findings.intake import WithdrawIntake
from tianping.findings.models import Finding
from tianping.findings.states import State
from tianping.findings.tests.factories import (
    COLLEAGUE,
    HEAD,
    INSPECTOR,
    OFFICE,
    OTHER_COURT,
    OTHER_HEAD,
    OTHER_OFFICE,
    PRESIDENT,
    SUBJECT,
    also,
    answer,
    as_seen,
    finding_at,
    opened,
    relapse,
    remedied,
    sees,
    verify,
    watched,
)
from tianping.foundation.accounts.roles import Role

EVERYBODY = [SUBJECT, "沈若川", "宋晚晴", HEAD, COLLEAGUE, OTHER_HEAD, OFFICE, OTHER_OFFICE, INSPECTOR]
EVERYBODY += ["顾长风", OTHER_COURT, PRESIDENT, "白政工", "江信访", "任师资", "系统甲", "安全乙", "审计丙"]


def seen_by(court: Court, finding: Finding) -> set[str]:
    return {name for name in EVERYBODY if sees(court, name, finding)}


@pytest.mark.parametrize("state", [State.ANSWERING, State.ANSWERED, State.DISMISSED, State.VOIDED])
def test_before_it_is_verified_only_the_subject_and_those_who_may_verify_see_it(court: Court, state: State) -> None:
    assert seen_by(court, finding_at(court, state)) == {SUBJECT, OFFICE, OTHER_OFFICE, INSPECTOR}


def test_who_registered_it_sees_the_evidence_and_not_the_undecided_finding(court: Court) -> None:
    finding = opened(court, court.evidence(by=OTHER_OFFICE))
    assert not sees(court, OTHER_OFFICE, finding)


def test_who_commands_the_subject_does_not_see_it_through_the_office_either(court: Court) -> None:
    also(court, HEAD, Role.TRIAL_OFFICE, "LJ")
    assert not sees(court, HEAD, finding_at(court, State.ANSWERED))
    assert sees(court, HEAD, finding_at(court, State.VERIFIED, rule="DAT001"))


def test_a_finding_about_a_head_is_kept_from_the_officer_who_serves_under_that_head(court: Court) -> None:
    also(court, "沈若川", Role.TRIAL_OFFICE, "LJ")
    finding = opened(court, court.evidence(subject=HEAD))
    assert not sees(court, "沈若川", finding)
    assert sees(court, OFFICE, finding)


@pytest.mark.parametrize("state", [State.VERIFIED, State.REMEDYING, State.WATCHING, State.SETTLED])
def test_once_verified_the_line_of_the_division_sees_it_too(court: Court, state: State) -> None:
    expected = {SUBJECT, OFFICE, OTHER_OFFICE, INSPECTOR, HEAD, PRESIDENT}
    assert seen_by(court, finding_at(court, state)) == expected


def test_the_condition_of_the_list_and_the_question_of_one_record_agree(court: Court) -> None:
    also(court, HEAD, Role.TRIAL_OFFICE, "LJ")
    also(court, "沈若川", Role.INSPECTOR, "LJ")
    about = [SUBJECT, HEAD, OTHER_HEAD, PRESIDENT, OFFICE]
    also(court, PRESIDENT, Role.STAFF, "LJ")
    for number, person in enumerate(about):
        subject = court.people[person]
        if not subject.posts.exists():
            continue
        finding = opened(court, court.evidence(subject=person, rule=f"R{number}"))
        for name in EVERYBODY:
            viewer = court.viewer(name)
            alone = name == person or "verifier" in finding.roles_of(viewer)
            assert sees(court, name, finding) == alone, (person, name)


class TestALaterRound:
    @pytest.fixture
    def later(self, court: Court) -> datetime:
        return court.now + timedelta(days=40)

    @pytest.fixture
    def finding(self, court: Court, later: datetime) -> Finding:
        finding = finding_at(court, State.WATCHING)
        relapse(court, finding, later.date(), later)
        return finding

    def told(self, court: Court, name: str, finding: Finding) -> tuple[State, int]:
        seen = selectors.known(court.viewer(name), as_seen(court, name, finding))
        return seen.state, seen.round

    def test_is_told_to_its_two_sides_alone(self, court: Court, finding: Finding) -> None:
        for side in (SUBJECT, OFFICE):
            assert self.told(court, side, finding) == (State.ANSWERING, 2)
        for other in (HEAD, PRESIDENT):
            assert self.told(court, other, finding) == (State.WATCHING, 1)

    def test_shows_the_others_neither_its_steps_nor_its_evidence(self, court: Court, finding: Finding) -> None:
        head, office = court.viewer(HEAD), court.viewer(OFFICE)
        assert "relapse" in [s.move for s in selectors.steps(office, as_seen(court, OFFICE, finding))]
        seen = as_seen(court, HEAD, finding)
        assert [s.move for s in selectors.steps(head, seen)] == ["open", "answer", "verify", "remedy", "watch"]
        assert [piece.round for piece in selectors.evidence_of(head, seen)] == [1]
        assert selectors.offers(head, seen) == []

    def test_is_counted_for_others_where_the_round_before_left_it(self, court: Court, finding: Finding) -> None:
        head, office = court.viewer(HEAD), court.viewer(OFFICE)
        assert finding in selectors.in_state(head, State.WATCHING)
        assert finding not in selectors.in_state(head, State.ANSWERING)
        assert finding not in selectors.relapsed(head)
        assert finding in selectors.in_state(office, State.ANSWERING)
        assert finding not in selectors.in_state(office, State.WATCHING)
        assert finding in selectors.relapsed(office)

    def test_every_finding_is_counted_in_exactly_the_state_it_is_shown_in(self, court: Court, finding: Finding) -> None:
        finding_at(court, State.SETTLED, rule="DAT001")
        for name in (HEAD, OFFICE, SUBJECT):
            viewer = court.viewer(name)
            for each in selectors.finding_list(viewer):
                holding = [s for s in State if each in selectors.in_state(viewer, s)]
                assert holding == [selectors.known(viewer, each).state]

    def test_once_verified_is_told_to_the_line(self, court: Court, finding: Finding, later: datetime) -> None:
        answer(court, finding, later)
        verify(court, finding, at=later)
        assert self.told(court, HEAD, finding) == (State.VERIFIED, 2)
        seen = as_seen(court, HEAD, finding)
        assert "answer" in [s.move for s in selectors.steps(court.viewer(HEAD), seen) if s.round == 2]
        assert finding in selectors.relapsed(court.viewer(HEAD))

    def test_that_was_cleared_stays_between_its_sides(self, court: Court, finding: Finding, later: datetime) -> None:
        answer(court, finding, later, text="完全是另一回事")
        services.finding_clear_relapse(finding_id=finding.pk, reason="误报。", by=court.viewer(OFFICE), at=later)
        assert self.told(court, HEAD, finding) == (State.WATCHING, 1)
        steps = selectors.steps(court.viewer(HEAD), as_seen(court, HEAD, finding))
        assert not [s for s in steps if s.round == 2]
        assert finding not in selectors.relapsed(court.viewer(HEAD))
        facts = pages.record(court.viewer(HEAD), as_seen(court, HEAD, finding))["facts"]
        assert {"term": "轮次", "value": "第 1 轮"} in facts

    def test_that_was_withdrawn_stays_between_its_sides(self, court: Court, later: datetime) -> None:
        finding = finding_at(court, State.WATCHING, rule="DAT001")
        evidence = relapse(court, finding, later.date(), later)
        evidence_void(evidence_id=evidence.pk, reason="看错了人", by=court.viewer("韩江临"), at=later)
        WithdrawIntake().take(finding.pk, later)
        assert self.told(court, HEAD, finding) == (State.WATCHING, 1)
        assert len(selectors.evidence_of(court.viewer(HEAD), as_seen(court, HEAD, finding))) == 1
        assert selectors.finding_of(court.viewer(HEAD), evidence) is None


class TestTheEvidenceOfAFinding:
    def test_its_grounds_are_read_by_the_subject_and_the_verifier_not_by_the_line(self, court: Court) -> None:
        finding = finding_at(court, State.VERIFIED)
        for name, readable in ((SUBJECT, True), (OFFICE, True), (HEAD, False)):
            (piece,) = selectors.evidence_of(court.viewer(name), as_seen(court, name, finding))
            assert piece.readable == readable, name

    def test_the_finding_of_a_piece_is_told_to_who_may_know_of_it(self, court: Court) -> None:
        evidence = court.evidence()
        finding = opened(court, evidence)
        evidence.refresh_from_db()
        assert selectors.finding_of(court.viewer(OFFICE), evidence) == finding
        assert selectors.finding_of(court.viewer("韩江临"), evidence) is None


class TestWhatWaits:
    def test_the_reply_waits_for_the_subject_then_the_decision_for_who_may_take_it(self, court: Court) -> None:
        finding = opened(court, court.evidence(by=OTHER_OFFICE))

        def waits() -> set[str]:
            return {n for n in EVERYBODY if selectors.waiting_for(court.viewer(n)).filter(pk=finding.pk).exists()}

        assert waits() == {SUBJECT}
        answer(court, finding)
        assert waits() == {OFFICE, INSPECTOR}
        verify(court, finding)
        assert waits() == set()

    def test_it_agrees_with_who_may_verify_also_in_a_later_round(self, court: Court) -> None:
        finding = finding_at(court, State.WATCHING)
        later = court.now + timedelta(days=40)
        relapse(court, finding, later.date(), later)
        answer(court, finding, later)
        for name in EVERYBODY:
            waiting = selectors.waiting_for(court.viewer(name)).filter(pk=finding.pk).exists()
            assert waiting == ("verifier" in finding.roles_of(court.viewer(name))), name
        for step in (verify, remedied, watched):
            step(court, finding, at=later)

    def test_an_overdue_reply_is_counted(self, court: Court) -> None:
        finding = opened(court)
        office = court.viewer(OFFICE)
        assert finding not in selectors.overdue(office, finding.reply_due)
        assert finding in selectors.overdue(office, finding.reply_due + timedelta(days=1))


class TestWhatIsOffered:
    def test_each_viewer_reads_who_may_take_a_move_and_why_not_they(self, court: Court) -> None:
        finding = finding_at(court, State.ANSWERED)
        offered = {o.move.name: o for o in selectors.offers(court.viewer(OFFICE), as_seen(court, OFFICE, finding))}
        assert {name for name, o in offered.items() if o.allowed} == {"verify", "dismiss", "void"}
        to_subject = selectors.offers(court.viewer(SUBJECT), as_seen(court, SUBJECT, finding))
        assert not any(o.allowed for o in to_subject)
        assert all(o.why_not and o.who for o in to_subject)

    def test_what_is_offered_is_what_the_service_lets_through(self, court: Court) -> None:
        for number, state in enumerate(State):
            finding = finding_at(court, state, rule=f"R{number}")
            for name in (SUBJECT, OFFICE, INSPECTOR):
                viewer = court.viewer(name)
                for offer in selectors.offers(viewer, as_seen(court, name, finding)):
                    assert offer.allowed == (offer.move.role in finding.roles_of(viewer))
