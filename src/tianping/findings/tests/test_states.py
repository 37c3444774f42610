"""问题的状态表：what it lists succeeds, for whom it lists it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import Court
from tests.state_tables import check_table, every, tried
from tianping.findings import services, states
from tianping.findings.models import Stance
from tianping.findings.services import FindingRefused
from tianping.findings.states import State
from tianping.findings.tests.factories import (
    COLLEAGUE,
    HEAD,
    OFFICE,
    OTHER_COURT,
    OTHER_OFFICE,
    SUBJECT,
    finding_at,
    relapse,
)
from tianping.foundation.moves import MoveRefused

PEOPLE = {
    "subject": SUBJECT,
    "verifier+office": OFFICE,
    "office": OTHER_OFFICE,  # who registered the evidence in this walk, and so does not verify
    "line": HEAD,
    "stranger": COLLEAGUE,
    "other court": OTHER_COURT,
}


def test_the_table_lists_what_succeeds_and_everything_else_is_refused() -> None:
    check_table(states)


def attempts(court: Court, pk: int, person: str) -> dict[str, Callable[[], object]]:
    by, at = court.viewer(person), court.now
    said = {"finding_id": pk, "reason": "核对原件。", "by": by, "at": at}
    return {
        "answer": lambda: services.finding_answer(finding_id=pk, stance=Stance.ADMITS, text="", by=by, at=at),
        "verify": lambda: services.finding_verify(**said),
        "dismiss": lambda: services.finding_dismiss(**said),
        "void": lambda: services.finding_void(**said),
    }


@pytest.mark.parametrize("state", list(State))
def test_each_move_by_each_person_on_a_real_finding(court: Court, state: State) -> None:
    finding = finding_at(court, state, by=OTHER_OFFICE)
    walked = 0
    for source, move, person, listed in every(states, PEOPLE):
        if source != state or move == "clear_relapse":  # belongs to a later round, below
            continue
        attempt = attempts(court, finding.pk, person)[move]
        assert tried(attempt, (MoveRefused, FindingRefused)) == listed, (state, move, person)
        walked += 1
    assert walked == 4 * len(PEOPLE)


@pytest.mark.parametrize("person", sorted(PEOPLE.values()))
def test_only_a_verifier_clears_a_relapse(court: Court, person: str) -> None:
    finding = finding_at(court, State.WATCHING, by=OTHER_OFFICE)
    later = court.now.replace(month=12, day=20)
    relapse(court, finding, later.date(), later)
    services.finding_answer(
        finding_id=finding.pk, stance=Stance.CONTESTS, text="并非同一问题", by=court.viewer(SUBJECT), at=later
    )
    attempt = lambda: services.finding_clear_relapse(  # noqa: E731
        finding_id=finding.pk, reason="规则不同。", by=court.viewer(person), at=later
    )
    assert tried(attempt, (MoveRefused, FindingRefused)) == (person == OFFICE)


@pytest.mark.parametrize("move", ["remedy", "release", "watch", "relapse", "settle", "lapse", "withdraw"])
def test_no_person_takes_the_moves_of_the_system_or_of_the_next_stage(court: Court, move: str) -> None:
    for state in {m.source for m in states.MOVES if m.name == move}:
        finding = finding_at(court, State(state), by=OTHER_OFFICE, rule=f"R{state[:6]}")
        for person in PEOPLE.values():
            with pytest.raises(MoveRefused):
                services._move(finding, move, by=court.viewer(person), at=court.now)
