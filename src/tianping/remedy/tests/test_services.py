"""整改的动作：who gives out, who owes, who verifies — and what stays on record."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Court
from tianping.findings.states import State as FindingState
from tianping.findings.tests.factories import also, last_audit
from tianping.foundation import files
from tianping.foundation.accounts.models import Appointment
from tianping.foundation.accounts.roles import Role
from tianping.foundation.audit import services as audit
from tianping.foundation.moves import MoveRefused
from tianping.remedy import services
from tianping.remedy.intake import FindingIntake
from tianping.remedy.models import Duty, Postponement
from tianping.remedy.rules import Measure
from tianping.remedy.services import DutyRefused
from tianping.remedy.states import State
from tianping.remedy.tests.factories import (
    ASSIGNER,
    COLLEAGUE,
    HEAD,
    INSPECTOR,
    OTHER_HEAD,
    OWNER,
    REGISTRAR,
    REPORT,
    VERIFIER,
    ask,
    assign,
    close,
    duty_at,
    finding_of,
    planned,
    reread,
    submit,
)


class TestGivingADutyOut:
    @pytest.mark.parametrize("by", [ASSIGNER, INSPECTOR, HEAD, "裴院长"])
    def test_the_offices_the_head_and_the_president_may(self, court: Court, by: str) -> None:
        assert assign(court, planned(court), by).state == State.OPEN

    @pytest.mark.parametrize("by", [OWNER, COLLEAGUE, OTHER_HEAD, "陶思源"])
    def test_nobody_else_may(self, court: Court, by: str) -> None:
        with pytest.raises(MoveRefused):
            assign(court, planned(court), by)

    def test_a_head_does_not_give_out_the_duty_about_themselves(self, court: Court) -> None:
        with pytest.raises(MoveRefused):
            assign(court, planned(court, subject=HEAD), HEAD)

    def test_training_alone_needs_a_reason(self, court: Court) -> None:
        duty = planned(court)
        with pytest.raises(DutyRefused, match="只有“培训补课”"):
            assign(court, duty, measures=[Measure.TRAINING])
        given = assign(court, duty, measures=[Measure.TRAINING], training_alone_reason="新法施行，尚未学习。")
        assert given.training_alone_reason == "新法施行，尚未学习。"

    def test_training_beside_another_measure_needs_none(self, court: Court) -> None:
        given = assign(court, planned(court), measures=[Measure.TRAINING, Measure.PROCESS], training_alone_reason="x")
        assert given.training_alone_reason == ""

    @pytest.mark.parametrize("lacking", ["causes", "measures"])
    def test_cause_and_measure_are_not_left_out(self, court: Court, lacking: str) -> None:
        with pytest.raises(DutyRefused, match="至少选一项"):
            assign(court, planned(court), **{lacking: []})

    def test_the_due_day_is_not_past(self, court: Court) -> None:
        with pytest.raises(DutyRefused, match="早于今天"):
            assign(court, planned(court), due_on=court.today - timedelta(days=1))

    @pytest.mark.parametrize("days", [0, 29, 731])
    def test_the_watch_window_keeps_its_bounds(self, court: Court, days: int) -> None:
        with pytest.raises(DutyRefused, match="观察期"):
            assign(court, planned(court), watch_days=days)

    def test_criterion_and_window_go_to_the_finding_and_are_not_given_twice(self, court: Court) -> None:
        duty = assign(court, planned(court), watch_days=120)
        with pytest.raises(MoveRefused):
            assign(court, duty, watch_days=30)
        assert (finding_of(duty).watch_days, finding_of(duty).criterion) == (120, "不再出现")
        submit(court, duty)
        close(court, duty)
        assert finding_of(duty).watch_until == court.today + timedelta(days=120)

    def test_a_refusal_late_in_the_work_leaves_nothing_half_done(self, court: Court) -> None:
        duty, other = planned(court), planned(court, rule="DAT001")
        before = len(list(audit.rows()))
        with pytest.raises(DutyRefused):
            assign(court, duty, together_with=[other.pk], task=" ")
        assert (reread(duty).state, reread(other).state) == (State.PLANNING, State.PLANNING)
        assert len(list(audit.rows())) == before


class TestWhoVerifies:
    @pytest.mark.parametrize("verifier", [OWNER, HEAD, COLLEAGUE, "陶思源"])
    def test_only_somebody_of_the_offices(self, court: Court, verifier: str) -> None:
        with pytest.raises(DutyRefused, match="请另选核验人"):
            assign(court, planned(court), verifier=verifier)

    def test_not_the_one_who_owes_it(self, court: Court) -> None:
        with pytest.raises(DutyRefused, match="须由他人核验"):
            assign(court, planned(court), owner=VERIFIER, verifier=VERIFIER)

    def test_not_the_registrar_of_the_evidence(self, court: Court) -> None:
        with pytest.raises(DutyRefused, match="登记"):
            assign(court, planned(court, by=VERIFIER), verifier=VERIFIER)

    def test_not_the_subject(self, court: Court) -> None:
        also(court, OWNER, Role.TRIAL_OFFICE, "LJ")
        with pytest.raises(DutyRefused, match="责任人"):
            assign(court, planned(court), owner=COLLEAGUE, verifier=OWNER)

    def test_not_somebody_in_line_with_the_subject_or_the_owner(self, court: Court) -> None:
        also(court, HEAD, Role.INSPECTOR, "LJ")
        with pytest.raises(DutyRefused, match="上下级"):
            assign(court, planned(court), owner=REGISTRAR, verifier=HEAD)
        also(court, OTHER_HEAD, Role.INSPECTOR, "LJ")
        with pytest.raises(DutyRefused, match="上下级"):
            assign(court, planned(court, rule="DAT001"), owner=REGISTRAR, verifier=OTHER_HEAD)

    def test_the_owner_cannot_close(self, court: Court) -> None:
        duty = duty_at(court, State.SUBMITTED)
        with pytest.raises(MoveRefused, match="销号须由他人核验"):
            close(court, duty, by=OWNER)

    def test_another_officer_than_the_one_named_cannot_close(self, court: Court) -> None:
        with pytest.raises(MoveRefused):
            close(court, duty_at(court, State.SUBMITTED), by=INSPECTOR)

    def test_the_one_named_cannot_once_out_of_office(self, court: Court) -> None:
        duty = duty_at(court, State.SUBMITTED)
        Appointment.objects.filter(user=court.people[VERIFIER]).update(until=court.today - timedelta(days=1))
        with pytest.raises(MoveRefused, match="不在审管办或督察任职"):
            close(court, duty)

    def test_a_verifier_closes_it_and_the_audit_names_both(self, court: Court) -> None:
        duty = duty_at(court, State.CLOSED)
        assert last_audit("remedy.duty.submit")["actor_name"] == OWNER
        assert last_audit("remedy.duty.close")["actor_name"] == VERIFIER
        assert (duty.closed_at, finding_of(duty).state) == (court.now, FindingState.WATCHING)

    def test_the_database_itself_refuses_an_owner_who_verifies(self, court: Court) -> None:
        duty = duty_at(court, State.OPEN)
        with pytest.raises(IntegrityError), transaction.atomic():
            Duty.objects.filter(pk=duty.pk).update(verifier=duty.owner)


class TestProofs:
    def test_files_are_kept_under_their_hash_and_named_in_the_chain(self, court: Court, files_home: Path) -> None:
        duty = submit(court, duty_at(court, State.OPEN), proofs=[("送达回证.pdf", b"%PDF-1"), ("裁定.docx", b"PK")])
        proofs = list(duty.proofs.all())
        assert [p.file_name for p in proofs] == ["送达回证.pdf", "裁定.docx"]
        assert files.fetch(proofs[0].sha256) == b"%PDF-1"
        changes = last_audit("remedy.duty.submit")["changes"]
        assert proofs[0].sha256 in changes
        assert REPORT not in changes

    def test_nothing_is_kept_of_what_may_not_be_handed_in(self, court: Court, files_home: Path) -> None:
        duty = duty_at(court, State.OPEN)
        with pytest.raises(MoveRefused):
            submit(court, duty, by=COLLEAGUE, proofs=[("x.txt", b"x")])
        assert not files_home.exists()

    def test_a_second_submission_adds_to_the_first(self, court: Court, files_home: Path) -> None:
        duty = submit(court, duty_at(court, State.OPEN), proofs=[("a.txt", b"a")])
        services.duty_return(duty_id=duty.pk, reason="缺送达回证。", by=court.viewer(VERIFIER), at=court.now)
        submit(court, duty, proofs=[("b.txt", b"b")])
        assert [(p.file_name, p.step.move) for p in duty.proofs.all()] == [("a.txt", "submit"), ("b.txt", "submit")]
        assert reread(duty).due_on == court.today + timedelta(days=20)

    def test_a_report_says_something(self, court: Court) -> None:
        with pytest.raises(DutyRefused, match="完成情况"):
            submit(court, duty_at(court, State.OPEN), report=" ")


class TestPostponement:
    @pytest.fixture
    def duty(self, court: Court) -> Duty:
        return duty_at(court, State.OPEN)

    def decide(self, court: Court, duty: Duty, by: str, grant: bool = True, reason: str = "属实") -> None:
        services.postponement_decide(duty_id=duty.pk, grant=grant, reason=reason, by=court.viewer(by), at=court.now)

    def test_granted_by_another_moves_the_due_day(self, court: Court, duty: Duty) -> None:
        ask(court, duty)
        assert reread(duty).due_on == court.today + timedelta(days=20)
        self.decide(court, duty, HEAD)
        assert reread(duty).due_on == court.today + timedelta(days=30)
        assert last_audit("remedy.duty.grant_postponement")["actor_name"] == HEAD

    def test_refused_leaves_it_and_may_be_asked_again(self, court: Court, duty: Duty) -> None:
        ask(court, duty)
        self.decide(court, duty, HEAD, grant=False)
        assert reread(duty).due_on == court.today + timedelta(days=20)
        ask(court, duty)
        assert [p.granted for p in duty.postponements.all()] == [False, None]

    def test_is_not_granted_by_the_one_who_asked(self, court: Court, duty: Duty) -> None:
        ask(court, duty)
        with pytest.raises(DutyRefused, match="须由他人批复"):
            self.decide(court, duty, OWNER)

    def test_nor_after_the_one_who_asked_handed_the_duty_over(self, court: Court) -> None:
        duty = planned(court)
        assign(court, duty, owner=HEAD)
        ask(court, duty, by=HEAD)
        services.duty_hand_over(
            duty_id=duty.pk, owner=court.people[OWNER], reason="分工调整", by=court.viewer(ASSIGNER), at=court.now
        )
        with pytest.raises(DutyRefused, match="须由他人批复"):
            self.decide(court, duty, HEAD)
        with pytest.raises(IntegrityError), transaction.atomic():
            Postponement.objects.update(decided_by=court.people[HEAD])

    def test_needs_a_reason_on_both_sides(self, court: Court, duty: Duty) -> None:
        with pytest.raises(DutyRefused, match="延期理由"):
            services.postponement_ask(
                duty_id=duty.pk, until=date(2027, 1, 1), reason=" ", by=court.viewer(OWNER), at=court.now
            )
        ask(court, duty)
        with pytest.raises(DutyRefused, match="批复意见"):
            self.decide(court, duty, HEAD, reason="")

    def test_is_asked_once_at_a_time_and_for_a_later_day(self, court: Court, duty: Duty) -> None:
        with pytest.raises(DutyRefused, match="不晚于现期限"):
            ask(court, duty, until=duty.due_on)
        long_after = court.now + timedelta(days=60)
        with pytest.raises(DutyRefused, match="已经过去"):
            ask(court, duty, until=court.today + timedelta(days=30), at=long_after)
        ask(court, duty)
        with pytest.raises(DutyRefused, match="不重复申请"):
            ask(court, duty)

    def test_without_a_request_there_is_nothing_to_decide(self, court: Court, duty: Duty) -> None:
        with pytest.raises(DutyRefused, match="没有待批"):
            self.decide(court, duty, HEAD)


class TestLeavers:
    def hand_over(self, court: Court, duty: Duty, to: str, by: str = HEAD) -> Duty:
        return services.duty_hand_over(
            duty_id=duty.pk, owner=court.people[to], reason="调离本庭", by=court.viewer(by), at=court.now
        )

    def change(self, court: Court, duty: Duty, to: str) -> Duty:
        return services.verifier_change(
            duty_id=duty.pk, verifier=court.people[to], reason="调离", by=court.viewer(ASSIGNER), at=court.now
        )

    def test_a_duty_is_handed_over_and_the_due_day_stays(self, court: Court) -> None:
        duty = duty_at(court, State.OPEN)
        due = duty.due_on
        assert self.hand_over(court, duty, COLLEAGUE).due_on == due
        with pytest.raises(MoveRefused):
            submit(court, duty, by=OWNER)
        assert submit(court, duty).state == State.SUBMITTED
        assert duty.steps.get(move="hand_over").text == f"{OWNER}移交{COLLEAGUE}：调离本庭"

    def test_the_owner_does_not_pass_it_on_alone(self, court: Court) -> None:
        with pytest.raises(MoveRefused):
            self.hand_over(court, duty_at(court, State.OPEN), COLLEAGUE, by=OWNER)

    @pytest.mark.parametrize("to", [OWNER, VERIFIER])
    def test_not_to_the_same_person_nor_to_the_verifier(self, court: Court, to: str) -> None:
        with pytest.raises(DutyRefused):
            self.hand_over(court, duty_at(court, State.OPEN), to)

    @pytest.mark.parametrize("to", ["系统甲", "离任者"])
    def test_not_to_somebody_who_could_not_see_it(self, court: Court, to: str) -> None:
        duty = duty_at(court, State.OPEN)
        if to == "离任者":
            court.people[to] = court.people[COLLEAGUE]
            Appointment.objects.filter(user=court.people[to]).update(until=court.today - timedelta(days=1))
        with pytest.raises(DutyRefused, match="看不到整改事项"):
            self.hand_over(court, duty, to)

    @pytest.mark.parametrize("state", [State.OPEN, State.SUBMITTED])
    def test_a_verifier_who_left_is_replaced_by_one_held_to_the_same_rules(self, court: Court, state: State) -> None:
        duty = duty_at(court, state)
        with pytest.raises(DutyRefused, match="不在审管办"):
            self.change(court, duty, HEAD)
        assert self.change(court, duty, INSPECTOR).state == state
        if state == State.SUBMITTED:
            assert close(court, duty).state == State.CLOSED

    def test_owner_and_verifier_may_both_have_left(self, court: Court) -> None:
        duty = duty_at(court, State.OPEN)
        for name in (OWNER, VERIFIER):
            Appointment.objects.filter(user=court.people[name]).update(until=court.today - timedelta(days=1))
            court.people[name].is_active = False
            court.people[name].save()
        self.change(court, duty, INSPECTOR)
        assert self.hand_over(court, duty, COLLEAGUE).owner == court.people[COLLEAGUE]


class TestWrongEntries:
    def test_a_voided_duty_keeps_its_reason_and_its_finding_waits_for_another(self, court: Court) -> None:
        duty = duty_at(court, State.VOIDED)
        assert duty.steps.get(move="void").text == "交办错人。"
        finding = finding_of(duty)
        assert finding.state == FindingState.VERIFIED
        FindingIntake().take(finding.pk, court.now)
        assert assign(court, Duty.objects.latest("id")).state == State.OPEN

    def test_voiding_needs_a_reason_and_is_not_the_owners(self, court: Court) -> None:
        duty = duty_at(court, State.OPEN)
        with pytest.raises(DutyRefused, match="作废理由"):
            services.duty_void(duty_id=duty.pk, reason="", by=court.viewer(ASSIGNER), at=court.now)
        with pytest.raises(MoveRefused):
            services.duty_void(duty_id=duty.pk, reason="不想办", by=court.viewer(OWNER), at=court.now)


class TestTheChain:
    def test_each_move_leaves_one_row_and_one_step_and_none_carries_what_was_said(self, court: Court) -> None:
        duty = duty_at(court, State.OPEN)
        ask(court, duty)
        services.postponement_decide(
            duty_id=duty.pk, grant=True, reason="情况属实可以延", by=court.viewer(HEAD), at=court.now
        )
        submit(court, duty)
        close(court, duty)
        rows = [row for row in audit.rows() if row[5] == f"remedy.duty:{duty.public_id}"]
        assert [(row[4].rsplit(".", 1)[1], row[3]) for row in rows] == [
            ("open", "系统"),
            ("assign", ASSIGNER),
            ("ask_postponement", OWNER),
            ("grant_postponement", HEAD),
            ("submit", OWNER),
            ("close", VERIFIER),
        ]
        assert [step.move for step in duty.steps.all()] == [row[4].rsplit(".", 1)[1] for row in rows]
        whole = "\n".join("".join(map(str, row)) for row in audit.rows())
        for said in (REPORT, "情况属实可以延", "当事人在外地", "送达回证齐全", "作出补正裁定"):
            assert said not in whole
        assert audit.verify().faults == ()
