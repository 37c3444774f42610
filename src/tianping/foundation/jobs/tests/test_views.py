"""任务的页面：what its owner sees and does, what the system administrator sees, and who may not."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Court
from tianping.foundation.jobs import running, schedule, selectors, services
from tianping.foundation.jobs.models import OPERATION_FIELDS, Job
from tianping.foundation.jobs.progress import JobFailed, Progress
from tianping.foundation.jobs.states import State
from tianping.foundation.jobs.tests.conftest import ADMIN, OTHER, OTHER_COURT, OWNER, Submit, nothing

ClientOf = Callable[[str], Client]
Run = Callable[..., Job]
CONTENT = ("贺兰山", "望山", "第 37 行", "结果甲")


def spoken(progress: Progress) -> dict[str, str]:
    progress.step(120, 400, "核对望山的案号")
    return {"导入": "结果甲"}


def refused(progress: Progress) -> None:
    raise JobFailed("第 37 行“立案日期”不是日期。请改后重新导入。")


class TestTheOwner:
    def test_sees_the_list_and_the_whole_of_each(self, submit: Submit, run: Run, client_of: ClientOf) -> None:
        job = run(submit(spoken))
        browser = client_of(OWNER)
        assert "导入贺兰山案件表" in browser.get("/jobs/").content.decode()
        page = browser.get(f"/jobs/{job.public_id}/").content.decode()
        for words in ("已完成", "已办 120，共 400", "核对望山的案号", "结果甲", "开始运行"):
            assert words in page
        assert "hx-trigger" not in page, "what has ended does not ask again"

    def test_sees_why_it_failed_and_retries(self, submit: Submit, run: Run, client_of: ClientOf) -> None:
        job = run(submit(refused))
        browser = client_of(OWNER)
        page = browser.get(f"/jobs/{job.public_id}/").content.decode()
        assert "第 37 行“立案日期”不是日期。请改后重新导入。" in page
        answer = browser.post(f"/jobs/{job.public_id}/retry/", follow=True)
        assert "已重新排队" in answer.content.decode()
        job.refresh_from_db()
        assert job.state == State.QUEUED

    def test_follows_a_running_job_with_script_and_without(
        self, submit: Submit, killed: Run, run: Run, client_of: ClientOf
    ) -> None:
        job = killed(submit(spoken))
        url, browser = f"/jobs/{job.public_id}/", client_of(OWNER)
        page = browser.get(url).content.decode()
        assert f'hx-get="{url}"' in page
        assert f'<a href="{url}">刷新进度</a>' in page
        part = browser.get(url, headers={"HX-Request": "true"})
        assert "<html" not in part.content.decode()
        assert "HX-Refresh" not in part
        services.job_finish(job_id=job.pk, attempt=job.attempts, move="succeed", at=job.enqueued_at)
        assert browser.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"

    def test_cancels_and_is_told_when_that_comes_too_late(self, submit: Submit, run: Run, client_of: ClientOf) -> None:
        job = submit(nothing)
        browser = client_of(OWNER)
        assert "取消" in browser.get(f"/jobs/{job.public_id}/").content.decode()
        run(job)
        answer = browser.post(f"/jobs/{job.public_id}/cancel/")
        assert answer.status_code == 422
        assert "当前状态下不能办这一步" in answer.content.decode()
        assert browser.get(f"/jobs/{job.public_id}/cancel/").status_code == 405

    def test_a_job_of_a_vanished_kind_is_shown_and_its_retry_refused(
        self, submit: Submit, run: Run, client_of: ClientOf, kinds: dict[str, object]
    ) -> None:
        job = run(submit(refused))
        kinds.clear()
        browser = client_of(OWNER)
        assert browser.get(f"/jobs/{job.public_id}/").status_code == 200
        answer = browser.post(f"/jobs/{job.public_id}/retry/")
        assert answer.status_code == 422
        assert "本版本没有这一类任务" in answer.content.decode()

    def test_the_list_costs_the_same_however_long(self, submit: Submit, client_of: ClientOf) -> None:
        browser, counts = client_of(OWNER), []
        for _ in range(2):
            for _ in range(4):
                submit(nothing)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                browser.get("/jobs/")
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestWhoMayNot:
    @pytest.mark.parametrize("person", [OTHER, ADMIN, OTHER_COURT])
    def test_nobody_else_learns_that_it_exists(
        self, submit: Submit, court: Court, client_of: ClientOf, person: str
    ) -> None:
        job = submit(nothing)
        browser = client_of(person)
        assert "贺兰山" not in browser.get("/jobs/").content.decode()
        assert browser.get(f"/jobs/{job.public_id}/").status_code == 404
        for move in ("cancel", "retry", "start", "nonsense"):
            assert browser.post(f"/jobs/{job.public_id}/{move}/").status_code == 404
        job.refresh_from_db()
        assert job.state == State.QUEUED

    @pytest.mark.parametrize("move", ["start", "succeed", "fail", "stop", "requeue"])
    def test_not_even_its_owner_takes_a_move_of_the_system(
        self, submit: Submit, client_of: ClientOf, move: str
    ) -> None:
        job = submit(nothing)
        assert client_of(OWNER).post(f"/jobs/{job.public_id}/{move}/").status_code == 404

    @pytest.mark.parametrize("person", [OWNER, OTHER, "裴院长", "安全乙", "审计丙"])
    def test_only_the_system_administrator_sees_how_jobs_run(
        self, court: Court, client_of: ClientOf, person: str
    ) -> None:
        assert client_of(person).get("/jobs/operations/").status_code == 404
        assert not selectors.schedule(court.viewer(person))

    def test_who_is_not_signed_in_is_sent_to_sign_in(self, submit: Submit) -> None:
        job = submit(nothing)
        for url in ("/jobs/", "/jobs/operations/", f"/jobs/{job.public_id}/"):
            assert Client().get(url).status_code == 302


class TestTheSystemAdministrator:
    def test_sees_kind_state_and_times_and_no_content(
        self, submit: Submit, run: Run, court: Court, client_of: ClientOf
    ) -> None:
        jobs = [run(submit(spoken, place="望山")), run(submit(refused))]
        schedule.run_due(court.now, worker="w-1", work=schedule.WORK[:2])
        page = client_of(ADMIN).get("/jobs/operations/").content.decode()
        for words in ("测试任务", "已完成", "未办成", "w-1", "收回中断的任务", jobs[0].public_id):
            assert words in page
        assert not [words for words in (*CONTENT, OWNER) if words in page]

    def test_the_content_is_not_even_read_from_the_database(self, submit: Submit, run: Run, court: Court) -> None:
        run(submit(spoken))
        with CaptureQueriesContext(connection) as queries:
            (row,) = selectors.operations(court.viewer(ADMIN))
        assert row._fields == OPERATION_FIELDS
        sql = queries[-1]["sql"]
        assert not [f for f in ("title", "arguments", "message", "failure", "result", "owner") if f'"{f}' in sql]

    def test_the_export_holds_no_more_than_the_page(self, submit: Submit, run: Run, client_of: ClientOf) -> None:
        import python_calamine

        run(submit(refused))
        answer = client_of(ADMIN).get("/jobs/operations/?format=xlsx")
        sheet = python_calamine.CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0)
        cells = str(sheet.to_python())
        assert "未办成" in cells
        assert not [words for words in CONTENT if words in cells]

    def test_does_not_see_another_court(self, submit: Submit, court: Court, client_of: ClientOf) -> None:
        job = submit(nothing, by=OTHER_COURT)
        assert job.court == court.organisations["WS"]
        assert job.public_id not in client_of(ADMIN).get("/jobs/operations/").content.decode()

    def test_filters_by_state(self, submit: Submit, run: Run, client_of: ClientOf) -> None:
        failed, waiting = run(submit(refused)), submit(nothing)
        page = client_of(ADMIN).get("/jobs/operations/?state=failed").content.decode()
        assert failed.public_id in page
        assert waiting.public_id not in page


def test_the_words_for_an_unforeseen_fault_fit_their_field() -> None:
    most = Job._meta.get_field("failure").max_length
    for sentence in (running.UNEXPECTED, running.UNKNOWN, services.KILLED):
        assert len(sentence) + 20 <= most  # type: ignore[operator]
