"""测试法院的人与组织：two courts, so that 「外院」 is always at hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from tianping.court import services as court_services
from tianping.court.models import Case, CaseKind, Procedure
from tianping.evidence.register.models import Door, Evidence
from tianping.evidence.register.services import evidence_register
from tianping.foundation.accounts import services as accounts
from tianping.foundation.accounts.models import Organisation, OrganisationKind, User
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.viewer import Viewer, system, viewer_of

SINCE = date(2024, 1, 2)

DIVISIONS = {  # code: (name, parent)
    "LJ": ("江州市临江区人民法院", None),
    "LJ-M1": ("民事审判第一庭", "LJ"),
    "LJ-M2": ("民事审判第二庭", "LJ"),
    "LJ-SG": ("审判管理办公室", "LJ"),
    "LJ-DC": ("督察室", "LJ"),
    "WS": ("江州市望山区人民法院", None),
    "WS-M1": ("民事审判庭", "WS"),
    "WS-SG": ("审判管理办公室", "WS"),
}
POSTS = {  # who: (division, title)
    "林知远": ("LJ-M1", "审判员"),
    "沈若川": ("LJ-M1", "审判员"),
    "宋晚晴": ("LJ-M1", "书记员"),
    "秦望舒": ("LJ-M1", "庭长"),
    "韩江临": ("LJ-M2", "审判员"),
    "孟怀瑾": ("LJ-M2", "庭长"),
    "周既明": ("LJ-SG", "审管办主任"),
    "许清嘉": ("LJ-SG", "干部"),
    "程砚之": ("LJ-DC", "督察"),
    "顾长风": ("WS-M1", "审判员"),
    "陶思源": ("WS-SG", "审管办主任"),
}
ROLES = {  # who: (role, branch) — beside 干警, which comes with the post
    "秦望舒": (Role.HEAD, "LJ-M1"),
    "孟怀瑾": (Role.HEAD, "LJ-M2"),
    "周既明": (Role.TRIAL_OFFICE, "LJ"),
    "许清嘉": (Role.TRIAL_OFFICE, "LJ"),
    "程砚之": (Role.INSPECTOR, "LJ"),
    "裴院长": (Role.LEADER, "LJ"),
    "白政工": (Role.POLITICAL, "LJ"),
    "江信访": (Role.COMPLAINTS, "LJ"),
    "任师资": (Role.TEACHER, "LJ"),
    "系统甲": (Role.SYSTEM_ADMIN, "LJ"),
    "安全乙": (Role.SECURITY_ADMIN, "LJ"),
    "审计丙": (Role.AUDITOR, "LJ"),
    "陶思源": (Role.TRIAL_OFFICE, "WS"),
}


@dataclass
class Court:
    """测试法院：by name of person and code of organisation."""

    now: datetime
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.date()

    def viewer(self, name: str) -> Viewer:
        return viewer_of(self.people[name], on=self.today, origin="test")

    def case(self, number: int = 1024, judge: str = "林知远", division: str = "LJ-M1") -> Case:
        case, _ = court_services.case_take(
            fields={
                "court": self.organisations[division.split("-")[0]],
                "organisation": self.organisations[division],
                "case_no": f"（2026）江0199民初{number}号",
                "kind": CaseKind.CIVIL,
                "cause": "民间借贷纠纷",
                "procedure": Procedure.ORDINARY,
                "judge": self.people[judge],
                "filed_on": date(2026, 1, 5),
            },
            hearings=[],
            by=self.viewer("周既明"),
            at=self.now,
        )
        return case

    def evidence(
        self,
        *,
        subject: str = "林知远",
        by: str = "韩江临",
        rule: str = "PTY001",
        occurred_on: date = date(2026, 11, 2),
        at: datetime | None = None,
    ) -> Evidence:
        """一份登记好的证据：by a reviewer of another division, about a judge of 民一庭 unless said otherwise."""
        person = self.people[subject]
        division = person.posts.get().division
        return evidence_register(
            door=Door.DOCUMENTS,
            rule_code=rule,
            rule_name="姓名前后不一",
            subject=person,
            organisation=division,
            case=None,
            occurred_on=occurred_on,
            summary="判决书第三段当事人姓名与首部不一致",
            grounds="首部为“贺兰山”，第三段写作“贺兰珊”，并非曾用名。",
            by=self.viewer(by),
            at=at or self.now,
        )


def court_with_its_people(now: datetime) -> Court:
    court = Court(now)
    setup = system("测试准备", on=now.date())
    for code, (name, parent) in DIVISIONS.items():
        court.organisations[code] = court_services.organisation_open(
            name=name,
            code=code,
            kind=OrganisationKind.DIVISION if parent else OrganisationKind.COURT,
            parent=court.organisations[parent] if parent else None,
            by=setup,
            at=now,
        )
    for number, name in enumerate(dict.fromkeys([*POSTS, *ROLES]), start=1):
        court.people[name] = accounts.user_register(staff_no=f"T{number:03d}", name=name, by=setup, at=now)
    for name, (division, title) in POSTS.items():
        court_services.person_post(
            person=court.people[name],
            division=court.organisations[division],
            title=title,
            since=SINCE,
            by=setup,
            at=now,
        )
    for name, (role, branch) in ROLES.items():
        accounts.appoint(
            user=court.people[name],
            role=role,
            organisation=court.organisations[branch],
            since=SINCE,
            until=None,
            by=setup,
            at=now,
        )
    return court
