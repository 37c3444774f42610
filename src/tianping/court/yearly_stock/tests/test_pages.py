"""年度存量的页面：the court's trial office enters and imports; each number says where it is from and what it was."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from tests.cast import Court
from tests.conftest import client_of, court, now
from tianping.court.models import YearlyStock
from tianping.court.tests.tables import xlsx
from tianping.court.tests.test_yearly import GOOD, HEADERS
from tianping.court.yearly_stock.services import StockRefused, stock_enter
from tianping.foundation.audit.models import Entry

__all__ = ["client_of", "court", "now"]
pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]
SAID = {"year": 2023, "kind": "all", "newly_accepted": 21034, "closed": 20876, "pending": 1893, "source": "统计年报"}


def said(**changed: Any) -> dict[str, Any]:
    return {f"enter-{field}": value for field, value in (SAID | {"court": "LJ"} | changed).items()}


def table(*rows: tuple[Any, ...], court: str = "LJ") -> dict[str, Any]:
    file = BytesIO(xlsx(*rows, headers=HEADERS))
    file.name = "年度存量.xlsx"
    return {"file-court": court, "file-file": file}


def test_entered_corrected_and_the_history_says_from_what(client_of: ClientOf) -> None:
    office = client_of("周既明")
    assert office.post("/yearly/enter/", said())["Location"] == "/yearly/LJ/2023/all/"
    office.post("/yearly/enter/", said(pending=1900, source="统计年报（更正）"))
    stock = YearlyStock.objects.get()
    assert (stock.pending, stock.source) == (1900, "统计年报（更正）")
    page = client_of("裴院长").get("/yearly/LJ/2023/all/").content.decode()
    for words in ("1,900 件", "年末未结 1,893 → 1,900", "来源 统计年报 → 统计年报（更正）", "新收 21,034", "周既明"):
        assert words in page, words
    listed = client_of("程砚之").get("/yearly/").content.decode()
    assert "2023年" in listed and "21,034" in listed and "登记一年" not in listed


def test_an_import_is_in_the_history_too(client_of: ClientOf) -> None:
    office = client_of("周既明")
    office.post("/yearly/enter/", said())
    assert office.post("/yearly/import/", table((*GOOD[:4], 2000, GOOD[5]))).status_code == 302
    page = office.get("/yearly/LJ/2023/all/").content.decode()
    assert "年末未结 1,893 → 2,000" in page
    assert Entry.objects.filter(verb="court.yearly_stock.import").count() == 1


def test_one_bad_row_and_nothing_is_written_and_each_is_named(client_of: ClientOf) -> None:
    answer = client_of("周既明").post("/yearly/import/", table(GOOD, (2022, "海事", 1, 1, 1, "年报")))
    assert answer.status_code == 422
    assert "第 3 行“案件类别”" in answer.content.decode()
    assert not YearlyStock.objects.exists()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"year": 2026}, "当年的数由案件表计算"),
        ({"pending": -1}, "0"),
        ({"source": " "}, "来源"),
        ({"court": "WS"}, "WS"),
        ({"kind": "maritime"}, "maritime"),
    ],
)
def test_what_cannot_be_entered(client_of: ClientOf, changed: dict[str, Any], words: str) -> None:
    answer = client_of("周既明").post("/yearly/enter/", said(**changed))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not YearlyStock.objects.exists()


def test_the_same_again_is_refused(client_of: ClientOf) -> None:
    office = client_of("周既明")
    office.post("/yearly/enter/", said())
    assert "与已登记的相同" in office.post("/yearly/enter/", said()).content.decode()
    assert Entry.objects.filter(verb="court.yearly_stock.take").count() == 1


@pytest.mark.parametrize("who", ["裴院长", "程砚之", "秦望舒", "林知远", "系统甲", "安全乙", "审计丙"])
def test_who_may_not(court: Court, client_of: ClientOf, who: str) -> None:
    browser = client_of(who)
    assert browser.post("/yearly/enter/", said()).status_code == 404
    assert browser.post("/yearly/import/", table(GOOD)).status_code == 404
    with pytest.raises(StockRefused, match="由该院审管办登记"):
        stock_enter(court=court.organisations["LJ"], **SAID, by=court.viewer(who), at=court.now)


def test_another_courts_totals_do_not_exist(court: Court, client_of: ClientOf) -> None:
    stock_enter(court=court.organisations["WS"], **SAID, by=court.viewer("陶思源"), at=court.now)
    for who in ("裴院长", "周既明", "程砚之"):
        assert client_of(who).get("/yearly/WS/2023/all/").status_code == 404
        assert "望山" not in client_of(who).get("/yearly/").content.decode()
    with pytest.raises(StockRefused):
        stock_enter(court=court.organisations["WS"], **SAID, by=court.viewer("周既明"), at=court.now)
