"""案件页：who sees which case, who may import, what is said when a table is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.cast import Court
from tianping.court import selectors
from tianping.court.models import Hearing
from tianping.foundation.search import services as search

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]


class TestTheList:
    @pytest.mark.parametrize(
        ("who", "seen"),
        [
            ("林知远", {1}),  # 本人承办
            ("沈若川", {2}),
            ("秦望舒", {1, 2}),  # 民一庭庭长
            ("孟怀瑾", {3}),
            ("周既明", {1, 2, 3}),
            ("裴院长", {1, 2, 3}),
            ("江信访", set()),
            ("陶思源", set()),  # 外院
        ],
    )
    def test_shows_each_viewer_their_own_branch(
        self, court: Court, client_of: ClientOf, who: str, seen: set[int]
    ) -> None:
        court.case(1)
        court.case(2, judge="沈若川")
        court.case(3, judge="韩江临", division="LJ-M2")
        page = client_of(who).get("/cases/").content.decode()
        assert {number for number in (1, 2, 3) if f"民初{number}号" in page} == seen

    def test_filters_and_finds(self, court: Court, client_of: ClientOf) -> None:
        court.case(1)
        closed = court.case(2, judge="沈若川")
        closed.closed_on = date(2026, 3, 2)
        closed.save()
        search.rebuild()
        browser = client_of("周既明")

        def found(query: str) -> set[int]:
            page = browser.get(f"/cases/?{query}").content.decode()
            return {number for number in (1, 2) if f"民初{number}号</a>" in page}

        assert found("state=pending") == {1}
        assert found("state=closed") == {2}
        assert found("state=civil") == {1, 2}
        assert found("state=criminal") == set()
        assert found("q=(2026)江0199民初1号") == {1}
        assert found("q=沈若川") == {2}
        assert found("q=借贷") == {1, 2}
        assert found("q=借贷&state=closed") == {2}
        assert found("q=龙卷风") == set()

    @pytest.mark.parametrize("who", ["周既明", "秦望舒", "沈若川"])
    def test_finds_what_the_index_has_not_followed_yet(self, court: Court, client_of: ClientOf, who: str) -> None:
        case = court.case(1, judge="沈若川")
        assert case.case_no in client_of(who).get("/cases/?q=借贷").content.decode()

    def test_finds_the_middle_of_a_number_too(self, court: Court, client_of: ClientOf) -> None:
        """The index knows what a number begins with."""
        case = court.case(12345)
        search.rebuild()
        for words in ("123", "234", "2345号"):
            assert case.case_no in client_of("周既明").get(f"/cases/?q={words}").content.decode()

    def test_costs_the_same_however_many_cases(
        self, court: Court, client_of: ClientOf, django_assert_max_num_queries: Callable[[int], object]
    ) -> None:
        for number in range(1, 31):
            court.case(number)
        browser = client_of("周既明")
        with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
            browser.get("/cases/")

    def test_goes_out_as_excel_within_sight(self, court: Court, client_of: ClientOf) -> None:
        court.case(1)
        court.case(2, judge="沈若川")
        data = client_of("林知远").get("/cases/?format=xlsx").content
        from io import BytesIO

        rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
        assert [row[0] for row in rows] == ["案号", "（2026）江0199民初1号"]

    @pytest.mark.parametrize("who", ["系统甲", "安全乙", "审计丙"])
    def test_does_not_exist_for_the_three_administrators(self, client_of: ClientOf, who: str) -> None:
        assert client_of(who).get("/cases/").status_code == 404

    def test_offers_the_import_to_the_trial_office_only(self, client_of: ClientOf) -> None:
        assert "/cases/import/" in client_of("周既明").get("/cases/").content.decode()
        assert "/cases/import/" not in client_of("林知远").get("/cases/").content.decode()


class TestTheCasePage:
    def test_shows_the_facts_and_the_hearings(self, court: Court, client_of: ClientOf) -> None:
        case = court.case(1)
        Hearing.objects.create(case=case, starts_at=datetime(2026, 3, 8, 6, 5, tzinfo=UTC), room="第三法庭")
        page = client_of("林知远").get(f"/cases/{case.public_id}/").content.decode()
        for word in (
            "（2026）江0199民初1号",
            "民间借贷纠纷",
            "民事审判第一庭",
            "2026年3月8日 14:05",
            "第三法庭",
            "未结",
        ):
            assert word in page

    @pytest.mark.parametrize("who", ["沈若川", "孟怀瑾", "陶思源", "系统甲"])
    def test_does_not_exist_for_who_may_not_see_it(self, court: Court, client_of: ClientOf, who: str) -> None:
        case = court.case(1)
        assert client_of(who).get(f"/cases/{case.public_id}/").status_code == 404

    def test_its_hearings_are_asked_for_with_the_same_sight(self, court: Court) -> None:
        case = court.case(1)
        Hearing.objects.create(case=case, starts_at=court.now, room="第三法庭")
        assert len(selectors.hearings(court.viewer("林知远"), case)) == 1
        assert selectors.hearings(court.viewer("沈若川"), case) == []
