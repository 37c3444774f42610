"""所计的记录：every count of the statistics opens what it counts, and nothing that the page does not tell by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from html import unescape

import pytest
from django.db.models import Max
from django.test import Client
from django.utils.html import strip_tags

from tests.cast import Court
from tianping.evidence.documents import figures, services
from tianping.evidence.documents.counted import OPENED, Part, counted
from tianping.evidence.documents.models import IssuedDocument, Remark, Review, Verdict
from tianping.evidence.documents.pages.counted import PAGE as SIZE
from tianping.evidence.documents.statistics import By, statistics
from tianping.foundation.figures.period import year
from tianping.foundation.figures.registry import Boundary

ClientOf = Callable[[str], Client]
PAGE = "/documents/statistics/"
WHOLE_YEAR = {"year": "2026"}
ADDRESS = PAGE + "{}/LJ/2026-01-01--2026-12-31/"
COUNT = re.compile(r'<a href="(/documents/statistics/documents\.[^"]+)">([\d,]+)</a>')


@pytest.fixture
def of_court(court: Court) -> Boundary:
    return Boundary(court.organisations["LJ"], year(2026))


@pytest.fixture
def few_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that one judge's document can be counted at all."""
    monkeypatch.setattr("tianping.evidence.documents.statistics.FEW", 1)


@pytest.fixture
def few_is_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tianping.evidence.documents.statistics.FEW", 2)


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def another(review: Review, judge: str, division: str, court: Court, month: int = 11) -> Review:
    """另一份经评查的文书：like the one there is, of another judge, division and month, with the same remarks."""
    document = IssuedDocument.objects.get(pk=review.document_id)
    number = IssuedDocument.objects.aggregate(n=Max("pk"))["n"] + 1
    document.pk, document.public_id, document.sha256 = None, f"document-{number}", f"{number:064d}"
    document.judge, document.organisation = court.people[judge], court.organisations[division]
    document.issued_on = document.issued_on.replace(month=month)
    document.save()
    made = Review.objects.get(pk=review.pk)
    made.pk, made.public_id, made.document = None, f"review-{number}", document
    made.save()
    for remark in review.remarks.all():
        remark.pk, remark.review = None, made
        remark.save()
    return made


class TestEveryCountOpensWhatItCounts:
    @pytest.mark.parametrize("who", ["周既明", "裴院长", "程砚之"])
    def test_the_list_behind_a_number_has_that_many_records(
        self, court: Court, review: Review, few_is_one: None, client_of: ClientOf, who: str
    ) -> None:
        another(review, "沈若川", "LJ-M2", court, month=10)
        Remark.objects.filter(pk=review.remarks.all()[0].pk).update(verdict=Verdict.PASSED_OVER)
        client = client_of(who)
        page = client.get(PAGE, WHOLE_YEAR).content.decode()
        links = COUNT.findall(page)
        codes = {address.split("/")[3] for address, _ in links}
        assert codes == set(OPENED)
        assert {by for by in ("rule", "division", "month") if f"?{by}=" in page} == {"rule", "division", "month"}
        told: dict[str, set[int]] = {}
        for address, number in links:
            told.setdefault(unescape(address), set()).add(int(number.replace(",", "")))
        for address, numbers in told.items():
            shown = read(client, address)
            total = int(re.search(r"<strong>(\d+)</strong>", shown).group(1))  # type: ignore[union-attr]
            assert max(0, shown.count('<tr role="row">') - 1) == total
            length = total * review.document.characters  # both documents are of one length
            assert numbers == ({total, length} if "documents.reviewed" in address else {total}), address

    def test_each_number_is_that_of_its_figure(self, court: Court, review: Review, few_is_one: None) -> None:
        office = court.viewer("周既明")
        boundary = Boundary(court.organisations["LJ"], year(2026))
        for code, figure in OPENED.items():
            opened = counted(office, code, boundary, Part())
            assert opened is not None
            assert opened.records.count() == figure.value(office, boundary).numerator

    def test_a_long_list_has_pages_that_keep_the_part(
        self, court: Court, review: Review, few_is_one: None, client_of: ClientOf
    ) -> None:
        remark = review.remarks.all()[0]
        for ordinal in range(100, 100 + SIZE):
            remark.pk, remark.ordinal = None, ordinal
            remark.save()
        client, address = client_of("裴院长"), ADDRESS.format("documents.remarks") + "?month=2026-11"
        first = read(client, address)
        assert first.count('<tr role="row">') == SIZE + 1
        onward = re.search(r'href="([^"]+)" rel="next"', first)
        assert onward is not None
        assert "month=2026-11" in onward.group(1)
        rest = read(client, unescape(onward.group(1)))
        assert rest.count('<tr role="row">') == review.remarks.count() - SIZE + 1
        assert 'rel="prev"' in rest


