"""期间：labels, the same days a year before, months."""

from __future__ import annotations

from datetime import date

import pytest

from tianping.foundation.figures.period import Period, period_of, year


def of(*days: str) -> Period:
    return Period(date.fromisoformat(days[0]), date.fromisoformat(days[1]))


@pytest.mark.parametrize(
    ("since", "until", "label"),
    [
        ("2026-01-01", "2026-10-31", "2026年1—10月"),
        ("2026-01-01", "2026-12-31", "2026年"),
        ("2026-03-01", "2026-03-31", "2026年3月"),
        ("2025-11-01", "2026-02-28", "2025年11月至2026年2月"),
        ("2026-01-01", "2026-11-23", "2026年1月1日至11月23日"),
        ("2025-12-30", "2026-01-02", "2025年12月30日至2026年1月2日"),
    ],
)
def test_labels(since: str, until: str, label: str) -> None:
    assert of(since, until).label == label


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (("2026-01-01", "2026-10-31"), ("2025-01-01", "2025-10-31")),
        (("2025-02-01", "2025-02-28"), ("2024-02-01", "2024-02-29")),  # a whole February meets a whole one
        (("2024-02-01", "2024-02-29"), ("2023-02-01", "2023-02-28")),
        (("2026-11-01", "2026-11-23"), ("2025-11-01", "2025-11-23")),
    ],
)
def test_the_same_days_a_year_before(period: tuple[str, str], before: tuple[str, str]) -> None:
    assert of(*period).year_before() == of(*before)


def test_months_cover_the_period_without_overlap() -> None:
    months = of("2026-01-15", "2026-04-10").months()
    assert [m.code for m in months] == [
        "2026-01-15--2026-01-31",
        "2026-02-01--2026-02-28",
        "2026-03-01--2026-03-31",
        "2026-04-01--2026-04-10",
    ]
    assert len(year(2026).months()) == 12


def test_a_code_is_read_back_and_nonsense_refused() -> None:
    assert period_of(year(2025).code) == year(2025)
    for code in ("2025", "2025-01-01--x", "2025-02-01--2025-01-01", ""):
        with pytest.raises(ValueError):
            period_of(code)
