"""导入向导：choose, name the columns, try, write, undo — and nobody but the trial office of the court."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.cast import Court
from tianping.court.models import Case
from tianping.court.tests.tables import HEADERS, case_row, xlsx
from tianping.foundation.audit.models import Entry
from tianping.foundation.imports import services
from tianping.foundation.imports.models import Import
from tianping.foundation.jobs.models import Job

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]
Upload = Callable[..., Import]
Named = Callable[[Import], dict[str, str]]
Work = Callable[[], Job]
FOREIGN = tuple({"案号": "编号", "承办人": "主办"}.get(header, header) for header in HEADERS)


@pytest.fixture
def through(client_of: ClientOf, upload: Upload, named: Named, work: Work) -> Callable[..., Import]:
    """上传、试导，写入与否由人说。"""

    def go(data: bytes, *moves: str, **said: str) -> Import:
        found = upload(data)
        for move in ("try", *moves):
            client_of("周既明").post(f"/cases/import/{found.public_id}/{move}/", {**named(found), **said})
            work()
            found.refresh_from_db()
        return found

    return go


class TestTheSteps:
    def test_the_whole_way(
        self, client_of: ClientOf, upload: Upload, named: Named, work: Work, files_home: Path
    ) -> None:
        browser = client_of("周既明")
        assert "写入后即删除，未写入的满七天删除" in browser.get("/cases/import/").content.decode()
        found = upload(xlsx(case_row(1), case_row(2)))
        url = f"/cases/import/{found.public_id}/"
        page = browser.get(url).content.decode()
        assert "表里的各列是什么" in page
        assert "例：(2026)江0199民初1号、(2026)江0199民初2号" in page
        assert browser.post(f"{url}try/", named(found)).url == url
        assert "排队中" in browser.get(url).content.decode()
        assert work().state == "succeeded"
        page = browser.get(url).content.decode()
        assert "共 2 行，可以写入：新增 2 行、更新 0 行、未变 0 行；现未写入。" in page
        assert not Case.objects.exists()
        browser.post(f"{url}write/")
        assert work().state == "succeeded"
        page = browser.get(url).content.decode()
        assert "共 2 行，已写入：新增 2 行、更新 0 行、未变 0 行。" in page
        assert 'href="/cases/"' in page
        assert Case.objects.count() == 2

    def test_the_file_goes_once_it_is_written(
        self, through: Callable[..., Import], files_home: Path, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            found = through(xlsx(case_row(1)))
        place = files_home.parent / "imports" / found.public_id
        assert place.exists()
        assert place.stat().st_mode & 0o777 == 0o600
        with django_capture_on_commit_callbacks(execute=True):
            through(xlsx(case_row(1)), "write")
        assert [path.name for path in place.parent.iterdir()] == [found.public_id]

    def test_a_second_run_of_the_writing_changes_nothing(self, through: Callable[..., Import], work: Work) -> None:
        from tianping.court.jobs import write_cases

        found = through(xlsx(case_row(1)), "write")
        entries = Entry.objects.count()
        assert write_cases(None, public_id=found.public_id) == {"结果": found.summary}  # type: ignore[arg-type]
        assert Entry.objects.count() == entries

    def test_two_jobs_never_work_on_one_table(self, client_of: ClientOf, upload: Upload, named: Named) -> None:
        found = upload(xlsx(case_row(1)))
        url = f"/cases/import/{found.public_id}/try/"
        client_of("周既明").post(url, named(found))
        answer = client_of("许清嘉").post(url, named(found))
        assert answer.status_code == 422
        assert "正在后台办理" in answer.content.decode()
        assert Job.objects.count() == 1

    def test_a_file_that_is_no_table_is_refused_in_one_sentence(self, client_of: ClientOf, files_home: Path) -> None:
        sent = {"court": "LJ", "source": "案件系统", "file": SimpleUploadedFile("案件.xlsx", b"PK\x03\x04broken")}
        answer = client_of("周既明").post("/cases/import/", sent)
        assert answer.status_code == 422
        assert "“案件.xlsx”已损坏或不完整，打不开。" in answer.content.decode()
        assert not Import.objects.exists()


class TestNamingColumns:
    def test_is_remembered_for_the_source(self, client_of: ClientOf, upload: Upload, named: Named, work: Work) -> None:
        data = xlsx(case_row(1), headers=FOREIGN)
        found = upload(data, source="老系统")
        assert found.columns["编号"] == ""
        said = named(found)
        url = f"/cases/import/{found.public_id}/try/"
        refused = client_of("周既明").post(url, said)
        assert refused.status_code == 422
        assert "还没有哪一列对应“案号”" in refused.content.decode()
        said |= {"column_0": "case_no", f"column_{HEADERS.index('承办人')}": "judge"}
        client_of("周既明").post(url, said)
        assert work().state == "succeeded"
        again = upload(data, source="老系统")
        assert (again.columns["编号"], again.columns["主办"]) == ("case_no", "judge")
        assert upload(data, source="别的系统").columns["编号"] == ""

    def test_one_field_has_one_column(self, client_of: ClientOf, upload: Upload, named: Named) -> None:
        found = upload(xlsx(case_row(1)))
        said = named(found) | {f"column_{HEADERS.index('承办部门')}": "case_no"}
        answer = client_of("周既明").post(f"/cases/import/{found.public_id}/try/", said)
        assert answer.status_code == 422
        assert "“案号”已对应“案号”" in answer.content.decode()
        assert not Job.objects.exists()


class TestRefusedRows:
    ROWS = (case_row(1), case_row(2, 立案日期="2024-13-02", 承办部门="<b>民三庭</b>"))

    def test_are_explained_on_the_page_and_come_back_as_excel(
        self, client_of: ClientOf, through: Callable[..., Import]
    ) -> None:
        found = through(xlsx(*self.ROWS))
        page = client_of("周既明").get(f"/cases/import/{found.public_id}/").content.decode()
        assert "1 行被拒，未写入任何一行" in page
        assert "请改为存在的日期，如 2024-12-02。" in page
        assert "<b>民三庭" not in page
        answer = client_of("许清嘉").get(f"/cases/import/{found.public_id}/refused/")
        assert answer["Content-Disposition"].startswith("attachment")
        rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        assert rows[0][-2:] == ["原行号", "拒收原因"]
        assert len(rows) == 2
        assert "月份超出 12" in str(rows[1][-1])

    def test_keep_all_others_out_unless_somebody_says_otherwise(
        self, client_of: ClientOf, through: Callable[..., Import], work: Work
    ) -> None:
        found = through(xlsx(*self.ROWS))
        url = f"/cases/import/{found.public_id}/write/"
        assert client_of("周既明").post(url).status_code == 422
        assert not Case.objects.exists()
        client_of("周既明").post(url, {"only_valid": "yes"})
        assert work().state == "succeeded"
        assert Case.objects.count() == 1
        entry = Entry.objects.get(verb="imports.import.write")
        assert '"left_out":1' in entry.changes
        assert '"only_valid":true' in entry.changes


class TestUndoing:
    def test_takes_back_what_was_written(
        self, client_of: ClientOf, through: Callable[..., Import], court: Court
    ) -> None:
        found = through(xlsx(case_row(1)), "write", "undo")
        assert found.state == "undone"
        assert not Case.objects.exists()

    def test_says_why_not_where_a_hearing_points_at_a_case(
        self, client_of: ClientOf, through: Callable[..., Import], court: Court, work: Work
    ) -> None:
        found = through(xlsx(case_row(1)), "write")
        Case.objects.get().hearings.create(starts_at=court.now, room="第一法庭")
        client_of("周既明").post(f"/cases/import/{found.public_id}/undo/")
        assert work().state == "failed"
        page = client_of("周既明").get(f"/cases/import/{found.public_id}/").content.decode()
        assert "（2026）江0199民初1号 已有" in page
        assert Case.objects.exists()

    def test_is_over_after_a_day(self, client_of: ClientOf, through: Callable[..., Import]) -> None:
        found = through(xlsx(case_row(1)), "write")
        assert found.written_at is not None
        Import.objects.update(written_at=found.written_at - timedelta(hours=25))
        answer = client_of("周既明").post(f"/cases/import/{found.public_id}/undo/")
        assert answer.status_code == 422
        assert "已超过 24 小时" in answer.content.decode()


class TestWhoMay:
    @pytest.mark.parametrize("who", ["林知远", "秦望舒", "裴院长", "程砚之", "系统甲"])
    def test_nobody_outside_the_trial_office(self, client_of: ClientOf, upload: Upload, who: str) -> None:
        found = upload(xlsx(case_row(1)))
        for url in ("", f"{found.public_id}/", f"{found.public_id}/refused/"):
            assert client_of(who).get(f"/cases/import/{url}").status_code == 404
        for move in ("try", "write", "undo", "drop"):
            assert client_of(who).post(f"/cases/import/{found.public_id}/{move}/").status_code == 404

    def test_not_the_office_of_another_court(self, client_of: ClientOf, upload: Upload) -> None:
        found = upload(xlsx(case_row(1)))
        assert client_of("陶思源").get(f"/cases/import/{found.public_id}/").status_code == 404
        assert client_of("陶思源").post(f"/cases/import/{found.public_id}/drop/").status_code == 404
        sent = {"court": "LJ", "source": "案件系统", "file": SimpleUploadedFile("案件.xlsx", xlsx(case_row(1)))}
        assert client_of("陶思源").post("/cases/import/", sent).status_code == 422


class TestExpiring:
    def test_what_waits_a_week_is_dropped_with_its_file(
        self,
        upload: Upload,
        files_home: Path,
        court: Court,
        django_capture_on_commit_callbacks: Any,
        django_assert_num_queries: Any,
    ) -> None:
        found = upload(xlsx(case_row(1)))
        assert services.expire(found.expires_at - timedelta(minutes=1)) == "逾期未写入的导入 0 项，文件已删除"
        with django_capture_on_commit_callbacks(execute=True):
            assert services.expire(found.expires_at) == "逾期未写入的导入 1 项，文件已删除"
        found.refresh_from_db()
        assert found.state == "dropped"
        assert not list((files_home.parent / "imports").iterdir())
        with django_assert_num_queries(1):  # what is over is not looked at again every day for years
            services.expire(found.expires_at)
