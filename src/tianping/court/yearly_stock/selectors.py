"""关于年度存量的提问：the viewer first. These are totals of a whole court; whoever answers for it may read them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from tianping.court.models import YearlyStock
from tianping.foundation.accounts.models import Organisation, OrganisationKind
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer, within
from tianping.foundation.audit import selectors as audit
from tianping.foundation.audit.wording import moment

READERS = (Role.LEADER, Role.TRIAL_OFFICE, Role.INSPECTOR)
TAKEN = "court.yearly_stock.take"
NUMBERS = ("newly_accepted", "closed", "pending")


@dataclass(frozen=True, slots=True)
class Change:
    """一次登记：who, when, and each value with what it was before (None the first time)."""

    at: datetime
    who: str
    values: tuple[tuple[str, Any, Any], ...]


def courts_read(viewer: Viewer) -> list[Organisation]:
    """看得到存量的法院。"""
    found = Organisation.objects.filter(within(viewer.paths(*READERS), "path"), kind=OrganisationKind.COURT)
    return list(found.order_by("path"))


def stocks(viewer: Viewer) -> QuerySet[YearlyStock]:
    """年度存量：the latest year first, the court's total before its kinds."""
    found = YearlyStock.objects.filter(court__in=courts_read(viewer)).select_related("court")
    return found.order_by("court__path", "-year", "kind")


def stock_visible(viewer: Viewer, court: str, year: int, kind: str) -> YearlyStock:
    found = stocks(viewer).filter(court__code=court, year=year, kind=kind).first()
    if found is None:
        raise Http404
    return found


def history(stock: YearlyStock) -> list[Change]:
    """历次登记：as the chain holds them, the newest first; none for what was brought in before the chain named it."""
    changes: list[Change] = []
    before: dict[str, Any] = {}
    for entry in audit.entries_about(stock, TAKEN):
        said = json.loads(entry.changes)
        values = tuple((field, before.get(field), said.get(field)) for field in (*NUMBERS, "source"))
        changes.append(Change(moment(entry.at), entry.actor_name, values))
        before = said
    return changes[::-1]
