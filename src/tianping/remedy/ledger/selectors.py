"""关于台账的提问：the viewer first, always."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, OuterRef, Subquery

from tianping.foundation.accounts.viewer import Viewer
from tianping.remedy.ledger.sheet import read_of
from tianping.remedy.models import Duty, DutyQuerySet, DutyStep
from tianping.remedy.selectors import duty_list
from tianping.remedy.states import State

MOST = 5000  # 一张台账的行数：so many can be checked and taken in one request


def _with_reports(viewer: Viewer) -> DutyQuerySet:
    handed_in = DutyStep.objects.filter(duty=OuterRef("pk"), move="submit").order_by("-id").values("text")[:1]
    return duty_list(viewer).annotate(reported=Subquery(handed_in), taken=Count("steps"))


def ledger(viewer: Viewer) -> Iterator[tuple[Duty, dict[str, str], int]]:
    """在办的事项：those this viewer may see that somebody still has to move on, with what the table says of each."""
    found = _with_reports(viewer).filter(state__in=[State.OPEN, State.SUBMITTED])[:MOST]
    for duty in found:
        yield duty, *_said(duty)


def duties_named(viewer: Viewer, public_ids: list[str]) -> dict[str, tuple[Duty, dict[str, str], int]]:
    """表中的事项：by public id, those this viewer may see."""
    found: dict[str, tuple[Duty, dict[str, str], int]] = {}
    for start in range(0, len(public_ids), 500):
        for duty in _with_reports(viewer).filter(public_id__in=public_ids[start : start + 500]):
            found[duty.public_id] = (duty, *_said(duty))
    return found


def _said(duty: Duty) -> tuple[dict[str, str], int]:
    return read_of(duty, str(getattr(duty, "reported") or "")), int(getattr(duty, "taken"))  # noqa: B009
