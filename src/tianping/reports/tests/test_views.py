"""通报汇报的页面：what the leader reads, that every number opens its records, and who may not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Court
from tianping.court.models import Case
from tianping.court.tests.test_figures import fill
from tianping.foundation.figures.models import Snapshot
from tianping.foundation.figures.registry import figures

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]
CASELOAD = "/reports/caseload/"
ASKED = {"year": "2025", "since": "1", "until": "10"}


def number(text: str) -> int:
    return int(text.replace(",", ""))


def links(context: Any) -> Iterator[tuple[str, int, str]]:
    """Every number of the page that has records: (where, number, address)."""
    for part in context["paragraph"]:
        if part["url"].startswith("/") and re.fullmatch(r"[\d,]+", part["text"]):
            yield "开头一段", number(part["text"]), part["url"]
    for tile in context["tiles"]:
        shown = tile["value"] if "per_judge" not in tile["url"] else tile["definition"].split(" ")[0]
        yield tile["label"], number(shown), tile["url"]
    for table in context["tables"]:
        for row in table["rows"]:
            for cell in row["cells"][1:]:
                if "url" in cell:
                    yield f"{table['title']} {row['cells'][0]}", number(cell["text"]), cell["url"]
    for row in context["years"]["rows"]:
        if "url" in row["cells"][1]:
            yield row["cells"][0], number(row["cells"][1]["text"]), row["cells"][1]["url"]


class TestEveryNumberOpensItsRecords:
    @pytest.mark.parametrize(
        ("who", "query", "least"),
        [
            ("裴院长", {"scope": "LJ"}, 60),
            ("程砚之", {"scope": "LJ-M2", "kind": "civil"}, 30),
            ("秦望舒", {}, 40),
        ],
    )
    def test_the_list_has_as_many_rows_as_the_number_says(
        self, court: Court, client_of: ClientOf, who: str, query: dict[str, str], least: int
    ) -> None:
        fill(court, 150)
        browser = client_of(who)
        page = browser.get(CASELOAD, ASKED | query)
        assert page.status_code == 200
        opened: dict[str, int] = {}
        for where, said, url in links(page.context):
            if url not in opened:
                opened[url] = browser.get(url).context["total"]
            assert opened[url] == said, (where, url)
        assert len(opened) >= least

    def test_and_the_excel_has_them_too(self, court: Court, client_of: ClientOf) -> None:
        fill(court, 60)
        browser = client_of("裴院长")
        tile = browser.get(CASELOAD, ASKED).context["tiles"][0]
        from io import BytesIO

        from python_calamine import CalamineWorkbook

        sheet = CalamineWorkbook.from_filelike(BytesIO(browser.get(tile["url"], {"format": "xlsx"}).content))
        assert len(sheet.get_sheet_by_index(0).to_python()) - 1 == number(tile["value"]) > 0

    def test_pages_of_a_long_list_stay_within_the_boundary(self, court: Court, client_of: ClientOf) -> None:
        for n in range(1, 61):
            court.case(n)
        browser = client_of("裴院长")
        url = reverse("reports:figure", args=["caseload.new", "LJ", "2026-01-01--2026-01-31", "civil"])
        first = browser.get(url)
        second = browser.get(first.context["pager"]["next_url"])
        assert (first.context["total"], len(first.context["rows"]), len(second.context["rows"])) == (60, 50, 10)


class TestTheOpeningParagraph:
    def test_says_the_numbers_in_a_court_s_words(self, court: Court, client_of: ClientOf) -> None:
        fill(court)
        page = client_of("裴院长").get(CASELOAD, {"year": "2026", "since": "1", "until": "10"})
        said = "".join(part["text"] for part in page.context["paragraph"])
        assert said.startswith("2026年1—10月，全院新收案件 ")
        growth = "2022—2025年新收年均复合增长（三个间隔） "
        for words in ("件，同比", "；受理 ", "（旧存 ", "；审结 ", "；未结 ", "法官人均结案", growth):
            assert words in said, said

    def test_growth_is_refused_with_the_missing_year(self, court: Court, client_of: ClientOf) -> None:
        fill(court)
        page = client_of("裴院长").get(CASELOAD, ASKED)  # 2021–2024, and the table begins in 2022
        words = {one["label"][:2]: one["words"] for one in page.context["growths"]}
        assert words["三年"] in (
            "缺 2021 年数据，不能计算三年复合增长率",
            "缺 2021 年数据，不能计算三年逐年增长率的平均",
        )
        assert "缺 2021 年数据，不能计算三年复合增长率" in page.content.decode()
        assert words["两年"].endswith("%")

    @pytest.mark.parametrize(
        ("growth", "label"),
        [("three", "三年复合增长率"), ("two", "两年复合增长率"), ("mean", "三年逐年增长率的平均")],
    )
    def test_the_reading_chosen_is_the_one_printed(
        self, court: Court, client_of: ClientOf, growth: str, label: str
    ) -> None:
        fill(court)
        page = client_of("裴院长").get(CASELOAD, {"year": "2026", "since": "1", "until": "10", "growth": growth})
        (chosen,) = [one for one in page.context["growths"] if one["chosen"]]
        assert chosen["label"].startswith(label)
        assert chosen["words"] in [part["text"] for part in page.context["paragraph"]]

    def test_without_a_base_it_says_so(self, court: Court, client_of: ClientOf) -> None:
        court.case(1)
        said = client_of("裴院长").get(CASELOAD, {"year": "2026", "since": "1", "until": "10"}).content.decode()
        assert "无可比基数（上年同期没有数据）" in said
        assert "承办人 1 人" in said
        assert "件/人" not in said.split("法官人均结案", 1)[1].split("。")[0], "不足五人不说人均"

    def test_an_empty_court_has_a_page(self, court: Court, client_of: ClientOf) -> None:
        page = client_of("裴院长").get(CASELOAD)
        assert page.status_code == 200
        assert "没有承办人" in page.content.decode()


class TestNoRanking:
    def test_divisions_stand_in_the_order_of_their_codes(self, court: Court, client_of: ClientOf) -> None:
        for n in range(3):
            court.case(n + 10, judge="韩江临", division="LJ-M2")
        court.case(1)
        table = client_of("裴院长").get(CASELOAD, {"year": "2026"}).context["tables"][1]
        assert [row["cells"][0] for row in table["rows"]] == ["民事审判第一庭", "民事审判第二庭"]

    def test_no_page_of_an_office_names_a_judge_with_a_number(self, court: Court, client_of: ClientOf) -> None:
        fill(court)
        page = client_of("裴院长").get(CASELOAD, ASKED).content.decode()
        for name in ("林知远", "沈若川", "韩江临", "孟怀瑾"):
            assert name not in page


class TestTheSelection:
    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ({"year": "2026", "since": "5", "until": "3"}, "早于起始的 5 月"),
            ({"year": "2026", "since": "12", "until": "12"}, "尚未开始"),
            ({"year": "1949"}, "1949"),
            ({"scope": "WS"}, "WS"),
            ({"kind": "maritime"}, "maritime"),
        ],
    )
    def test_a_fault_is_said_and_the_usual_page_shown(
        self, court: Court, client_of: ClientOf, query: dict[str, str], words: str, settings: Any
    ) -> None:
        page = client_of("裴院长").get(CASELOAD, query)
        assert page.status_code == 422
        assert words in page.content.decode()
        assert page.context["scope"] == "江州市临江区人民法院"


class TestSnapshots:
    def test_taken_by_a_button_and_unchanged_when_the_cases_change(self, court: Court, client_of: ClientOf) -> None:
        case = court.case(1)
        court.case(2)
        browser = client_of("周既明")
        url = reverse("reports:figure", args=["caseload.pending", "LJ", "2026-01-01--2026-10-31", "all"])
        taken = browser.post(f"{url}snapshot/", follow=True)
        snapshot = Snapshot.objects.get()
        here = reverse("reports:snapshot", args=[snapshot.public_id])
        assert taken.redirect_chain == [(here, 302)]
        case.closed_on = date(2026, 6, 1)
        case.save()
        page = browser.get(here)
        said = page.content.decode()
        assert page.context["facts"][0]["value"]["text"] == "2 件"
        assert page.context["facts"][1]["value"]["text"] == "1 件"
        assert "结案日期改为2026-06-01" in said
        assert "哈希相符" in said and snapshot.hash in said
        assert here in browser.get(url).content.decode()

    def test_a_link_takes_none(self, court: Court, client_of: ClientOf) -> None:
        url = reverse("reports:take", args=["caseload.new", "LJ", "2026-01-01--2026-10-31", "all"])
        assert client_of("周既明").get(url).status_code == 405

    def test_one_altered_past_the_system_says_so(self, court: Court, client_of: ClientOf) -> None:
        court.case(1)
        browser = client_of("周既明")
        browser.post(reverse("reports:take", args=["caseload.new", "LJ", "2026-01-01--2026-10-31", "all"]))
        Snapshot.objects.update(numerator=99)
        said = browser.get(reverse("reports:snapshot", args=[Snapshot.objects.get().public_id])).content.decode()
        assert "不能引用" in said


class TestDefinitions:
    def test_every_figure_is_defined_there(self, court: Court, client_of: ClientOf) -> None:
        said = client_of("林知远").get("/reports/figures/").content.decode()
        for one in figures():
            assert one.code in said and one.name in said


class TestOnesOwn:
    def test_own_numbers_open_own_cases(self, court: Court, client_of: ClientOf) -> None:
        fill(court)
        browser = client_of("林知远")
        page = browser.get("/reports/mine/", ASKED)
        assert any(number(tile["value"]) for tile in page.context["tiles"])
        for tile in page.context["tiles"]:
            listed = browser.get(tile["url"])
            assert listed.context["total"] == number(tile["value"]), tile["label"]
            assert "取快照" not in listed.content.decode()
        for name in ("沈若川", "韩江临", "孟怀瑾"):
            assert name not in page.content.decode()

    def test_the_same_address_shows_another_their_own(self, court: Court, client_of: ClientOf) -> None:
        court.case(1)
        url = reverse("reports:figure", args=["caseload.new", "me", "2026-01-01--2026-10-31", "all"])
        assert client_of("林知远").get(url).context["total"] == 1
        assert client_of("沈若川").get(url).context["total"] == 0
        assert client_of("裴院长").get(url).status_code == 404, "院领导没有在部门任职，没有本人的数"

    def test_nobody_takes_a_snapshot_of_a_person(self, court: Court, client_of: ClientOf) -> None:
        court.case(1, judge="秦望舒")
        url = reverse("reports:take", args=["caseload.new", "me", "2026-01-01--2026-10-31", "all"])
        said = client_of("秦望舒").post(url, follow=True).content.decode()
        assert "只给本人看" in said
        assert not Snapshot.objects.exists()


class TestWhoMayNot:
    @pytest.mark.parametrize("who", ["林知远", "宋晚晴", "白政工", "江信访", "任师资", "系统甲", "安全乙", "审计丙"])
    def test_the_caseload_does_not_exist_for_them(self, court: Court, client_of: ClientOf, who: str) -> None:
        court.case(1)
        assert client_of(who).get(CASELOAD).status_code == 404
        url = reverse("reports:figure", args=["caseload.new", "LJ", "2026-01-01--2026-10-31", "all"])
        assert client_of(who).get(url).status_code == 404
        assert client_of(who).post(f"{url}snapshot/").status_code == 404

    @pytest.mark.parametrize(
        ("who", "scope"),
        [("秦望舒", "LJ"), ("秦望舒", "LJ-M2"), ("裴院长", "WS"), ("陶思源", "LJ"), ("陶思源", "LJ-M1")],
    )
    def test_a_scope_beyond_ones_office_does_not_exist(
        self, court: Court, client_of: ClientOf, who: str, scope: str
    ) -> None:
        court.case(1)
        url = reverse("reports:figure", args=["caseload.new", scope, "2026-01-01--2026-10-31", "all"])
        assert client_of(who).get(url).status_code == 404
        assert client_of(who).post(f"{url}snapshot/").status_code == 404
        assert scope not in [code for code, _ in client_of(who).get(CASELOAD).context["form"]["scope"].field.choices]

    @pytest.mark.parametrize(
        "words",
        [
            ("caseload.none", "LJ", "2026-01-01--2026-10-31", "all"),
            ("caseload.new", "LJ", "2026", "all"),
            ("caseload.new", "LJ", "2026-10-31--2026-01-01", "all"),
            ("caseload.new", "LJ", "0001-01-01--0001-10-31", "all"),
            ("caseload.new", "LJ", "2026-01-01--2026-10-31", "maritime"),
            ("caseload.new_per_judge", "me", "2026-01-01--2026-10-31", "all"),
        ],
    )
    def test_an_address_that_means_nothing_is_not_there(
        self, court: Court, client_of: ClientOf, words: tuple[str, ...]
    ) -> None:
        for who in ("裴院长", "秦望舒"):
            assert client_of(who).get(reverse("reports:figure", args=list(words))).status_code == 404

    def test_a_head_sees_the_division_and_nothing_of_the_next(self, court: Court, client_of: ClientOf) -> None:
        court.case(1)
        court.case(2, judge="韩江临", division="LJ-M2")
        page = client_of("秦望舒").get(CASELOAD, {"year": "2026", "since": "1", "until": "10"})
        assert page.context["scope"] == "民事审判第一庭"
        assert page.context["tiles"][0]["value"] == "1"
        assert Case.objects.count() == 2


def test_in_few_questions(
    court: Court, client_of: ClientOf, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    fill(court, 60)
    browser = client_of("裴院长")
    browser.get(CASELOAD)
    with django_assert_max_num_queries(15):
        browser.get(CASELOAD)
