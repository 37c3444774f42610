"""来访者：who signs in at the tests' login page, with the right password and with a wrong one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.cast import Court
from tianping.foundation.accounts.models import User
from tianping.foundation.accounts.services import user_set_password

PASSWORD, WRONG = "栖霞岭上的梅花三百株", "不是这个口令呀呀呀呀"
ClientOf = Callable[[str], Client]


def own_password(court: Court, name: str) -> User:
    person = court.people[name]
    user_set_password(user=person, password=PASSWORD, by=court.viewer(name), at=court.now)
    return person


def try_in(visitor: Client, staff_no: str, password: str, **extra: Any) -> HttpResponse:
    return visitor.post("/login/", {"username": staff_no, "password": password}, **extra)  # type: ignore[return-value]


def fail(staff_no: str, times: int, **extra: Any) -> list[HttpResponse]:
    return [try_in(Client(), staff_no, WRONG, **extra) for _ in range(times)]
