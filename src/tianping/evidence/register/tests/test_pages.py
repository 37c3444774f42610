"""证据登记册：who sees what, finding it again, voiding a wrong entry."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.cast import Court
from tianping.evidence.register.models import Evidence
from tianping.evidence.register.services import RegistrationRefused
from tianping.foundation import loop
from tianping.foundation.audit import services as audit

ClientOf = Callable[[str], Client]


@pytest.fixture
def evidence(court: Court) -> Evidence:
    """About 林知远 of 民一庭, registered by 韩江临 of 民二庭."""
    return court.evidence()


def words(answer: object) -> str:
    return str(answer.content.decode())  # type: ignore[attr-defined]


class TestWhoSeesEvidence:
    def test_list_and_page_agree(self, court: Court, client_of: ClientOf, evidence: Evidence) -> None:
        subject_and_registrar, supervising = {"林知远", "韩江临"}, {"周既明", "许清嘉", "程砚之"}
        may = subject_and_registrar | supervising
        page = f"/evidence/{evidence.public_id}/"
        assert {name for name in court.people if client_of(name).get(page).status_code == 200} == may
        assert {name for name in court.people if evidence.number in words(client_of(name).get("/evidence/"))} == may
        for name in court.people.keys() - may:
            assert client_of(name).get(page).status_code == 404
            assert client_of(name).post(f"{page}void/", {"reason": "错"}).status_code == 404
        evidence.refresh_from_db()
        assert evidence.state == "registered"

    def test_administrators_have_no_register(self, client_of: ClientOf, evidence: Evidence) -> None:
        for name in ("系统甲", "安全乙", "审计丙"):
            assert client_of(name).get("/evidence/").status_code == 404

    def test_the_page_says_what_why_and_by_whom(self, client_of: ClientOf, evidence: Evidence) -> None:
        page = words(client_of("周既明").get(f"/evidence/{evidence.public_id}/"))
        for said in (evidence.number, "PTY001", "姓名前后不一", "韩江临", "2026年11月2日", "并非曾用名"):
            assert said in page

    def test_the_subject_reads_the_grounds_and_not_who_registered_them(
        self, client_of: ClientOf, evidence: Evidence
    ) -> None:
        judge = client_of("林知远")
        page = words(judge.get(f"/evidence/{evidence.public_id}/"))
        assert "并非曾用名" in page
        exported = b"".join(judge.get("/evidence/?format=xlsx"))
        (_, line) = CalamineWorkbook.from_filelike(BytesIO(exported)).get_sheet_by_index(0).to_python()
        for shown in (page, words(judge.get("/evidence/")), str(line)):
            assert "文书评查" in shown
            assert "韩江临" not in shown

    def test_a_voided_entry_says_when_and_why(self, client_of: ClientOf, evidence: Evidence) -> None:
        client_of("韩江临").post(f"/evidence/{evidence.public_id}/void/", {"reason": "责任人选错。"})
        evidence.refresh_from_db()
        assert evidence.voided_at is not None
        assert "责任人选错。" in words(client_of("林知远").get(f"/evidence/{evidence.public_id}/"))


class TestFindingItAgain:
    def test_what_no_stage_has_taken_yet_is_a_filter(self, court: Court, client_of: ClientOf) -> None:
        evidence = court.evidence()
        browser = client_of("周既明")
        assert evidence.number in words(browser.get("/evidence/?state=untaken"))
        loop.run(court.now)
        assert evidence.number not in words(browser.get("/evidence/?state=untaken"))
        assert evidence.number in words(browser.get("/evidence/?state=registered"))
        assert evidence.number not in words(browser.get("/evidence/?state=voided"))

    @pytest.mark.parametrize(("asked", "found"), [("证-0001", True), ("pty", True), ("林知", True), ("韩江", False)])
    def test_by_number_rule_summary_or_person(
        self, client_of: ClientOf, evidence: Evidence, asked: str, found: bool
    ) -> None:
        assert (evidence.number in words(client_of("周既明").get("/evidence/", {"q": asked}))) == found

    def test_the_export_holds_what_the_viewer_sees(self, client_of: ClientOf, evidence: Evidence) -> None:
        assert client_of("周既明").get("/evidence/?format=xlsx").content.startswith(b"PK")

    def test_a_long_list_asks_no_more_often_than_a_short_one(
        self, court: Court, client_of: ClientOf, django_assert_max_num_queries: Callable[[int], object]
    ) -> None:
        for _ in range(12):
            court.evidence()
        browser = client_of("周既明")
        with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
            browser.get("/evidence/")


class TestVoiding:
    def test_the_registrar_voids_a_wrong_entry(self, client_of: ClientOf, evidence: Evidence) -> None:
        answer = client_of("韩江临").post(f"/evidence/{evidence.public_id}/void/", {"reason": "登错了人。"})
        assert answer.status_code == 302
        evidence.refresh_from_db()
        assert (evidence.state, evidence.void_reason) == ("voided", "登错了人。")
        assert "登错了人。" in words(client_of("林知远").get(f"/evidence/{evidence.public_id}/"))
        assert audit.verify().faults == ()

    def test_nobody_else_does_and_the_page_says_who_may(self, client_of: ClientOf, evidence: Evidence) -> None:
        for name in ("林知远", "周既明", "程砚之"):
            browser = client_of(name)
            assert "由登记人办理" in words(browser.get(f"/evidence/{evidence.public_id}/"))
            answer = browser.post(f"/evidence/{evidence.public_id}/void/", {"reason": "不服"})
            assert answer.status_code == 422
            assert "您不是可以办这一步的人。" in words(answer)
        evidence.refresh_from_db()
        assert evidence.state == "registered"

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_a_reason_is_needed(self, client_of: ClientOf, evidence: Evidence, reason: str) -> None:
        answer = client_of("韩江临").post(f"/evidence/{evidence.public_id}/void/", {"reason": reason})
        assert answer.status_code == 422
        assert "作废理由为空" in words(answer)

    def test_it_is_voided_once(self, client_of: ClientOf, evidence: Evidence) -> None:
        browser = client_of("韩江临")
        browser.post(f"/evidence/{evidence.public_id}/void/", {"reason": "登错了人。"})
        assert browser.post(f"/evidence/{evidence.public_id}/void/", {"reason": "再来"}).status_code == 422

    def test_it_is_not_done_by_following_a_link(self, client_of: ClientOf, evidence: Evidence) -> None:
        assert client_of("韩江临").get(f"/evidence/{evidence.public_id}/void/").status_code == 405


def test_nobody_registers_evidence_about_themselves(court: Court) -> None:
    with pytest.raises(RegistrationRefused, match="责任人是您本人"):
        court.evidence(subject="林知远", by="林知远")
