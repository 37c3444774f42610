"""接口走查：every operation without a token, and every list and record by every person × own, other division and court.

What a token opens must be what its person's pages open, so the expectation is the reviewed table of tests/authz.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from tests.authz.test_walk import SEEN, listed_kinds, shows
from tests.authz.world import COLUMNS, PLACES, Place, build
from tests.cast import Court
from tianping.config import api
from tianping.foundation.figures.registry import figures
from tianping.foundation.search import services as search

pytestmark = pytest.mark.django_db
ADMINISTRATORS = ("system_admin", "security_admin", "auditor")
PEOPLE = {column: name for column, name in COLUMNS.items() if name and column not in ADMINISTRATORS}
KINDS = {"case": "cases", "evidence": "evidence", "issued": "documents", "finding": "findings", "duty": "duties"}
SEARCHED = {"case": "case", "evidence": "evidence", "issued": "issueddocument", "finding": "finding", "duty": "duty"}


@pytest.fixture
def world(court: Court, files_home: Path) -> dict[str, Place]:
    built = build(court)
    search.catch_up()
    return built


def operations() -> Iterator[tuple[str, str]]:
    """(method, address) of every operation, also of those no description names."""
    patterns, _, _ = api.urls()
    names = [pattern.name for pattern in patterns if isinstance(pattern, URLPattern) and pattern.name != "api-root"]
    for name in names:
        for arguments in ([], ["AAAAAAAAAAAA"]):
            try:
                address = reverse(f"api:{name}", args=arguments)
            except Exception:
                continue
            for method in ("get", "post", "put", "patch", "delete"):
                yield method, address


def test_without_a_token_nothing_is_answered(court: Court, client_of: Callable[[str], Client]) -> None:
    """Nor with a session: a browser that is signed in opens no operation."""
    asked = 0
    for client in (Client(), client_of("周既明"), Client(headers={"Authorization": "Bearer tianping_nonsense"})):
        for method, address in operations():
            answer = getattr(client, method)(address)
            assert answer.status_code in (401, 405), (method, address, answer.status_code)
            if answer.status_code == 401:
                assert answer["WWW-Authenticate"] == "Bearer"
                assert set(answer.json()) == {"place", "fault", "reason", "way_out"}
                asked += 1
    assert asked >= 3 * 15


def test_the_root_answers_nobody(caller_of: Callable[[str], Client], client_of: Callable[[str], Client]) -> None:
    root = reverse("api:api-root")
    assert caller_of("周既明").get(root).status_code == 302
    assert client_of("周既明").get(root).status_code == 404


def every_id(client: Client, address: str) -> set[str]:
    """A list to its end, ten at a time."""
    found: set[str] = set()
    after = ""
    while True:
        answer = client.get(address, {"size": 10, "after": after})
        assert answer.status_code == 200, answer.content
        found |= {item["id"] for item in answer.json()["items"]}
        if (after := answer.json()["next"]) is None:
            return found


def test_lists_and_records_are_those_of_the_pages(
    court: Court, world: dict[str, Place], caller_of: Callable[[str], Client]
) -> None:
    wrong, checked = [], 0
    for column, kind in product(PEOPLE, KINDS):
        client = caller_of(PEOPLE[column])
        listed = every_id(client, f"/api/v1/{KINDS[kind]}")
        for where, place in world.items():
            for record in listed_kinds(place, kind):
                may, key = shows(column, record, where), place.id(record)
                one = client.get(f"/api/v1/{KINDS[kind]}/{key}").status_code
                checked += 1
                if (key in listed) != may or one != (200 if may else 404):
                    said = f"应{'见' if may else '不见'}，清单 {key in listed}，单条 {one}"
                    wrong.append(f"{column} {where} {record}：{said}")
    assert not wrong, "\n".join(wrong)
    assert checked > 30 * len(PEOPLE)


def test_search_finds_what_the_pages_open_and_nothing_else(
    court: Court, world: dict[str, Place], caller_of: Callable[[str], Client], client_of: Any
) -> None:
    """The API and the page alike, asked for each record by words only that record has."""
    wrong = []
    for column, kind in product(PEOPLE, KINDS):
        client, browser = caller_of(PEOPLE[column]), client_of(PEOPLE[column])
        for where, place in world.items():
            for record in listed_kinds(place, kind):
                may, key = shows(column, record, where), place.id(record)
                asked = {"q": place.tokens[record], "kind": SEARCHED[kind]}
                answer = client.get("/api/v1/search", asked)
                page = browser.get(reverse("search:results"), asked).content.decode()
                if (key in {item["id"] for item in answer.json()["items"]}) != may or (key in page) != may:
                    wrong.append(f"{column} {where} {record} 应{'查得' if may else '查不得'}")
    assert not wrong, "\n".join(wrong)


def test_the_loop_opens_to_those_whose_page_it_is(court: Court, caller_of: Callable[[str], Client]) -> None:
    opened = {column: str(caller_of(name).get("/api/v1/loop").status_code) for column, name in PEOPLE.items()}
    assert opened == {column: SEEN["web:loop", "", "GET", "-"][column] for column in PEOPLE}


def test_moves_are_refused_to_all_but_the_one_whose_they_are(
    court: Court, world: dict[str, Place], caller_of: Callable[[str], Client]
) -> None:
    place = world["own"]
    answer = f"/api/v1/findings/{place.id('finding answering')}/answer"
    submit = f"/api/v1/duties/{place.id('duty open')}/submit"
    done = []
    for column, name in PEOPLE.items():
        client = caller_of(name)
        for what, address, said in (
            ("answer", answer, {"stance": "admits"}),
            ("submit", submit, {"report": "已更正。"}),
        ):
            status = client.post(address, said, content_type="application/json").status_code
            assert status in (200, 404, 409), (column, what, status)
            if status == 200:
                done.append((column, what))
    assert done == [("subject", "answer"), ("owner", "submit")]


YEAR = {"since": "2026-01-01", "until": "2026-10-31"}
CODES = [one.code for one in figures()]


@pytest.mark.parametrize("column", PEOPLE)
def test_a_figure_is_that_of_the_page_and_open_to_whom_the_page_is(
    column: str, court: Court, world: dict[str, Place], caller_of: Callable[[str], Client], client_of: Any
) -> None:
    """For every scope there is: found by the interface exactly where the page is, with the count of the page."""
    client, browser, found = caller_of(PEOPLE[column]), client_of(PEOPLE[column]), 0
    assert [one["code"] for one in client.get("/api/v1/figures").json()["items"]] == CODES
    for scope in (*court.organisations, "me", "nowhere"):
        answer = client.get("/api/v1/figures/caseload.accepted", {**YEAR, "scope": scope})
        address = reverse("reports:figure", args=["caseload.accepted", scope, "2026-01-01--2026-10-31", "all"])
        page = browser.get(address)
        assert answer.status_code == page.status_code, (scope, answer.status_code, page.status_code)
        if answer.status_code == 200:
            found += 1
            assert answer.json()["records"] == address
            assert answer.json()["numerator"] == page.context["total"], scope
    where = {place: SEEN["reports:figure", "", "GET", place][column] for place in ("own", "division", "court")}
    for place, status in where.items():
        asked = {**YEAR, "scope": PLACES[place][0]}
        assert str(client.get("/api/v1/figures/caseload.accepted", asked).status_code) == status
    assert bool(found) == (str(SEEN["reports:mine", "", "GET", "-"][column]) == "200" or "200" in where.values())


def test_the_administrators_ask_for_no_figure(court: Court, world: dict[str, Place]) -> None:
    for address in ("/api/v1/figures", "/api/v1/figures/caseload.new?since=2026-01-01&until=2026-01-31"):
        assert Client().get(address).status_code == 401
