"""接口：the same services and refusals as the pages, told to a program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Court
from tianping.config.api import KINDS, api
from tianping.config.api_problems import refused
from tianping.findings.models import Finding
from tianping.findings.states import State
from tianping.foundation import loop
from tianping.foundation.search import registry

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def finding(court: Court) -> Finding:
    now = timezone.now()
    evidence = court.evidence(at=now)
    loop.run(now)
    return Finding.objects.get(links__evidence=evidence)


def test_the_kinds_one_may_search_are_those_registered() -> None:
    assert set(KINDS.__args__) == {kind.code for kind in registry.kinds()}


def test_the_subject_answers(finding: Finding, caller_of: Callable[[str], Client]) -> None:
    said = {"stance": "contests", "text": "系曾用名，有户籍证明。"}
    answer = caller_of("林知远").post(f"/api/v1/findings/{finding.public_id}/answer", said, content_type=JSON)
    assert answer.status_code == 200
    assert answer.json()["state"] == State.ANSWERED
    assert answer.json()["stance"] == "有异议"
    finding.refresh_from_db()
    assert finding.state == State.ANSWERED
    assert finding.steps.get(move="answer").text == "系曾用名，有户籍证明。"


def test_answering_twice_is_refused_in_the_words_of_the_page(
    finding: Finding, caller_of: Callable[[str], Client]
) -> None:
    client, address = caller_of("林知远"), f"/api/v1/findings/{finding.public_id}/answer"
    client.post(address, {"stance": "admits"}, content_type=JSON)
    again = client.post(address, {"stance": "admits"}, content_type=JSON)
    assert again.status_code == 409
    assert again.json() == {
        "place": f"问题 {finding.number}",
        "fault": "未办成，内容没有写入",
        "reason": "当前状态下不能办这一步，可能已由他人办理。",
        "way_out": "请刷新后查看最新状态。",
    }


def test_contesting_without_a_reason_is_refused(finding: Finding, caller_of: Callable[[str], Client]) -> None:
    address = f"/api/v1/findings/{finding.public_id}/answer"
    answer = caller_of("林知远").post(address, {"stance": "contests", "text": " "}, content_type=JSON)
    assert answer.status_code == 409
    assert answer.json()["reason"] == "异议理由为空。"
    assert answer.json()["way_out"] == "请写明后再办。"
    finding.refresh_from_db()
    assert finding.state == State.ANSWERING


@pytest.mark.parametrize(
    ("said", "status", "place", "reason"),
    [
        ({}, 422, "内容中的 stance", "内容中的 stance：缺这一项。"),
        ({"stance": "maybe"}, 422, "内容中的 stance", "内容中的 stance：只可为 'admits'、'contests'。"),
        ({"stance": "admits", "text": "字" * 2001}, 422, "内容中的 text", "内容中的 text：不得超过 2000 个字。"),
        ({"stance": "admits", "text": "a\0b"}, 422, "内容中的 text", "内容中的 text：写法不对，或含有不可见的字符。"),
        ({"stance": "admits", "by": "周既明"}, 422, "内容中的 by", "内容中的 by：没有这一项。"),
        ("{", 400, "请求内容", "不是 UTF-8 编码的 JSON，或超过 5 MB。"),
    ],
)
def test_what_is_wrong_with_a_request_is_said(
    finding: Finding, caller_of: Callable[[str], Client], said: Any, status: int, place: str, reason: str
) -> None:
    address = f"/api/v1/findings/{finding.public_id}/answer"
    answer = caller_of("林知远").post(address, said, content_type=JSON)
    assert (answer.status_code, answer.json()["place"], answer.json()["reason"]) == (status, place, reason)


def test_the_leader_hears_of_a_finding_only_when_it_is_verified(
    finding: Finding, caller_of: Callable[[str], Client]
) -> None:
    assert caller_of("裴院长").get(f"/api/v1/findings/{finding.public_id}").status_code == 404
    assert caller_of("裴院长").get("/api/v1/findings").json() == {"items": [], "next": None}


def test_the_person_it_is_about_does_not_learn_who_registered_it(
    finding: Finding, caller_of: Callable[[str], Client]
) -> None:
    client = caller_of("林知远")
    seen = (
        client.get("/api/v1/evidence").content.decode()
        + client.get(f"/api/v1/findings/{finding.public_id}").content.decode()
    )
    assert "韩江临" not in seen
    assert "首部为“贺兰山”" in seen


def test_a_list_is_read_page_by_page(court: Court, caller_of: Callable[[str], Client]) -> None:
    numbers = [court.case(1000 + n).case_no for n in range(7)]
    client, found, after = caller_of("周既明"), [], ""
    for _ in range(4):
        page = client.get("/api/v1/cases", {"size": 3, "after": after}).json()
        found += [item["case_no"] for item in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert found == numbers[::-1]


def test_a_page_after_nothing_known_is_refused_and_not_begun_anew(
    court: Court, caller_of: Callable[[str], Client]
) -> None:
    court.case()
    answer = caller_of("周既明").get("/api/v1/cases", {"after": "A" * 12})
    assert answer.status_code == 409
    assert answer.json()["way_out"] == "请不带 after 从头取。"


def test_cases_by_whether_they_are_closed(court: Court, caller_of: Callable[[str], Client]) -> None:
    court.case()
    client = caller_of("周既明")
    assert len(client.get("/api/v1/cases", {"closed": "false"}).json()["items"]) == 1
    assert client.get("/api/v1/cases", {"closed": "true"}).json()["items"] == []


def test_a_list_costs_the_same_few_questions(
    court: Court, caller_of: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    for n in range(30):
        court.case(1000 + n)
    client = caller_of("周既明")
    client.get("/api/v1/cases")
    with django_assert_max_num_queries(6):
        assert len(client.get("/api/v1/cases").json()["items"]) == 30


@pytest.mark.parametrize("name", ["findings", "duties", "evidence", "documents"])
def test_a_state_that_does_not_exist_is_refused(name: str, court: Court, caller_of: Callable[[str], Client]) -> None:
    answer = caller_of("周既明").get(f"/api/v1/{name}", {"state": "lost"})
    assert answer.status_code == (200 if name == "documents" else 422)


def test_what_is_done_by_the_interface_is_written_down_as_such(
    finding: Finding, caller_of: Callable[[str], Client]
) -> None:
    from tianping.foundation.audit import services as audit

    caller_of("林知远").post(f"/api/v1/findings/{finding.public_id}/answer", {"stance": "admits"}, content_type=JSON)
    entry = next(row for row in reversed(list(audit.rows())) if "findings.finding.answer" in row)
    assert "林知远" in entry
    assert "接口 127.0.0.1" in entry


def test_behind_our_proxies_the_chain_names_the_address_they_saw(
    finding: Finding, caller_of: Callable[[str], Client], settings: Any
) -> None:
    from tianping.foundation.audit import services as audit

    settings.PROXIES = 1
    address, forged = f"/api/v1/findings/{finding.public_id}/answer", {"X-Forwarded-For": "6.6.6.6, 10.1.1.7"}
    caller_of("林知远").post(address, {"stance": "admits"}, content_type=JSON, headers=forged)
    origins = [row[7] for row in audit.rows() if row[4] == "findings.finding.answer"]
    assert origins == ["接口 10.1.1.7"]


class TestToken:
    """令牌失效之时，接口即刻不答。"""

    @pytest.fixture
    def client(self, caller_of: Callable[[str], Client]) -> Client:
        client = caller_of("周既明")
        assert client.get("/api/v1/cases").status_code == 200
        return client

    def test_the_answer_says_which_it_is_and_what_to_do(self, client: Client, court: Court) -> None:
        court.people["周既明"].tokens.update(revoked_at=timezone.now())
        answer = client.get("/api/v1/cases")
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
        assert answer.json()["reason"] == "令牌已撤销。"
        assert answer.json()["way_out"] == "请持有人在网页“接口令牌”中另建。"

    def test_an_account_out_of_use(self, client: Client, court: Court) -> None:
        court.people["周既明"].is_active = False
        court.people["周既明"].save()
        assert client.get("/api/v1/cases").status_code == 401

    def test_a_person_past_the_last_day(self, client: Client, court: Court) -> None:
        court.people["周既明"].last_day = timezone.localdate() - timedelta(days=1)
        court.people["周既明"].save()
        assert client.get("/api/v1/cases").status_code == 401

    def test_a_person_without_an_office_any_more(self, client: Client, court: Court) -> None:
        court.people["周既明"].appointments.update(until=timezone.localdate() - timedelta(days=1))
        assert client.get("/api/v1/cases").status_code == 401

    def test_a_person_who_became_an_administrator(self, client: Client, court: Court) -> None:
        court.people["周既明"].appointments.update(role="auditor")
        assert client.get("/api/v1/cases").status_code == 401

    def test_past_its_day(self, client: Client, court: Court) -> None:
        court.people["周既明"].tokens.update(expires_on=timezone.localdate() - timedelta(days=1))
        assert client.get("/api/v1/cases").status_code == 401

    def test_revoked(self, client: Client, court: Court, now: datetime) -> None:
        court.people["周既明"].tokens.update(revoked_at=now)
        assert client.get("/api/v1/cases").status_code == 401

    def test_the_day_of_use_is_noted(self, client: Client, court: Court) -> None:
        assert court.people["周既明"].tokens.get().last_used_on == timezone.localdate()


def test_the_description_is_for_people_signed_in(court: Court, client_of: Callable[[str], Client]) -> None:
    assert client_of("林知远").get("/api/openapi.json").json()["info"]["title"] == "天平接口"
    page = client_of("林知远").get("/api/docs/").content.decode()
    for methods in api.get_openapi_schema()["paths"].values():
        for operation in methods.values():
            assert operation["summary"] in page
    assert Client().get("/api/docs/").status_code == 302
    assert client_of("系统甲").get("/api/docs/").status_code == 404


def test_a_refusal_without_a_way_out_gets_one() -> None:
    problem = refused("问题 1", "您不是可以办这一步的人。")
    assert problem.reason == "您不是可以办这一步的人。"
    assert problem.way_out.startswith("请")


class TestFigures:
    """数：the value in the caller's scope, what it is, and where its records are."""

    YEAR: ClassVar[dict[str, str]] = {"since": "2026-01-01", "until": "2026-12-31"}

    def test_the_value_comes_with_definition_boundary_and_records(
        self, court: Court, caller_of: Callable[[str], Client]
    ) -> None:
        for number in range(3):
            court.case(1000 + number)
        answer = caller_of("周既明").get("/api/v1/figures/caseload.new", self.YEAR).json()
        assert (answer["numerator"], answer["denominator"], answer["scope"]) == (3, None, "LJ")
        assert "立案日期在期间首日至末日之间" in answer["boundary"]
        assert answer["records"] == "/reports/figures/caseload.new/LJ/2026-01-01--2026-12-31/all/"
        own = caller_of("林知远").get("/api/v1/figures/caseload.new", self.YEAR | {"kind": "civil"}).json()
        assert (own["scope"], own["scope_name"], own["numerator"]) == ("me", "本人承办", 3)

    def test_a_ratio_is_told_as_its_two_counts(self, court: Court, caller_of: Callable[[str], Client]) -> None:
        court.case()
        answer = caller_of("裴院长").get("/api/v1/figures/caseload.new_per_judge", self.YEAR).json()
        assert (answer["numerator"], answer["denominator"], answer["counts_only"]) == (1, 1, True)

    @pytest.mark.parametrize(
        ("code", "asked", "status"),
        [
            ("caseload.nothing", {}, 404),
            ("caseload.new", {"scope": "WS"}, 404),
            ("caseload.new_per_judge", {"scope": "me"}, 404),
            ("caseload.new", {"since": "0001-01-01"}, 404),
            ("caseload.new", {"until": "2025-12-31"}, 409),
            ("caseload.new", {"kind": "maritime"}, 422),
            ("caseload.new", {"since": "年初"}, 422),
            ("CASELOAD", {}, 422),
        ],
    )
    def test_what_cannot_be_asked(
        self, court: Court, caller_of: Callable[[str], Client], code: str, asked: dict[str, str], status: int
    ) -> None:
        answer = caller_of("周既明").get(f"/api/v1/figures/{code}", self.YEAR | asked)
        assert answer.status_code == status, answer.content.decode()
        assert set(answer.json()) == {"place", "fault", "reason", "way_out"}
