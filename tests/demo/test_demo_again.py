"""演示法院再建一次：the same year for the same seed and anchor day, and a later anchor."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from tianping.demo.build import ANCHOR, build
from tianping.demo.verify import report
from tianping.evidence.register.models import Evidence
from tianping.findings.models import Finding, FindingStep
from tianping.remedy.models import Duty, DutyStep

pytestmark = pytest.mark.django_db


def _everything() -> list[list[tuple[Any, ...]]]:
    """What people see of the court: numbers, states, words and moments — not the random public ids."""
    return [
        list(Evidence.objects.order_by("number", "court").values_list("number", "rule_code", "registered_at", "state")),
        list(Finding.objects.order_by("number", "court").values_list("number", "state", "round", "reply_due")),
        list(FindingStep.objects.order_by("id").values_list("at", "actor_name", "move", "text")),
        list(Duty.objects.order_by("number", "court").values_list("number", "state", "due_on", "closed_at")),
        list(DutyStep.objects.order_by("id").values_list("at", "actor_name", "move", "text")),
    ]


@pytest.mark.usefixtures("files_home")
def test_the_same_seed_and_anchor_tell_the_same_year() -> None:
    told = []
    for _ in range(2):
        with transaction.atomic():
            build(anchor=ANCHOR)
            told.append(_everything())
            transaction.set_rollback(True)
    assert told[0] == told[1]


@pytest.mark.usefixtures("files_home")
def test_a_later_anchor_moves_what_is_still_under_way() -> None:
    build(anchor=date(2027, 3, 15))
    lines, good = report()
    assert good, "\n".join(lines)
