"""演示法院：the same court every time, every planted truth found, something to do for everybody who can sign in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings

from tianping.demo.build import ANCHOR, Demo, build
from tianping.demo.people import ADMINISTRATORS as ADMINISTRATORS_OF_THE_DEMO
from tianping.demo.people import CAST
from tianping.demo.verify import report, tallies
from tianping.foundation.accounts.models import User
from tianping.foundation.accounts.roles import ADMINISTRATORS
from tianping.foundation.accounts.viewer import viewer_of
from tianping.foundation.audit.models import Entry
from tianping.remedy.models import Duty
from tianping.web import overview, waiting

pytestmark = pytest.mark.django_db  # the module's court is built first, each test runs inside of it


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Built once for the questions below, and rolled back after them."""
    files = override_settings(FILES_ROOT=tmp_path_factory.mktemp("files"))
    with django_db_blocker.unblock(), files, transaction.atomic():
        yield build(anchor=ANCHOR)
        transaction.set_rollback(True)


def test_every_planted_truth_is_found_and_nothing_else(demo: Demo) -> None:
    lines, good = report()
    assert good, "\n".join(lines)
    planted = sum(len(tally.planted) for tally in tallies())
    assert lines[-1] == f"埋下 {planted} 处，找到 {planted} 处，多出 0 处"


def test_a_planted_truth_that_vanished_is_missed(demo: Demo) -> None:
    with transaction.atomic():
        Duty.objects.filter(ineffective_at__isnull=False).update(ineffective_at=None)
        lines, good = report()
        transaction.set_rollback(True)
    assert not good
    assert "整改无效并接续：0/1" in lines


def test_only_the_cast_can_sign_in(demo: Demo) -> None:
    assert {user.name for user in User.objects.all() if user.has_usable_password()} == set(CAST)


def test_nothing_of_the_story_happens_after_the_anchor_day(demo: Demo) -> None:
    last = Entry.objects.order_by("-at").values_list("at", flat=True)[0]
    assert last[:10] <= ANCHOR.isoformat()


def test_each_stage_of_the_loop_holds_something_to_look_at(demo: Demo) -> None:
    office = viewer_of(demo.people["周既明"], on=ANCHOR)
    stages = {stage["name"]: stage["count"] for stage in overview.of(office)["stages"]}
    assert stages["证据立项"] == 0
    assert all(stages[name] for name in ("交办", "整改", "核验", "观察")), stages


@pytest.mark.parametrize("name", ["林知远", "贺清和", "丁叙白", "周既明", "许清嘉", "程砚之"])
def test_somebody_of_the_cast_finds_work_waiting(demo: Demo, name: str) -> None:
    assert waiting.count(viewer_of(demo.people[name], on=ANCHOR)) > 0


def test_the_three_administrators_hold_nothing_else(demo: Demo) -> None:
    for name in ("石守一", "关慎行", "簿鉴明"):
        viewer = viewer_of(demo.people[name], on=ANCHOR)
        assert len(viewer.standings) == 1
        assert viewer.holds(*ADMINISTRATORS)


@pytest.mark.parametrize("name", ["裴景行", "丁叙白", "周既明", "程砚之", "白露晞", "江映月"])
def test_each_count_of_the_overview_is_the_number_of_records_its_link_lists(demo: Demo, name: str) -> None:
    browser = Client()
    browser.force_login(demo.people[name])
    seen = browser.get("/loop/").context
    assert len(seen["stages"]) == 7
    links = [(stage["url"], stage["count"]) for stage in seen["stages"] if stage["count"] is not None]
    links += [(stage["stuck"]["url"], stage["stuck"]["count"]) for stage in seen["stages"] if stage["stuck"]]
    if seen["reopened"]:
        links.append((seen["reopened"]["url"], seen["reopened"]["count"]))
    for url, count in links:
        assert browser.get(url).context["total"] == count, url


@pytest.mark.parametrize(("name", "told"), [("裴景行", False), ("丁叙白", False), ("周既明", True), ("程砚之", True)])
def test_whoever_may_not_know_of_undecided_findings_is_told_so_and_no_nought(demo: Demo, name: str, told: bool) -> None:
    stages = {stage["name"]: stage for stage in overview.of(viewer_of(demo.people[name], on=ANCHOR))["stages"]}
    for undecided in ("责任人答复", "核实"):
        assert (stages[undecided]["count"] is not None) == told
        assert ("您看不到" in stages[undecided].get("missing", "")) == (not told)


@pytest.mark.parametrize("name", ["白露晞", "江映月"])
def test_whoever_oversees_no_stage_is_told_so_and_no_nought(demo: Demo, name: str) -> None:
    seen = overview.of(viewer_of(demo.people[name], on=ANCHOR))
    assert [stage["count"] for stage in seen["stages"]] == [None] * 7
    assert all("您看不到" in stage["missing"] for stage in seen["stages"])
    assert seen["reopened"] is None


@pytest.mark.parametrize("name", ["裴景行", "丁叙白"])
def test_the_line_is_not_told_that_no_evidence_waits(demo: Demo, name: str) -> None:
    first = overview.of(viewer_of(demo.people[name], on=ANCHOR))["stages"][0]
    assert (first["name"], first["count"]) == ("证据立项", None)


@pytest.mark.parametrize("name", list(CAST))
def test_the_number_in_the_top_bar_is_what_the_home_page_lists(demo: Demo, name: str) -> None:
    browser = Client()
    browser.force_login(demo.people[name])
    page = browser.get("/", follow=True)
    if name in ADMINISTRATORS_OF_THE_DEMO:
        assert page.context["waiting_count"] is None
    else:
        assert page.context["waiting_count"] == sum(section["count"] for section in page.context["sections"])
