"""首页：what is overdue stands first, and the keys that open a door are listed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Court
from tianping.foundation.accounts.viewer import viewer_of
from tianping.remedy.states import State
from tianping.remedy.tests.factories import ask, assign, close, duty_at, planned, submit
from tianping.web import waiting

pytestmark = pytest.mark.django_db


def test_what_is_overdue_is_not_hidden_behind_what_has_no_day_yet(
    court: Court, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(court, rule="DAT001")
    owed = assign(court, planned(court), by="程砚之", owner="周既明", verifier="许清嘉")
    monkeypatch.setattr(waiting, "MOST", 1)
    late = viewer_of(court.people["周既明"], on=court.today + timedelta(days=60))
    (duties,) = [section for section in waiting.sections(late) if section["code"] == "duties"]
    assert duties["count"] == 2
    assert [item["title"] for item in duties["items"]] == [str(owed)]


@pytest.mark.parametrize(("who", "keys"), [("周既明", "hfdc"), ("林知远", "hfd"), ("审计丙", "h")])
def test_the_help_lists_the_keys_of_the_doors_that_open(
    client_of: Callable[[str], Client], who: str, keys: str
) -> None:
    page = client_of(who).get("/", follow=True).content.decode()
    listed = page.partition('id="shortcuts"')[2].partition("</dl>")[0]
    assert [key for key in "hfdcxyz" if f"<kbd>g</kbd> <kbd>{key}</kbd>" in listed] == list(keys)


def test_a_request_nobody_decided_does_not_wait_for_ever(court: Court, client_of: Callable[[str], Client]) -> None:
    duty = duty_at(court, State.OPEN)
    ask(court, duty)
    page = client_of("周既明").get(f"/remedy/{duty.public_id}/").content.decode()
    assert "待批" in page and "未批复" not in page
    submit(court, duty)
    close(court, duty)
    page = client_of("周既明").get(f"/remedy/{duty.public_id}/").content.decode()
    assert "未批复，事项已了结" in page
