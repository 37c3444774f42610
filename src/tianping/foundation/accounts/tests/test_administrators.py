"""三员分立：three people, none of whom sees content."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from tests.cast import Court
from tianping.court.models import Case
from tianping.foundation.accounts.models import Appointment, User
from tianping.foundation.accounts.roles import ADMINISTRATORS, CONTENT_ROLES, Role, clash
from tianping.foundation.accounts.services import AppointmentRefused, appoint, appointment_end, user_register
from tianping.foundation.audit.models import Entry

pytestmark = pytest.mark.django_db
FROM, TO = date(2026, 1, 1), date(2026, 6, 30)


@pytest.fixture
def newcomer(court: Court) -> User:
    return user_register(staff_no="N1", name="新来者", by=court.viewer("系统甲"), at=court.now)


def give(court: Court, user: User, role: Role, since: date = FROM, until: date | None = None) -> Appointment:
    return appoint(
        user=user,
        role=role,
        organisation=court.organisations["LJ"],
        since=since,
        until=until,
        by=court.viewer("安全乙"),
        at=court.now,
    )


class TestOneAccount:
    @pytest.mark.parametrize(("first", "second"), list(permutations(sorted(ADMINISTRATORS), 2)))
    def test_cannot_hold_two_of_the_three(self, court: Court, newcomer: User, first: Role, second: Role) -> None:
        give(court, newcomer, first)
        entries = Entry.objects.count()
        with pytest.raises(AppointmentRefused, match="三员须由不同的人担任。请另选一人，或先结束原任职。"):
            give(court, newcomer, second)
        assert Appointment.objects.filter(user=newcomer).count() == 1
        assert Entry.objects.count() == entries

    @pytest.mark.parametrize("office", sorted(ADMINISTRATORS))
    @pytest.mark.parametrize("content", sorted(CONTENT_ROLES))
    def test_cannot_join_an_office_with_content(
        self, court: Court, newcomer: User, office: Role, content: Role
    ) -> None:
        give(court, newcomer, office)
        with pytest.raises(AppointmentRefused, match="三员不得兼任能看到业务内容的角色"):
            give(court, newcomer, content)

    @pytest.mark.parametrize("office", sorted(ADMINISTRATORS))
    def test_with_content_cannot_take_an_office(self, court: Court, office: Role) -> None:
        with pytest.raises(AppointmentRefused, match="不得兼任能看到业务内容的角色"):
            give(court, court.people["林知远"], office)

    def test_may_hold_the_same_office_over_two_branches(self, court: Court, newcomer: User) -> None:
        assert clash(frozenset({Role.AUDITOR}), Role.AUDITOR) is None
        give(court, newcomer, Role.AUDITOR)
        appoint(
            user=newcomer,
            role=Role.AUDITOR,
            organisation=court.organisations["WS"],
            since=FROM,
            until=None,
            by=court.viewer("安全乙"),
            at=court.now,
        )
        assert Appointment.objects.filter(user=newcomer).count() == 2

    def test_may_hold_several_content_roles(self, court: Court) -> None:
        give(court, court.people["林知远"], Role.TEACHER)
        assert court.viewer("林知远").holds(Role.TEACHER)
        assert court.viewer("林知远").holds(Role.STAFF)


class TestDates:
    @pytest.mark.parametrize(
        ("since", "until"),
        [
            (FROM, TO),
            (date(2025, 1, 1), FROM),  # 首尾同一天也算重叠
            (TO, None),
            (date(2025, 1, 1), None),
            (date(2026, 3, 1), date(2026, 3, 1)),
        ],
    )
    def test_that_overlap_are_refused(self, court: Court, newcomer: User, since: date, until: date | None) -> None:
        give(court, newcomer, Role.SYSTEM_ADMIN, FROM, TO)
        with pytest.raises(AppointmentRefused):
            give(court, newcomer, Role.AUDITOR, since, until)

    @pytest.mark.parametrize(
        ("since", "until"),
        [(date(2026, 7, 1), None), (date(2025, 1, 1), date(2025, 12, 31))],
    )
    def test_that_only_touch_are_accepted(self, court: Court, newcomer: User, since: date, until: date | None) -> None:
        give(court, newcomer, Role.SYSTEM_ADMIN, FROM, TO)
        assert give(court, newcomer, Role.AUDITOR, since, until).pk

    def test_ending_the_first_frees_the_day_after(self, court: Court, newcomer: User) -> None:
        first = give(court, newcomer, Role.SYSTEM_ADMIN)
        appointment_end(appointment=first, until=TO, by=court.viewer("安全乙"), at=court.now)
        with pytest.raises(AppointmentRefused):
            give(court, newcomer, Role.STAFF, TO)
        assert give(court, newcomer, Role.STAFF, date(2026, 7, 1)).pk


class TestAnAccountFoundHoldingTwo:
    """Written past the service, as a restored or tampered table might have it."""

    @pytest.mark.parametrize("second", [Role.AUDITOR, Role.LEADER])
    def test_sees_nothing_at_all(self, court: Court, second: Role) -> None:
        court.case()
        Appointment.objects.create(
            user=court.people["系统甲"], role=second, organisation=court.organisations["LJ"], since=FROM
        )
        viewer = court.viewer("系统甲")
        assert viewer.standings == ()
        assert not viewer.holds(*Role)
        assert not Case.objects.visible_to(viewer).exists()
