"""规模：a district or a province grown small — the same seed and day grow the same court, another seed another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import Client

from tianping.court.caseload import branches, caseload
from tianping.court.models import Case, Post, YearlyStock
from tianping.demo import scale
from tianping.demo.build import ANCHOR, SEED, SINCE, Demo, _appoint_people, _open_courts
from tianping.foundation.accounts.models import Organisation, OrganisationKind, User
from tianping.foundation.accounts.viewer import viewer_of
from tianping.foundation.audit import services as audit
from tianping.foundation.figures.period import year
from tianping.foundation.figures.registry import Boundary
from tianping.foundation.search import registry, selectors, services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_home")]
FIELDS = (
    "court__code",
    "case_no",
    "organisation__code",
    "kind",
    "cause",
    "procedure",
    "judge__staff_no",
    "clerk__staff_no",
    "filed_on",
    "closed_on",
    "how_closed",
)


def quiet(words: str) -> None:
    pass


def small_district(seed: int = SEED) -> scale.Grown:
    """Around the court and its people alone: the story takes ten seconds and has nothing to do with what grows."""
    demo = Demo({}, {}, ANCHOR)
    at = datetime.combine(SINCE, time(9, 0), ZoneInfo("Asia/Shanghai"))
    _open_courts(demo, at)
    _appoint_people(demo, at)
    return scale.district(anchor=ANCHOR, seed=seed, say=quiet, years=(96, 100, 104))


def small_province(seed: int = SEED) -> scale.Grown:
    return scale.province(anchor=ANCHOR, seed=seed, say=quiet, courts=3, a_year=20)


def everything() -> list[Any]:
    """What grew, by what people see of it; public ids are random always."""
    return [
        list(Case.objects.order_by("court__code", "case_no").values_list(*FIELDS)),
        list(User.objects.order_by("staff_no").values_list("staff_no", "name", "pinyin")),
        list(Post.objects.order_by("person__staff_no", "since").values_list("person__staff_no", "title")),
        list(YearlyStock.objects.order_by("court__code", "year", "kind").values_list("year", "kind", "newly_accepted")),
    ]


@pytest.mark.parametrize("grow", [small_district, small_province])
def test_the_same_seed_and_anchor_grow_the_same_court(grow: Callable[..., scale.Grown]) -> None:
    told = []
    for seed in (SEED, SEED, SEED + 1):
        with transaction.atomic():
            grown = grow(seed)
            assert grown.cases > 0
            told.append(everything())
            transaction.set_rollback(True)
    assert told[0] == told[1]
    assert told[0][0] != told[2][0]


def test_a_province_holds_its_courts_and_its_leader_reads_them() -> None:
    grown = small_province()
    top = Organisation.objects.get(code="SHENG")
    courts = Organisation.objects.filter(parent=top, kind=OrganisationKind.COURT)
    assert (grown.courts, courts.count()) == (3, 3)
    assert Case.objects.count() == grown.cases == 3 * 3 * 20
    assert all(case.filed_on <= ANCHOR and (case.closed_on or date.min) <= ANCHOR for case in Case.objects.all())
    leader = User.objects.get(staff_no="SHENG001")
    browser = Client()
    browser.force_login(leader, backend="tianping.foundation.accounts.backend.StaffBackend")
    for address in ("/", "/cases/", "/reports/caseload/"):
        assert browser.get(address).status_code == 200, address
    viewer = viewer_of(leader, on=ANCHOR)
    read = caseload(viewer, Boundary(top, year(2025)), branches(viewer))
    filed = Counter(Case.objects.filter(filed_on__year=2025).values_list("court", flat=True))
    assert {pk: now.new for pk, (now, _) in read.by_unit.items()} == dict(filed)
    assert audit.verify().faults == ()


def test_what_grew_is_found_once_the_index_has_followed() -> None:
    small_province()
    services.catch_up()
    viewer = viewer_of(User.objects.get(staff_no="SHENG001"), on=ANCHOR)
    kind = registry.kind_of("court.case")
    assert kind is not None
    assert selectors.found(viewer, kind, "江1001").count() == 60
