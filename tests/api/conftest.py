"""接口的来访者：each with a token of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Court
from tianping.foundation.accounts.viewer import viewer_of
from tianping.foundation.tokens.services import token_create

Caller = Callable[..., Any]


@pytest.fixture
def caller_of(court: Court) -> Callable[[str], Client]:
    """以某人的令牌调用：caller_of("林知远").get("/api/v1/findings")."""

    number = count()

    def caller(name: str) -> Client:
        now = timezone.now()
        viewer = viewer_of(court.people[name], on=timezone.localdate(now))
        _, secret = token_create(
            name=f"测试{next(number)}", expires_on=viewer.on + timedelta(days=30), by=viewer, at=now
        )
        return Client(headers={"Authorization": f"Bearer {secret}"})

    return caller
