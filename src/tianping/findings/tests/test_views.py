"""问题的页面：what each person meets at its addresses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.cast import Court
from tianping.findings.models import Finding
from tianping.findings.states import State
from tianping.findings.tests.factories import (
    COLLEAGUE,
    HEAD,
    OFFICE,
    OTHER_COURT,
    OTHER_OFFICE,
    REPLY,
    SUBJECT,
    answer,
    finding_at,
    last_audit,
    opened,
    relapse,
)

Browser = Callable[[str], Client]


def page(finding: Finding) -> str:
    return reverse("findings:detail", args=[finding.public_id])


def to(finding: Finding, move: str) -> str:
    return reverse("findings:move", args=[finding.public_id, move])


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


class TestWhoMayNot:
    @pytest.mark.parametrize("name", [COLLEAGUE, "沈若川", HEAD, OTHER_COURT, "白政工", "系统甲", "审计丙"])
    def test_an_undecided_finding_does_not_exist_for_others(self, court: Court, client_of: Browser, name: str) -> None:
        finding = opened(court)
        assert client_of(name).get(page(finding)).status_code == 404
        assert client_of(name).post(to(finding, "verify"), {"verify-reason": "属实"}).status_code == 404
        assert finding.number not in text(client_of(name).get(reverse("findings:list")))

    def test_nobody_unknown_sees_anything(self, court: Court) -> None:
        finding = opened(court)
        for url in (page(finding), reverse("findings:list")):
            assert Client().get(url).status_code == 302

    def test_an_unknown_move_or_number_is_not_there(self, court: Court, client_of: Browser) -> None:
        finding = opened(court)
        assert client_of(OFFICE).post(to(finding, "settle")).status_code == 404
        assert client_of(OFFICE).get(reverse("findings:detail", args=["nothing"])).status_code == 404

    def test_a_move_is_not_taken_by_following_a_link(self, court: Court, client_of: Browser) -> None:
        assert client_of(SUBJECT).get(to(opened(court), "answer")).status_code == 405


class TestTheSubject:
    def test_sees_the_grounds_the_clock_and_the_form_but_not_who_registered_it(
        self, court: Court, client_of: Browser
    ) -> None:
        shown = text(client_of(SUBJECT).get(page(opened(court))))
        assert "贺兰珊" in shown
        assert "工作日" in shown
        assert 'name="answer-stance"' in shown
        assert COLLEAGUE not in shown

    def test_answers_and_is_led_back_to_the_record(self, court: Court, client_of: Browser) -> None:
        finding = opened(court)
        said = {"answer-stance": "contests", "answer-text": REPLY}
        response = client_of(SUBJECT).post(to(finding, "answer"), said, follow=True)
        assert response.redirect_chain == [(page(finding), 302)]
        assert "答复已送核实" in text(response)
        assert REPLY in text(response)
        assert REPLY not in last_audit("findings.finding.answer")["changes"]

    def test_who_objects_without_a_reason_reads_why_beside_the_form(self, court: Court, client_of: Browser) -> None:
        finding = opened(court)
        response = client_of(SUBJECT).post(to(finding, "answer"), {"answer-stance": "contests"})
        assert response.status_code == 422
        form = next(m.form for m in response.context["moves"] if m.allowed and m.code == "answer")
        assert "须写明理由" in form.errors["text"][0]

    def test_cannot_verify_and_reads_why(self, court: Court, client_of: Browser) -> None:
        finding = finding_at(court, State.ANSWERED)
        response = client_of(SUBJECT).post(to(finding, "verify"), {"verify-reason": "无误"})
        assert response.status_code == 422
        assert "不能核实自己" in text(response)
        assert Finding.objects.get(pk=finding.pk).state == State.ANSWERED


class TestTheVerifier:
    def test_reads_the_reply_and_who_registered_it(self, court: Court, client_of: Browser) -> None:
        shown = text(client_of(OFFICE).get(page(finding_at(court, State.ANSWERED))))
        assert REPLY in shown
        assert COLLEAGUE in shown

    def test_verifies_and_the_head_then_sees_it_without_the_grounds(self, court: Court, client_of: Browser) -> None:
        finding = finding_at(court, State.ANSWERED)
        client_of(OFFICE).post(to(finding, "verify"), {"verify-reason": "核对原件，属实。"})
        assert Finding.objects.get(pk=finding.pk).state == State.VERIFIED
        shown = text(client_of(HEAD).get(page(finding)))
        assert "核对原件，属实。" in shown
        assert "贺兰珊" not in shown
        assert COLLEAGUE not in shown

    def test_a_decision_without_a_reason_is_refused_on_the_page(self, court: Court, client_of: Browser) -> None:
        finding = finding_at(court, State.ANSWERED)
        for move in ("verify", "dismiss", "void"):
            response = client_of(OFFICE).post(to(finding, move), {f"{move}-reason": " "})
            assert response.status_code == 422
            assert "未办成，内容没有写入" in text(response)

    def test_what_another_decided_meanwhile_is_said_on_the_page(self, court: Court, client_of: Browser) -> None:
        finding = finding_at(court, State.DISMISSED)
        response = client_of(OFFICE).post(to(finding, "verify"), {"verify-reason": "属实"})
        assert response.status_code == 422
        assert "可能已由他人办理" in text(response)

    def test_who_registered_it_meets_404_until_it_is_verified(self, court: Court, client_of: Browser) -> None:
        finding = opened(court, court.evidence(by=OTHER_OFFICE))
        answer(court, finding)
        assert client_of(OTHER_OFFICE).post(to(finding, "verify"), {"verify-reason": "属实"}).status_code == 404

    def test_clears_a_relapse_only_where_there_is_one(self, court: Court, client_of: Browser) -> None:
        finding = finding_at(court, State.ANSWERED)
        response = client_of(OFFICE).post(to(finding, "clear_relapse"), {"clear_relapse-reason": "误报"})
        assert response.status_code == 422
        assert Finding.objects.get(pk=finding.pk).state == State.ANSWERED


class TestWhatComesNext:
    @pytest.mark.parametrize("state", [State.VERIFIED, State.REMEDYING, State.WATCHING])
    def test_a_finding_on_its_way_is_not_called_finished(self, court: Court, client_of: Browser, state: State) -> None:
        shown = text(client_of(SUBJECT).get(page(finding_at(court, state))))
        assert "已办结，没有下一步" not in shown

    def test_a_dismissed_one_is(self, court: Court, client_of: Browser) -> None:
        assert "已办结，没有下一步" in text(client_of(SUBJECT).get(page(finding_at(court, State.DISMISSED))))


class TestTheRegister:
    def test_each_filter_lists_what_it_names(self, court: Court, client_of: Browser) -> None:
        findings = {state: finding_at(court, state, rule=f"R-{state}") for state in State}
        browser = client_of(OFFICE)
        for state, finding in findings.items():
            shown = browser.get(reverse("findings:list"), {"state": str(state)})
            assert shown.context["total"] == 1
            assert finding.number in text(shown)

    def test_a_relapse_is_listed_to_its_sides_and_hidden_from_the_head(self, court: Court, client_of: Browser) -> None:
        finding = finding_at(court, State.WATCHING)
        later = court.now + timedelta(days=40)
        relapse(court, finding, later.date(), later)

        def total(name: str, state: str) -> int:
            return int(client_of(name).get(reverse("findings:list"), {"state": state}).context["total"])

        assert (total(OFFICE, "relapsed"), total(OFFICE, "answering")) == (1, 1)
        assert (total(HEAD, "relapsed"), total(HEAD, "answering"), total(HEAD, "watching")) == (0, 0, 1)
        shown = text(client_of(HEAD).get(page(finding))).split('class="tp-diagram"')[0]
        assert "复发重开" not in shown
        assert "第 2 轮" not in shown
        assert "观察期" in shown

    def test_mine_are_those_about_me(self, court: Court, client_of: Browser) -> None:
        opened(court)
        opened(court, court.evidence(subject="沈若川"))
        shown = client_of(SUBJECT).get(reverse("findings:list"), {"state": "mine"})
        assert shown.context["total"] == 1

    @pytest.mark.parametrize("words", ["2026-问-0001", "PTY001", "姓名前后", SUBJECT, "linzhiyuan", "T001"])
    def test_it_is_found_by_number_rule_or_person(self, court: Court, client_of: Browser, words: str) -> None:
        opened(court)
        opened(court, court.evidence(subject="沈若川", rule="DAT001"))
        Finding.objects.filter(rule_code="DAT001").update(rule_name="日期不存在")
        shown = client_of(OFFICE).get(reverse("findings:list"), {"q": words})
        assert [row["cells"][0]["text"] for row in shown.context["rows"]] == ["2026-问-0001"]

    def test_what_is_exported_is_what_the_viewer_may_see(self, court: Court, client_of: Browser) -> None:
        opened(court)
        opened(court, court.evidence(subject="沈若川"))
        response = client_of(SUBJECT).get(reverse("findings:list"), {"format": "xlsx"})
        rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
        assert len(rows) == 2
        assert rows[1][0] == "2026-问-0001"

    def test_a_list_of_fifty_costs_as_many_questions_as_a_list_of_one(
        self, court: Court, client_of: Browser, django_assert_max_num_queries: Callable[[int], object]
    ) -> None:
        browser = client_of(OFFICE)
        opened(court)
        for number in range(12):
            opened(court, court.evidence(rule=f"R{number}"))
        with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
            assert browser.get(reverse("findings:list")).context["total"] == 13
