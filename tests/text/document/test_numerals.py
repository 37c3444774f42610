"""汉字数字：the numerals of judgments."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tianping.text.document.numerals import capital_amount, counted, spelled_year


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百", 100),
        ("一百零三", 103),
        ("一百一十", 110),
        ("一百四十七", 147),
        ("一千二百六十", 1260),
        ("一千零一", 1001),
        ("两千", 2000),
        ("三万五千", 35000),
        ("一亿二千万", 120_000_000),
        ("147", 147),
        ("１４７", 147),
        ("一四七", 147),
    ],
)
def test_a_counted_numeral_is_read(words: str, number: int) -> None:
    assert counted(words) == number


@pytest.mark.parametrize("words", ["", "若干", "一百四五", "第一", "十a"])
def test_words_that_are_no_number_are_not_guessed(words: str) -> None:
    assert counted(words) is None


@pytest.mark.parametrize("year", ["二〇二六", "二○二六", "二0二六", "二O二六", "二零二六", "二Ｏ二六", "2026"])
def test_a_year_is_read_whatever_stands_for_its_zero(year: str) -> None:
    assert spelled_year(year) == 2026


@pytest.mark.parametrize("year", ["二十六", "二六", "二〇二六年", ""])
def test_a_year_has_four_digits(year: str) -> None:
    assert spelled_year(year) is None


@pytest.mark.parametrize(
    ("words", "yuan"),
    [
        ("捌仟叁佰元整", Decimal(8300)),
        ("捌仟叁佰元", Decimal(8300)),
        ("壹拾万圆整", Decimal(100_000)),
        ("壹万零伍拾元", Decimal(10_050)),
        ("叁佰贰拾元伍角捌分", Decimal("320.58")),
        ("叁佰元零捌分", Decimal("300.08")),
        ("壹亿贰仟万元整", Decimal(120_000_000)),
        ("五千元", Decimal(5000)),
    ],
)
def test_a_sum_in_capitals_is_read_to_the_fen(words: str, yuan: Decimal) -> None:
    assert capital_amount(words) == yuan


@pytest.mark.parametrize("words", ["捌仟叁佰", "元整", "约捌仟元", "8300元"])
def test_other_words_are_no_sum_in_capitals(words: str) -> None:
    assert capital_amount(words) is None
