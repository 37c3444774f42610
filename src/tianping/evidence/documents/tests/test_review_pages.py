"""评查：remarks beside the words, a verdict on each, and the end of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.cast import Court
from tianping.evidence.documents import services
from tianping.evidence.documents.models import IssuedDocument, Remark, Review
from tianping.evidence.register.models import Evidence
from tianping.evidence.register.services import evidence_void
from tianping.foundation.audit import services as audit

ClientOf = Callable[[str], Client]
GROUNDS = "首部为“卢广谦”，查明部分写作“卢广廉”，并非曾用名。"


def decide(browser: Client, review: Review, ordinal: int, **said: str) -> HttpResponse:
    return browser.post(f"/documents/reviews/{review.public_id}/remarks/{ordinal}/", said)


def page_of(browser: Client, review: Review) -> str:
    return browser.get(f"/documents/reviews/{review.public_id}/").content.decode()


@pytest.fixture
def reviewer(client_of: ClientOf) -> Client:
    """The browser of 韩江临, who reviews."""
    return client_of("韩江临")


@pytest.fixture
def judge(court: Court) -> str:
    return court.people["林知远"].public_id


class TestWhoMayOpenAReview:
    def test_reviewer_and_office_and_nobody_else(self, court: Court, client_of: ClientOf, review: Review) -> None:
        address = f"/documents/reviews/{review.public_id}/"
        opened = {name for name in court.people if client_of(name).get(address).status_code == 200}
        assert opened == {"韩江临", "周既明", "许清嘉"}

    def test_who_may_not_open_it_may_do_nothing_to_it(self, court: Court, client_of: ClientOf, review: Review) -> None:
        for name in court.people.keys() - {"韩江临", "周既明", "许清嘉"}:
            browser = client_of(name)
            for action in ("remarks/1/", "finish/", "void/"):
                address = f"/documents/reviews/{review.public_id}/{action}"
                assert browser.post(address, {"verdict": "pass_over", "reason": "误报。"}).status_code == 404

    def test_the_list_holds_what_may_be_opened(self, client_of: ClientOf, review: Review) -> None:
        listed = {
            name: review.document.case.case_no in client_of(name).get("/documents/reviews/").content.decode()
            for name in ("韩江临", "周既明", "林知远", "秦望舒", "陶思源")
        }
        assert listed == {"韩江临": True, "周既明": True, "林知远": False, "秦望舒": False, "陶思源": False}
        assert client_of("韩江临").get("/documents/reviews/?state=mine&format=xlsx").content.startswith(b"PK")

    def test_the_office_reads_along_but_decides_nothing(self, client_of: ClientOf, review: Review, judge: str) -> None:
        office = client_of("周既明")
        assert "登记理由" not in page_of(office, review)
        answer = decide(office, review, 1, verdict="register", subject=judge, grounds=GROUNDS)
        assert answer.status_code == 422
        assert "您不是可以办这一步的人。" in answer.content.decode()
        assert not Evidence.objects.exists()


class TestVerdicts:
    def test_remarks_stand_beside_the_words(self, reviewer: Client, review: Review) -> None:
        page = page_of(reviewer, review)
        assert '<mark class="tp-mark-overdue">卢广廉</mark>' in page
        assert "当事人姓名前后一字之差" in page
        assert "name-one-character-off" not in page

    def test_registering_one_makes_evidence_and_the_loop_a_finding(
        self,
        reviewer: Client,
        review: Review,
        judge: str,
        django_capture_on_commit_callbacks: Callable[..., object],
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            answer = decide(reviewer, review, 1, verdict="register", subject=judge, grounds=GROUNDS)
        evidence = Evidence.objects.get()
        assert answer.status_code == 302
        assert answer["Location"].endswith("#r-1")
        assert (evidence.rule_code, evidence.rule_name) == ("PTY001", "当事人姓名前后一字之差")
        assert (evidence.subject.name, evidence.registered_by.name) == ("林知远", "韩江临")
        assert evidence.grounds == GROUNDS
        assert evidence.remark == review.remarks.get(ordinal=1)
        assert evidence.finding_link.finding.subject == evidence.subject
        assert f"已登记为证据 {evidence.number}" in page_of(reviewer, review)
        assert audit.verify().faults == ()

    def test_the_judge_is_the_default_and_the_reviewer_is_not_offered(
        self, reviewer: Client, court: Court, review: Review
    ) -> None:
        page = page_of(reviewer, review)
        first = page.index("林知远（承办法官）")
        assert first < page.index("宋晚晴（书记员）")
        assert f'value="{court.people["韩江临"].public_id}"' not in page

    def test_another_than_the_judge_needs_the_reason_in_the_grounds(
        self, reviewer: Client, court: Court, review: Review
    ) -> None:
        clerk = court.people["宋晚晴"].public_id
        refused = decide(reviewer, review, 1, verdict="register", subject=clerk, grounds=GROUNDS)
        assert refused.status_code == 422
        assert "请在登记理由中写明宋晚晴为何对这一处负责。" in refused.content.decode()
        assert GROUNDS in refused.content.decode()  # what was written is not lost
        assert not Evidence.objects.exists()
        decide(reviewer, review, 1, verdict="register", subject=clerk, grounds=GROUNDS + "宋晚晴校对时改错。")
        assert Evidence.objects.get().subject.name == "宋晚晴"

    def test_nobody_outside_the_division_is_made_responsible(
        self, reviewer: Client, court: Court, review: Review, now: datetime
    ) -> None:
        stranger = court.people["孟怀瑾"]
        answer = decide(reviewer, review, 1, verdict="register", subject=stranger.public_id, grounds="孟怀瑾错写。")
        assert answer.status_code == 422
        assert "所选的人不在承办部门" in answer.content.decode()
        with pytest.raises(services.ReviewRefused, match="不能作为本文书的责任人"):
            services.remark_register(
                remark_id=review.remarks.get(ordinal=1).pk,
                subject=stranger,
                grounds="孟怀瑾错写。",
                by=court.viewer("韩江临"),
                at=now,
            )

    @pytest.mark.parametrize("grounds", ["", "   "])
    def test_without_grounds_nothing_is_registered(
        self, reviewer: Client, review: Review, judge: str, grounds: str
    ) -> None:
        answer = decide(reviewer, review, 1, verdict="register", subject=judge, grounds=grounds)
        assert answer.status_code == 422
        assert "登记理由为空" in answer.content.decode()
        assert not Evidence.objects.exists()

    def test_passing_over_needs_a_reason_and_shows_it(self, reviewer: Client, review: Review) -> None:
        assert decide(reviewer, review, 2, verdict="pass_over", reason=" ").status_code == 422
        assert decide(reviewer, review, 2, verdict="pass_over", reason="银行回单原文如此。").status_code == 302
        assert "不予登记：银行回单原文如此。" in page_of(reviewer, review)
        assert not Evidence.objects.exists()

    def test_a_remark_is_not_decided_twice(self, reviewer: Client, review: Review, judge: str) -> None:
        decide(reviewer, review, 1, verdict="pass_over", reason="误报。")
        answer = decide(reviewer, review, 1, verdict="register", subject=judge, grounds=GROUNDS)
        assert answer.status_code == 422
        assert "本条批注不予登记，不能再次处理。" in answer.content.decode()
        assert not Evidence.objects.exists()

    def test_an_entry_voided_as_wrong_leaves_its_remark_to_be_decided_anew(
        self, court: Court, reviewer: Client, review: Review, judge: str, now: datetime
    ) -> None:
        decide(reviewer, review, 1, verdict="register", subject=judge, grounds=GROUNDS)
        wrong = Evidence.objects.get()
        evidence_void(evidence_id=wrong.pk, reason="责任人选错。", by=court.viewer("韩江临"), at=now)
        assert f"已登记为证据 {wrong.number}（已作废）" in page_of(reviewer, review)
        assert decide(reviewer, review, 1, verdict="register", subject=judge, grounds=GROUNDS).status_code == 302
        assert Remark.objects.get(review=review, ordinal=1).evidence != wrong
        assert list(Evidence.objects.order_by("id").values_list("state", flat=True)) == ["voided", "registered"]

    def test_a_remark_that_is_not_there_is_not_found(self, reviewer: Client, review: Review) -> None:
        assert decide(reviewer, review, 99, verdict="pass_over", reason="误报。").status_code == 404

    def test_the_chips_narrow_to_a_severity(self, reviewer: Client, review: Review) -> None:
        def remarks(show: str) -> int:
            return (
                reviewer.get(f"/documents/reviews/{review.public_id}/?show={show}")
                .content.decode()
                .count("data-remark")
            )

        assert [remarks(show) for show in ("", "E", "W", "pending")] == [2, 1, 1, 2]
        answer = reviewer.post(
            f"/documents/reviews/{review.public_id}/remarks/2/?show=W", {"verdict": "pass_over", "reason": "误报。"}
        )
        assert answer["Location"].endswith("?show=W#r-2")

    def test_many_remarks_ask_no_more_often_than_two(
        self, reviewer: Client, review: Review, django_assert_max_num_queries: Callable[[int], object]
    ) -> None:
        two = list(review.remarks.all())
        Remark.objects.bulk_create(
            Remark(
                review=review,
                ordinal=ordinal,
                code=one.code,
                name=one.name,
                severity=one.severity,
                message=one.message,
                paragraph=one.paragraph,
                start=one.start,
                end=one.end,
                text=one.text,
            )
            for ordinal, one in enumerate(two * 15, start=3)
        )
        with django_assert_max_num_queries(32):  # type: ignore[attr-defined]
            assert page_of(reviewer, review).count("data-remark") == 32

    def test_a_reviewer_registers_nothing_about_himself(self, court: Court, review: Review, now: datetime) -> None:
        IssuedDocument.objects.filter(pk=review.document_id).update(judge=court.people["韩江临"])
        remark = Remark.objects.get(review=review, ordinal=1)
        with pytest.raises(Exception, match="您不是可以办这一步的人"):
            services.remark_register(
                remark_id=remark.pk,
                subject=court.people["韩江临"],
                grounds=GROUNDS,
                by=court.viewer("韩江临"),
                at=now,
            )


class TestTheEndOfAReview:
    def finish(self, reviewer: Client, review: Review) -> HttpResponse:
        return reviewer.post(f"/documents/reviews/{review.public_id}/finish/")

    def test_with_remarks_pending_it_is_not_finished(self, reviewer: Client, review: Review) -> None:
        assert "还有 2 条批注没有处理" in page_of(reviewer, review)
        answer = self.finish(reviewer, review)
        assert answer.status_code == 422
        assert "还有 2 条批注没有处理" in answer.content.decode()
        review.refresh_from_db()
        assert (review.state, review.finished_at) == ("open", None)

    def test_with_all_decided_the_reviewer_finishes_it_once(self, reviewer: Client, review: Review) -> None:
        for ordinal in (1, 2):
            decide(reviewer, review, ordinal, verdict="pass_over", reason="误报。")
        assert self.finish(reviewer, review).status_code == 302
        assert "已评查" in page_of(reviewer, review)
        again = self.finish(reviewer, review)
        assert again.status_code == 422
        assert "可能已由他人办理" in again.content.decode()

    def test_the_office_voids_it_with_a_reason_and_the_reviewer_does_not(
        self, reviewer: Client, client_of: ClientOf, review: Review
    ) -> None:
        address = f"/documents/reviews/{review.public_id}/void/"
        assert reviewer.post(address, {"reason": "不想评"}).status_code == 422
        assert client_of("周既明").post(address, {"reason": ""}).status_code == 422
        assert client_of("周既明").post(address, {"reason": "指派有误。"}).status_code == 302
        assert "指派有误。" in page_of(reviewer, review)

    def test_a_voided_review_takes_no_verdict(self, reviewer: Client, client_of: ClientOf, review: Review) -> None:
        client_of("周既明").post(f"/documents/reviews/{review.public_id}/void/", {"reason": "指派有误。"})
        answer = decide(reviewer, review, 1, verdict="pass_over", reason="误报。")
        assert answer.status_code == 422
        assert "当前状态下不能办这一步" in answer.content.decode()


class TestTheEvidencePage:
    @pytest.fixture
    def evidence(self, court: Court, review: Review, now: datetime) -> Evidence:
        return services.remark_register(
            remark_id=review.remarks.get(ordinal=1).pk,
            subject=court.people["林知远"],
            grounds=GROUNDS,
            by=court.viewer("韩江临"),
            at=now,
        )

    def test_the_words_are_shown_marked_to_whoever_may_see_the_evidence(
        self, client_of: ClientOf, evidence: Evidence
    ) -> None:
        for name in ("林知远", "韩江临", "程砚之"):
            page = client_of(name).get(f"/evidence/{evidence.public_id}/").content.decode()
            assert '<mark class="tp-mark-overdue">卢广廉</mark>' in page
            assert "第 9 段" in page
        assert client_of("秦望舒").get(f"/evidence/{evidence.public_id}/").status_code == 404

    def test_the_registered_words_stand_when_the_file_is_damaged(
        self, client_of: ClientOf, evidence: Evidence, files_home: object
    ) -> None:
        for path in files_home.rglob("*"):  # type: ignore[attr-defined]
            if path.is_file():
                path.unlink()
        page = client_of("林知远").get(f"/evidence/{evidence.public_id}/").content.decode()
        assert "库存原件读不出来" in page
        assert "卢广廉" in page
