"""整改的页面：what each person meets at its addresses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import Court
from tianping.findings.states import State as FindingState
from tianping.remedy.models import Duty
from tianping.remedy.states import State
from tianping.remedy.tests.factories import (
    ASSIGNER,
    COLLEAGUE,
    HEAD,
    INSPECTOR,
    OTHER_HEAD,
    OWNER,
    REGISTRAR,
    REPORT,
    VERIFIER,
    again,
    ask,
    assign,
    duty_at,
    planned,
)

Browser = Callable[[str], Client]


def page(duty: Duty) -> str:
    return reverse("remedy:detail", args=[duty.public_id])


def to(duty: Duty, move: str) -> str:
    return reverse("remedy:move", args=[duty.public_id, move])


def text(response: Any) -> str:
    return str(response.content.decode())


def assignment(court: Court, **other: Any) -> dict[str, Any]:
    said = {
        "owner": court.people[OWNER].public_id,
        "verifier": court.people[VERIFIER].public_id,
        "due_on": (date.today() + timedelta(days=30)).isoformat(),
        "causes": ["care"],
        "measures": ["correction"],
        "training_alone_reason": "",
        "task": "作出补正裁定并送达。",
        "criterion": "不再出现",
        "watch_days": "90",
        **other,
    }
    return {f"assign-{name}": value for name, value in said.items()}


class TestWhoMayNot:
    @pytest.mark.parametrize("name", [COLLEAGUE, REGISTRAR, OTHER_HEAD, "陶思源", "白政工", "系统甲"])
    def test_a_duty_does_not_exist_for_those_outside(self, court: Court, client_of: Browser, name: str) -> None:
        duty = duty_at(court, State.SUBMITTED)
        assert client_of(name).get(page(duty)).status_code == 404
        assert client_of(name).post(to(duty, "close"), {"close-reason": "好"}).status_code == 404
        assert duty.number not in text(client_of(name).get(reverse("remedy:list")))

    def test_the_owner_cannot_close_and_reads_why(self, court: Court, client_of: Browser) -> None:
        duty = duty_at(court, State.SUBMITTED)
        response = client_of(OWNER).post(to(duty, "close"), {"close-reason": "已办好"})
        assert response.status_code == 422
        assert f"本事项由{OWNER}承办，销号须由他人核验" in text(response)
        assert Duty.objects.get(pk=duty.pk).state == State.SUBMITTED

    def test_an_unknown_move_is_not_there_and_none_is_taken_by_a_link(self, court: Court, client_of: Browser) -> None:
        duty = duty_at(court, State.OPEN)
        assert client_of(ASSIGNER).post(to(duty, "drop")).status_code == 404
        assert client_of(ASSIGNER).get(to(duty, "void")).status_code == 405


class TestGivingItOut:
    def test_the_form_offers_the_subject_first_and_only_eligible_verifiers(
        self, court: Court, client_of: Browser
    ) -> None:
        duty = planned(court, by=VERIFIER)
        response = client_of(ASSIGNER).get(page(duty))
        form = next(m.form for m in response.context["moves"] if m.allowed)
        assert form.fields["owner"].choices[1][1] == f"{OWNER}（T001）·责任人"
        assert {p.name for p in form.fields["verifier"].people.values()} == {ASSIGNER, INSPECTOR}
        assert "together_with" not in form.fields

    def test_it_is_given_out(self, court: Court, client_of: Browser) -> None:
        duty, other = planned(court), planned(court, rule="DAT001")
        said = assignment(court, together_with=[other.public_id])
        response = client_of(ASSIGNER).post(to(duty, "assign"), said, follow=True)
        assert response.redirect_chain == [(page(duty), 302)]
        duty.refresh_from_db()
        assert (duty.state, duty.owner, duty.findings().count()) == (State.OPEN, court.people[OWNER], 2)
        shown = text(response)
        assert "并入本项的事项" in shown
        assert "更正原件" in shown

    @pytest.mark.parametrize(
        ("other", "words"),
        [
            ({"measures": ["training"]}, "只有“培训补课”"),
            ({"due_on": "2020-01-01"}, "早于今天"),
            ({"due_on": "2024-13-02"}, "日期"),
            ({"watch_days": "3"}, "30"),
            ({"verifier": "nobody"}, "nobody"),
            ({"causes": []}, "字段"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
        self, court: Court, client_of: Browser, other: dict[str, Any], words: str
    ) -> None:
        duty = planned(court)
        response = client_of(ASSIGNER).post(to(duty, "assign"), assignment(court, task="特别的要求", **other))
        assert response.status_code == 422
        form = next(m.form for m in response.context["moves"] if m.allowed and m.code == "assign")
        assert words in str(form.errors)
        assert "特别的要求" in text(response)
        assert Duty.objects.get(pk=duty.pk).state == State.PLANNING

    def test_the_subject_is_told_who_gives_it_out(self, court: Court, client_of: Browser) -> None:
        shown = text(client_of(OWNER).get(page(planned(court))))
        assert 'name="assign-owner"' not in shown
        assert "您是所涉问题的责任人" in shown


class TestHandingIn:
    def test_several_files_of_any_kind(self, court: Court, client_of: Browser, files_home: Path) -> None:
        duty = duty_at(court, State.OPEN)
        uploaded = [SimpleUploadedFile("送达回证.pdf", b"%PDF-1"), SimpleUploadedFile("录像.bin", b"\x00\x01")]
        response = client_of(OWNER).post(
            to(duty, "submit"), {"submit-report": REPORT, "submit-proofs": uploaded}, follow=True
        )
        assert "送达回证.pdf" in text(response)
        assert [p.file_name for p in duty.proofs.all()] == ["送达回证.pdf", "录像.bin"]

    def test_an_empty_file_is_refused_by_name(self, court: Court, client_of: Browser, files_home: Path) -> None:
        duty = duty_at(court, State.OPEN)
        empty = SimpleUploadedFile("空.txt", b"")
        response = client_of(OWNER).post(to(duty, "submit"), {"submit-report": REPORT, "submit-proofs": [empty]})
        assert response.status_code == 422
        assert "“空.txt”是空文件" in text(response)
        assert not files_home.exists()

    def test_a_file_past_the_limit_is_refused(
        self, court: Court, client_of: Browser, files_home: Path, settings: Any
    ) -> None:
        settings.MAX_UPLOAD_MB = 1
        big = SimpleUploadedFile("大.zip", b"0" * (1024 * 1024 + 1))
        duty = duty_at(court, State.OPEN)
        response = client_of(OWNER).post(to(duty, "submit"), {"submit-report": REPORT, "submit-proofs": [big]})
        assert response.status_code == 422
        assert "“大.zip”有 1.0 MB，超过 1 MB 的上限" in response.content.decode()
        assert Duty.objects.get(pk=duty.pk).state == State.OPEN
        assert not files_home.exists()

    def test_too_many_files_are_refused(self, court: Court, client_of: Browser, files_home: Path) -> None:
        many = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(11)]
        response = client_of(OWNER).post(
            to(duty_at(court, State.OPEN), "submit"), {"submit-report": REPORT, "submit-proofs": many}
        )
        assert "一次最多 10 个" in text(response)


class TestProofs:
    @pytest.fixture
    def duty(self, court: Court, client_of: Browser, files_home: Path) -> Duty:
        duty = duty_at(court, State.OPEN)
        proof = SimpleUploadedFile("送达回证.html", b"<script>alert(1)</script>")
        client_of(OWNER).post(to(duty, "submit"), {"submit-report": REPORT, "submit-proofs": [proof]})
        return duty

    def url(self, duty: Duty) -> str:
        return reverse("remedy:proof", args=[duty.proofs.get().public_id])

    def test_are_saved_and_never_opened_in_the_page(self, client_of: Browser, duty: Duty) -> None:
        response = client_of(VERIFIER).get(self.url(duty))
        assert response.content == b"<script>alert(1)</script>"
        assert response["Content-Type"] == "application/octet-stream"
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize("name", [COLLEAGUE, REGISTRAR, "陶思源"])
    def test_do_not_exist_for_those_outside(self, client_of: Browser, duty: Duty, name: str) -> None:
        assert client_of(name).get(self.url(duty)).status_code == 404

    def test_that_were_damaged_on_disk_are_said_to_be(self, client_of: Browser, duty: Duty, files_home: Path) -> None:
        sha256 = duty.proofs.get().sha256
        (files_home / sha256[:2] / sha256).write_bytes(b"other")
        assert "与登记时的哈希不符" in text(client_of(VERIFIER).get(self.url(duty), follow=True))
        (files_home / sha256[:2] / sha256).unlink()
        assert "文件库中没有这个文件" in text(client_of(VERIFIER).get(self.url(duty), follow=True))


class TestTheWayOfADuty:
    def post(self, client_of: Browser, name: str, duty: Duty, move: str, **said: str) -> str:
        fields = {f"{move}-{key}": value for key, value in said.items()}
        response = client_of(name).post(to(duty, move), fields, follow=True)
        assert response.redirect_chain, text(response)
        duty.refresh_from_db()
        return text(response)

    def test_returned_postponed_handed_over_and_closed(self, court: Court, client_of: Browser) -> None:
        duty = duty_at(court, State.SUBMITTED)
        assert "已退回承办人" in self.post(client_of, VERIFIER, duty, "return", reason="缺送达回证")
        until = (duty.due_on + timedelta(days=400)).isoformat()
        self.post(client_of, OWNER, duty, "ask_postponement", until=until, reason="当事人在外地")
        shown = self.post(client_of, HEAD, duty, "grant_postponement", reason="属实")
        assert "已批准" in shown
        assert duty.due_on.isoformat() == until
        colleague = court.people[COLLEAGUE].public_id
        self.post(client_of, HEAD, duty, "hand_over", owner=colleague, reason="调离")
        inspector = court.people[INSPECTOR].public_id
        self.post(client_of, ASSIGNER, duty, "change_verifier", verifier=inspector, reason="调离")
        self.post(client_of, COLLEAGUE, duty, "submit", report="已送达")
        self.post(client_of, INSPECTOR, duty, "close", reason="齐全")
        assert (duty.state, duty.findings().get().state) == (State.CLOSED, FindingState.WATCHING)

    def test_a_refused_postponement_and_a_voided_entry(self, court: Court, client_of: Browser) -> None:
        duty = duty_at(court, State.OPEN)
        ask(court, duty)
        self.post(client_of, HEAD, duty, "refuse_postponement", reason="期限足够")
        assert "已作废" in self.post(client_of, ASSIGNER, duty, "void", reason="交办错人")

    def test_a_second_request_meanwhile_is_answered_on_the_page(self, court: Court, client_of: Browser) -> None:
        duty = duty_at(court, State.OPEN)
        ask(court, duty)
        until = (date.today() + timedelta(days=400)).isoformat()
        said = {"ask_postponement-until": until, "ask_postponement-reason": "又一次"}
        response = client_of(OWNER).post(to(duty, "ask_postponement"), said)
        assert response.status_code == 422
        assert "不重复申请" in text(response)

    def test_old_and_new_duty_point_at_each_other(self, court: Court, client_of: Browser) -> None:
        old = duty_at(court, State.CLOSED)
        new = again(court, old, court.now + timedelta(days=20))
        shown = text(client_of(OWNER).get(page(old)))
        assert "整改无效" in shown
        assert page(new) in shown
        assert page(old) in text(client_of(OWNER).get(page(new)))

    def test_an_owner_outside_the_matter_reads_no_number_of_the_finding(self, court: Court, client_of: Browser) -> None:
        duty = planned(court)
        assign(court, duty, owner=REGISTRAR)
        shown = text(client_of(REGISTRAR).get(page(duty)))
        assert "姓名前后不一" in shown
        assert duty.findings().get().number not in shown


class TestTheLedger:
    def total(self, client_of: Browser, name: str, state: str) -> int:
        return int(client_of(name).get(reverse("remedy:list"), {"state": state}).context["total"])

    def test_each_filter_lists_what_it_names(self, court: Court, client_of: Browser) -> None:
        for state in (State.PLANNING, State.OPEN, State.SUBMITTED, State.CLOSED, State.VOIDED):
            duty_at(court, state, rule=f"R-{state}")
            assert self.total(client_of, ASSIGNER, str(state)) == 1
        assert self.total(client_of, VERIFIER, "to_verify") == 1
        assert self.total(client_of, INSPECTOR, "to_verify") == 0
        assert self.total(client_of, OWNER, "mine") == 4
        assert self.total(client_of, ASSIGNER, "ineffective") == 0

    def test_overdue_and_ineffective(self, court: Court, client_of: Browser) -> None:
        late = duty_at(court, State.OPEN, rule="LATE")
        Duty.objects.filter(pk=late.pk).update(due_on=date.today() - timedelta(days=1))
        again(court, duty_at(court, State.CLOSED), court.now + timedelta(days=20))
        assert self.total(client_of, HEAD, "overdue") == 1
        assert self.total(client_of, HEAD, "ineffective") == 1

    @pytest.mark.parametrize("words", ["2026-改-0001", "姓名前后", OWNER, "linzhiyuan", "T001"])
    def test_it_is_found_by_number_matter_or_owner(self, court: Court, client_of: Browser, words: str) -> None:
        duty_at(court, State.OPEN)
        other = duty_at(court, State.OPEN, subject=COLLEAGUE)
        Duty.objects.filter(pk=other.pk).update(title="别的事项", owner=court.people[COLLEAGUE])
        shown = client_of(ASSIGNER).get(reverse("remedy:list"), {"q": words})
        assert [row["cells"][0]["text"] for row in shown.context["rows"]] == ["2026-改-0001"]

    def test_many_cost_as_many_questions_as_one(
        self, court: Court, client_of: Browser, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(8):
            duty_at(court, State.OPEN, rule=f"R{number}")
        browser = client_of(ASSIGNER)
        with django_assert_max_num_queries(14):
            assert browser.get(reverse("remedy:list")).context["total"] == 8
