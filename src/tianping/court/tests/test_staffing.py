"""调动与离院：offices and posts go together; nobody leaves while something is owed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.authz.world import build
from tests.cast import Court
from tianping.court.models import Post
from tianping.court.staffing.services import StaffingRefused, leave, transfer
from tianping.foundation import leaving
from tianping.foundation.accounts.models import User
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.services import AppointmentRefused, appoint
from tianping.foundation.audit.models import Entry

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)
BEFORE = DAY - timedelta(days=1)


def move(court: Court, name: str, division: str = "LJ-M2", since: date = DAY, by: str = "安全乙") -> Post:
    return transfer(
        person=court.people[name],
        division=court.organisations[division],
        title="审判员",
        since=since,
        by=court.viewer(by),
        at=court.now,
    )


class TestATransfer:
    def test_ends_the_old_the_day_before_and_begins_the_new(self, court: Court) -> None:
        move(court, "秦望舒")
        held = court.people["秦望舒"].posts.order_by("since")
        assert [(p.division.code, p.until) for p in held] == [("LJ-M1", BEFORE), ("LJ-M2", None)]
        offices = court.people["秦望舒"].appointments.order_by("since", "id")
        assert {(o.role, o.organisation.code, o.until) for o in offices} == {
            ("staff", "LJ-M1", BEFORE),
            ("head", "LJ-M1", BEFORE),  # 庭长任在本部门，随之结束
            ("staff", "LJ-M2", None),
        }
        assert Entry.objects.latest("seq").verb == "court.person.transfer"

    def test_leaves_an_office_over_the_court(self, court: Court) -> None:
        move(court, "周既明", "LJ-M1")
        assert court.people["周既明"].appointments.get(role=Role.TRIAL_OFFICE).until is None

    @pytest.mark.parametrize(
        ("name", "division", "since", "words"),
        [
            ("林知远", "LJ-M1", DAY, "本就在民事审判第一庭"),
            ("林知远", "LJ", DAY, "不是部门"),
            ("裴院长", "LJ-M1", DAY, "现无职务"),
            ("林知远", "LJ-M2", date(2024, 1, 2), "不能在开始之前结束"),
        ],
    )
    def test_is_refused(self, court: Court, name: str, division: str, since: date, words: str) -> None:
        entries = Entry.objects.count()
        with pytest.raises(StaffingRefused, match=words):
            move(court, name, division, since)
        assert Entry.objects.count() == entries


class TestLeaving:
    def go(self, court: Court, name: str, by: str = "安全乙") -> None:
        leave(person=court.people[name], last_day=DAY, by=court.viewer(by), at=court.now)

    def test_ends_everything_on_the_last_day(self, court: Court) -> None:
        self.go(court, "秦望舒")
        person = User.objects.get(pk=court.people["秦望舒"].pk)
        assert {o.until for o in person.appointments.all()} == {p.until for p in person.posts.all()} == {DAY}
        noon = court.now.replace(month=12, day=1)
        assert person.may_sign_in(noon) and not person.may_sign_in(noon + timedelta(days=1))
        with pytest.raises(AppointmentRefused, match="已登记于 2026-12-01 离院"):
            appoint(
                user=person,
                role=Role.STAFF,
                organisation=court.organisations["LJ-M1"],
                since=DAY,
                until=None,
                by=court.viewer("安全乙"),
                at=court.now,
            )

    def test_is_refused_while_something_is_owed_and_says_who_to_ask(self, court: Court, files_home: object) -> None:
        build(court)
        for name, words in (
            ("沈若川", "承办的整改事项"),
            ("许清嘉", "由其核验的整改事项"),
            ("林知远", "待答复的问题"),
            ("韩江临", "未办结的评查"),
        ):
            with pytest.raises(StaffingRefused, match=words):
                self.go(court, name)
            assert User.objects.get(pk=court.people[name].pk).last_day is None
        assert leaving.owed_by(court.people["宋晚晴"].pk, DAY) == []

    def test_shows_counts_and_no_record(
        self, court: Court, files_home: object, client_of: Callable[[str], Client]
    ) -> None:
        place = build(court)["own"]
        address = reverse("staffing:person", args=[court.people["沈若川"].public_id])
        page = client_of("安全乙").get(address).content.decode()
        assert "承办的整改事项" in page
        assert not [kind for kind in place.records if kind.startswith("duty") and place.id(kind) in page]
        said = {"leave-last_day": DAY.isoformat()}
        refused = client_of("安全乙").post(reverse("staffing:move", args=[place.owner.public_id, "leave"]), said)
        assert (refused.status_code, "移交他人" in refused.content.decode()) == (422, True)

    def test_nobody_sees_themselves_off(self, court: Court) -> None:
        with pytest.raises(StaffingRefused, match="不能办理自己的"):
            self.go(court, "安全乙")
