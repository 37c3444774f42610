"""文书质量统计：numbers with what they were counted in, and nobody's own number among them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from tests.cast import Court
from tianping.evidence.documents import figures, services
from tianping.evidence.documents.models import IssuedDocument, Remark, Review, Verdict
from tianping.evidence.documents.statistics import NOTHING, Line, _shown, statistics
from tianping.foundation.figures.period import Period, year
from tianping.foundation.figures.registry import FEW, Boundary

ClientOf = Callable[[str], Client]
PAGE = "/documents/statistics/"
WHOLE_YEAR = {"year": "2026"}


@pytest.fixture
def of_court(court: Court) -> Boundary:
    return Boundary(court.organisations["LJ"], year(2026))


@pytest.fixture
def few_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that one judge's document can be counted at all."""
    monkeypatch.setattr("tianping.evidence.documents.statistics.FEW", 1)


class TestTheFigures:
    def test_a_document_reviewed_twice_counts_once_by_its_first_review(
        self, court: Court, review: Review, of_court: Boundary, now: datetime
    ) -> None:
        office = court.viewer("周既明")
        services.review_assign(document=review.document, reviewer=court.people["许清嘉"], by=office, at=now)
        assert Remark.objects.count() == 2 * review.remarks.count()
        assert figures.reviewed.value(office, of_court).numerator == 1
        value = figures.remarks.value(office, of_court)
        assert (value.numerator, value.denominator) == (review.remarks.count(), review.document.characters)

    def test_a_voided_review_counts_for_nothing(
        self, court: Court, review: Review, of_court: Boundary, now: datetime
    ) -> None:
        office = court.viewer("周既明")
        services.review_void(review_id=review.pk, reason="指派有误", by=office, at=now)
        assert figures.reviewed.value(office, of_court).numerator == 0
        assert figures.remarks.value(office, of_court).denominator == 0

    def test_passed_over_is_a_remark_and_not_registered(self, court: Court, review: Review, of_court: Boundary) -> None:
        office, said = court.viewer("周既明"), review.remarks.count()
        review.remarks.update(verdict=Verdict.PASSED_OVER)
        assert figures.remarks.value(office, of_court).numerator == said
        assert figures.registered.value(office, of_court).numerator == 0
        assert figures.passed_over.value(office, of_court).numerator == said

    def test_of_one_person_there_is_no_figure_not_even_ones_own(self, court: Court, review: Review) -> None:
        for who in ("林知远", "周既明", "裴院长"):
            boundary = Boundary(court.organisations["LJ"], year(2026), person_id=court.people["林知远"].pk)
            assert figures.remarks.value(court.viewer(who), boundary).numerator == 0

    @pytest.mark.parametrize("who", ["林知远", "韩江临", "白政工"])
    def test_without_the_office_nothing_is_counted(
        self, court: Court, review: Review, of_court: Boundary, who: str
    ) -> None:
        assert figures.remarks.value(court.viewer(who), of_court).numerator == 0

    def test_documents_of_other_days_belong_to_other_periods(self, court: Court, review: Review) -> None:
        before = Boundary(court.organisations["LJ"], Period(date(2026, 1, 1), date(2026, 11, 1)))
        assert figures.reviewed.value(court.viewer("周既明"), before).numerator == 0

    def test_no_record_it_opens_names_a_person_or_a_case(self) -> None:
        for one in (figures.remarks, figures.registered, figures.passed_over):
            assert not any("judge" in path or "case" in path or path == "text" for _, path in one.columns)

    def test_the_common_page_of_cases_does_not_know_them(self, court: Court, client_of: ClientOf) -> None:
        address = "/reports/figures/{}/LJ/2026-01-01--2026-12-31/all/"
        assert client_of("裴院长").get(address.format("caseload.new")).status_code == 200
        assert client_of("裴院长").get(address.format("documents.remarks")).status_code == 404


