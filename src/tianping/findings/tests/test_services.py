"""问题的动作：who may, who may not, and what stays on record."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Court
from tianping.evidence.register.services import evidence_void
from tianping.findings import services
from tianping.findings.intake import EvidenceIntake, LapseIntake, SettleIntake, WithdrawIntake
from tianping.findings.models import Finding, Stance
from tianping.findings.selectors import offers
from tianping.findings.services import FindingRefused
from tianping.findings.states import State
from tianping.findings.tests.factories import (
    HEAD,
    INSPECTOR,
    OFFICE,
    OTHER_OFFICE,
    PRESIDENT,
    REGISTRAR,
    REPLY,
    SUBJECT,
    WATCH_DAYS,
    also,
    answer,
    as_seen,
    finding_at,
    last_audit,
    opened,
    relapse,
    remedied,
    verify,
    watched,
)
from tianping.foundation.accounts.roles import Role
from tianping.foundation.audit import services as audit
from tianping.foundation.moves import MoveRefused


def reread(finding: Finding) -> Finding:
    return Finding.objects.get(pk=finding.pk)


class TestTheSubjectAnswers:
    def test_five_working_days_run_from_the_day_after_it_was_opened(self, court: Court) -> None:
        finding = opened(court)
        assert (finding.reply_from, finding.reply_due) == (date(2026, 11, 23), date(2026, 11, 30))

    def test_an_objection_needs_its_reason(self, court: Court) -> None:
        finding = opened(court)
        with pytest.raises(FindingRefused, match="异议理由"):
            answer(court, finding, text="  ")
        assert reread(finding).state == State.ANSWERING

    def test_having_no_objection_needs_no_words(self, court: Court) -> None:
        finding = answer(court, opened(court), stance=Stance.ADMITS, text="")
        assert (finding.state, finding.stance) == (State.ANSWERED, Stance.ADMITS)

    def test_nobody_answers_twice(self, court: Court) -> None:
        finding = finding_at(court, State.ANSWERED)
        with pytest.raises(MoveRefused):
            answer(court, finding, text="另一番话")

    @pytest.mark.parametrize("stance", [Stance.PENDING, Stance.NONE])
    def test_silence_is_no_stance_to_choose(self, court: Court, stance: Stance) -> None:
        with pytest.raises(FindingRefused):
            answer(court, opened(court), stance=stance)


class TestAReplyThatNeverCame:
    def test_is_recorded_as_silence_the_day_after_the_period_ran_out(self, court: Court) -> None:
        finding = opened(court)
        last_day = court.now + timedelta(days=7)
        assert not LapseIntake().take(finding.pk, last_day)
        assert LapseIntake().take(finding.pk, last_day + timedelta(days=1))
        finding = reread(finding)
        assert (finding.state, finding.stance) == (State.ANSWERED, Stance.NONE)
        assert finding.get_stance_display() == "未答复"
        assert last_audit("findings.finding.lapse")["actor_name"] == "系统"

    def test_is_no_admission_and_may_still_be_dismissed(self, court: Court) -> None:
        finding = opened(court)
        late = court.now + timedelta(days=8)
        LapseIntake().take(finding.pk, late)
        services.finding_dismiss(finding_id=finding.pk, reason="属曾用名。", by=court.viewer(OFFICE), at=late)
        assert reread(finding).state == State.DISMISSED

    def test_cannot_be_declared_before_its_day(self, court: Court) -> None:
        finding = opened(court)
        with pytest.raises(FindingRefused, match="才届满"):
            services.finding_lapse(finding_id=finding.pk, by=court.viewer(OFFICE), at=court.now)


class TestAnotherVerifies:
    @pytest.fixture
    def finding(self, court: Court) -> Finding:
        return finding_at(court, State.ANSWERED)

    def test_the_office_verifies_and_the_audit_names_it(self, court: Court, finding: Finding) -> None:
        verify(court, finding)
        assert reread(finding).state == State.VERIFIED
        row = last_audit("findings.finding.verify")
        assert (row["actor_name"], row["object"]) == (OFFICE, f"findings.finding:{finding.public_id}")

    def test_the_inspectorate_may_as_well(self, court: Court, finding: Finding) -> None:
        verify(court, finding, INSPECTOR)
        assert reread(finding).state == State.VERIFIED

    def test_the_subject_cannot(self, court: Court, finding: Finding) -> None:
        with pytest.raises(MoveRefused, match="责任人"):
            verify(court, finding, SUBJECT)

    def test_the_subject_cannot_even_when_serving_in_the_office(self, court: Court, finding: Finding) -> None:
        also(court, SUBJECT, Role.TRIAL_OFFICE, "LJ")
        with pytest.raises(MoveRefused, match="不能核实自己"):
            verify(court, finding, SUBJECT)

    def test_the_registrar_cannot(self, court: Court) -> None:
        finding = finding_at(court, State.ANSWERED, by=OTHER_OFFICE, rule="DAT001")
        with pytest.raises(MoveRefused, match="由您登记"):
            verify(court, finding, OTHER_OFFICE)

    def test_who_registered_one_piece_of_several_cannot(self, court: Court) -> None:
        finding = opened(court)
        opened(court, court.evidence(by=OTHER_OFFICE))
        answer(court, finding)
        with pytest.raises(MoveRefused, match="由您登记"):
            verify(court, finding, OTHER_OFFICE)

    def test_the_head_of_the_subjects_division_cannot(self, court: Court, finding: Finding) -> None:
        with pytest.raises(MoveRefused):
            verify(court, finding, HEAD)

    def test_the_head_cannot_even_when_serving_in_the_office(self, court: Court, finding: Finding) -> None:
        also(court, HEAD, Role.TRIAL_OFFICE, "LJ")
        with pytest.raises(MoveRefused, match="上下级"):
            verify(court, finding, HEAD)

    def test_the_president_who_stands_over_everybody_cannot(self, court: Court, finding: Finding) -> None:
        also(court, PRESIDENT, Role.INSPECTOR, "LJ")
        with pytest.raises(MoveRefused, match="上下级"):
            verify(court, finding, PRESIDENT)

    def test_nobody_verifies_against_their_own_head(self, court: Court) -> None:
        finding = finding_at(court, State.ANSWERED, subject=HEAD, rule="DAT001")
        also(court, "沈若川", Role.TRIAL_OFFICE, "LJ")
        with pytest.raises(MoveRefused, match="上下级"):
            verify(court, finding, "沈若川")

    def test_nobody_takes_it_off_the_record_for_their_own_head(self, court: Court) -> None:
        finding = finding_at(court, State.VERIFIED, subject=HEAD, rule="DAT001")
        also(court, "沈若川", Role.TRIAL_OFFICE, "LJ")
        with pytest.raises(MoveRefused, match="您与责任人有上下级关系，应由他人办理"):
            services.finding_void(finding_id=finding.pk, reason="误登", by=court.viewer("沈若川"), at=court.now)
        assert reread(finding).state == State.VERIFIED
        offered = {o.move.name: o for o in offers(court.viewer("沈若川"), as_seen(court, "沈若川", finding))}
        assert (offered["void"].allowed, offered["void"].why_not) == (False, "您与责任人有上下级关系，应由他人办理。")
        services.finding_void(finding_id=finding.pk, reason="误登", by=court.viewer(OFFICE), at=court.now)
        assert reread(finding).state == State.VOIDED

    def test_who_registered_it_may_take_a_wrong_entry_back(self, court: Court) -> None:
        also(court, REGISTRAR, Role.TRIAL_OFFICE, "LJ")
        finding = finding_at(court, State.VERIFIED)
        services.finding_void(finding_id=finding.pk, reason="看错了人", by=court.viewer(REGISTRAR), at=court.now)
        assert reread(finding).state == State.VOIDED

    def test_a_decision_gives_its_reason(self, court: Court, finding: Finding) -> None:
        for decide in (services.finding_verify, services.finding_dismiss, services.finding_void):
            with pytest.raises(FindingRefused, match="为空"):
                decide(finding_id=finding.pk, reason=" ", by=court.viewer(OFFICE), at=court.now)
        assert reread(finding).state == State.ANSWERED

    def test_nobody_verifies_before_the_reply(self, court: Court) -> None:
        with pytest.raises(MoveRefused, match="当前状态"):
            verify(court, opened(court))

    def test_a_dismissed_finding_stays_dismissed(self, court: Court) -> None:
        finding = finding_at(court, State.DISMISSED)
        with pytest.raises(MoveRefused):
            verify(court, finding)


class TestWhatIsFixedWhenTheDutyIsGivenOut:
    def test_the_window_cannot_be_changed_afterwards(self, court: Court) -> None:
        finding = finding_at(court, State.REMEDYING)
        with pytest.raises(MoveRefused):
            services.finding_remedy(
                finding_id=finding.pk, criterion="放宽", watch_days=1, by=court.viewer(OFFICE), at=court.now
            )
        finding = reread(finding)
        assert (finding.criterion, finding.watch_days) == ("不再出现", WATCH_DAYS)

    def test_the_window_begins_with_the_closure_and_lasts_as_long_as_fixed(self, court: Court) -> None:
        finding = finding_at(court, State.WATCHING)
        assert finding.watch_from == court.today
        assert finding.watch_until == court.today + timedelta(days=WATCH_DAYS)

    def test_an_empty_criterion_is_refused(self, court: Court) -> None:
        finding = finding_at(court, State.VERIFIED)
        with pytest.raises(FindingRefused, match="销号标准"):
            services.finding_remedy(
                finding_id=finding.pk, criterion="", watch_days=90, by=court.viewer(OFFICE), at=court.now
            )

    def test_it_settles_only_when_the_window_has_passed(self, court: Court) -> None:
        finding = finding_at(court, State.WATCHING)
        last = court.now + timedelta(days=WATCH_DAYS)
        assert not SettleIntake().take(finding.pk, last)
        with pytest.raises(FindingRefused, match="尚未届满"):
            services.finding_settle(finding_id=finding.pk, by=court.viewer(OFFICE), at=last)
        assert SettleIntake().take(finding.pk, last + timedelta(days=1))
        assert reread(finding).state == State.SETTLED

    def test_the_database_itself_refuses_a_watch_without_a_window(self, court: Court) -> None:
        finding = finding_at(court, State.REMEDYING)
        with pytest.raises(IntegrityError), transaction.atomic():
            Finding.objects.filter(pk=finding.pk).update(state=State.WATCHING)


class TestARelapse:
    def test_inside_the_window_reopens_the_same_finding(self, court: Court) -> None:
        finding = finding_at(court, State.WATCHING)
        later = court.now + timedelta(days=40)
        relapse(court, finding, later.date(), later)
        assert (finding.state, finding.round, finding.stance) == (State.ANSWERING, 2, Stance.PENDING)
        assert finding.reply_from == later.date()
        assert Finding.objects.count() == 1

    @pytest.mark.parametrize("days", [1, WATCH_DAYS])
    def test_the_first_and_last_day_after_closure_are_inside(self, court: Court, days: int) -> None:
        finding = finding_at(court, State.WATCHING)
        later = court.now + timedelta(days=days)
        relapse(court, finding, later.date(), later)
        assert finding.round == 2

    @pytest.mark.parametrize("days", [-30, 0, WATCH_DAYS + 1])
    def test_before_on_the_closing_day_or_after_the_window_it_is_another_finding(self, court: Court, days: int) -> None:
        finding = finding_at(court, State.WATCHING)
        later = court.now + timedelta(days=WATCH_DAYS + 5)
        evidence = relapse(court, finding, court.today + timedelta(days=days), later)
        assert (finding.state, finding.round) == (State.WATCHING, 1)
        assert evidence.finding_link.finding_id != finding.pk

    def test_of_another_person_or_under_another_rule_is_another_finding(self, court: Court) -> None:
        finding = finding_at(court, State.WATCHING)
        later = court.now + timedelta(days=40)
        for differing in ({"subject": "沈若川"}, {"rule": "DAT001"}):
            evidence = court.evidence(occurred_on=later.date(), at=later, **differing)
            EvidenceIntake().take(evidence.pk, later)
        assert reread(finding).round == 1
        assert Finding.objects.count() == 3

    def test_known_only_after_the_finding_settled_still_reopens_it(self, court: Court) -> None:
        finding = finding_at(court, State.SETTLED)
        later = court.now + timedelta(days=WATCH_DAYS + 30)
        relapse(court, finding, court.today + timedelta(days=20), later)
        assert (finding.state, finding.round) == (State.ANSWERING, 2)

    def test_something_older_does_not_join_a_relapse(self, court: Court) -> None:
        finding = finding_at(court, State.WATCHING)
        later = court.now + timedelta(days=40)
        relapse(court, finding, later.date(), later)
        older = relapse(court, finding, date(2026, 11, 2), later)
        assert older.finding_link.finding_id != finding.pk

    def test_that_is_cleared_goes_on_being_watched(self, court: Court) -> None:
        finding = finding_at(court, State.WATCHING)
        until = finding.watch_until
        later = court.now + timedelta(days=40)
        relapse(court, finding, later.date(), later)
        answer(court, finding, later)
        services.finding_clear_relapse(finding_id=finding.pk, reason="规则误报。", by=court.viewer(OFFICE), at=later)
        assert (reread(finding).state, reread(finding).watch_until) == (State.WATCHING, until)

    def test_cannot_be_cleared_where_there_was_none(self, court: Court) -> None:
        finding = finding_at(court, State.ANSWERED)
        with pytest.raises(FindingRefused, match="首轮"):
            services.finding_clear_relapse(
                finding_id=finding.pk, reason="误报。", by=court.viewer(OFFICE), at=court.now
            )

    def test_whose_evidence_is_voided_is_watched_again(self, court: Court) -> None:
        finding = finding_at(court, State.WATCHING)
        later = court.now + timedelta(days=40)
        evidence = relapse(court, finding, later.date(), later)
        evidence_void(evidence_id=evidence.pk, reason="看错了人", by=court.viewer("韩江临"), at=later)
        assert list(WithdrawIntake().waiting(later)) == [finding.pk]
        assert WithdrawIntake().take(finding.pk, later)
        assert reread(finding).state == State.WATCHING

    def test_may_happen_again_after_the_second_closure(self, court: Court) -> None:
        finding = finding_at(court, State.WATCHING)
        for months in (1, 2):
            later = court.now + timedelta(days=40 * months)
            relapse(court, finding, later.date(), later)
            for step in (answer, verify, remedied, watched):
                step(court, finding, at=later)
        assert (reread(finding).state, reread(finding).round) == (State.WATCHING, 3)
        assert reread(finding).watch_from == (court.now + timedelta(days=80)).date()


class TestWrongEntries:
    def test_a_finding_is_voided_with_its_reason_and_stays_readable(self, court: Court) -> None:
        finding = finding_at(court, State.VOIDED)
        step = finding.steps.get(move="void")
        assert (step.actor_name, step.text) == (OFFICE, "登记错了文书。")

    def test_a_finding_that_was_remedied_once_is_not_voided(self, court: Court) -> None:
        finding = finding_at(court, State.WATCHING)
        later = court.now + timedelta(days=40)
        relapse(court, finding, later.date(), later)
        with pytest.raises(FindingRefused, match="不能整项作废"):
            services.finding_void(finding_id=finding.pk, reason="误登", by=court.viewer(OFFICE), at=later)

    def test_evidence_voided_before_a_decision_withdraws_the_finding(self, court: Court) -> None:
        evidence = court.evidence()
        finding = opened(court, evidence)
        evidence_void(evidence_id=evidence.pk, reason="看错了人", by=court.viewer("韩江临"), at=court.now)
        assert WithdrawIntake().take(finding.pk, court.now)
        assert reread(finding).state == State.VOIDED

    def test_one_piece_of_two_voided_leaves_the_finding_standing(self, court: Court) -> None:
        evidence = court.evidence()
        finding = opened(court, evidence)
        assert opened(court) == finding
        evidence_void(evidence_id=evidence.pk, reason="看错了人", by=court.viewer("韩江临"), at=court.now)
        assert list(WithdrawIntake().waiting(court.now)) == []
        assert not WithdrawIntake().take(finding.pk, court.now)

    def test_after_the_decision_voided_evidence_undoes_nothing(self, court: Court) -> None:
        evidence = court.evidence()
        finding = opened(court, evidence)
        answer(court, finding)
        verify(court, finding)
        evidence_void(evidence_id=evidence.pk, reason="看错了人", by=court.viewer("韩江临"), at=court.now)
        assert not WithdrawIntake().take(finding.pk, court.now)
        assert reread(finding).state == State.VERIFIED


class TestTheChain:
    def test_each_move_leaves_one_row_and_one_step_and_none_carries_what_was_said(self, court: Court) -> None:
        finding = finding_at(court, State.SETTLED)
        rows = [row for row in audit.rows() if row[5] == f"findings.finding:{finding.public_id}"]
        assert [row[4].rsplit(".", 1)[1] for row in rows] == [
            "open", "answer", "verify", "remedy", "watch", "settle",
        ]  # fmt: skip
        assert [row[3] for row in rows] == ["系统", SUBJECT, OFFICE, OFFICE, OTHER_OFFICE, "系统"]
        assert [step.move for step in finding.steps.all()] == [row[4].rsplit(".", 1)[1] for row in rows]
        whole = "\n".join("".join(map(str, row)) for row in audit.rows())
        for said in (REPLY, "与原件核对属实", "贺兰"):
            assert said not in whole
        assert audit.verify().faults == ()

    def test_a_refused_move_leaves_nothing(self, court: Court) -> None:
        finding = finding_at(court, State.ANSWERED)
        before = (len(list(audit.rows())), finding.steps.count())
        with pytest.raises(MoveRefused):
            verify(court, finding, SUBJECT)
        assert (len(list(audit.rows())), finding.steps.count()) == before
