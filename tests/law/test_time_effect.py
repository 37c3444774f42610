"""时间效力：by days alone, and no further."""

from __future__ import annotations

from datetime import date

import pytest

from tianping.law import shipped
from tianping.law.time_effect import CIVIL_CODE, PRIVATE_LENDING, TRANSITIONS, Governed, governed


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2019, 1, 1), date(2020, 12, 31), Governed.OLD),
        (date(2021, 1, 1), date(2021, 1, 1), Governed.NEW),
        (date(2020, 12, 31), date(2021, 1, 1), Governed.SPANS),
        (None, None, Governed.UNKNOWN),
        (date(2021, 1, 1), None, Governed.UNKNOWN),
    ],
)
def test_the_civil_code(first: date | None, last: date | None, expected: Governed) -> None:
    assert governed(CIVIL_CODE, first, last) is expected


def test_the_new_statute_held_from_its_day_and_each_says_its_basis() -> None:
    for transition in TRANSITIONS:
        assert "第" in transition.basis
        assert shipped().statute(transition.new) is not None
    assert shipped().version_on(CIVIL_CODE.new, CIVIL_CODE.since) is not None
    assert governed(PRIVATE_LENDING, date(2020, 8, 20), date(2020, 8, 20)) is Governed.NEW
