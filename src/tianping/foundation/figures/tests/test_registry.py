"""登记口径：two numbers under one label are refused."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tianping.foundation.figures.registry import FEW, Value, figure, figures


def registering(**changes: Any) -> None:
    said: dict[str, Any] = {"code": "test.one", "name": "测试", "definition": "", "unit": "件", "boundary": ""}
    figure(**(said | {"columns": ()} | changes))(lambda viewer, boundary: None)  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"code": "caseload.new"}, "已登记"),
        ({"name": "新收"}, "另一个口径"),
        ({"code": "新收"}, "域.名"),
        ({"code": "caseload"}, "域.名"),
    ],
)
def test_a_taken_code_or_name_is_refused(changes: dict[str, Any], why: str) -> None:
    before = figures()
    with pytest.raises(ValueError, match=why):
        registering(**changes)
    assert figures() == before


def test_every_figure_says_what_it_is() -> None:
    assert len(figures()) >= 7
    for one in figures():
        assert all((one.name, one.definition, one.unit, one.boundary, one.columns)), one.code
        assert one.version >= 1
        assert (one.denominator is None) == (one.denominator_name == "")


def test_a_ratio_is_exact_and_a_small_denominator_known() -> None:
    assert Value(10, 3).ratio == Fraction(10, 3)
    assert (Value(10).ratio, Value(10, 0).ratio) == (None, None)
    assert [Value(1, n).small for n in (FEW - 1, FEW)] == [True, False]
    assert not Value(1).small
