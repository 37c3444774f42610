"""观看者：who asks, with the roles held on the day of asking. Every question about records takes one first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from tianping.foundation.accounts.models import Appointment, OrganisationKind, User
from tianping.foundation.accounts.roles import ADMINISTRATORS, Role


@dataclass(frozen=True, slots=True)
class Standing:
    """在任角色：a role held on a branch of the tree."""

    role: Role
    organisation_id: int
    organisation: str
    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Viewer:
    """观看者：a person (or the system itself) on a day. ``origin`` says from where, for the audit chain."""

    user_id: int | None
    name: str
    on: date
    standings: tuple[Standing, ...] = ()
    origin: str = ""

    def holds(self, *roles: Role) -> bool:
        return any(s.role in roles for s in self.standings)

    def paths(self, *roles: Role) -> tuple[str, ...]:
        """辖区：the branches on which any of ``roles`` is held."""
        return tuple(dict.fromkeys(s.path for s in self.standings if s.role in roles))

    def holds_over(self, path: str, *roles: Role) -> bool:
        """对某部门任某职：whether one of ``roles`` is held on the branch of ``path`` or above it."""
        return any(path.startswith(branch) for branch in self.paths(*roles))

    @property
    def is_system(self) -> bool:
        return self.user_id is None

    @property
    def is_administrator(self) -> bool:
        return self.holds(*ADMINISTRATORS)

    @property
    def division(self) -> str:
        """所在部门：the name shown beside a person; empty for somebody without a division."""
        for standing in self.standings:
            if standing.kind == OrganisationKind.DIVISION:
                return standing.organisation
        return self.standings[0].organisation if self.standings else ""


def viewer_of(user: User, *, on: date, origin: str = "") -> Viewer:
    """The viewer a person is on a day. An account found to hold two of the three offices sees nothing at all."""
    return viewers_of([user], on=on, origin=origin)[0]


def viewers_of(users: Iterable[User], *, on: date, origin: str = "") -> list[Viewer]:
    """The viewers several people are on a day, in one question."""
    people = list(users)
    held: dict[int, list[Standing]] = {person.pk: [] for person in people}
    for a in Appointment.objects.in_force(on).filter(user__in=list(held)).select_related("organisation"):
        path = a.organisation.path
        held[a.user_id].append(
            Standing(Role(a.role), a.organisation_id, a.organisation.name, a.organisation.kind, path)
        )
    return [Viewer(person.pk, person.name, on, _lawful(held[person.pk]), origin) for person in people]


def _lawful(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    roles = {s.role for s in standings}
    return () if roles & ADMINISTRATORS and len(roles) > 1 else tuple(standings)


def system(name: str, *, on: date) -> Viewer:
    """系统：the loop and the commands, when they act; they have no sight of their own."""
    return Viewer(None, name, on, (), name)


def within(paths: Iterable[str], field: str = "organisation__path") -> Q:
    """辖区条件：records whose organisation stands on one of the branches; none when there is no branch."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition
