"""走查：every address × every role × own, other division's and other court's records, against the reviewed table.

The table says what must be, not what is: a row is changed only by somebody who has asked whether it should.
To see what a new address answers:  python -m pytest tests/authz -k walk  prints the rows that are missing or differ.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from http.cookies import SimpleCookie
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.authz.calls import Call, calls
from tests.authz.world import COLUMNS, PLACES, Place, build
from tests.cast import Court
from tianping.court.wizard.views import MOVES as IMPORT_VERBS
from tianping.findings.states import MOVES as FINDING_MOVES
from tianping.findings.views import VERBS as FINDING_VERBS
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import viewer_of
from tianping.foundation.imports.states import MOVES as IMPORT_MOVES
from tianping.remedy.states import MOVES as DUTY_MOVES
from tianping.remedy.views import VERBS as DUTY_VERBS

TABLE = Path(__file__).with_name("table.csv")
KEYS = ("url", "act", "method", "place")
Key = tuple[str, str, str, str]
# list page: (the page of one record, its kinds)
LISTS = {
    "court:cases": "case",
    "register:list": "evidence",
    "documents:issued": "issued",
    "documents:reviews": "review",
    "findings:list": "finding",
    "remedy:list": "duty",
}
PAGES = {  # kind of record: the page that shows it
    "case": "court:case",
    "import": "court:import_one",
    "evidence": "register:detail",
    "issued": "documents:document",
    "review": "documents:review",
    "finding": "findings:detail",
    "duty": "remedy:detail",
    "snapshot": "reports:snapshot",
}
BACKEND = "tianping.foundation.accounts.backend.StaffBackend"

pytestmark = pytest.mark.django_db


def table() -> dict[Key, dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {tuple(row[k] for k in KEYS): row for row in csv.DictReader(file)}  # type: ignore[misc]


def names(patterns: Any = None, space: str = "") -> Iterator[str]:
    """Every named address of the project."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            assert pattern.name, f"地址 {pattern.pattern} 没有名称，走查不到"
            yield f"{space}{pattern.name}"
        else:
            if pattern.namespace != "api":  # asked with tokens, against this same table: tests/api/test_walk_api.py
                yield from names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)


@pytest.fixture
def world(court: Court, files_home: Path) -> dict[str, Place]:
    return build(court)


class Visitors:
    """来访者：one browser for each column; whatever a request does is undone after it."""

    def __init__(self, court: Court) -> None:
        self.clients: dict[str, tuple[Client, str]] = {}
        for column, person in COLUMNS.items():
            client = Client()
            if person:
                client.force_login(court.people[person], backend=BACKEND)
            self.clients[column] = (client, client.cookies.output(header=""))

    def ask(self, column: str, method: str, address: str, data: dict[str, Any] | None = None) -> HttpResponse:
        client, cookies = self.clients[column]
        client.cookies = SimpleCookie(cookies)
        client.raise_request_exception = True
        with transaction.atomic():
            answer = getattr(client, method.lower())(address, data or {})
            transaction.set_rollback(True)
        return answer  # type: ignore[no-any-return]

    def call(self, column: str, call: Call, place: Place | None) -> HttpResponse:
        address = reverse(call.url, args=call.args(place) if call.args and place else [])
        data = call.data(place) if call.data else None  # type: ignore[arg-type]
        return self.ask(column, call.method, address, data)


def outcome(answer: HttpResponse) -> str:
    """The status; of redirects, `login` where one must sign in first, `done` for any other."""
    if answer.status_code == 302:
        return "login" if answer["Location"].startswith(reverse("login")) else "done"
    return str(answer.status_code)


def test_every_address_stands_in_the_table() -> None:
    listed = {(row["url"], row["method"]) for row in table().values()}
    missing = [f"{name} {method}" for name in names() for method in ("GET", "POST") if (name, method) not in listed]
    assert not missing, (
        f"tests/authz/table.csv 没有这些地址：{'、'.join(missing)}。请在 calls.py 和表中补上谁能看、谁能办。"
    )
    gone = {url for url, _ in listed} - set(names())
    assert not gone, f"表中的地址已不存在：{'、'.join(sorted(gone))}。请从表中删去。"


def test_every_move_a_person_takes_stands_in_the_table() -> None:
    listed = {(row["url"], row["act"]) for row in table().values() if row["method"] == "POST"}
    verbs_of = {"findings:move": FINDING_VERBS, "remedy:move": DUTY_VERBS, "court:import_move": IMPORT_VERBS}
    for url, verbs in verbs_of.items():
        missing = [move for move in verbs if (url, move) not in listed]
        assert not missing, f"tests/authz/table.csv 没有 {url} 的这些步骤：{'、'.join(missing)}。"
    assert set(FINDING_VERBS) <= {move.name for move in FINDING_MOVES}
    assert set(DUTY_VERBS) <= {move.name for move in DUTY_MOVES}
    assert set(IMPORT_VERBS) <= {move.name for move in IMPORT_MOVES}


def test_every_role_has_a_column(court: Court) -> None:
    held = {
        s.role for name in COLUMNS.values() if name for s in viewer_of(court.people[name], on=court.today).standings
    }
    assert held == set(Role)


def test_walk(court: Court, world: dict[str, Place]) -> None:
    visitors, expected = Visitors(court), table()
    wrong, leaks, walked = [], [], 0
    for call in calls():
        stage = call.url.rpartition(":")[0]
        for where in call.places:
            key = (call.url, call.act, call.method, where)
            came = {}
            for column in COLUMNS:
                answer = visitors.call(column, call, world.get(where) or world["own"])
                came[column] = outcome(answer)
                walked += 1
                if (
                    answer.status_code in (200, 422) and stage != "audit"
                ):  # the chain names records the auditor cannot open
                    leaks += [f"{' '.join(key)} 给 {column}：{what}" for what in unseen(column, answer, world)]
            row = expected.pop(key, None)
            if row is None:
                wrong.append("表中缺此行，现为：" + ",".join([*key, *came.values()]))
            else:
                wrong += [
                    f"{' '.join(key)}：{column} 应为 {row[column]}，现为 {came[column]}"
                    for column in COLUMNS
                    if row[column] != came[column]
                ]
    wrong += [f"calls.py 中没有：{' '.join(key)}" for key in expected]
    print(f"{walked} 次请求，{len(wrong)} 处与表不符，{len(leaks)} 处泄露")
    assert not [*wrong, *leaks], "\n".join([*wrong, *leaks])


def shows(column: str, kind: str, place: str) -> bool:
    """Whether the table opens the page of this record to this person."""
    name, _, stage = kind.partition(" ")
    if name not in PAGES:
        return True
    row = SEEN.get((PAGES[name], stage, "GET", place))
    return row is not None and row[column] == "200"


SEEN = table() if TABLE.exists() else {}


def listed_kinds(place: Place, name: str) -> list[str]:
    """The records of a kind whose page stands in the table: of those the table says who may see them."""
    kinds = [k for k in place.records if k.split(" ")[0] == name]
    return [k for k in kinds if (PAGES[name], k.partition(" ")[2], "GET", "own") in SEEN]


def unseen(column: str, answer: HttpResponse, world: dict[str, Place]) -> list[str]:
    """Records named on a page, by their random id, that this person may not open."""
    text = answer.content.decode("utf-8", errors="replace")
    return [
        f"{where} {kind}"
        for where, place in world.items()
        for name in PAGES
        for kind in listed_kinds(place, name)
        if place.id(kind) in text and not shows(column, kind, where)
    ]


def _xlsx(content: bytes) -> str:
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    return "\n".join(str(cell) for row in rows for cell in row)


def test_a_list_and_its_export_hold_what_one_may_open_and_nothing_else(court: Court, world: dict[str, Place]) -> None:
    visitors, wrong, seen = Visitors(court), [], Counter[str]()
    for (url, name), column in product(LISTS.items(), COLUMNS):
        page = visitors.ask(column, "GET", reverse(url))
        if page.status_code != 200:
            continue
        export = visitors.ask(column, "GET", reverse(url), {"format": "xlsx"})
        assert export.status_code == 200
        html, cells = page.content.decode(), _xlsx(export.content)
        for where, place in world.items():
            for kind in listed_kinds(place, name):
                may = shows(column, kind, where)
                seen[url] += may
                if (place.id(kind) in html) != may:
                    wrong.append(f"{url} {column} 的清单{'缺' if may else '多'} {where} {kind}")
                if bool(re.search(rf"{re.escape(place.tokens[kind])}(?!\w)", cells)) != may:
                    wrong.append(f"{url} {column} 的 Excel {'缺' if may else '多'} {where} {kind}")
    assert not wrong, "\n".join(wrong)
    assert all(seen[url] >= len(PLACES) for url in LISTS), "有清单没有人看得到任何记录，这项检查等于没查"