class TestThePage:
    def test_numbers_stand_with_their_base_by_rule_division_and_month(
        self, court: Court, review: Review, of_court: Boundary, few_is_one: None, client_of: ClientOf
    ) -> None:
        read = statistics(court.viewer("周既明"), of_court)
        characters, said = review.document.characters, review.remarks.count()
        assert read.whole == Line(said, 0, 0, 1, characters)
        assert read.whole.rate == Fraction(said * 10_000, characters)
        assert {code for code, _, _ in read.rules} == set(review.remarks.values_list("code", flat=True))
        assert [name for name, _ in read.divisions] == [review.document.organisation.name]
        assert [month for month, _ in read.months] == ["2026-11"]
        page = client_of("裴院长").get(PAGE, WHOLE_YEAR).content.decode()
        assert f"经评查的文书 1 份，{characters} 字；批注 {said} 处" in strip_tags(page)
        assert "2026年11月" in page

    def test_below_five_judges_no_number_of_remarks_is_told(
        self, court: Court, review: Review, client_of: ClientOf
    ) -> None:
        page = client_of("裴院长").get(PAGE, WHOLE_YEAR).content.decode()
        assert "承办人不足 5 人，批注数不列" in page
        assert not any(remark.code in page for remark in review.remarks.all())

    def test_it_names_nobody(self, court: Court, review: Review, few_is_one: None, client_of: ClientOf) -> None:
        page = client_of("程砚之").get(PAGE, WHOLE_YEAR).content.decode()
        main = page.partition("<main")[2].partition("</main>")[0]
        assert "经评查的文书 1 份" in strip_tags(main)
        for name in (review.document.judge.name, review.reviewer.name, review.document.case.case_no):
            assert name not in main

    @pytest.mark.parametrize("who", ["林知远", "白政工", "系统甲"])
    def test_who_may_not_see_it_finds_nothing(self, court: Court, client_of: ClientOf, who: str) -> None:
        assert client_of(who).get(PAGE).status_code == 404

    @pytest.mark.parametrize("year", ["1990", "2099", "二〇二六", "2026-11"])
    def test_what_is_no_year_to_choose_is_refused_and_the_usual_one_shown(
        self, court: Court, client_of: ClientOf, year: str
    ) -> None:
        answer = client_of("裴院长").get(PAGE, {"year": year})
        assert answer.status_code == 422
        assert f"{timezone.localdate().year}年</h2>" in answer.content.decode()

    def test_the_year_chosen_stays_chosen(self, court: Court, client_of: ClientOf) -> None:
        before = timezone.localdate().year - 1
        page = client_of("裴院长").get(PAGE, {"year": str(before)}).content.decode()
        assert re.search(rf'<option value="{before}" selected', page)

    def test_days_and_months_cannot_be_chosen(self, court: Court, review: Review, client_of: ClientOf) -> None:
        """Of two periods that overlap the difference would be somebody's own number."""
        asked = {"year": "2026", "since": "2026-11-01", "until": "2026-11-30"}
        page = client_of("裴院长").get(PAGE, asked).content.decode()
        assert "2026年</h2>" in page
        assert 'name="since"' not in page

    def test_another_courts_code_is_no_scope(self, court: Court, client_of: ClientOf) -> None:
        assert client_of("裴院长").get(PAGE, {"scope": "WS"}).status_code == 422


class TestSmallNumbers:
    LINES = {name: Line(n, 0, 0, 1, 100) for n, name in enumerate("甲乙丙丁", start=1)}

    def test_few_judges_are_put_together(self) -> None:
        shown, others = _shown(self.LINES, {"甲": FEW, "乙": FEW - 1, "丙": 9, "丁": 1})
        assert sorted(shown) == ["丙", "甲"]
        assert others == (2, self.LINES["乙"] + self.LINES["丁"])

    def test_one_alone_is_not_to_be_had_by_subtraction(self) -> None:
        shown, others = _shown(self.LINES, {"甲": FEW, "乙": 1, "丙": 9, "丁": 9})
        assert sorted(shown) == ["丁", "丙"]
        assert others == (2, self.LINES["甲"] + self.LINES["乙"])

    def test_nothing_reviewed_has_no_rate(self) -> None:
        assert NOTHING.rate is None


def test_a_document_without_a_review_is_not_counted(court: Court, issued: IssuedDocument, of_court: Boundary) -> None:
    assert figures.reviewed.value(court.viewer("周既明"), of_court).numerator == 0
