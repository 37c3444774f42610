"""整改的状态表：what it lists succeeds, for whom it lists it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.cast import Court
from tests.state_tables import check_table, every, tried
from tianping.findings.services import FindingRefused
from tianping.foundation.moves import MoveRefused
from tianping.remedy import services, states
from tianping.remedy.services import DutyRefused
from tianping.remedy.states import State
from tianping.remedy.tests.factories import (
    ASSIGNER,
    COLLEAGUE,
    HEAD,
    INSPECTOR,
    OTHER_COURT,
    OTHER_HEAD,
    OWNER,
    VERIFIER,
    ask,
    duty_at,
    planned,
    terms,
)

PEOPLE = {
    "owner": OWNER,
    "assigner+decider": ASSIGNER,
    "assigner+decider+head": HEAD,
    "assigner+decider+verifier": VERIFIER,
    "stranger": COLLEAGUE,
    "other head": OTHER_HEAD,
    "other court": OTHER_COURT,
}


def test_the_table_lists_what_succeeds_and_everything_else_is_refused() -> None:
    check_table(states)


def attempts(court: Court, pk: int, person: str, other: int) -> dict[str, Callable[[], object]]:
    by, at = court.viewer(person), court.now
    said = {"duty_id": pk, "reason": "核对材料。", "by": by, "at": at}
    due = at.date() + timedelta(days=60)
    return {
        "assign": lambda: services.duty_assign(duty_id=pk, by=by, at=at, **terms(court)),
        "merge": lambda: services.duty_assign(duty_id=other, by=by, at=at, **terms(court, together_with=[pk])),
        "submit": lambda: services.duty_submit(duty_id=pk, report="已办结。", by=by, at=at),
        "ask_postponement": lambda: services.postponement_ask(duty_id=pk, until=due, reason="需时", by=by, at=at),
        "grant_postponement": lambda: services.postponement_decide(grant=True, **said),
        "refuse_postponement": lambda: services.postponement_decide(grant=False, **said),
        "hand_over": lambda: services.duty_hand_over(owner=court.people[COLLEAGUE], **said),
        "change_verifier": lambda: services.verifier_change(verifier=court.people[INSPECTOR], **said),
        "return": lambda: services.duty_return(**said),
        "close": lambda: services.duty_close(**said),
        "void": lambda: services.duty_void(**said),
    }


@pytest.mark.parametrize("state", list(State))
def test_each_move_by_each_person_on_a_real_duty(court: Court, state: State) -> None:
    duty = duty_at(court, state)
    other = planned(court, rule="OTHER1")
    walked = set()
    for source, move, person, listed in every(states, PEOPLE):
        if source != state:
            continue

        def attempt(move: str = move, person: str = person) -> object:
            if move in ("grant_postponement", "refuse_postponement") and duty.state == State.OPEN:
                ask(court, duty)
            return attempts(court, duty.pk, person, other.pk)[move]()

        assert tried(attempt, (MoveRefused, DutyRefused, FindingRefused)) == listed, (state, move, person)
        walked.add(move)
    assert walked == set(attempts(court, duty.pk, OWNER, other.pk))


def test_no_person_drops_a_duty(court: Court) -> None:
    duty = duty_at(court, State.PLANNING)
    for person in PEOPLE.values():
        with pytest.raises(MoveRefused):
            services.duty_drop(duty_id=duty.pk, by=court.viewer(person), at=court.now)