def test_searching_finds_nothing_beyond_ones_sight(court: Court, world: dict[str, Place]) -> None:
    visitors, wrong = Visitors(court), []
    for (url, name), column in product(LISTS.items(), COLUMNS):
        for where, place in world.items():
            kind = listed_kinds(place, name)[0]
            page = visitors.ask(column, "GET", reverse(url), {"q": place.tokens[kind]})
            if page.status_code == 200 and place.id(kind) in page.content.decode() and not shows(column, kind, where):
                wrong.append(f"{url} {column} 查得 {where} {kind}")
    assert not wrong, "\n".join(wrong)


class TestTheTableItself:
    """What no row may say, whoever reviewed it."""

    MAY = frozenset({"200", "done", "422"})

    def test_nobody_reaches_into_another_court(self) -> None:
        for key, row in table().items():
            assert key[3] != "court" or not self.MAY & {row[c] for c in COLUMNS}, key

    def test_administrators_see_no_content(self) -> None:
        own = {"login", "logout", "web:home", "web:admin", "jobs:list", "jobs:operations", "jobs:detail", "jobs:move"}
        own |= {"accounts:code", "accounts:password", "accounts:second_factor"}
        both = {"accounts:resets", "accounts:reset", "accounts:reset_move"}
        pages = {
            "system_admin": own | both | {f"accounts:{n}" for n in ("people", "person_new", "person", "person_move")},
            "security_admin": own
            | both
            | {f"accounts:{n}" for n in ("offices", "office_holder", "office_move", "rules", "locks", "lock_lift")}
            | {"staffing:person", "staffing:move"},
            "auditor": own | {"audit:chain", "audit:entry", "audit:verify", "audit:heads", "audit:head"},
        }
        for key, row in table().items():
            for column, may in pages.items():
                assert key[0] in may or row[column] == "404", (key, column)

    def test_without_signing_in_there_is_only_the_sign_in_page(self) -> None:
        for key, row in table().items():
            assert row["anonymous"] == "login" or key[0] in ("login", "logout"), key

    def test_a_subject_only_answers(self) -> None:
        done = {key[:2] for key, row in table().items() if row["subject"] == "done"}
        # the token is one's own; the page of the second code sends home whoever owes none
        assert done == {("login", ""), ("accounts:code", ""), ("findings:move", "answer"), ("tokens:revoke", "")}

    def test_whoever_owes_a_duty_only_reports_and_asks(self) -> None:
        done = {key[:2] for key, row in table().items() if row["owner"] == "done"}
        mine = {("login", ""), ("accounts:code", ""), ("jobs:move", "cancel")}
        assert done == mine | {("remedy:move", "submit"), ("remedy:move", "ask_postponement")}

    def test_only_the_trial_office_of_the_court_imports(self) -> None:
        for key, row in table().items():
            if key[0].startswith("court:import"):
                may = {c for c in COLUMNS if row[c] not in ("404", "login")}
                assert may <= {"trial_office", "verifier"}, key

    def test_only_the_trial_office_of_the_court_enters_its_totals(self) -> None:
        for key, row in table().items():
            if key[0] in ("yearly:enter", "yearly:take"):
                may = {c for c in COLUMNS if row[c] not in ("404", "login")}
                assert may <= {"trial_office", "verifier"}, key

    def test_only_the_one_named_verifies_a_duty(self) -> None:
        for move in ("close", "return"):
            row = table()["remedy:move", move, "POST", "own"]
            assert [c for c in COLUMNS if row[c] == "done"] == ["verifier"]

    def test_whoever_registered_evidence_decides_nothing_about_it(self) -> None:
        done = {key[0] for key, row in table().items() if row["reviewer"] == "done"}
        assert done == {"login", "accounts:code", "register:void", "documents:remark", "documents:finish"}
