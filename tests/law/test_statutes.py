"""法规：which version was in force on a day, and when a statute ended."""

from __future__ import annotations

from datetime import date

import pytest

from tianping import law
from tianping.law.statutes.table import table_of

LAW = law.shipped()


class TestFindingAStatute:
    @pytest.mark.parametrize("title", ["中华人民共和国民法典", "民法典", "中华人民共和国 民法典"])
    def test_by_full_or_short_title(self, title: str) -> None:
        statute = LAW.statute(title)
        assert statute is not None
        assert statute.title == "中华人民共和国民法典"

    def test_titles_are_matched_whole_never_as_part_of_another(self) -> None:
        statute = LAW.statute("劳动合同法")
        assert statute is not None
        assert statute.title == "中华人民共和国劳动合同法"

    def test_inner_marks_may_be_single_or_double(self) -> None:
        single = LAW.statute("最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释")
        assert single is not None
        assert single is LAW.statute("最高人民法院关于适用《中华人民共和国民事诉讼法》的解释")

    def test_what_is_not_in_the_table_is_none(self) -> None:
        assert LAW.statute("房屋租赁合同") is None

    def test_a_short_title_shared_by_two_statutes_finds_neither(self) -> None:
        row = {"level": "法律", "adopted": "2000-01-01", "effective": "2000-01-01", "repealed": "", "replaced_by": ""}
        row |= {"article_count": "9", "unproven": ""}
        table = table_of(
            [
                row | {"title": "甲省条例", "short_title": "条例", "version_key": "甲"},
                row | {"title": "乙省条例", "short_title": "条例", "version_key": "乙"},
            ]
        )
        assert table.statute("条例") is None
        assert table.statute("甲省条例") is not None


class TestVersions:
    @pytest.mark.parametrize(
        ("day", "last_article"),
        [
            (date(2012, 12, 31), 268),
            (date(2013, 1, 1), 284),
            (date(2021, 12, 31), 284),
            (date(2022, 1, 1), 291),
            (date(2023, 12, 31), 291),
            (date(2024, 1, 1), 306),
        ],
    )
    def test_the_civil_procedure_law_by_day(self, day: date, last_article: int) -> None:
        version = LAW.version_on("民事诉讼法", day)
        assert version is not None
        assert version.last_article == last_article

    def test_a_statute_with_a_version_in_force_has_not_ended(self) -> None:
        statute = LAW.statute("刑法")
        assert statute is not None
        assert statute.ended is None

    def test_a_repealed_statute_ended_on_a_day_and_names_what_followed(self) -> None:
        statute = LAW.statute("合同法")
        assert statute is not None
        assert statute.ended == date(2021, 1, 1)
        assert statute.successor == "民法典@2020-05-28"

    def test_before_it_took_effect_nothing_was_in_force(self) -> None:
        assert LAW.version_on("民法典", date(2020, 12, 31)) is None

    def test_the_versions_a_span_of_days_touches(self) -> None:
        statute = LAW.statute("刑事诉讼法")
        assert statute is not None
        between = statute.versions_between(date(2012, 6, 1), date(2018, 11, 1))
        assert [version.last_article for version in between] == [225, 290, 308]

    def test_the_days_of_asking_travel_with_the_law(self) -> None:
        assert LAW.day is None
        assert LAW.on(date(2026, 11, 23)).day == date(2026, 11, 23)


def test_every_row_of_the_shipped_table_can_be_read() -> None:
    for title in LAW.rows:
        statute = LAW.statute(title)
        assert statute is not None
        for version in statute.versions:
            assert version.repealed is None or version.effective <= version.repealed
