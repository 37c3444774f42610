"""已发文书：taking judgments in, reading one, assigning its review."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import Court
from tianping.evidence.documents import services
from tianping.evidence.documents.models import IssuedDocument, Review
from tianping.evidence.documents.tests.judgments import CASE_NO, as_docx, judgment
from tianping.foundation.accounts import services as accounts
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import system

ClientOf = Callable[[str], Client]
TAKE = "/documents/take/"


def uploaded(data: bytes, name: str = "判决书.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def kept(files_home: Path) -> int:
    return sum(path.is_file() for path in files_home.rglob("*"))


class TestTakingADocument:
    @pytest.fixture
    def office(self, court: Court, client_of: ClientOf, files_home: Path) -> Client:
        """The browser of 周既明 of 审管办; the case is in the table."""
        court.case()
        return client_of("周既明")

    def test_only_the_trial_office_takes_documents_in(
        self, court: Court, client_of: ClientOf, files_home: Path
    ) -> None:
        court.case()
        for name in court.people.keys() - {"周既明", "许清嘉", "陶思源"}:
            assert client_of(name).get(TAKE).status_code == 404
            assert client_of(name).post(TAKE, {"judgments": uploaded(judgment().encode())}).status_code == 404
        assert IssuedDocument.objects.count() == kept(files_home) == 0

    def test_case_judge_and_day_are_read_and_not_typed(self, office: Client, court: Court, files_home: Path) -> None:
        answer = office.post(TAKE, {"judgments": uploaded(as_docx(judgment()), "判决书.docx")})
        taken = IssuedDocument.objects.get()
        assert answer.status_code == 302
        assert answer["Location"] == reverse("documents:document", args=[taken.public_id])
        assert (taken.case.case_no, taken.judge.name, str(taken.issued_on)) == (CASE_NO, "林知远", "2026-11-02")
        assert taken.taken_by.name == "周既明"
        assert kept(files_home) == 1

    def test_gb18030_text_is_read(self, office: Client) -> None:
        office.post(TAKE, {"judgments": uploaded(judgment().encode("gb18030"))})
        assert IssuedDocument.objects.get().title == "民事判决书"

    def test_the_same_file_is_not_taken_twice(self, office: Client, files_home: Path) -> None:
        office.post(TAKE, {"judgments": uploaded(judgment().encode())})
        answer = office.post(TAKE, {"judgments": uploaded(judgment().encode(), "又一份.txt")})
        assert answer.status_code == 422
        assert f"“又一份.txt”已经收录（案号{CASE_NO}），不重复收录。" in answer.content.decode()
        assert IssuedDocument.objects.count() == kept(files_home) == 1

    def test_an_unknown_case_is_refused_with_a_way_out(self, office: Client, files_home: Path) -> None:
        other = judgment("（2026）江0199民初9999号").encode()
        answer = office.post(TAKE, {"judgments": uploaded(other)})
        assert answer.status_code == 422
        assert "请先从案件系统导入该案，再收录文书。" in answer.content.decode()
        assert IssuedDocument.objects.count() == kept(files_home) == 0

    def test_a_case_of_another_court_is_as_unknown_as_one_that_is_not_there(
        self, court: Court, client_of: ClientOf, files_home: Path
    ) -> None:
        court.case()
        answer = client_of("陶思源").post(TAKE, {"judgments": uploaded(judgment().encode())})
        assert "不在本院案件表中" in answer.content.decode()

    @pytest.mark.parametrize(
        ("data", "name", "fault"),
        [
            (b"PK\x03\x04" + b"\x00" * 400, "坏.docx", "不是完好的 .docx"),
            (as_docx(judgment())[:-200], "截断.docx", "“截断.docx”"),
            (b"", "空.docx", "是空文件（0 字节）"),
            (b"", "空.txt", "是空文件（0 字节）"),
            (b"x" * (21 * 1024 * 1024), "大.docx", "有 21.0 MB，超过 20 MB 的上限"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "旧.doc", "“旧.doc”"),
            ("今天天气很好。\n".encode(), "散文.txt", "没有读到案号"),
            (judgment(date="二〇二六年二月三十日").encode(), "日期.txt", "没有读到落款日期"),
        ],
        ids=["corrupt", "cut off", "empty docx", "empty txt", "21 MB", "old doc", "no judgment", "no such day"],
    )
    def test_what_cannot_be_read_is_refused_by_name_and_leaves_nothing(
        self, office: Client, files_home: Path, data: bytes, name: str, fault: str
    ) -> None:
        answer = office.post(TAKE, {"judgments": uploaded(data, name)})
        words = answer.content.decode()
        assert answer.status_code == 422
        assert fault in words
        assert name in words
        assert IssuedDocument.objects.count() == kept(files_home) == 0

    def test_of_several_files_each_is_judged_on_its_own(self, office: Client, files_home: Path) -> None:
        answer = office.post(
            TAKE, {"judgments": [uploaded(b"", "空.docx"), uploaded(judgment().encode(), "好的判决书.txt")]}
        )
        words = answer.content.decode()
        assert answer.status_code == 422
        assert "收录 1 份，未收录 1 份" in words
        assert "好的判决书.txt" in words
        assert "“空.docx”是空文件" in words
        assert IssuedDocument.objects.count() == kept(files_home) == 1

    def test_sending_no_file_is_said_beside_the_field(self, office: Client) -> None:
        answer = office.post(TAKE, {})
        assert answer.status_code == 422
        assert "没有选文件" in answer.content.decode()

    def test_a_forged_request_is_refused(self, court: Court, files_home: Path) -> None:
        court.case()
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(court.people["周既明"], backend="tianping.foundation.accounts.backend.StaffBackend")
        answer = browser.post(TAKE, {"judgments": uploaded(judgment().encode())})
        assert answer.status_code == 403
        assert IssuedDocument.objects.count() == 0


class TestReadingADocument:
    def test_who_may_read_it(self, court: Court, client_of: ClientOf, issued: IssuedDocument) -> None:
        page = f"/documents/issued/{issued.public_id}/"
        may = {"林知远", "秦望舒", "周既明", "许清嘉", "程砚之", "裴院长"}
        for address in (page, f"{page}file/"):
            assert {name for name in court.people if client_of(name).get(address).status_code == 200} == may
            for name in court.people.keys() - may:
                assert client_of(name).get(address).status_code == 404
        listed = {name for name in court.people if CASE_NO in client_of(name).get("/documents/").content.decode()}
        assert listed == may

    def test_the_original_comes_back_byte_for_byte(self, client_of: ClientOf, issued: IssuedDocument) -> None:
        answer = client_of("林知远").get(f"/documents/issued/{issued.public_id}/file/")
        assert answer.content == judgment().encode()
        assert answer["Content-Disposition"].startswith("attachment;")

    def test_a_damaged_file_is_said_and_not_shown(
        self, client_of: ClientOf, issued: IssuedDocument, files_home: Path
    ) -> None:
        place = files_home / issued.sha256[:2] / issued.sha256
        place.write_bytes(place.read_bytes() + b"!")
        browser = client_of("周既明")
        assert "库存原件读不出来" in browser.get(f"/documents/issued/{issued.public_id}/").content.decode()
        answer = browser.get(f"/documents/issued/{issued.public_id}/file/", follow=True)
        assert "库存原件读不出来" in answer.content.decode()

    def test_the_judge_does_not_see_that_it_is_under_review(self, client_of: ClientOf, review: Review) -> None:
        page = client_of("林知远").get(f"/documents/issued/{review.document.public_id}/").content.decode()
        assert "韩江临" not in page
        assert "tp-remark" not in page
        assert "?state=open" not in client_of("林知远").get("/documents/").content.decode()

    def test_nor_does_a_judge_who_serves_in_the_office_as_well(
        self, client_of: ClientOf, court: Court, review: Review, now: datetime
    ) -> None:
        accounts.appoint(
            user=court.people["林知远"],
            role=Role.TRIAL_OFFICE,
            organisation=court.organisations["LJ"],
            since=date(2025, 1, 2),
            until=None,
            by=system("测试准备", on=court.today),
            at=now,
        )
        for name, state in (("林知远", "unreviewed"), ("周既明", "open")):
            listed = {
                chosen: CASE_NO in client_of(name).get(f"/documents/?state={chosen}").content.decode()
                for chosen in ("unreviewed", "open")
            }
            assert listed == {chosen: chosen == state for chosen in listed}, name

    def test_the_office_finds_what_still_has_no_review(
        self, client_of: ClientOf, court: Court, issued: IssuedDocument, now: datetime
    ) -> None:
        browser = client_of("周既明")
        assert CASE_NO in browser.get("/documents/?state=unreviewed").content.decode()
        services.review_assign(document=issued, reviewer=court.people["韩江临"], by=court.viewer("周既明"), at=now)
        assert CASE_NO not in browser.get("/documents/?state=unreviewed").content.decode()
        assert CASE_NO in browser.get("/documents/?state=open").content.decode()

    def test_the_list_finds_by_case_and_exports(self, client_of: ClientOf, issued: IssuedDocument) -> None:
        browser = client_of("周既明")
        assert CASE_NO in browser.get("/documents/", {"q": "民初1024"}).content.decode()
        assert CASE_NO not in browser.get("/documents/", {"q": "民初4201"}).content.decode()
        assert browser.get("/documents/?format=xlsx").content.startswith(b"PK")


class TestAssigningAReview:
    def assign(self, browser: Client, issued: IssuedDocument, person: object) -> object:
        return browser.post(
            f"/documents/issued/{issued.public_id}/assign/",
            {"reviewer": getattr(person, "public_id")},  # noqa: B009
        )

    def test_the_office_assigns_somebody_of_another_division(
        self, client_of: ClientOf, court: Court, issued: IssuedDocument
    ) -> None:
        answer = self.assign(client_of("周既明"), issued, court.people["韩江临"])
        review = Review.objects.get()
        assert answer.status_code == 302
        assert [(r.code, r.name) for r in review.remarks.all()] == [
            ("PTY001", "当事人姓名前后一字之差"),
            ("CHR002", "账误写为帐"),
        ]

    def test_only_those_who_need_not_recuse_are_offered(
        self, client_of: ClientOf, court: Court, issued: IssuedDocument
    ) -> None:
        page = client_of("周既明").get(f"/documents/issued/{issued.public_id}/").content.decode()
        offered = {name for name, person in court.people.items() if f'value="{person.public_id}"' in page}
        assert offered == {"韩江临", "孟怀瑾", "周既明", "许清嘉", "程砚之"}

    @pytest.mark.parametrize(
        ("name", "why"),
        [
            ("林知远", "不能评查自己的文书"),
            ("沈若川", "与承办法官同在民事审判第一庭，应当回避"),
            ("秦望舒", "应当回避"),
            ("裴院长", "是承办法官的上级，应当回避"),
        ],
    )
    def test_judge_colleague_and_superior_are_refused_with_the_reason(
        self, client_of: ClientOf, court: Court, issued: IssuedDocument, now: datetime, name: str, why: str
    ) -> None:
        answer = self.assign(client_of("周既明"), issued, court.people[name])
        assert answer.status_code == 422
        assert why in answer.content.decode()
        assert not Review.objects.exists()
        with pytest.raises(services.ReviewRefused, match=why):
            services.review_assign(document=issued, reviewer=court.people[name], by=court.viewer("周既明"), at=now)

    def test_somebody_who_could_not_read_it_is_refused(
        self, court: Court, issued: IssuedDocument, now: datetime
    ) -> None:
        for name in ("顾长风", "审计丙", "白政工"):
            with pytest.raises(services.ReviewRefused, match="另行指派"):
                services.review_assign(document=issued, reviewer=court.people[name], by=court.viewer("周既明"), at=now)

    def test_the_same_reviewer_is_not_assigned_twice(self, client_of: ClientOf, court: Court, review: Review) -> None:
        answer = self.assign(client_of("周既明"), review.document, court.people["韩江临"])
        assert answer.status_code == 422
        assert "已在评查这份文书" in answer.content.decode()
        assert Review.objects.count() == 1

    def test_nobody_else_assigns(self, court: Court, client_of: ClientOf, issued: IssuedDocument) -> None:
        for name in court.people.keys() - {"周既明", "许清嘉"}:
            assert self.assign(client_of(name), issued, court.people["韩江临"]).status_code == 404
        assert not Review.objects.exists()

    def test_an_office_that_judged_the_case_itself_does_not_assign_its_review(
        self, court: Court, client_of: ClientOf, now: datetime, files_home: Path
    ) -> None:
        court.case(judge="周既明", division="LJ-SG")
        own = services.document_take(data=judgment().encode(), name="判.txt", by=court.viewer("许清嘉"), at=now)
        answer = self.assign(client_of("周既明"), own, court.people["韩江临"])
        assert answer.status_code == 422
        assert "不得指派对本人文书的评查" in answer.content.decode()
        assert not Review.objects.exists()
