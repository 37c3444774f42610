"""任务的状态表：what it lists succeeds, for whom it lists it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import Court
from tests.state_tables import check_table, every, tried
from tianping.foundation.jobs import services, states
from tianping.foundation.jobs.models import Job
from tianping.foundation.jobs.states import State
from tianping.foundation.jobs.tests.conftest import ADMIN, OTHER, OWNER, Submit, nothing
from tianping.foundation.moves import MoveRefused

PEOPLE = {"owner": OWNER, "colleague": OTHER, "administrator": ADMIN}


def test_the_table_lists_what_succeeds_and_everything_else_is_refused() -> None:
    check_table(states)


def job_at(state: State, submit: Submit, run: Callable[..., Job], killed: Callable[..., Job], court: Court) -> Job:
    """任务走到某状态：by its moves."""

    def breaks(progress: object) -> None:
        raise ValueError

    job = submit(breaks if state == State.FAILED else nothing)
    if state == State.RUNNING:
        return killed(job)
    if state == State.CANCELLED:
        return services.job_cancel(job_id=job.pk, by=court.viewer(OWNER), at=court.now)
    return job if state == State.QUEUED else run(job)


@pytest.mark.parametrize("state", list(State))
def test_each_move_by_each_person_on_a_real_job(
    state: State, court: Court, submit: Submit, run: Callable[..., Job], killed: Callable[..., Job]
) -> None:
    job = job_at(state, submit, run, killed, court)
    assert job.state == state
    verbs = {"cancel": services.job_cancel, "retry": services.job_retry}
    walked = 0
    for source, move, person, listed in every(states, PEOPLE):
        if source != state or move not in verbs:
            assert source != state or not listed, "no person takes a move of the system"
            continue
        attempt = lambda: verbs[move](job_id=job.pk, by=court.viewer(person), at=court.now)  # noqa: B023, E731
        assert tried(attempt, (MoveRefused,)) == listed, (state, move, person)
        walked += 1
    assert walked == 2 * len(PEOPLE)
