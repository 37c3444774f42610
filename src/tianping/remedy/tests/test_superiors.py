"""上级的事项：who gives duties out does not decide on a postponement of their own superior's, nor void it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Court
from tianping.findings.models import people_in_line, superiors_of
from tianping.findings.tests.factories import also
from tianping.foundation.accounts.roles import Role
from tianping.foundation.moves import MoveRefused
from tianping.remedy import selectors, services
from tianping.remedy.models import Duty
from tianping.remedy.states import State
from tianping.remedy.tests.factories import (
    ASSIGNER,
    COLLEAGUE,
    HEAD,
    INSPECTOR,
    OWNER,
    PRESIDENT,
    VERIFIER,
    ask,
    assign,
    duty_at,
    planned,
    reread,
)

CHIEF, UNDER_CHIEF = ASSIGNER, VERIFIER  # 审管办主任和他手下的干部
DECIDING = ("grant_postponement", "refuse_postponement", "void")


def take(court: Court, duty: Duty, move: str, by: str) -> None:
    said = {"duty_id": duty.pk, "reason": "核对材料。", "by": court.viewer(by), "at": court.now}
    if move == "void":
        services.duty_void(**said)
    else:
        services.postponement_decide(grant=move == "grant_postponement", **said)


def offered(court: Court, duty: Duty, name: str) -> set[str]:
    return {o.move.name for o in selectors.offers(court.viewer(name), duty) if o.allowed}


@pytest.fixture
def of_the_chief(court: Court) -> Duty:
    """审管办主任承办的事项，已申请延期。"""
    also(court, CHIEF, Role.HEAD, "LJ-SG")
    duty = planned(court)
    assign(court, duty, by=HEAD, owner=CHIEF, verifier=INSPECTOR)
    ask(court, duty, by=CHIEF)
    return reread(duty)


@pytest.fixture
def about_the_chief(court: Court) -> Duty:
    """由他人承办、责任人后来任审管办庭长的事项，已申请延期。"""
    duty = planned(court)
    assign(court, duty, owner=COLLEAGUE, verifier=INSPECTOR)
    ask(court, duty, by=COLLEAGUE)
    also(court, OWNER, Role.HEAD, "LJ-SG")
    return reread(duty)


class TestWhoMayNot:
    @pytest.mark.parametrize("move", DECIDING)
    def test_somebody_the_owner_commands(self, court: Court, of_the_chief: Duty, move: str) -> None:
        with pytest.raises(MoveRefused, match=f"{CHIEF}是您的上级，应由不受其领导的人办理"):
            take(court, of_the_chief, move, UNDER_CHIEF)
        assert reread(of_the_chief).state == State.OPEN
        assert reread(of_the_chief).due_on == of_the_chief.due_on

    @pytest.mark.parametrize("move", DECIDING)
    def test_somebody_the_subject_commands(self, court: Court, about_the_chief: Duty, move: str) -> None:
        for name in (ASSIGNER, VERIFIER):
            with pytest.raises(MoveRefused, match=f"{OWNER}是您的上级"):
                take(court, about_the_chief, move, name)

    def test_somebody_who_gives_nothing_out_is_told_that_and_not_whose_superior_it_is(
        self, court: Court, of_the_chief: Duty
    ) -> None:
        also(court, CHIEF, Role.HEAD, "LJ-M1")
        with pytest.raises(MoveRefused, match="您不是可以办这一步的人"):
            take(court, of_the_chief, "void", OWNER)

    def test_nor_is_the_owner_told_to_be_their_own_superior(self, court: Court, of_the_chief: Duty) -> None:
        with pytest.raises(MoveRefused, match="您不是可以办这一步的人"):
            take(court, of_the_chief, "void", CHIEF)


class TestWhoMay:
    @pytest.mark.parametrize("name", [INSPECTOR, HEAD, PRESIDENT])
    @pytest.mark.parametrize("move", DECIDING)
    def test_those_the_owner_does_not_command(self, court: Court, of_the_chief: Duty, move: str, name: str) -> None:
        take(court, of_the_chief, move, name)

    @pytest.mark.parametrize("name", [HEAD, PRESIDENT])
    @pytest.mark.parametrize("move", DECIDING)
    def test_the_owners_own_superiors(self, court: Court, move: str, name: str) -> None:
        duty = duty_at(court, State.OPEN)
        ask(court, duty)
        take(court, duty, move, name)

    def test_an_officer_once_the_owner_commands_them_no_longer(self, court: Court, of_the_chief: Duty) -> None:
        of_the_chief.owner.appointments.filter(role=Role.HEAD).update(until=court.today - timedelta(days=1))
        take(court, of_the_chief, "grant_postponement", UNDER_CHIEF)

    def test_the_officer_goes_on_handing_over_and_changing_the_verifier(self, court: Court, of_the_chief: Duty) -> None:
        assert offered(court, of_the_chief, UNDER_CHIEF) == {"hand_over", "change_verifier"}


class TestWhatIsShown:
    def test_those_to_decide_are_offered_it_and_have_it_waiting(self, court: Court, of_the_chief: Duty) -> None:
        for name in (UNDER_CHIEF, INSPECTOR, HEAD, PRESIDENT, CHIEF):
            viewer = court.viewer(name)
            may = "decider" in of_the_chief.roles_of(viewer)
            assert may == (name not in (UNDER_CHIEF, CHIEF))
            assert (set(DECIDING) <= offered(court, of_the_chief, name)) == may
            waits = selectors.waiting_for(viewer).filter(pk=of_the_chief.pk).exists()
            assert waits == (may or name == CHIEF), name  # 承办人等着办的是整改本身

    def test_one_about_a_superior_does_not_wait_either(self, court: Court, about_the_chief: Duty) -> None:
        waiting = {n for n in (ASSIGNER, VERIFIER, INSPECTOR, PRESIDENT) if about_the_chief in _waiting(court, n)}
        assert waiting == {INSPECTOR, PRESIDENT}

    def test_the_page_has_no_button_and_says_who_may(
        self, of_the_chief: Duty, client_of: Callable[[str], Client]
    ) -> None:
        address = reverse("remedy:detail", args=[of_the_chief.public_id])
        buttons = [reverse("remedy:move", args=[of_the_chief.public_id, move]) for move in DECIDING]
        page = client_of(UNDER_CHIEF).get(address).content.decode()
        assert not any(f'action="{button}"' in page for button in buttons)
        assert f"{CHIEF}是您的上级，应由不受其领导的人办理" in page
        assert "也不是其下级" in page
        page = client_of(INSPECTOR).get(address).content.decode()
        assert all(f'action="{button}"' in page for button in buttons)


def _waiting(court: Court, name: str) -> list[Duty]:
    return list(selectors.waiting_for(court.viewer(name)))


def test_superiors_are_the_upper_half_of_those_in_line(court: Court) -> None:
    def names(keys: object) -> set[str]:
        return {name for name, person in court.people.items() if person.pk in set(keys)}  # type: ignore[call-overload]

    assert names(superiors_of(court.viewer(OWNER))) == {HEAD, PRESIDENT}
    assert names(superiors_of(court.viewer(VERIFIER))) == {PRESIDENT}
    assert {OWNER, COLLEAGUE} <= names(people_in_line(court.viewer(HEAD))) - names(superiors_of(court.viewer(HEAD)))
