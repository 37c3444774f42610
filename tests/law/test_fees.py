"""诉讼费用：the brackets of the measure, by pieces and by formula, and the examples everybody can check."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import pairwise

import pytest

from tianping.law.fees import FeeRefused, by_formula, fee, tariffs

YUAN = Decimal


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0", "50"),
        ("8000", "50"),
        ("10000", "50"),
        ("100000", "2300"),
        ("200000", "4300"),
        ("500000", "8800"),
        ("1000000", "13800"),
        ("2000000", "22800"),
        ("5000000", "46800"),
        ("10000000", "81800"),
        ("20000000", "141800"),
        ("206136", "4392.04"),
        ("842914", "12229.14"),
        ("32000000", "201800"),
        ("620000", "10000"),
        ("380000", "7000"),
    ],
)
def test_property_cases(amount: str, expected: str) -> None:
    assert fee("property", YUAN(amount)).low == fee("property", YUAN(amount)).high == YUAN(expected)


@pytest.mark.parametrize(
    ("kind", "amount", "expected"),
    [
        ("enforcement", "730000", "9700"),
        ("enforcement", "12000000", "79400"),
        ("preservation", "800", "30"),
        ("preservation", "60000", "620"),
        ("preservation", "500000", "3020"),
        ("preservation", "896000", "5000"),
        ("preservation", "2000000", "5000"),
        ("payment-order", "120000", "900"),
        ("bankruptcy", "80000000", "220900"),
        ("bankruptcy", "200000000", "300000"),
    ],
)
def test_applications(kind: str, amount: str, expected: str) -> None:
    assert fee(kind, YUAN(amount)).low == YUAN(expected)


def test_two_ways_of_reckoning_agree_to_the_fen() -> None:
    chance = random.Random(481)
    kinds = [kind for kind, tariff in tariffs().items() if tariff.amount == "required" or kind == "preservation"]
    for _ in range(4000):
        amount = YUAN(chance.randrange(1, 5 * 10 ** chance.randrange(3, 10))) / 100
        for kind in kinds:
            assert fee(kind, amount).low == by_formula(kind, amount), (kind, amount)


def test_a_larger_sum_never_costs_less() -> None:
    amounts = [YUAN(n) * 997 for n in range(0, 40_000, 13)]
    for kind in ("property", "enforcement", "preservation"):
        fees = [by_formula(kind, amount) for amount in amounts]
        assert all(less <= more for less, more in pairwise(fees))


def test_the_steps_add_up_to_the_fee() -> None:
    found = fee("property", YUAN("1326202.26"))
    assert sum(step.low for step in found.steps) == found.low == YUAN("16735.82")
    assert found.halved().low == YUAN("8367.91")
    assert found.halved().steps[-1].words == "减半交纳"


class TestRangesOfTheProvince:
    def test_without_the_courts_own_number_there_is_a_range(self) -> None:
        found = fee("divorce", YUAN(1_500_000))
        assert not found.fixed
        assert (found.low, found.high) == (YUAN(6550), YUAN(6800))

    def test_with_it_there_is_one_fee(self) -> None:
        assert fee("divorce", YUAN(1_500_000), base=YUAN(300)).halved().low == YUAN(3400)
        assert fee("personality", YUAN(180_000), base=YUAN(500)).low == YUAN(1400)
        assert fee("personality", YUAN(80_000), base=YUAN(300)).low == YUAN(600)

    def test_a_number_outside_the_range_is_refused(self) -> None:
        with pytest.raises(FeeRefused, match="50 元至 300 元"):
            fee("divorce", base=YUAN(500))


class TestRefusals:
    @pytest.mark.parametrize(
        ("kind", "amount", "why"),
        [
            ("property", None, "请写明金额"),
            ("labour", "5", "按件交纳"),
            ("property", "-1", "不能是负数"),
            ("nothing", "1", "没有“nothing”这一类"),
        ],
    )
    def test_in_words(self, kind: str, amount: str | None, why: str) -> None:
        with pytest.raises(FeeRefused, match=why):
            fee(kind, YUAN(amount) if amount else None)


def test_a_labour_dispute_costs_ten_yuan() -> None:
    assert fee("labour").low == YUAN(10)
    assert fee("labour").halved().low == YUAN(5)


def test_every_tariff_has_its_article_and_falling_rates() -> None:
    for tariff in tariffs().values():
        assert tariff.basis.startswith("《诉讼费用交纳办法》第十")
        assert tariff.low <= tariff.high
        for (over, rate), (next_over, next_rate) in pairwise(tariff.brackets):
            assert over < next_over and rate > next_rate