class TestWhoIsNamed:
    def test_the_office_sees_the_case_and_goes_to_the_remark(
        self, court: Court, review: Review, few_is_one: None, client_of: ClientOf
    ) -> None:
        shown = read(client_of("周既明"), ADDRESS.format("documents.remarks"))
        assert review.document.case.case_no in shown
        for remark in review.remarks.all():
            assert f"/documents/reviews/{review.public_id}/#r-{remark.ordinal}" in shown

    @pytest.mark.parametrize("code", sorted(OPENED))
    @pytest.mark.parametrize("who", ["裴院长", "程砚之"])
    def test_without_the_review_neither_case_nor_person_nor_day_nor_length(
        self, court: Court, review: Review, few_is_one: None, client_of: ClientOf, who: str, code: str
    ) -> None:
        review.remarks.update(verdict=Verdict.PASSED_OVER)
        document = review.document
        shown = strip_tags(read(client_of(who), ADDRESS.format(code)).partition("<table")[2])
        for word in (
            document.case.case_no,
            document.judge.name,
            review.reviewer.name,
            f"{document.issued_on.month}月{document.issued_on.day}日",
            str(document.characters),
        ):
            assert word not in shown
        assert "/documents/reviews/" not in read(client_of(who), ADDRESS.format(code)).partition("<table")[2]

    def test_of_a_document_of_ones_own_the_office_is_told_no_more_than_others(
        self, court: Court, review: Review, few_is_one: None, client_of: ClientOf
    ) -> None:
        IssuedDocument.objects.update(judge=court.people["周既明"])
        shown = read(client_of("周既明"), ADDRESS.format("documents.remarks"))
        assert review.document.case.case_no not in shown
        assert review.public_id not in shown

    def test_unnamed_remarks_stand_in_an_order_that_does_not_tell_their_document(
        self, court: Court, review: Review, few_is_one: None, of_court: Boundary
    ) -> None:
        for _ in range(3):
            another(review, "沈若川", "LJ-M1", court)
        opened = counted(court.viewer("裴院长"), "documents.remarks", of_court, Part())
        assert opened is not None
        codes = [remark.code for remark in opened.records]
        assert codes == sorted(codes)
        assert len(set(codes)) > 1


class TestTooFewJudges:
    def test_only_documents_are_opened(self, court: Court, review: Review, client_of: ClientOf) -> None:
        client = client_of("裴院长")
        assert "<strong>1</strong> 份" in read(client, ADDRESS.format("documents.reviewed"))
        for code in ("documents.remarks", "documents.registered", "documents.passed_over"):
            assert client.get(ADDRESS.format(code)).status_code == 404
        for part in ("division=民事审判第一庭", "month=2026-11"):
            assert client.get(f"{ADDRESS.format('documents.reviewed')}?{part}").status_code == 404

    def test_what_stands_under_the_rest_opens_nothing_and_is_not_told_in_other_lists(
        self, court: Court, review: Review, few_is_two: None, of_court: Boundary, client_of: ClientOf
    ) -> None:
        another(review, "沈若川", "LJ-M1", court)
        another(review, "韩江临", "LJ-M2", court, month=9)
        another(review, "许清嘉", "LJ-SG", court, month=8)
        leader, hidden = court.viewer("裴院长"), court.organisations["LJ-M2"].name
        page = client_of("裴院长").get(PAGE, WHOLE_YEAR).content.decode()
        assert "其余 2 个部门" in page and "其余 2 个月" in page
        for row in re.findall(r'<tr role="row">.*?</tr>', page, flags=re.S):
            assert ("<a href" in row) is ("其余" not in row and "<th" not in row)
        for by, key in ((By.DIVISION, hidden), (By.MONTH, "2026-09")):
            for code in OPENED:
                assert counted(leader, code, of_court, Part(by, key)) is None
        everything = counted(leader, "documents.remarks", of_court, Part())
        assert everything is not None
        assert {remark.told for remark in everything.records} == {court.organisations["LJ-M1"].name, ""}
        assert hidden not in read(client_of("裴院长"), ADDRESS.format("documents.remarks")).partition("<table")[2]

    def test_a_month_tells_no_division(
        self, court: Court, review: Review, few_is_one: None, of_court: Boundary
    ) -> None:
        """Else the one month in which one judge of a division stood alone would be the year less the others."""
        opened = counted(court.viewer("裴院长"), "documents.remarks", of_court, Part(By.MONTH, "2026-11"))
        assert opened is not None
        assert {remark.told for remark in opened.records} == {""}


