"""按键翻页：a short list is cut out of its keys and a long one walked; both show each record once, and say how many."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Court
from tianping.court.models import Case
from tianping.court.selectors import case_list
from tianping.foundation import keys
from tianping.foundation.keys import KeyPage, key_page

pytestmark = pytest.mark.django_db
SIZE = 3


@pytest.fixture(params=[keys.COUNTED, 4], ids=["short", "long"])
def counted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(keys, "COUNTED", request.param)
    return int(request.param)


def filled(court: Court, many: int) -> list[int]:
    for number in range(many):
        court.case(1000 + number)
        court.case(5000 + number, division="WS-M1", judge="顾长风")  # not to be seen, and in between
    return list(case_list(court.viewer("周既明")).values_list("pk", flat=True))


@pytest.mark.parametrize("many", [0, 1, 3, 4, 7])
def test_forwards_and_back_each_record_once(court: Court, counted: int, many: int) -> None:
    expected = filled(court, many)
    queryset = case_list(court.viewer("周既明"))
    page: KeyPage[Case] = key_page(queryset, size=SIZE)
    assert page.previous is None
    assert page.total == (many if many <= counted else None)
    forwards = [case.pk for case in page.rows]
    while page.next:
        page = key_page(queryset, after=page.next, size=SIZE)
        forwards += [case.pk for case in page.rows]
        assert page.previous == page.rows[0].public_id
    assert forwards == expected
    back = [case.pk for case in page.rows]
    while page.previous:
        page = key_page(queryset, before=page.previous, size=SIZE)
        assert page.next == page.rows[-1].public_id
        back = [case.pk for case in page.rows] + back
    assert back == expected


@pytest.mark.parametrize("edge", [{"after": "nobody"}, {"before": "nobody"}])
def test_an_edge_one_may_not_see_is_no_edge(court: Court, counted: int, edge: dict[str, str]) -> None:
    expected = filled(court, 6)
    hidden = Case.objects.filter(court=court.organisations["WS"]).earliest("pk")
    for public_id in ("nobody", hidden.public_id):
        page = key_page(case_list(court.viewer("周既明")), size=SIZE, **dict.fromkeys(edge, public_id))
        assert [case.pk for case in page.rows] == expected[:SIZE]
        assert page.previous is None


def test_a_long_list_says_so_and_claims_no_number(
    court: Court, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(court, 5)
    words = client_of("周既明").get("/cases/").content.decode()
    assert "<strong>5</strong> 件<span" in words
    monkeypatch.setattr(keys, "COUNTED", 4)
    words = client_of("周既明").get("/cases/").content.decode()
    assert "<strong>4</strong> 件以上<span" in words


def test_the_list_of_a_figure_is_counted_to_the_end(
    court: Court, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number above the records is the figure itself."""
    filled(court, 5)
    monkeypatch.setattr(keys, "COUNTED", 4)
    filed = Case.objects.earliest("pk").filed_on
    address = f"/reports/figures/caseload.new/LJ/{filed}--{filed}/all/"
    answer = client_of("裴院长").get(address)
    assert answer.status_code == 200
    assert "<strong>5</strong> 件<span" in answer.content.decode()
