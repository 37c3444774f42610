"""参数的页面：what each sees, proposes, approves; the import in two steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Court
from tianping.foundation.parameters.models import HolidayNotice, LocalValue
from tianping.foundation.parameters.pages import UNITS
from tianping.foundation.parameters.tests.test_holidays import table
from tianping.law.parameters import store

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
LIST, SET = reverse("parameters:list"), reverse("parameters:set", args=["findings.reply_days"])


def said(**more: Any) -> dict[str, Any]:
    return {"value": "8", "basis": "临法办〔2026〕12号", "since": timezone.localdate().isoformat(), **more}


def test_the_list_shows_the_badge_until_the_court_has_decided(court: Court, client_of: Browser) -> None:
    page = client_of("林知远").get(LIST).content.decode()
    assert "待本院确认" in page and "责任人答复问题的期限" in page and "《信访工作条例》第三十四条" in page
    assert page.index("责任人答复问题的期限") < page.index("法律已有规定的") < page.index("信访事项办结期限")
    assert "findings.reply_days" not in page, "页面上不写代码"
    assert SET not in page, "提出由审管办办理"
    assert SET in client_of("周既明").get(LIST).content.decode()


def test_proposed_by_one_approved_by_another(court: Court, client_of: Browser) -> None:
    assert client_of("周既明").post(SET, said()).status_code == 302
    value = LocalValue.objects.get()
    assert SET not in client_of("周既明").get(LIST).content.decode(), "批复前不能再提"
    url = reverse("parameters:decide", args=[value.public_id, "approve"])
    assert "待批准" in client_of("林知远").get(LIST).content.decode()
    refused = client_of("许清嘉").post(url)
    assert refused.status_code == 422
    assert client_of("林知远").post(url).status_code == 404
    assert client_of("陶思源").post(url).status_code == 404
    assert client_of("裴院长").post(url).status_code == 302
    page = client_of("林知远").get(LIST).content.decode()
    assert "8 个工作日" in page and "临法办〔2026〕12号" in page and "裴院长" in page
    assert "周既明" in page, "提出人"
    assert "8 个工作日" not in client_of("顾长风").get(LIST).content.decode()


def test_a_refusal_stands_beside_its_field(court: Court, client_of: Browser) -> None:
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    for change, words in (({"since": yesterday}, "已过"), ({"basis": ""}, "依据为空"), ({"value": "2.5"}, "应为整数")):
        answer = client_of("周既明").post(SET, said(**change))
        assert answer.status_code == 422 and words in answer.content.decode()
    assert not LocalValue.objects.exists()


def test_declining_needs_a_reason(court: Court, client_of: Browser) -> None:
    client_of("周既明").post(SET, said())
    value = LocalValue.objects.get()
    url = reverse("parameters:decide", args=[value.public_id, "decline"])
    assert client_of("裴院长").post(url).status_code == 422
    assert client_of("裴院长").post(url, {f"{value.public_id}-decline-reason": "太长。"}).status_code == 302
    assert "太长。" in client_of("周既明").get(LIST).content.decode()


def test_a_number_of_the_law_is_not_set_here(court: Court, client_of: Browser) -> None:
    url = reverse("parameters:set", args=["petition.handling_days"])
    assert "本院不能另定" in client_of("周既明").post(url, said()).content.decode()
    assert client_of("周既明").get(reverse("parameters:set", args=["no.such"])).status_code == 404


class TestHolidays:
    URL = reverse("parameters:holidays")

    def post(self, browser: Client, data: bytes, **more: str) -> Any:
        file = BytesIO(data)
        file.name = "放假.csv"
        year = timezone.localdate().year + 1
        return browser.post(self.URL, {"court": "LJ", "year": year, "file": file, **more})

    @property
    def data(self) -> bytes:
        year = timezone.localdate().year + 1
        return table(*(f"{year}-{day},放假,假日" for day in ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")))

    def test_shown_then_written(self, court: Court, client_of: Browser) -> None:
        browser = client_of("周既明")
        shown = self.post(browser, self.data, step="try")
        assert shown.status_code == 200 and "现未写入" in shown.content.decode()
        assert self.post(browser, self.data, step="write").status_code == 422
        assert not HolidayNotice.objects.exists()
        seen = shown.context["form"]["seen"].value()
        assert f'value="{seen}"' in shown.content.decode()
        assert self.post(browser, self.data, step="write", seen=seen).status_code == 302
        page = browser.get(LIST).content.decode()
        assert "放假安排未导入" not in page and "周既明" in page

    def test_refused_rows_are_listed(self, court: Court, client_of: Browser) -> None:
        answer = self.post(client_of("周既明"), self.data + "\n1999-01-01,放假,元旦".encode(), step="write", seen="x")
        assert answer.status_code == 422 and "请删去此行" in answer.content.decode()

    def test_what_is_no_table(self, court: Court, client_of: Browser) -> None:
        answer = self.post(client_of("周既明"), b"\x00\x01", step="try")
        assert answer.status_code == 422


def test_a_multiple_is_so_many_times_and_every_unit_has_its_word(court: Court, client_of: Browser) -> None:
    assert set(UNITS) == set(store.UNITS)
    page = client_of("林知远").get(LIST).content.decode()
    assert "4 倍" in page and "4 次" not in page
