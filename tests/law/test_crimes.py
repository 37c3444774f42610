"""罪名：names, articles and the days they held."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest

from tianping.law.crimes import crime, crimes, crimes_of


def test_as_many_names_are_in_use_as_the_supplements_leave() -> None:
    assert sum(one.until is None for one in crimes().values()) == 483


@pytest.mark.parametrize(
    ("name", "articles"),
    [
        ("盗窃罪", ((264, 0),)),
        ("危险驾驶罪", ((133, 1),)),
        ("放火罪", ((114, 0), (115, 0))),
        ("帮助信息网络犯罪活动罪", ((287, 2),)),
        ("走私、贩卖、运输、制造毒品罪", ((347, 0),)),
    ],
)
def test_where_a_crime_stands(name: str, articles: tuple[tuple[int, int], ...]) -> None:
    found = crime(name)
    assert found is not None
    assert found.articles == articles
    assert found.until is None


def test_a_name_taken_back_has_its_last_day() -> None:
    found = crime("偷税罪")
    assert found is not None
    assert found.until == date(2009, 10, 16)
    assert {one.name for one in crimes_of(201)} == {"偷税罪", "逃税罪"}


def test_only_one_crime_stands_outside_the_criminal_law() -> None:
    assert [one.name for one in crimes().values() if not one.articles] == ["骗购外汇罪"]


@pytest.mark.data
@pytest.mark.skipif("TIANPING_DATA" not in os.environ, reason="needs TIANPING_DATA")
def test_the_names_of_charging_lists_are_there() -> None:
    path = Path(os.environ["TIANPING_DATA"]) / "crimes.csv"
    with path.open(encoding="utf-8", newline="") as table:
        names = {row["crime"].replace("剌探", "刺探") for row in csv.DictReader(table)}
    # 侮辱国歌罪 was a usage before the seventh supplement gave the crime another name.
    assert names - set(crimes()) == {"侮辱国歌罪"}
