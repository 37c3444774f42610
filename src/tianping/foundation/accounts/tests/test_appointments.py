"""任职：sight comes with an appointment on its first day and goes after its last."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.cast import Court
from tianping.court.models import Case
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.services import AppointmentRefused, appoint, appointment_end
from tianping.foundation.accounts.viewer import system, viewer_of, within
from tianping.foundation.audit.models import Entry

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 3, 2), date(2026, 5, 29)


def sees(court: Court, name: str, on: date) -> bool:
    return Case.objects.visible_to(viewer_of(court.people[name], on=on)).exists()


class TestAnAppointmentFromADayToADay:
    @pytest.fixture(autouse=True)
    def _head_for_a_spring(self, court: Court) -> None:
        court.case()
        appoint(
            user=court.people["韩江临"],
            role=Role.HEAD,
            organisation=court.organisations["LJ-M1"],
            since=FIRST,
            until=LAST,
            by=court.viewer("安全乙"),
            at=court.now,
        )

    @pytest.mark.parametrize(
        ("on", "seen"),
        [
            (FIRST - timedelta(days=1), False),
            (FIRST, True),
            (LAST, True),
            (LAST + timedelta(days=1), False),
        ],
    )
    def test_gives_sight_on_its_days_only(self, court: Court, on: date, seen: bool) -> None:
        assert sees(court, "韩江临", on) is seen

    def test_ended_earlier_takes_sight_earlier(self, court: Court) -> None:
        held = court.people["韩江临"].appointments.get(role=Role.HEAD)
        appointment_end(appointment=held, until=FIRST, by=court.viewer("安全乙"), at=court.now)
        assert sees(court, "韩江临", FIRST)
        assert not sees(court, "韩江临", FIRST + timedelta(days=1))

    def test_cannot_end_before_it_begins(self, court: Court) -> None:
        held = court.people["韩江临"].appointments.get(role=Role.HEAD)
        with pytest.raises(
            AppointmentRefused, match="韩江临自 2026-03-02 起任民事审判第一庭庭长，不能在 2026-03-01 就免去"
        ):
            appointment_end(appointment=held, until=FIRST - timedelta(days=1), by=court.viewer("安全乙"), at=court.now)
        held.refresh_from_db()
        assert held.until == LAST

    def test_ending_it_never_makes_it_longer(self, court: Court) -> None:
        """Else an office of content would reach into the days of an administrator's, past the check of appointing."""
        held = court.people["韩江临"].appointments.get(role=Role.HEAD)
        with pytest.raises(AppointmentRefused, match="本就到 2026-05-29 止，免职不能往后延"):
            appointment_end(appointment=held, until=LAST + timedelta(days=1), by=court.viewer("安全乙"), at=court.now)
        held.refresh_from_db()
        assert held.until == LAST
        assert Entry.objects.latest("seq").verb == "accounts.appoint"

    def test_one_that_would_end_before_it_begins_is_refused_in_words(self, court: Court) -> None:
        with pytest.raises(ValidationError, match="任职的止日早于起日。请核对") as refusal:
            appoint(
                user=court.people["孟怀瑾"],
                role=Role.TEACHER,
                organisation=court.organisations["LJ"],
                since=LAST,
                until=FIRST,
                by=court.viewer("安全乙"),
                at=court.now,
            )
        assert len(refusal.value.messages) == 1, "一句话，不带约束的名称"

    def test_begins_and_ends_on_the_chain(self, court: Court) -> None:
        held = court.people["韩江临"].appointments.get(role=Role.HEAD)
        appointment_end(appointment=held, until=FIRST, by=court.viewer("安全乙"), at=court.now)
        begun, ended = Entry.objects.order_by("-seq")[1], Entry.objects.order_by("-seq")[0]
        assert (begun.verb, begun.actor_name) == ("accounts.appoint", "安全乙")
        assert '"role":"head"' in begun.changes
        assert (ended.verb, '"until":"2026-03-02"' in ended.changes) == ("accounts.appointment.end", True)


class TestSightAlongTheTree:
    def test_a_head_sees_the_division_and_not_the_one_beside_it(self, court: Court) -> None:
        court.case()
        assert sees(court, "秦望舒", court.today)
        assert not sees(court, "孟怀瑾", court.today)

    def test_an_office_sees_its_court_and_not_another(self, court: Court) -> None:
        court.case()
        assert sees(court, "周既明", court.today)
        assert not sees(court, "陶思源", court.today)

    def test_a_path_is_a_branch_and_not_a_beginning_of_a_number(self, court: Court) -> None:
        viewer = court.viewer("秦望舒")
        (path,) = viewer.paths(Role.HEAD)
        assert path.endswith("/")
        assert viewer.holds_over(f"{path}77/", Role.HEAD)
        assert not viewer.holds_over(f"{path[:-1]}7/", Role.HEAD)

    def test_without_a_branch_nothing_is_within(self, court: Court) -> None:
        court.case()
        assert not Case.objects.filter(within(())).exists()

    def test_the_system_itself_has_no_sight(self, court: Court) -> None:
        court.case()
        assert not Case.objects.visible_to(system("系统", on=court.today)).exists()

    def test_a_case_without_a_judge_is_nobodys_own(self, court: Court) -> None:
        case = court.case()
        case.judge = None
        case.save()
        assert not Case.objects.visible_to(system("系统", on=court.today)).exists()
        assert not sees(court, "林知远", court.today)
