"""法院：its people, its cases, and how rows are put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import TypeVar

from django.db.models import Model, QuerySet

from tianping.court.models import Case, CaseKind, Hearing, HowClosed, Post, Procedure
from tianping.foundation.accounts.models import Appointment, Organisation, OrganisationKind, User
from tianping.foundation.accounts.roles import Role

M = TypeVar("M", bound=Model)
SINCE = date(2020, 1, 2)
CAUSES_OF_ACTION = [
    "民间借贷纠纷",
    "买卖合同纠纷",
    "离婚纠纷",
    "劳动争议",
    "机动车交通事故责任纠纷",
    "房屋租赁合同纠纷",
]
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "安宁清和明远思齐文渊若水怀瑾长风知行望舒"


@dataclass(frozen=True, slots=True)
class Size:
    """规模：of evidence and findings there are as many; duties may be more, where findings recurred."""

    cases: int
    documents: int
    findings: int
    duties: int
    people: int = 150
    divisions: int = 12


@dataclass
class Bulk:
    """成批的法院：its people by their part, and where the counting of its records stands."""

    court: Organisation
    now: datetime
    divisions: list[Organisation] = field(default_factory=list)
    office: User = field(init=False)
    deputy: User = field(init=False)
    inspector: User = field(init=False)
    leader: User = field(init=False)
    heads: list[User] = field(default_factory=list)
    judges: list[User] = field(default_factory=list)

    @property
    def viewers(self) -> dict[str, User]:
        """四种查看人。"""
        return {"审管办": self.office, "院领导": self.leader, "庭长": self.heads[0], "法官": self.judges[0]}

    def division_of(self, judge: int) -> Organisation:
        return self.divisions[judge % len(self.divisions)]


def put_people(size: Size, now: datetime) -> Bulk:
    made = Bulk(Organisation.objects.create(name="江州市临江区人民法院", code="B", kind=OrganisationKind.COURT), now)
    for n in range(size.divisions):
        made.divisions.append(
            Organisation.objects.create(
                name=f"民事审判第{n + 1}庭", code=f"B-{n + 1}", kind=OrganisationKind.DIVISION, parent=made.court
            )
        )
    User.objects.bulk_create(
        User(
            staff_no=f"B{n:04d}",
            name=SURNAMES[n % 16] + GIVEN[n * 3 % 20] + GIVEN[n * 7 // 16 % 20],
            pinyin=f"b{n:04d}",
            password="!",
        )
        for n in range(size.people)
    )
    people = list(User.objects.order_by("staff_no"))
    made.office, made.deputy, made.inspector, made.leader = people[:4]
    made.heads, made.judges = people[4 : 4 + size.divisions], people[4 + size.divisions :]
    held = [(made.office, Role.TRIAL_OFFICE), (made.deputy, Role.TRIAL_OFFICE), (made.inspector, Role.INSPECTOR)]
    posts: list[tuple[User, Role, Organisation, str]] = [
        *((person, role, made.court, "") for person, role in [*held, (made.leader, Role.LEADER)]),
        *((head, Role.HEAD, made.divisions[n], "庭长") for n, head in enumerate(made.heads)),
        *((judge, Role.STAFF, made.division_of(n), "审判员") for n, judge in enumerate(made.judges)),
    ]
    Appointment.objects.bulk_create(
        Appointment(user=person, role=role, organisation=where, since=SINCE) for person, role, where, _ in posts
    )
    Post.objects.bulk_create(
        Post(person=person, division=where, title=title, since=SINCE) for person, _, where, title in posts if title
    )
    return made


def put_cases(made: Bulk, many: int) -> list[Case]:
    numbers, today = numbers_of(Case), made.now.date()
    rows = []
    for n in range(many):
        judge = spread(n, made.judges)
        filed = today - timedelta(days=(many - n) * 730 // many)
        closed = filed + timedelta(days=90)
        rows.append(
            Case(
                court=made.court,
                organisation=made.division_of(judge),
                case_no=f"（{filed.year}）江0199民初{next(numbers)}号",
                kind=CaseKind.CIVIL if n % 5 else CaseKind.CRIMINAL,
                cause=CAUSES_OF_ACTION[n % 6],
                procedure=Procedure.ORDINARY if n % 3 else Procedure.SIMPLIFIED,
                judge=made.judges[judge],
                filed_on=filed,
                closed_on=closed if closed <= today else None,
                how_closed=HowClosed.JUDGMENT if closed <= today else "",
            )
        )
    cases = take(Case, rows)
    take(
        Hearing,
        [Hearing(case=c, starts_at=made.now - timedelta(days=d), room="第三法庭") for c in cases for d in (3, 9)],
    )
    return cases


def spread(number: int, of: Sequence[object]) -> int:
    """A place that neighbours do not share and that is the same every time."""
    return number * 7919 % 10007 % len(of)


def take(model: type[M], rows: list[M]) -> list[M]:
    model._default_manager.bulk_create(rows, batch_size=500)
    return rows


def numbers_of(model: type[Model]) -> count[int]:
    return count(_all(model).count() + 1)


def _all(model: type[Model]) -> QuerySet[Model]:
    return model._default_manager.all()