class TestNoSuchNumber:
    @pytest.mark.parametrize(
        "address",
        [
            ADDRESS.format("caseload.new"),
            ADDRESS.format("documents.remarks") + "?rule=LAW999 没有这条",
            ADDRESS.format("documents.remarks") + "?division=民事审判第一庭&month=2026-11",
            PAGE + "documents.remarks/WS/2026-01-01--2026-12-31/",
            PAGE + "documents.remarks/LJ/2026-12-31--2026-01-01/",
            PAGE + "documents.remarks/LJ/2026/",
            PAGE + "documents.remarks/LJ/2026-01-01--2026-11-30/",
            PAGE + "documents.remarks/LJ/2025-01-01--2026-12-31/",
        ],
    )
    def test_what_the_page_does_not_tell_does_not_exist(
        self, court: Court, review: Review, few_is_one: None, client_of: ClientOf, address: str
    ) -> None:
        assert client_of("裴院长").get(address).status_code == 404

    def test_documents_are_not_counted_by_rule(
        self, court: Court, review: Review, few_is_one: None, of_court: Boundary
    ) -> None:
        remark = review.remarks.all()[0]
        part = Part(By.RULE, f"{remark.code} {remark.name}")
        assert counted(court.viewer("裴院长"), "documents.remarks", of_court, part) is not None
        assert counted(court.viewer("裴院长"), "documents.reviewed", of_court, part) is None

    @pytest.mark.parametrize("who", ["林知远", "韩江临", "秦望舒", "白政工", "系统甲"])
    def test_without_the_office_nothing_is_opened(
        self, court: Court, review: Review, few_is_one: None, client_of: ClientOf, who: str
    ) -> None:
        assert client_of(who).get(ADDRESS.format("documents.reviewed")).status_code == 404


def test_a_second_review_is_not_opened(
    court: Court, review: Review, few_is_one: None, of_court: Boundary, now: datetime
) -> None:
    office = court.viewer("周既明")
    services.review_assign(document=review.document, reviewer=court.people["许清嘉"], by=office, at=now)
    opened = counted(office, figures.remarks.code, replace(of_court), Part())
    assert opened is not None
    assert {remark.review_id for remark in opened.records} == {review.pk}


class TestNoNumberIsHadBySubtraction:
    def test_a_division_put_under_the_rest_by_its_court_is_not_told_by_choosing_it(
        self, court: Court, review: Review, few_is_two: None, of_court: Boundary
    ) -> None:
        """民一庭 has two judges and goes along with 民二庭, which has one: the rest less 民一庭 would be that one."""
        another(review, "沈若川", "LJ-M1", court)
        another(review, "韩江临", "LJ-M2", court)
        office = court.viewer("周既明")
        assert statistics(office, of_court).divisions == []
        division = replace(of_court, organisation=court.organisations["LJ-M1"])
        assert statistics(office, division).withheld
        assert counted(office, "documents.remarks", division, Part()) is None

    def test_a_division_its_court_tells_is_told_without_its_months(
        self, court: Court, review: Review, few_is_two: None, of_court: Boundary
    ) -> None:
        """Else a month of the court less that of the division would be the one judge of another in that month."""
        another(review, "沈若川", "LJ-M1", court)
        another(review, "许清嘉", "LJ-SG", court)
        another(review, "周既明", "LJ-SG", court)
        office = court.viewer("程砚之")
        division = statistics(office, replace(of_court, organisation=court.organisations["LJ-M1"]))
        assert (division.withheld, division.whole.documents) == (False, 2)
        assert (division.months, division.other_months) == ([], None)
        assert [month for month, _ in statistics(office, of_court).months] == ["2026-11"]
