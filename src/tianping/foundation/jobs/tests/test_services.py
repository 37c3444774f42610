"""任务的动作：submitted, run, failed, cancelled, retried — and taken up again after a kill."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.cast import Court
from tianping.foundation.accounts.viewer import system
from tianping.foundation.audit import services as audit
from tianping.foundation.audit.models import Entry
from tianping.foundation.jobs import registry, running, services
from tianping.foundation.jobs.models import Job, JobStep
from tianping.foundation.jobs.progress import JobFailed, Progress
from tianping.foundation.jobs.registry import UnknownKind
from tianping.foundation.jobs.states import State
from tianping.foundation.jobs.tests.conftest import OTHER, OWNER, Submit, nothing
from tianping.foundation.moves import MoveRefused

Run = Callable[..., Job]
LATER = timedelta(minutes=5)


def ticket(job: Job) -> DBTaskResult:
    return DBTaskResult.objects.get(pk=job.ticket)


class TestSubmitting:
    def test_the_job_waits_under_a_ticket_and_stands_in_the_chain(self, submit: Submit, court: Court) -> None:
        job = submit(nothing)
        assert (job.state, job.owner, job.court) == (State.QUEUED, court.people[OWNER], court.organisations["LJ"])
        assert ticket(job).args_kwargs == {"args": [job.public_id], "kwargs": {}}
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.object) == ("jobs.job.enqueue", f"jobs.job:{job.public_id}")
        assert "贺兰山" not in entry.changes, "the title may hold what the auditor may not read"

    def test_a_transaction_that_rolls_back_leaves_neither_job_nor_ticket(self, submit: Submit) -> None:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            submit(nothing)
            raise ZeroDivisionError
        assert (Job.objects.count(), DBTaskResult.objects.count()) == (0, 0)

    def test_a_kind_nobody_registered_is_refused(self, court: Court, kinds: dict[str, Any]) -> None:
        with pytest.raises(UnknownKind):
            services.job_enqueue(kind="gone", title="无", arguments={}, by=court.viewer(OWNER), at=court.now)

    @pytest.mark.parametrize("arguments", [{"rows": (1, 2)}, {"by_number": {1: "a"}}, {"day": object()}])
    def test_arguments_that_json_would_change_are_refused(self, submit: Submit, arguments: dict[str, Any]) -> None:
        with pytest.raises(TypeError):
            submit(nothing, **arguments)

    def test_two_functions_may_not_share_a_kind(self, kinds: dict[str, Any]) -> None:
        registry.job("one", title="一")(nothing)
        registry.job("one", title="一")(nothing)
        with pytest.raises(ValueError, match="登记了两次"):
            registry.job("one", title="一")(lambda progress: None)


class TestRunning:
    def test_it_gets_its_arguments_and_its_owner_and_its_result_is_kept(
        self, submit: Submit, run: Run, court: Court
    ) -> None:
        def work(progress: Progress, *, number: int) -> dict[str, str]:
            progress.step(2, 3, "核对案号")
            return {"经手人": progress.by.name, "收到": str(number)}

        job = run(submit(work, number=7))
        assert (job.state, job.result) == (State.SUCCEEDED, {"经手人": OWNER, "收到": "7"})
        assert (job.done, job.total, job.message, job.failure) == (2, 3, "核对案号", "")
        assert list(job.steps.values_list("move", flat=True)) == ["enqueue", "start", "succeed"]

    def test_a_job_of_the_system_runs_as_the_system(self, kinds: dict[str, Any], court: Court, run: Run) -> None:
        registry.job("test", title="测试任务")(lambda progress: {"系统": str(progress.by.is_system)})
        by = system("系统", on=court.today)
        job = run(services.job_enqueue(kind="test", title="夜间核对", arguments={}, by=by, at=court.now))
        assert (job.state, job.owner, job.result) == (State.SUCCEEDED, None, {"系统": "True"})

    def test_a_refusal_reaches_the_owner_in_its_own_words(self, submit: Submit, run: Run) -> None:
        def work(progress: Progress) -> None:
            raise JobFailed("第 37 行“立案日期”的月份超出 12。请改后重新导入。")

        job = run(submit(work))
        assert (job.state, job.failure) == (State.FAILED, "第 37 行“立案日期”的月份超出 12。请改后重新导入。")
        assert ticket(job).status == "SUCCESSFUL", "the ticket is handed in whatever the job came to"

    def test_an_unforeseen_fault_reaches_the_owner_in_chinese_and_the_log_in_full(
        self, submit: Submit, run: Run, caplog: pytest.LogCaptureFixture
    ) -> None:
        def work(progress: Progress) -> None:
            raise KeyError("secret of a case")

        with caplog.at_level(logging.ERROR):
            job = run(submit(work))
        assert job.state == State.FAILED
        assert job.failure == running.UNEXPECTED.format(job.public_id)
        said = f"{job.failure}{job.message}{job.result}{list(job.steps.values_list('text'))}{ticket(job).traceback}"
        assert "secret" not in said
        assert "Traceback" not in said
        assert "KeyError" in caplog.text

    def test_what_a_failed_job_had_open_is_rolled_back(self, submit: Submit, run: Run, court: Court) -> None:
        def work(progress: Progress) -> None:
            with transaction.atomic():
                court.case(2048)
                raise JobFailed("中途不成。")

        assert run(submit(work)).state == State.FAILED
        assert not Entry.objects.filter(verb__startswith="court.case").exists()

    def test_a_kind_of_another_version_fails_with_a_sentence(
        self, submit: Submit, run: Run, kinds: dict[str, Any]
    ) -> None:
        job = submit(nothing)
        kinds.clear()
        assert run(job).failure == running.UNKNOWN

    def test_a_ticket_drawn_twice_runs_the_job_once(self, submit: Submit, run: Run) -> None:
        runs: list[int] = []
        job = run(run(submit(lambda progress: runs.append(1))))
        assert (job.state, job.attempts, runs) == (State.SUCCEEDED, 1, [1])

    def test_a_strange_ticket_runs_nothing(self, submit: Submit) -> None:
        job = submit(nothing)
        running.run(job.public_id, ticket=str(uuid4()), worker="w-1")
        job.refresh_from_db()
        assert job.state == State.QUEUED


class TestProgress:
    @pytest.mark.django_db(transaction=True)
    def test_steps_are_written_at_most_once_a_second_and_never_inside_a_transaction(
        self, submit: Submit, run: Run, django_assert_num_queries: Any
    ) -> None:
        def work(progress: Progress) -> None:
            with django_assert_num_queries(0):
                progress.step(1, 10, "刚开始")
            progress._written -= 2
            with transaction.atomic(), django_assert_num_queries(0, connection=connection):
                progress.step(2, 10)
            with django_assert_num_queries(2):
                progress.step(3, 10)
            row = Job.objects.get(pk=progress.job_id)
            assert (row.done, row.total, row.message) == (3, 10, "刚开始")

        job = submit(work)
        assert run(job).state == State.SUCCEEDED, job.failure

    def test_the_pulse_keeps_a_job_alive_that_says_nothing(self, submit: Submit, run: Run, court: Court) -> None:
        def work(progress: Progress) -> None:
            Job.objects.filter(pk=progress.job_id).update(heartbeat_at=court.now - LATER)
            running.beat()
            services.reap(Job.objects.get(pk=progress.job_id).heartbeat_at)

        job = run(submit(work))
        assert (job.state, job.attempts) == (State.SUCCEEDED, 1)


class TestCancelling:
    def test_one_that_waits_ends_at_once_and_its_ticket_runs_nothing(
        self, submit: Submit, run: Run, court: Court
    ) -> None:
        runs: list[int] = []
        job = submit(lambda progress: runs.append(1))
        services.job_cancel(job_id=job.pk, by=court.viewer(OWNER), at=court.now)
        assert (run(job).state, runs) == (State.CANCELLED, [])

    def test_one_that_runs_stops_at_its_next_step(self, submit: Submit, run: Run, court: Court) -> None:
        reached: list[int] = []

        def work(progress: Progress) -> None:
            progress.step(1, 2)
            services.job_cancel(job_id=progress.job_id, by=court.viewer(OWNER), at=timezone.now())
            running.beat()
            progress.step(2, 2)
            reached.append(2)

        job = run(submit(work))
        assert (job.state, job.failure, reached) == (State.CANCELLED, "", [])
        assert list(job.steps.values_list("move", flat=True)) == ["enqueue", "start", "cancel", "stop"]

    def test_asking_twice_is_refused_with_the_reason(self, submit: Submit, killed: Run, court: Court) -> None:
        job = killed(submit(nothing))
        services.job_cancel(job_id=job.pk, by=court.viewer(OWNER), at=court.now)
        with pytest.raises(MoveRefused, match="已要求取消"):
            services.job_cancel(job_id=job.pk, by=court.viewer(OWNER), at=court.now)

    def test_nobody_but_its_owner_cancels_or_retries(self, submit: Submit, court: Court) -> None:
        job = submit(nothing)
        with pytest.raises(MoveRefused):
            services.job_cancel(job_id=job.pk, by=court.viewer(OTHER), at=court.now)


class TestRetrying:
    def test_it_runs_again_from_the_beginning_under_a_new_ticket(self, submit: Submit, run: Run, court: Court) -> None:
        turns = [JobFailed("表被占用，请稍后重试。"), None]

        def work(progress: Progress) -> None:
            progress.step(5, 9, "半途")
            if fault := turns.pop(0):
                raise fault

        job = run(submit(work))
        first = job.ticket
        job = services.job_retry(job_id=job.pk, by=court.viewer(OWNER), at=court.now)
        assert (job.state, job.failure, job.message, job.finished_at) == (State.QUEUED, "", "", None)
        assert job.ticket != first
        assert run(job).state == State.SUCCEEDED
        assert job.attempts == 2

    def test_it_gets_as_many_runs_as_the_first_time(self, submit: Submit, killed: Run, court: Court) -> None:
        job = submit(nothing, max_attempts=1)
        killed(job)
        services.reap(court.now + LATER)
        job.refresh_from_db()
        assert job.state == State.FAILED
        services.job_retry(job_id=job.pk, by=court.viewer(OWNER), at=court.now)
        job.refresh_from_db()
        assert (job.attempts, job.max_attempts) == (1, 2)

    def test_an_old_ticket_handed_in_late_does_not_lose_the_retried_job(
        self, submit: Submit, run: Run, court: Court
    ) -> None:
        job = submit(nothing)
        old = ticket(job)
        services.job_cancel(job_id=job.pk, by=court.viewer(OWNER), at=court.now)
        services.job_retry(job_id=job.pk, by=court.viewer(OWNER), at=court.now)
        old.set_successful(None)
        assert run(job).state == State.SUCCEEDED


class TestReaping:
    def test_a_living_job_is_left_alone(self, submit: Submit, killed: Run, court: Court, settings: Any) -> None:
        job = killed(submit(nothing))
        found = services.reap(court.now + timedelta(seconds=settings.JOB_SILENCE_SECONDS))
        job.refresh_from_db()
        assert (found.jobs, found.tickets, job.state) == (0, 0, State.RUNNING)

    def test_a_silent_job_waits_again_and_its_ticket_too(
        self, submit: Submit, killed: Run, run: Run, court: Court
    ) -> None:
        job = killed(submit(nothing))
        services.reap(court.now + LATER)
        job.refresh_from_db()
        assert (job.state, ticket(job).status) == (State.QUEUED, "READY")
        assert (run(job).state, job.attempts) == (State.SUCCEEDED, 2)
        assert "requeue" in job.steps.values_list("move", flat=True)
        assert Entry.objects.filter(verb="jobs.job.requeue", object=audit.name_of(job)).count() == 1

    def test_after_three_runs_it_fails_and_says_so(self, submit: Submit, killed: Run, court: Court) -> None:
        job = submit(nothing)
        for round_ in range(3):
            killed(job, after=round_ * LATER)
            assert services.reap(court.now + (round_ + 1) * LATER).jobs == 1
        job.refresh_from_db()
        assert (job.state, job.attempts, job.failure) == (State.FAILED, 3, services.KILLED.format(times=3))

    def test_one_whose_owner_wanted_it_stopped_does_not_run_again(
        self, submit: Submit, killed: Run, court: Court
    ) -> None:
        job = killed(submit(nothing))
        services.job_cancel(job_id=job.pk, by=court.viewer(OWNER), at=court.now)
        services.reap(court.now + LATER)
        job.refresh_from_db()
        assert job.state == State.CANCELLED

    def test_a_worker_that_starts_again_takes_back_its_own_at_once_and_nobody_elses(
        self, submit: Submit, killed: Run, court: Court
    ) -> None:
        mine, other = killed(submit(nothing), "w-1"), killed(submit(nothing), "w-2")
        assert services.reap(court.now, worker="w-1").jobs == 1
        mine.refresh_from_db()
        other.refresh_from_db()
        assert (mine.state, ticket(mine).status) == (State.QUEUED, "READY")
        assert (other.state, ticket(other).status) == (State.RUNNING, "RUNNING")

    @pytest.mark.parametrize("worker", ["", "w-1"])
    def test_a_kill_between_drawing_and_starting_is_put_right(self, submit: Submit, court: Court, worker: str) -> None:
        job = submit(nothing)
        ticket(job).claim("w-1")
        DBTaskResult.objects.update(started_at=court.now)
        assert services.reap(court.now + LATER, worker=worker).tickets == 1
        assert ticket(job).status == "READY"

    def test_a_slow_worker_that_was_taken_for_dead_writes_nothing_more(
        self, submit: Submit, run: Run, court: Court
    ) -> None:
        def work(progress: Progress) -> None:
            Job.objects.filter(pk=progress.job_id).update(heartbeat_at=court.now - LATER)
            services.reap(court.now)
            running.beat()
            with pytest.raises(services.Superseded):
                progress.step(1, 1)

        job = run(submit(work))
        assert (job.state, job.attempts) == (State.QUEUED, 1), "it belongs to the next run"
        assert ticket(job).status == "SUCCESSFUL", "handed in by the slow one"
        services.reap(court.now)
        assert ticket(job).status == "READY", "and put back by the reaper"

    def test_reaping_twice_changes_nothing(self, submit: Submit, killed: Run, court: Court) -> None:
        killed(submit(nothing))
        services.reap(court.now + LATER)
        before = JobStep.objects.count()
        found = services.reap(court.now + LATER)
        assert (found.jobs, found.tickets, JobStep.objects.count()) == (0, 0, before)
