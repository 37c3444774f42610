"""当日的条号：what a remark or a period rests on is cited as it was numbered on the day of the judgment."""

from __future__ import annotations

from datetime import date

import pytest

from tianping.law.renumbering import as_numbered_on

CIVIL, CRIMINAL = "《中华人民共和国民事诉讼法》", "《中华人民共和国刑事诉讼法》"
INTERPRETATION = "《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》"


@pytest.mark.parametrize(
    ("basis", "day", "expected"),
    [
        (f"{CIVIL}第二百六十四条", date(2024, 1, 1), f"{CIVIL}第二百六十四条"),
        (f"{CIVIL}第二百六十四条", date(2023, 12, 31), f"{CIVIL}第二百六十条"),
        (f"{CIVIL}第二百六十四条", date(2019, 5, 6), f"{CIVIL}第二百五十三条"),
        (f"{CIVIL}第一百七十一条第一款", date(2021, 12, 31), f"{CIVIL}第一百六十四条第一款"),
        (f"{CIVIL}第一百五十五条、第一百五十七条", date(2020, 1, 1), f"{CIVIL}第一百五十二条、第一百五十四条"),
        (f"{CIVIL}第二百一十一条第十一项", date(2019, 5, 6), f"{CIVIL}第二百条第十一项"),
        (f"{CIVIL}第四十条", date(2019, 5, 6), f"{CIVIL}第三十九条"),
        (f"{INTERPRETATION}第二百零二条", date(2020, 5, 6), f"{INTERPRETATION}第一百六十五条"),
        (f"{CRIMINAL}第二百三十条", date(2018, 10, 25), f"{CRIMINAL}第二百一十九条"),
        (
            f"{CIVIL}第一百五十五条；{CRIMINAL}第二百条",
            date(2017, 3, 1),
            f"{CIVIL}第一百五十二条；{CRIMINAL}第一百九十五条",
        ),
    ],
)
def test_the_number_of_the_day(basis: str, day: date, expected: str) -> None:
    assert as_numbered_on(basis, day) == expected


@pytest.mark.parametrize(
    ("basis", "day", "expected"),
    [
        (f"{CIVIL}第二百六十四条", date(2011, 5, 6), f"{CIVIL}（2024年1月1日起施行）第二百六十四条"),
        (f"{CRIMINAL}第二百零三条", date(2017, 5, 6), f"{CRIMINAL}（2018年10月26日起施行）第二百零三条"),
        (
            "《人民法院民事裁判文书制作规范》",
            date(2016, 7, 31),
            "《人民法院民事裁判文书制作规范》（2016年8月1日起施行）",
        ),
        (
            "《民事诉讼文书样式》（法〔2016〕221号）",
            date(2015, 1, 1),
            "《民事诉讼文书样式》（法〔2016〕221号）（2016年8月1日起施行）",
        ),
    ],
)
def test_where_no_number_of_that_day_is_known_it_says_since_when_ours_holds(
    basis: str, day: date, expected: str
) -> None:
    assert as_numbered_on(basis, day) == expected


@pytest.mark.parametrize(
    "basis",
    [
        "GB/T 15834—2011《标点符号用法》",
        "《现代汉语词典》",
        "《诉讼费用交纳办法》第十三条",
        "《最高人民法院关于人民法院在互联网公布裁判文书的规定》第十条",
    ],
)
def test_what_was_never_renumbered_stays(basis: str) -> None:
    assert as_numbered_on(basis, date(2012, 1, 1)) == basis


def test_without_a_day_nothing_is_changed() -> None:
    assert as_numbered_on(f"{CIVIL}第二百六十四条", None) == f"{CIVIL}第二百六十四条"
